"""The notice bar shows the newest message and the buttons of a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.ui.shell import notice_bar
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.notice_bar import NoticeBar
from explorer.ui.widgets.cards import IconButton
from explorer.ui.workers.debounce import Debounce


@pytest.fixture
def bar(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def test_the_bar_is_hidden_while_there_is_no_message(bar):
    assert bar.isHidden()
    assert bar.message == ""


def test_the_newest_message_replaces_the_previous_one(bar):
    bar.show_error("The file is full.")
    bar.show_error("The file is full.")
    bar.show_info("Exported.")

    assert bar.message == "Exported."


def test_the_user_dismisses_a_message(bar):
    bar.show_error("The file is full.")

    bar.findChild(IconButton).click()

    assert bar.isHidden()


def test_text_is_never_read_as_markup(bar):
    bar.show_error("<b>no</b> & never")

    label = bar.findChild(QLabel)
    assert label.text() == "<b>no</b> & never"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_question_shows_its_buttons_until_one_is_clicked(bar):
    clicked: list[str] = []
    bar.show_question(
        "The file has changed.",
        (("Load", lambda: clicked.append("load")), ("Keep", lambda: clicked.append("keep"))),
    )
    buttons = {button.text(): button for button in bar.findChildren(QPushButton)}
    assert list(buttons) == ["Load", "Keep"]

    buttons["Keep"].click()

    assert clicked == ["keep"]
    assert bar.isHidden()


def test_a_message_after_a_question_has_no_buttons(bar):
    bar.show_question("The file has changed.", (("Load", lambda: None),))
    bar.show_info("Saved.")
    assert not any(button.isVisibleTo(bar) for button in bar.findChildren(QPushButton))


@pytest.mark.parametrize(("kind", "stays"), [("info", False), ("warning", True), ("error", True)])
def test_only_an_information_disappears(qtbot, monkeypatch, kind, stays):
    monkeypatch.setattr(notice_bar, "INFO_DURATION_MS", 1)
    bar, messages = NoticeBar(), Messages()
    qtbot.addWidget(bar)
    bar.connect_to(messages)

    messages.info.emit("Saved.")
    getattr(messages, kind).emit("Read this.")

    assert bar.message == "Read this."
    if stays:
        timer = bar.findChild(Debounce)
        assert timer is not None
        assert not timer.is_pending
    else:
        qtbot.waitUntil(bar.isHidden)


def test_a_question_is_shown_with_its_buttons(bar):
    messages = Messages()
    bar.connect_to(messages)
    messages.question.emit("Load the file?", (("Load", print),))
    assert bar.message == "Load the file?"
    assert [button.text() for button in bar.findChildren(QPushButton)] == ["Load"]


def test_a_long_message_is_cut_so_that_the_bar_stays_small(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(900, 600)
    bar = NoticeBar()
    column = QVBoxLayout(holder)
    column.addWidget(bar)
    column.addStretch(1)
    holder.show()
    text = "unknown answer; " * 1_000
    bar.show_error(text)
    qtbot.waitUntil(lambda: bar.height() > 20)
    assert bar.height() < 200
    assert bar.message == text


def test_only_errors_are_shown_while_the_user_presents(bar):
    bar.show_question("Restored your unsaved session.", (("Start a new session", print),))
    bar.set_presenting(True)
    assert bar.isHidden()
    bar.set_presenting(False)
    assert not bar.isHidden()
    bar.set_presenting(True)
    bar.show_error("Could not draw the diagram.")
    assert not bar.isHidden()
