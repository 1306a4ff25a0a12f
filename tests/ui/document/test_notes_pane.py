"""The notes are a person’s own words: reported after a moment, shown without disturbing the hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from explorer.ui.document.notes_pane import NotesPane


@pytest.fixture
def pane(qtbot):
    pane = NotesPane()
    qtbot.addWidget(pane)
    pane.resize(300, 200)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


@pytest.fixture
def noted(pane):
    told: list[str] = []
    pane.notes_changed.connect(told.append)
    return told


def test_what_is_written_is_reported_once_the_hand_rests(qtbot, pane, noted):
    qtbot.keyClicks(pane.field, "Quota?")
    assert noted == []
    qtbot.waitUntil(lambda: noted == ["Quota?"])


def test_what_is_shown_is_not_reported(qtbot, pane, noted):
    pane.show_notes("From the file.")
    pane.flush()
    assert noted == []


def test_showing_what_was_just_written_leaves_the_cursor_alone(qtbot, pane, noted):
    pane.notes_changed.connect(pane.show_notes)
    qtbot.keyClicks(pane.field, "abc")
    pane.field.moveCursor(QTextCursor.MoveOperation.Start)
    pane.flush()
    assert noted == ["abc"]
    assert pane.field.textCursor().position() == 0


def test_digits_are_written_and_answer_nothing(qtbot, pane):
    qtbot.keyClick(pane.field, Qt.Key.Key_1)
    assert pane.field.toPlainText() == "1"


def test_it_is_one_line_high_until_there_is_more_and_never_more_than_six(qtbot, pane):
    low = pane.field.height()
    pane.show_notes("word " * 30)
    qtbot.waitUntil(lambda: pane.field.height() > low)
    pane.show_notes("\n" * 50)
    qtbot.waitUntil(lambda: low * 2 < pane.field.height() < low * 7)
    pane.show_notes("")
    qtbot.waitUntil(lambda: pane.field.height() == low)
