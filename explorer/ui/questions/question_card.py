"""The question that is being asked, as a card with its answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHoverEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.sentences import left_words
from explorer.core.model.pack import Answer, Question
from explorer.core.session.walk import Standing, Step
from explorer.ui.widgets.basic import Card, ClickArea, Elided, MarkButton, line, link, spaced, text, tone
from explorer.ui.widgets.status_icons import Mark, Sign

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_STILL = 8
"""Pixels within which a hand that has just answered counts as resting."""


class AnswerButton(ClickArea):
    """One answer, its number on the keyboard, and when to pick it; says when it is looked into.

    `entered` tells where the mouse moved over it, None where the keyboard came to it. What
    comes to lie under a mouse that rests does not count.
    """

    entered = Signal(object)
    left = Signal()

    def __init__(self, number: int, answer: Answer) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(f"{number}. {answer.label}")
        self.setAccessibleDescription(answer.hint)
        self._mark = Mark(Sign.RING, 18)
        key = text(str(number), "key")
        key.setMinimumSize(22, 22)
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        spaced(words, gap=3)
        words.addWidget(text(answer.label, "strong"))
        if answer.hint:
            words.addWidget(text(answer.hint, "small"))
        self._rest = line("", "tiny")
        self._rest.hide()
        words.addWidget(self._rest)
        row = QHBoxLayout(self)
        spaced(row, (12, 10, 10, 11), 10)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as the answer that was given, or not."""
        self.setChecked(chosen)
        self._mark.show_sign(Sign.RINGED if chosen else Sign.RING)
        tone(self._mark, "accent" if chosen else "line")

    def show_left(self, words: str) -> None:
        """Say how many outcomes it would leave."""
        self._rest.setText(words)
        self._rest.setVisible(bool(words))

    def event(self, event: QEvent) -> bool:
        """Tell of the mouse only when it moves."""
        if isinstance(event, QHoverEvent) and event.type() == QEvent.Type.HoverMove:
            self.entered.emit(event.globalPosition())
        elif event.type() == QEvent.Type.HoverLeave:
            self.left.emit()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS:
            self.entered.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        self.left.emit()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt calls it
        """A click is a wish; only `show_chosen` marks."""


class QuestionCard(Card):
    """Shows one step of the walk and reports what is answered; it decides nothing.

    `considered` tells which answer someone looks into, two empty words that nobody does any more.
    """

    answered = Signal(str, str)
    considered = Signal(str, str)
    cleared = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__("current", margin=16, gap=10)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._step: Step | None = None
        self._looked_into: Answer | None = None
        self._hand: QPointF | None = None
        self._rests_at: QPointF | None = None
        self._buttons: list[AnswerButton] = []
        self._place = Elided("", "over")
        self._title = text("", "title")
        self._text = text("", "body", selectable=True)
        self._passed = _Remark("info")
        self._clash = _Remark("bad")
        self._clash.show_words("Conflict: this answer cannot hold together with another one.")
        self._answers = QVBoxLayout()
        spaced(self._answers, gap=8)
        self._why = _Why()
        self._clear = link("Clear answer")
        self._clear.clicked.connect(self._report_clear)
        self.column.addLayout(self._head())
        self.add(self._title, self._text, self._passed, self._clash)
        self.column.addLayout(self._answers)
        self.add(self._why, self._clear)

    def show_step(self, step: Step, number: int, total: int) -> None:
        """Show a step of the walk, the answer buttons only made anew for another question."""
        if self._step is None or self._step.question != step.question:
            self._show_question(step.question)
        self._step = step
        self._place.show_text(f"QUESTION {number} OF {total}")
        self._passed.show_words(f"Passed over: {step.why}" if step.standing is Standing.PASSED_OVER else "")
        self._clash.setVisible(step.clashes)
        self._clear.setVisible(step.answer is not None)
        for answer, button in zip(step.question.answers, self._buttons, strict=True):
            button.show_chosen(answer.id == step.answer)

    def show_telling(self, left: Sequence[int], separates: str) -> None:
        """Show how many outcomes each answer would leave, and what the question separates."""
        for place, button in enumerate(self._buttons):
            button.show_left(left_words(left[place]) if place < len(left) else "")
        if self._step is not None:
            self._why.show_words(self._step.question.why, separates)

    def answer_number(self, number: int) -> None:
        """Give the answer of that number, when there is one."""
        if self._step is not None and 1 <= number <= len(self._step.question.answers):
            self._report(self._step.question.answers[number - 1])

    def _show_question(self, question: Question) -> None:
        self.setAccessibleName(question.title)
        self._title.setText(question.title)
        self._text.setText(question.text)
        self._why.show_words(question.why)
        if any(button.hasFocus() for button in self._buttons):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._leave()
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [AnswerButton(number, answer) for number, answer in enumerate(question.answers, 1)]
        for answer, button in zip(question.answers, self._buttons, strict=True):
            button.clicked.connect(partial(self._report, answer))
            button.entered.connect(partial(self._look_into, answer))
            button.left.connect(partial(self._leave, answer))
            self._answers.addWidget(button)
            button.show()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, gap=2)
        row.addWidget(self._place, 1)
        for by, sign, name in (
            (-1, Sign.BACK, "Previous question (←)"),
            (1, Sign.FORTH, "Next question (→)"),
        ):
            button = MarkButton(sign, name)
            button.clicked.connect(partial(self._report_step, by))
            row.addWidget(button)
        return row

    def _look_into(self, answer: Answer, hand: QPointF | None) -> None:
        self._hand = hand
        if hand is not None and self._rests_at is not None:
            if (hand - self._rests_at).manhattanLength() < _STILL:
                return
            self._rests_at = None
        if answer != self._looked_into and self._step is not None and answer.id != self._step.answer:
            self._looked_into = answer
            self.considered.emit(self._step.question.id, answer.id)

    def _leave(self, answer: Answer | None = None) -> None:
        if self._looked_into is not None and answer in (None, self._looked_into):
            self._looked_into = None
            self.considered.emit("", "")

    def _report(self, answer: Answer, _checked: bool = False) -> None:
        self._rests_at = self._hand
        if self._step is not None:
            self.answered.emit(self._step.question.id, answer.id)

    def _report_clear(self) -> None:
        if self._step is not None:
            self.cleared.emit(self._step.question.id)

    def _report_step(self, by: int, _checked: bool = False) -> None:
        self.stepped.emit(by)


class _Remark(Card):
    """A sentence about the question, in the colour of its weight; hidden without one."""

    def __init__(self, name: str) -> None:
        super().__init__("info" if name == "info" else name, margin=10, gap=0)
        self._words = text("", "note", name)
        self.add(self._words)
        self.hide()

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))


class _Why(QWidget):
    """What hangs on the question and what it separates, folded away until someone wants to know."""

    def __init__(self) -> None:
        super().__init__()
        self._fold = link("Why this is asked")
        self._fold.setCheckable(True)
        self._words = text("", "small", selectable=True)
        self._words.hide()
        self._fold.toggled.connect(self._words.setVisible)
        column = QVBoxLayout(self)
        spaced(column, gap=2)
        column.addWidget(self._fold)
        column.addWidget(self._words)

    def show_words(self, *paragraphs: str) -> None:
        told = "\n\n".join(filter(None, paragraphs))
        self._words.setText(told)
        self.setVisible(bool(told))
