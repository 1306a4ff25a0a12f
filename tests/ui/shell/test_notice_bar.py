"""There is one place where messages appear, and the newest replaces the one before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from explorer.ui.shell.notice_bar import NoticeBar
from explorer.ui.widgets.basic import IconButton


@pytest.fixture
def bar(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def test_it_takes_no_room_until_there_is_something_to_say(bar):
    assert bar.isHidden()
    assert bar.message == ""


def test_the_newest_message_replaces_the_one_before(bar):
    bar.show_error("The file is full.")
    bar.show_error("The file is full.")
    bar.show_info("Exported.")

    assert bar.message == "Exported."


def test_a_message_is_dismissed_by_the_person(bar):
    bar.show_error("The file is full.")

    bar.findChild(IconButton).click()

    assert bar.isHidden()


def test_a_message_is_shown_exactly_as_it_stands(bar):
    bar.show_error("<b>no</b> & never")

    label = bar.findChild(QLabel)
    assert label.text() == "<b>no</b> & never"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_question_offers_its_choices_until_one_is_taken(qtbot, bar):
    done: list[str] = []
    bar.ask(
        "The file has changed.",
        (("Load it", lambda: done.append("load")), ("Keep", lambda: done.append("keep"))),
    )
    buttons = {button.text(): button for button in bar.findChildren(QPushButton)}
    assert list(buttons) == ["Load it", "Keep"]

    buttons["Keep"].click()

    assert done == ["keep"]
    assert bar.isHidden()


def test_a_message_after_a_question_has_none_of_its_choices(qtbot, bar):
    bar.ask("The file has changed.", (("Load it", lambda: None),))
    bar.show_info("Saved.")
    assert not any(button.isVisibleTo(bar) for button in bar.findChildren(QPushButton))
