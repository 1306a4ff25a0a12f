"""Everything at once: a folder or a zip with one file of every kind."""

import zipfile
from io import BytesIO

import pytest

from explorer.export.batch.bundle import (
    UnknownFormatNameError,
    parse_formats,
    render_files,
    write_all_formats,
)
from explorer.export.formats import formats_of
from explorer.export.request.request import SubjectKind
from explorer.storage.atomic_write import FileWriteError
from explorer.storage.reproducible_zip import build_zip
from tests.export.cases import request_for

pytestmark = pytest.mark.usefixtures("qapp")


def names(stem):
    return {f"{stem}.{format_.extension}" for format_ in formats_of(SubjectKind.ARCHITECTURE)}


def test_a_folder_gets_one_file_of_every_kind(tmp_path):
    written = write_all_formats(request_for("gpu=yes"), tmp_path / "new", "gpu")
    assert set(written) == names("gpu") == {path.name for path in (tmp_path / "new").iterdir()}


def test_a_zip_gets_the_same_and_is_always_the_same(tmp_path):
    write_all_formats(request_for("gpu=yes"), tmp_path / "all.zip", "gpu")
    data = (tmp_path / "all.zip").read_bytes()
    package = zipfile.ZipFile(BytesIO(data))
    assert set(package.namelist()) == names("gpu")
    assert package.testzip() is None
    assert build_zip((name, package.read(name)) for name in package.namelist()) == data


def test_the_record_links_the_picture_that_lies_beside_it():
    files = dict(render_files(request_for(""), "x", parse_formats("md,png", SubjectKind.ARCHITECTURE)))
    assert b"](<x.png>)" in files["x.md"]
    alone = dict(render_files(request_for(""), "x", parse_formats("md", SubjectKind.ARCHITECTURE)))
    assert b"```mermaid" in alone["x.md"]


def test_formats_are_named_by_their_endings():
    assert [format_.extension for format_ in parse_formats(" .PNG, deck.pptx,png", SubjectKind.ARCHITECTURE)] == [
        "png",
        "deck.pptx",
    ]
    assert parse_formats("png,all", SubjectKind.ARCHITECTURE) == formats_of(SubjectKind.ARCHITECTURE)
    for words in ("", ",", "bmp"):
        with pytest.raises(UnknownFormatNameError):
            parse_formats(words, SubjectKind.ARCHITECTURE)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileWriteError, match="is not empty"):
        write_all_formats(request_for(""), tmp_path, "x")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_where_nothing_can_be_written_is_told(tmp_path):
    (tmp_path / "taken").write_text("mine")
    for target in (tmp_path / "taken", tmp_path / "no" / "such", tmp_path / "no" / "x.zip"):
        with pytest.raises(FileWriteError):
            write_all_formats(request_for(""), target, "x")
    assert (tmp_path / "taken").read_text() == "mine"
