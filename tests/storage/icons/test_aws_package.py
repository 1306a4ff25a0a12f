"""An icon package is read without unpacking; a hostile one is an error that names it and the reason."""

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


def error_of(path):
    with pytest.raises(IconPackageError) as caught:
        read_icon_package(path, WANTED)
    message = str(caught.value)
    assert f"“{path.name}”" in message or "\0" in str(path)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("make", [zipped, unpacked], ids=["zip", "folder"])
def test_the_wanted_icons_are_read_unmodified(tmp_path, make):
    assert read_icon_package(make(tmp_path / "icons"), WANTED) == {ECS_KEY: PLAIN[ECS], TASK_KEY: PLAIN[TASK]}


@pytest.mark.parametrize(
    "name", ["arch_amazon-elastic-container-service_64.SVG", "Arch_Amazon Elastic-Container Service_64.svg"]
)
def test_a_release_can_change_the_spelling_of_file_names(tmp_path, name):
    assert set(read_icon_package(zipped(tmp_path / "a.zip", {f"x/{name}": svg()}), WANTED)) == {ECS_KEY}


def test_a_zip_is_read_without_writing_files(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip")
    monkeypatch.chdir(tmp_path)
    read_icon_package(path, WANTED)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../outside.svg", "a path to another folder"),
        ("a/../../b.svg", "a path to another folder"),
        ("/etc/x.svg", "a path to another folder"),
        ("C:/x.svg", "a path to another folder"),
        ("..\\x.svg", "a path to another folder"),
        ("\\\\host\\x.svg", "a path to another folder"),
    ],
)
def test_a_zip_with_a_path_to_another_folder_is_rejected(tmp_path, name, reason):
    assert reason in error_of(zipped(tmp_path / "a.zip", {**PLAIN, name: b"x"}))


def test_a_zip_with_a_symbolic_link_is_rejected(tmp_path):
    path = zipped(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(*link("Arch_AWS-Fargate_64.svg"))
    assert "a symbolic link" in error_of(path)


def test_symbolic_links_in_a_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_bytes(svg())
    folder = unpacked(tmp_path / "icons", {TASK: svg()})
    (folder / "Arch_AWS-Fargate_64.svg").symlink_to(secret)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert set(read_icon_package(folder, WANTED)) == {TASK_KEY}


def test_a_zip_bomb_is_rejected_before_it_is_unpacked(tmp_path):
    assert "unpacks to more than 200 times" in error_of(zipped(tmp_path / "a.zip", {ECS: b"0" * 50_000_000}))


def test_a_zip_with_wrong_sizes_is_read_only_up_to_the_size_of_an_icon(tmp_path):
    path = zipped(tmp_path / "a.zip", {ECS: svg() + os.urandom(10) + b" " * 40_000_000})
    data = path.read_bytes()
    at = data.index(b"PK\1\2")
    path.write_bytes(data[: at + 24] + struct.pack("<I", 900) + data[at + 28 :])
    assert error_of(path)


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [
        ("MAX_FILES", 3, "more than 3 files"),
        ("MAX_UNPACKED_BYTES", 100, "unpacks to more than"),
        ("MAX_ZIP_BYTES", 100, "larger than"),
        ("_MAX_DIRECTORY_BYTES", 100, "directory of the zip file is too large"),
    ],
)
def test_a_zip_above_a_limit_is_rejected(tmp_path, monkeypatch, limit, value, reason):
    monkeypatch.setattr(aws_package, limit, value)
    assert reason in error_of(zipped(tmp_path / "a.zip"))


def test_a_folder_with_too_many_files_is_rejected(tmp_path, monkeypatch):
    monkeypatch.setattr(aws_package, "MAX_FILES", 3)
    assert "more than 3 files" in error_of(unpacked(tmp_path / "icons"))


@pytest.mark.parametrize("make", [zipped, unpacked], ids=["zip", "folder"])
def test_an_unsafe_icon_makes_the_package_unusable(tmp_path, make):
    message = error_of(make(tmp_path / "icons", {**PLAIN, TASK: svg("<script/>")}))
    assert "“Res_Amazon-Elastic-Container-Service_Task_48.svg”" in message
    assert "“script”" in message


def test_a_zip_with_a_password_is_rejected(tmp_path):
    path = zipped(tmp_path / "a.zip", {ECS: svg()})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    assert "password" in error_of(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", "neither a folder nor a zip"),
        (b"", "neither a folder nor a zip"),
        (b"PK\3\4 and no more", "damaged"),
        (b"PK\5\6" + bytes(18), "none of the icons"),
    ],
)
def test_other_files_are_rejected(tmp_path, content, reason):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert reason in error_of(path)


def test_a_missing_file_or_another_kind_of_file_is_rejected(tmp_path):
    assert "No such file" in error_of(tmp_path / "nowhere.zip")
    assert "the file name is not valid" in error_of(Path("nul\0byte"))
    assert "none of the icons" in error_of(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "neither a folder nor a zip" in error_of(tmp_path / "pipe")


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_zip_gives_unmodified_icons_or_an_error(tmp_path_factory, seed, flips):
    rng = random.Random(seed)
    path = zipped(tmp_path_factory.mktemp("zips") / "a.zip")
    data = bytearray(path.read_bytes())
    for _ in range(flips):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path.write_bytes(data[: rng.randrange(len(data))] if seed % 5 == 0 else data)
    with suppress(IconPackageError):
        assert set(read_icon_package(path, WANTED).values()) <= set(PLAIN.values())
