"""What is said of a file that cannot be used, word for word."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from explorer.core.errors import ExplorerError
from explorer.storage.icons import aws_package
from explorer.storage.icons.aws_package import read_icon_package
from explorer.storage.icons.names import icon_key, load_icon_names
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import resource_path, theme_values
from explorer.storage.sessions import embedded
from explorer.storage.sessions.autosave import AutosaveFile
from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES
from explorer.storage.sessions.opening import open_file
from tests.storage.aws_package import ECS, PLAIN, link, svg, zipped
from tests.storage.tiny import write_tiny

PNG = embedded.PNG_SIGNATURE + b"\0\0\0\0IEND" + zlib.crc32(b"IEND").to_bytes(4, "big")


def told(deed: Callable[[], object]) -> str:
    """The words in which something is refused."""
    with pytest.raises(ExplorerError) as refused:
        deed()
    return str(refused.value)


@pytest.fixture
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "“{path}” is no session: it is not JSON in UTF-8, line 1."),
        (b"{\n  oh", "“{path}” is no session: it is not JSON in UTF-8, line 2."),
        (b"\xff{}", "“{path}” is no session: it is not JSON in UTF-8."),
        (b"{}", "“{path}” is no session of Berth: the key “berth” is missing."),
        (b'{"berth": 1, "answers": []}', "“{path}” cannot be used: its “answers” are no table."),
        (
            b'{"berth": 1, "x": ' + b"[" * 100 + b"]" * 100 + b"}",
            "“{path}” is no session: it is nested more than 40 levels deep.",
        ),
        (b" " * (MAX_SESSION_BYTES + 1), "“{path}” is no session: it is larger than 8,000,000 bytes."),
        (
            PNG,
            "“{path}” holds no session: open the .berth file, "
            "or a picture, a slide or a draw.io file as Berth exported it.",
        ),
        (PNG[:-1], "“{path}” is damaged, so the session in it cannot be read."),
    ],
)
def test_of_what_is_no_session(pack, tmp_path, data, words):
    path = tmp_path / "team.berth"
    path.write_bytes(data)
    assert told(partial(open_file, path, pack)) == words.format(path=path)


def test_of_a_picture_that_is_too_large(pack, tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "MAX_PICTURE", 10)
    path = tmp_path / "x.png"
    path.write_bytes(PNG)
    assert told(partial(open_file, path, pack)) == f"“{path}” is too large to look for a session in it."


def test_of_what_is_no_file(pack, tmp_path):
    gone = tmp_path / "gone.berth"
    assert told(partial(open_file, gone, pack)) == (f"The session “{gone}” cannot be read: No such file or directory.")
    assert told(partial(open_file, tmp_path, pack)) == f"“{tmp_path}” is no session: it is no ordinary file."
    nameless = tmp_path / "a\0b"
    assert told(partial(open_file, nameless, pack)) == (
        f"The session “{nameless}” cannot be read: the file name is not valid."
    )


def test_of_a_draft_that_is_gone(pack, tmp_path):
    draft = AutosaveFile(tmp_path / "gone")
    assert told(partial(draft.read, pack)) == (f"The draft “{draft.path}” cannot be read: No such file or directory.")


def test_of_files_of_the_installation(tmp_path):
    assert told(partial(theme_values, "pink")) == (
        f"The theme “{resource_path('theme-pink.toml')}” cannot be read: reinstall Berth."
    )
    gone = tmp_path / "icons.toml"
    assert told(partial(load_icon_names, gone)) == f"The icon names in “{gone}” cannot be read: reinstall Berth."


# ------------------------------------------------------------------------------------ icons


def a_text(path: Path) -> None:
    path.write_text("no zip")


def another_package(path: Path) -> None:
    zipped(path, {"x/other.svg": svg()})


def half_a_zip(path: Path) -> None:
    path.write_bytes(zipped(path).read_bytes()[:-40])


def a_way_out(path: Path) -> None:
    zipped(path, {**PLAIN, "../x.svg": b"x"})


def a_link(path: Path) -> None:
    with zipfile.ZipFile(zipped(path), "a") as file:
        file.writestr(*link("Arch_AWS-Fargate_64.svg"))


def a_bomb(path: Path) -> None:
    zipped(path, {ECS: b"0" * 50_000_000})


def a_script(path: Path) -> None:
    zipped(path, {ECS: svg("<script/>")})


def half_an_image(path: Path) -> None:
    zipped(path, {ECS: svg()[:-3]})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _path: None, "it cannot be read (No such file or directory)"),
        (a_text, "it is neither a folder nor a zip"),
        (
            another_package,
            f"it holds none of the AWS Architecture Icons that Berth draws, such as {aws_package.EXAMPLE_FILE}",
        ),
        (half_a_zip, "the zip is damaged"),
        (a_way_out, "the zip holds a file that leads out of it (“../x.svg”)"),
        (a_link, "the zip holds a link in place of a file (“Arch_AWS-Fargate_64.svg”)"),
        (a_bomb, f"the zip holds a file packed beyond reason (“{ECS[-60:]}”)"),
        (a_script, f"“{ECS.rpartition('/')[2]}” holds “script”, which no icon needs"),
        (half_an_image, f"“{ECS.rpartition('/')[2]}” is no SVG, as line 1 shows"),
    ],
)
def test_of_a_package_of_icons(tmp_path, make, words):
    path = tmp_path / "aws.zip"
    make(path)
    refused = told(partial(read_icon_package, path, {icon_key(ECS.rpartition("/")[2])}))
    assert refused == f"No icons were taken from “aws.zip”: {words}."
