"""A bundle is a folder or a ZIP archive with one file in each format."""

import zipfile
from io import BytesIO

import pytest

from explorer.export.batch.bundle import (
    UnknownFormatNameError,
    create_folder,
    parse_formats,
    render_files,
    write_all_formats,
)
from explorer.export.formats import formats_of
from explorer.export.request.request import Request, SubjectKind
from explorer.storage.atomic_write import FileWriteError
from explorer.storage.reproducible_zip import build_zip
from tests.export.cases import request_for

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def picture_only() -> Request:
    """A request with only a picture, which few and quick formats can show."""
    return Request("Side by side", request_for("").picture)


def file_names(stem: str) -> set[str]:
    return {f"{stem}.{format_.extension}" for format_ in formats_of(SubjectKind.PICTURE)}


@pytest.mark.slow
def test_an_architecture_gets_a_file_in_every_format(tmp_path):
    written = write_all_formats(request_for("gpu=yes"), tmp_path / "new", "gpu")
    expected = {f"gpu.{format_.extension}" for format_ in formats_of(SubjectKind.ARCHITECTURE)}
    assert set(written) == expected == {path.name for path in (tmp_path / "new").iterdir()}


def test_a_folder_gets_a_file_in_every_format(tmp_path, picture_only):
    written = write_all_formats(picture_only, tmp_path / "new", "x")
    assert set(written) == file_names("x") == {path.name for path in (tmp_path / "new").iterdir()}


def test_a_zip_has_the_same_files_and_deterministic_bytes(tmp_path, picture_only):
    write_all_formats(picture_only, tmp_path / "all.zip", "x")
    data = (tmp_path / "all.zip").read_bytes()
    archive = zipfile.ZipFile(BytesIO(data))
    assert set(archive.namelist()) == file_names("x")
    assert archive.testzip() is None
    assert build_zip((name, archive.read(name)) for name in archive.namelist()) == data


def test_a_record_links_to_the_image_file_if_there_is_one():
    files = dict(render_files(request_for(""), "x", parse_formats("md,png", SubjectKind.ARCHITECTURE)))
    assert b"](<x.png>)" in files["x.md"]
    alone = dict(render_files(request_for(""), "x", parse_formats("md", SubjectKind.ARCHITECTURE)))
    assert b"```mermaid" in alone["x.md"]


def test_formats_are_given_by_their_extensions():
    found = parse_formats(" .PNG, deck.pptx,png", SubjectKind.ARCHITECTURE)
    assert [format_.extension for format_ in found] == ["png", "deck.pptx"]
    assert parse_formats("png,all", SubjectKind.ARCHITECTURE) == formats_of(SubjectKind.ARCHITECTURE)


@pytest.mark.parametrize("names", ["", ",", "bmp"])
def test_an_unknown_format_is_rejected(names):
    with pytest.raises(UnknownFormatNameError):
        parse_formats(names, SubjectKind.ARCHITECTURE)


def test_a_folder_with_content_is_left_alone(tmp_path, picture_only):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileWriteError, match="not empty"):
        write_all_formats(picture_only, tmp_path, "x")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_created_is_named(tmp_path):
    (taken := tmp_path / "taken").write_text("mine")
    missing, too_long = tmp_path / "no" / "such", tmp_path / ("x" * 300)
    for folder, named in ((taken, taken), (missing, missing.parent), (too_long, too_long)):
        with pytest.raises(FileWriteError) as raised:
            create_folder(folder)
        assert f"“{named}”" in str(raised.value)
    assert taken.read_text() == "mine"


def test_a_zip_in_a_missing_folder_is_rejected(tmp_path, picture_only):
    with pytest.raises(FileWriteError, match="does not exist"):
        write_all_formats(picture_only, tmp_path / "no" / "x.zip", "x")
