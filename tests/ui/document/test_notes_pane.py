"""Notes are emitted once the user pauses, and updating them keeps the cursor."""

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
def emitted(pane):
    emitted: list[str] = []
    pane.notes_changed.connect(emitted.append)
    return emitted


def test_notes_are_emitted_once_the_user_pauses(qtbot, pane, emitted):
    qtbot.keyClicks(pane.field, "Quota?")
    assert emitted == []
    qtbot.waitUntil(lambda: emitted == ["Quota?"])


def test_notes_that_are_shown_are_not_emitted(qtbot, pane, emitted):
    pane.show_notes("From the file.")
    pane.flush()
    assert emitted == []


def test_showing_the_same_notes_keeps_the_cursor(qtbot, pane, emitted):
    pane.notes_changed.connect(pane.show_notes)
    qtbot.keyClicks(pane.field, "abc")
    pane.field.moveCursor(QTextCursor.MoveOperation.Start)
    pane.flush()
    assert emitted == ["abc"]
    assert pane.field.textCursor().position() == 0


def test_digits_are_written_into_the_notes(qtbot, pane):
    qtbot.keyClick(pane.field, Qt.Key.Key_1)
    assert pane.field.toPlainText() == "1"


def test_the_field_grows_from_one_to_six_lines(qtbot, pane):
    low = pane.field.height()
    pane.show_notes("word " * 30)
    qtbot.waitUntil(lambda: pane.field.height() > low)
    pane.show_notes("\n" * 50)
    qtbot.waitUntil(lambda: low * 2 < pane.field.height() < low * 7)
    pane.show_notes("")
    qtbot.waitUntil(lambda: pane.field.height() == low)
