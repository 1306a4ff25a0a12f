"""What keeps the window from opening is read in the terminal, and in a box where there is none."""

from __future__ import annotations

import io
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox

from explorer.core.errors import ExplorerError
from explorer.ui.errors.startup_error import show_startup_error, startup_error_box

WHY = ExplorerError("The session “/home/someone/projects/a-long-folder/team.berth” cannot be read.")


class Terminal(io.StringIO):
    """A stream that a person sees."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.mark.parametrize(("error_stream", "boxes"), [(Terminal, 0), (io.StringIO, 1)])
def test_a_box_waits_only_where_no_terminal_shows_the_sentence(qapp, monkeypatch, error_stream, boxes):
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(sys, stream, None)
    monkeypatch.setattr(sys, "stderr", stream := error_stream())

    show_startup_error(WHY)
    assert shown == ["Berth cannot open."] * boxes
    assert stream.getvalue() == f"berth: {WHY}\n"


def test_the_box_is_wide_enough_for_a_path(qtbot):
    box = startup_error_box(WHY)
    qtbot.addWidget(box)
    box.show()
    told = box.findChild(QLabel, "qt_msgbox_informativelabel")
    assert told is not None
    path = str(WHY).split("“")[1].split("”")[0]
    assert told.width() > told.fontMetrics().horizontalAdvance(path)
