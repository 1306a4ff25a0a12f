"""What the window says of exports and icons, word for word, in the situation that it is said in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QMessageBox

from explorer.export.request.request import Options, Request, SubjectKind
from explorer.storage.icons.source import GLYPHS_ONLY
from explorer.ui.export.export_all import BundleExporter
from explorer.ui.export.export_controller import ExportController
from explorer.ui.export.export_dialog import DRAG_HINT, ExportDialog
from explorer.ui.export.export_source import ExportSource
from explorer.ui.icons.icon_controller import IconController
from explorer.ui.shell.settings import Settings
from tests.ui.dialogs import go_on_to_a_file
from tests.ui.messages.hearing import said, unforeseen
from tests.ui.toy import picture


@pytest.fixture
def exporter(window, tmp_path):
    exporter = ExportController(Settings(tmp_path / "home"), window)
    yield exporter
    exporter.close()


@pytest.fixture
def bundler(window):
    bundler = BundleExporter(window)
    yield bundler
    bundler.close()


def drawn(options: Options) -> Request:
    return Request("Where to sleep", picture("tent"), None, options)


DRAWN = ExportSource(SubjectKind.PICTURE, "Where to sleep", drawn)
BROKEN = replace(DRAWN, request=unforeseen)


def test_as_long_as_nothing_is_drawn_there_is_nothing_to_export(qtbot, exporter, bundler):
    words = "There is no diagram yet; it can be exported as soon as it is drawn."
    for deed in (exporter.show_dialog, exporter.export_again, exporter.copy, exporter.copy_text):
        assert said(qtbot, exporter.failed, partial(deed, None, Options())) == words
    assert said(qtbot, bundler.failed, lambda: bundler.choose_target(None, Options())) == words


def test_of_an_export_by_the_dialog(qtbot, exporter, window, tmp_path):
    exporter.show_dialog(DRAWN, Options())
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.hint.text() == "Drag the preview into another program, or go on to a file."
    path = tmp_path / "x.png"
    words = said(qtbot, exporter.done, lambda: go_on_to_a_file(window, path))
    assert words == f"Exported to {path}."


def test_a_file_that_is_there_is_asked_about(qtbot, exporter, window, tmp_path):
    (tmp_path / "x.png").write_bytes(b"older")
    exporter.show_dialog(DRAWN, Options())
    go_on_to_a_file(window, tmp_path / "x.png")
    (asked,) = window.findChildren(QMessageBox)
    assert (asked.text(), asked.informativeText()) == ("“x.png” is there already.", "Replace it?")
    assert [button.text().replace("&", "") for button in asked.buttons()] == ["Replace", "Cancel"]
    asked.reject()


def test_of_an_export_in_which_something_breaks(qtbot, exporter, window, tmp_path):
    exporter.show_dialog(BROKEN, Options())
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: dialog.hint.text() != DRAG_HINT)
    assert dialog.hint.text() == "The preview could not be drawn: choose another size or other colours."
    words = said(qtbot, exporter.failed, lambda: go_on_to_a_file(window, tmp_path / "x.png"))
    assert words == "The diagram could not be exported; nothing was written."


def test_of_what_is_copied(qtbot, exporter):
    for signal, scene, deed, words in (
        (exporter.done, DRAWN, exporter.copy, "The diagram is on the clipboard."),
        (exporter.done, DRAWN, exporter.copy_text, "The description is on the clipboard."),
        (
            exporter.failed,
            BROKEN,
            exporter.copy,
            "The diagram could not be copied; the clipboard is as it was.",
        ),
        (
            exporter.failed,
            BROKEN,
            exporter.copy_text,
            "The description could not be copied; the clipboard is as it was.",
        ),
    ):
        assert said(qtbot, signal, partial(deed, scene, Options())) == words


def test_of_everything_at_once(qtbot, bundler, tmp_path):
    folder = tmp_path / "all"
    words = said(qtbot, bundler.done, lambda: bundler.write(DRAWN, Options(), folder))
    assert words == f"Exported 3 kinds of file to {folder}."
    words = said(qtbot, bundler.failed, lambda: bundler.write(DRAWN, Options(), folder))
    assert words == f"“{folder}” is not empty: choose the name of a new folder."
    words = said(qtbot, bundler.failed, lambda: bundler.write(BROKEN, Options(), folder))
    assert words == "Not every kind of file could be exported; a zip was not written at all."


def test_of_icons(qtbot, window, tmp_path):
    choice = IconController(GLYPHS_ONLY, window)
    gone = tmp_path / "gone"
    words = said(qtbot, choice.failed, lambda: choice.request(str(gone)))
    assert words == (
        "No icons were taken from “gone”: it cannot be read (No such file or directory). The icons are as they were."
    )
    choice.close()
    choice = IconController(GLYPHS_ONLY, window, unforeseen)
    words = said(qtbot, choice.failed, lambda: choice.request("own"))
    assert words == "The icons could not be read. The icons are as they were."
    choice.close()
