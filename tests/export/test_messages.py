"""What is said of an export that cannot be, word for word."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pptx
import pytest
from PySide6.QtGui import QFontMetricsF

from explorer.core.errors import ExplorerError
from explorer.diagnostics import environment, self_check
from explorer.export import lazy_writers
from explorer.export.batch.bundle import create_folder, parse_formats, write_all_formats
from explorer.export.formats import export_bytes, format_of
from explorer.export.images.raster import pixel_grid_for
from explorer.export.notations import dot, placement_json
from explorer.export.request.request import Options, Request, SubjectKind
from explorer.export.slides import template
from explorer.qt.fonts import font_family
from explorer.render.picture import Picture
from explorer.storage.atomic_write import FileWriteError, write_atomically
from tests.ui.toy import picture

MERE = Request("Side by side", picture("tent"))

pytestmark = pytest.mark.usefixtures("qapp")


def told(deed) -> str:
    """The words in which something is refused."""
    with pytest.raises(ExplorerError) as refused:
        deed()
    return str(refused.value)


@pytest.mark.parametrize(
    ("size", "options", "words"),
    [
        ((0, 0), Options(), "There is nothing to draw yet: the picture is empty."),
        (
            (20, 10),
            Options(size=(16_001, 10)),
            "A PNG of 16,001 × 10 pixels is too large: choose at most 16,000 a side and 100 million in all.",
        ),
        (
            (90_000, 10),
            Options(),
            "So large a picture, 90,000 × 10 points, is too much for a PNG that can be read: "
            "show less of it, such as a map of smaller depth, or choose .svg.",
        ),
        ((20, 10), Options(scale=0), "A PNG must be at least one pixel wide and high."),
    ],
)
def test_of_a_png(size, options, words):
    assert told(partial(pixel_grid_for, Picture(size, None, ()), options)) == words


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lazy_writers.html_record_bytes,
            "This kind of file is made of an architecture only: choose PNG for this picture.",
        ),
        (lazy_writers.drawio_bytes, "A mere picture is no graph: choose PNG or SVG."),
        (placement_json.json_bytes, "A mere picture has no places to write down: choose PNG."),
        (dot.dot_bytes, "A mere picture is no graph to write down: choose PNG."),
    ],
)
def test_of_a_mere_picture(make, words):
    assert told(partial(make, MERE)) == words


def test_of_an_ending_that_no_kind_of_file_has():
    assert told(partial(format_of, Path("x.bmp"), SubjectKind.PICTURE)) == (
        "“x.bmp” cannot be exported: its ending must be one of .png, .svg, .pdf."
    )
    assert told(partial(parse_formats, "bmp", SubjectKind.PICTURE)) == (
        "there is no format “bmp”; expected one of: all, pdf, png, svg"
    )


in_words_of_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has words of its own")


def test_of_a_file_that_cannot_be_written(tmp_path):
    gone = tmp_path / "gone" / "x.png"
    assert told(partial(write_atomically, gone, b"")) == (
        f"The folder “{gone.parent}” does not exist, so “x.png” was not written."
    )
    assert told(partial(write_atomically, tmp_path, b"")) == (
        f"“{tmp_path}” is a folder: choose the name of a file in it."
    )


def test_of_a_folder_that_cannot_be_made(tmp_path):
    (file := tmp_path / "file").write_text("mine")
    gone = tmp_path / "no" / "such"
    assert told(partial(create_folder, file)) == f"“{file}” is a file: choose a folder."
    assert told(partial(create_folder, gone)) == (f"The folder “{gone.parent}” does not exist, so nothing was written.")
    assert told(partial(write_all_formats, MERE, tmp_path, "x")) == (
        f"“{tmp_path}” is not empty: choose the name of a new folder."
    )


@in_words_of_posix
def test_of_a_name_that_is_too_long(tmp_path):
    long = tmp_path / ("x" * 300)
    assert told(partial(write_atomically, long, b"")) == f"“{long}” cannot be written: File name too long."
    assert told(partial(template.load_template, long)) == (f"The template “{long}” cannot be read: File name too long.")
    assert told(partial(create_folder, long)) == f"The folder “{long}” cannot be made: File name too long."


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that nobody writes in")
def test_of_a_place_that_takes_no_folders():
    folder = Path("/proc/pictures")
    assert told(partial(create_folder, folder)) == f"The folder “{folder}” cannot be made there."


def test_of_a_font_that_is_missing(tmp_path):
    assert told(partial(font_family, tmp_path)) == (
        "The font “LiberationSans-Regular.ttf” cannot be read, so nothing can be drawn: reinstall Berth."
    )


def without_layouts(path: Path) -> None:
    deck = pptx.Presentation()
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)
    deck.save(str(path))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda _path: None, "The template “{path}” cannot be used: it is no file."),
        (
            lambda path: path.write_bytes(b"no"),
            "The template “{path}” cannot be used: it is no presentation (.pptx or .potx).",
        ),
        (
            without_layouts,
            "The template “{path}” has no slide layout: add one in its slide master.",
        ),
    ],
)
def test_of_a_template(tmp_path, make, words):
    path = tmp_path / "house.pptx"
    make(path)
    assert told(partial(template.load_template, path)) == words.format(path=path)


def test_of_a_template_that_is_too_large(tmp_path, monkeypatch):
    path = tmp_path / "house.pptx"
    path.write_bytes(bytes(1_000_001))
    monkeypatch.setattr(template, "MAX_BYTES", 1_000_000)
    assert told(partial(template.load_template, path)) == f"The template “{path}” is larger than 1 MB."


def test_of_a_template_that_unpacks_without_end(tmp_path, monkeypatch):
    path = tmp_path / "house.pptx"
    pptx.Presentation().save(str(path))
    monkeypatch.setattr(template, "MAX_UNPACKED", 10)
    assert told(partial(template.load_template, path)) == (
        f"The template “{path}” unpacks to more than a template can hold."
    )


# ------------------------------------------------------------------------------------ the self-check


def found(name: str) -> str:
    """What the self-check tells of one thing, and that it does not hold."""
    finding = next(finding for finding in self_check.run_self_check(None) if finding.name == name)
    assert not finding.ok
    return finding.detail


def test_of_text_that_has_no_width(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "horizontalAdvance", lambda *_: 0)
    assert found("font") == "Text cannot be measured: unpack or set up Berth again."


def test_of_a_font_that_lacks_letters(monkeypatch):
    monkeypatch.setattr(QFontMetricsF, "inFontUcs4", lambda _, letter: chr(letter) not in "AB")
    assert found("font") == "The font lacks A B, so boxes would be drawn for them."


@pytest.mark.no_qt_log  # Qt says too that they are no pictures
@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "There are no icons at all: unpack or set up Berth again."),
        (("a.svg", "b.svg"), "Icons cannot be read: a.svg, b.svg. Unpack or set up Berth again."),
    ],
)
def test_of_icons_of_the_installation(tmp_path, monkeypatch, files, words):
    for name in files:
        (tmp_path / name).write_text("no picture")
    monkeypatch.setattr(self_check, "resource_path", lambda *_: tmp_path)
    assert found("icons") == words


def white() -> bytes:
    paper = Picture((200, 100), "#ffffff", ())
    return export_bytes(Request("", paper), format_of(Path("x.png"), SubjectKind.PICTURE))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: b"", "The PNG image has next to nothing in it."),
        (lambda: bytes(200), "The PNG that was drawn cannot be read again."),
        (white, "The PNG that was drawn is blank."),
    ],
)
def test_of_a_picture_that_is_none(monkeypatch, made, words):
    monkeypatch.setattr(self_check, "export_file", lambda file, _: file.write_bytes(made()))
    assert found("png") == words


def test_of_what_the_self_check_did_not_foresee(monkeypatch):
    monkeypatch.setattr(self_check, "font_family", lambda: 1 / 0)
    assert found("font") == (
        "Something unexpected went wrong: “berth --debug self-check” writes a log that says where."
    )


def test_of_places_to_write_in(tmp_path, monkeypatch):
    assert told(partial(environment.check_writable, None)) == (
        "This system names no place for drafts and settings: set BERTH_HOME to a folder."
    )
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=2_000_000))
    assert told(partial(environment.check_writable, tmp_path)) == (
        f"The disk that holds “{tmp_path}” is almost full: only 2 MB are free."
    )
    monkeypatch.setattr(environment, "write_atomically", unwritten)
    assert told(partial(environment.check_writable, tmp_path)) == (
        f"There is no place for pictures: nothing can be written in “{tmp_path}”. Make room there, or allow it."
    )


def unwritten(path: Path, _data: bytes) -> None:
    raise FileWriteError(f"“{path}” cannot be written.")


def test_of_a_screen_that_is_too_small(monkeypatch):
    monkeypatch.setattr(environment, "_HEADLESS_PLATFORMS", ())
    monkeypatch.setattr(environment, "MIN_WINDOW_SIZE", (9_000, 5_000))
    assert told(environment.check_display) == (
        "Screen 1 is too small for the window: 800 × 800 pixels at 100%, which is 800 × 800 points, "
        "and 9000 × 5000 are needed. Choose a smaller scale or a higher resolution."
    )


def test_of_a_display_that_does_not_answer(monkeypatch):
    for name, value in (("WAYLAND_DISPLAY", ""), ("DISPLAY", ":9"), ("QT_QPA_PLATFORM", "")):
        monkeypatch.setenv(name, value)
    assert told(environment.check_display) == (
        "No window can open on the display that DISPLAY names. Is it there? "
        "Often a library is missing: install libxcb-cursor0."
    )
