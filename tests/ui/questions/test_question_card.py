"""Question card: which answers the pointer and the keyboard preview."""

import pytest
from PySide6.QtCore import QPoint, Qt

from explorer.core.model.pack import AnswerId
from explorer.core.session.walk import StepStatus, WalkStep
from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.questions.question_card import QuestionCard
from tests.ui.toy import QUESTIONS


@pytest.fixture
def card(qtbot):
    card = QuestionCard()
    qtbot.addWidget(card)
    card.show_step(WalkStep(QUESTIONS[2], StepStatus.OPEN, None), 3, 3)
    card.resize(320, 480)
    with qtbot.waitExposed(card):
        card.show()
    return card


@pytest.fixture
def hovered(card):
    """The hovered answers in order, with "" for each end of a hover."""
    hovered = []
    card.answer_hovered.connect(lambda _question, answer: hovered.append(answer))
    card.hover_ended.connect(lambda: hovered.append(""))
    return hovered


def buttons(card):
    return [button for button in card.findChildren(AnswerButton) if not button.isHidden()]


def test_pointer_on_an_answer_hovers_it(card, hovered, qtbot):
    first, second, _ = buttons(card)
    qtbot.mouseMove(first)
    qtbot.waitUntil(lambda: hovered == ["cook"])
    qtbot.mouseMove(first, QPoint(20, 10))
    qtbot.mouseMove(second)
    qtbot.waitUntil(lambda: hovered == ["cook", "", "buy"])
    qtbot.mouseMove(card, QPoint(2, 2))
    qtbot.waitUntil(lambda: hovered == ["cook", "", "buy", ""])


def test_keyboard_focus_on_an_answer_hovers_it(card, hovered, qtbot):
    first, second, _ = buttons(card)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: hovered == ["cook"])
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert hovered == ["cook", "", "buy"]


def test_given_answer_is_not_hovered(card, hovered):
    card.show_step(WalkStep(QUESTIONS[2], StepStatus.ANSWERED, AnswerId("cook")), 3, 3)
    first, second, _ = buttons(card)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert hovered == ["buy"]


def test_after_a_click_the_pointer_must_move_away_to_hover_the_next_question(card, hovered, qtbot):
    card.show_step(WalkStep(QUESTIONS[0], StepStatus.OPEN, None), 1, 3)
    clicked = buttons(card)[0]
    qtbot.waitUntil(lambda: clicked.width() > 200)
    pointer = clicked.mapToGlobal(QPoint(100, 20))
    qtbot.mouseMove(clicked, QPoint(100, 20))
    qtbot.mouseClick(clicked, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    card.show_step(WalkStep(QUESTIONS[1], StepStatus.OPEN, None), 2, 3)
    hovered.clear()
    below = buttons(card)[0]
    qtbot.waitUntil(lambda: below.rect().contains(below.mapFromGlobal(pointer)))
    position = below.mapFromGlobal(pointer + QPoint(2, 1))

    qtbot.mouseMove(below, position)
    qtbot.mouseMove(below, position + QPoint(2, 1))
    assert hovered == []

    qtbot.mouseMove(below, position + QPoint(30, 0))
    qtbot.waitUntil(lambda: hovered == ["yes"])
