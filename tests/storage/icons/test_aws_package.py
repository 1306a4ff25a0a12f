"""A package of icons is read where it lies; one that is not what it seems is refused in one sentence."""

import os
import random
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.storage.icons import aws_package
from explorer.storage.icons.aws_package import IconPackageError, read_icon_package
from explorer.storage.icons.names import icon_key
from tests.storage.aws_package import ECS, PLAIN, TASK, link, svg, unpacked, zipped

ECS_KEY, TASK_KEY = icon_key(ECS.rpartition("/")[2]), icon_key(TASK.rpartition("/")[2])
WANTED = {ECS_KEY, TASK_KEY, "archawsfargate64"}


def refusal(path):
    with pytest.raises(IconPackageError) as refused:
        read_icon_package(path, WANTED)
    told = str(refused.value)
    assert told.startswith("No icons were taken from")
    assert "\n" not in told
    return told


@pytest.mark.parametrize("make", [zipped, unpacked], ids=["zip", "folder"])
def test_the_needed_icons_are_taken_unmodified(tmp_path, make):
    assert read_icon_package(make(tmp_path / "icons"), WANTED) == {ECS_KEY: PLAIN[ECS], TASK_KEY: PLAIN[TASK]}


@pytest.mark.parametrize(
    "name", ["arch_amazon-elastic-container-service_64.SVG", "Arch_Amazon Elastic-Container Service_64.svg"]
)
def test_a_release_may_spell_its_files_a_little_otherwise(tmp_path, name):
    assert set(read_icon_package(zipped(tmp_path / "a.zip", {f"x/{name}": svg()}), WANTED)) == {ECS_KEY}


def test_nothing_is_written_while_a_zip_is_read(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip")
    monkeypatch.chdir(tmp_path)
    read_icon_package(path, WANTED)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../outside.svg", "leads out"),
        ("a/../../b.svg", "leads out"),
        ("/etc/x.svg", "leads out"),
        ("C:/x.svg", "leads out"),
        ("..\\x.svg", "leads out"),
        ("\\\\host\\x.svg", "leads out"),
    ],
)
def test_a_zip_with_a_path_that_leads_out_is_refused(tmp_path, name, told):
    assert told in refusal(zipped(tmp_path / "a.zip", {**PLAIN, name: b"x"}))


def test_a_zip_with_a_link_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(*link("Arch_AWS-Fargate_64.svg"))
    assert "a link in place of a file" in refusal(path)


def test_links_in_a_folder_lead_nowhere(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_bytes(svg())
    folder = unpacked(tmp_path / "icons", {TASK: svg()})
    (folder / "Arch_AWS-Fargate_64.svg").symlink_to(secret)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    assert set(read_icon_package(folder, WANTED)) == {TASK_KEY}


def test_a_zip_that_is_packed_beyond_reason_is_refused_before_it_is_unpacked(tmp_path):
    assert "beyond reason" in refusal(zipped(tmp_path / "a.zip", {ECS: b"0" * 50_000_000}))


def test_a_zip_that_lies_about_its_sizes_is_read_no_further_than_an_icon_goes(tmp_path):
    path = zipped(tmp_path / "a.zip", {ECS: svg() + os.urandom(10) + b" " * 40_000_000})
    data = path.read_bytes()
    at = data.index(b"PK\1\2")
    path.write_bytes(data[: at + 24] + struct.pack("<I", 900) + data[at + 28 :])
    assert refusal(path)


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        ("MOST_FILES", 3, "more than 3 files"),
        ("LARGEST_UNPACKED", 100, "than any package of icons"),
        ("LARGEST_ZIP", 100, "larger than"),
        ("_DIRECTORY", 100, "table of contents is too large"),
    ],
)
def test_a_zip_beyond_its_limits_is_refused(tmp_path, monkeypatch, limit, value, told):
    monkeypatch.setattr(aws_package, limit, value)
    assert told in refusal(zipped(tmp_path / "a.zip"))


def test_a_folder_that_is_no_package_is_not_searched_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(aws_package, "MOST_FILES", 3)
    assert "more than 3 files" in refusal(unpacked(tmp_path / "icons"))


@pytest.mark.parametrize("make", [zipped, unpacked], ids=["zip", "folder"])
def test_one_icon_that_is_not_what_it_seems_and_the_whole_package_is_refused(tmp_path, make):
    told = refusal(make(tmp_path / "icons", {**PLAIN, TASK: svg("<script/>")}))
    assert "“Res_Amazon-Elastic-Container-Service_Task_48.svg” holds “script”" in told


def test_a_zip_with_a_password_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {ECS: svg()})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    assert "password" in refusal(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n", "neither a folder nor a zip"),
        (b"", "neither a folder nor a zip"),
        (b"PK\3\4 and no more", "damaged"),
        (b"PK\5\6" + bytes(18), "holds none of the AWS Architecture Icons"),
    ],
)
def test_what_is_no_package_is_told_as_that(tmp_path, content, told):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert told in refusal(path)


def test_what_is_not_there_or_no_file_is_told(tmp_path):
    assert "No such file" in refusal(tmp_path / "nowhere.zip")
    assert "no name of a file" in refusal(Path("nul\0byte"))
    assert "holds none" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "neither a folder nor a zip" in refusal(tmp_path / "pipe")


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_zip_gives_its_icons_whole_or_is_refused(tmp_path_factory, seed, flips):
    chance = random.Random(seed)
    path = zipped(tmp_path_factory.mktemp("zips") / "a.zip")
    data = bytearray(path.read_bytes())
    for _ in range(flips):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.randrange(len(data))] if seed % 5 == 0 else data)
    with suppress(IconPackageError):
        assert set(read_icon_package(path, WANTED).values()) <= set(PLAIN.values())
