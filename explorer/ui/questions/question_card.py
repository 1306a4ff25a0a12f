"""The question that is being asked, as a card with its answers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHoverEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.sentences import format_count
from explorer.core.model.pack import Answer, Question
from explorer.core.session.walk import StepStatus, WalkStep
from explorer.ui.widgets.basic import (
    Card,
    ClickableArea,
    ElidedLabel,
    IconButton,
    make_label,
    make_line_label,
    make_link_button,
    set_margins,
    set_tone,
)
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape

_KEYBOARD_FOCUS_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_JITTER_PX = 8
"""Pixels within which a hand that has just answered counts as resting."""


class AnswerButton(ClickableArea):
    """One answer, its number on the keyboard, and when to pick it; says when it is looked into.

    `entered` tells where the mouse moved over it, None where the keyboard came to it. What
    comes to lie under a mouse that rests does not count.
    """

    hover_started = Signal(object)
    hover_ended = Signal()

    def __init__(self, number: int, answer: Answer) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(f"{number}. {answer.label}")
        self.setAccessibleDescription(answer.hint)
        self._icon = StatusIcon(StatusShape.RING, 18)
        key = make_label(str(number), "key")
        key.setMinimumSize(22, 22)
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        set_margins(words, gap=3)
        words.addWidget(make_label(answer.label, "strong"))
        if answer.hint:
            words.addWidget(make_label(answer.hint, "small"))
        self._outcome_count = make_line_label("", "tiny")
        self._outcome_count.hide()
        words.addWidget(self._outcome_count)
        row = QHBoxLayout(self)
        set_margins(row, (12, 10, 10, 11), 10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as the answer that was given, or not."""
        self.setChecked(chosen)
        self._icon.show_shape(StatusShape.RINGED if chosen else StatusShape.RING)
        set_tone(self._icon, "accent" if chosen else "line")

    def show_outcome_count(self, words: str) -> None:
        """Say how many outcomes it would leave."""
        self._outcome_count.setText(words)
        self._outcome_count.setVisible(bool(words))

    def event(self, event: QEvent) -> bool:
        """Tell of the mouse only when it moves."""
        if isinstance(event, QHoverEvent) and event.type() == QEvent.Type.HoverMove:
            self.hover_started.emit(event.globalPosition())
        elif event.type() == QEvent.Type.HoverLeave:
            self.hover_ended.emit()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come."""
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD_FOCUS_REASONS:
            self.hover_started.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone."""
        super().focusOutEvent(event)
        self.hover_ended.emit()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt calls it
        """A click is a wish; only `show_chosen` marks."""


class QuestionCard(Card):
    """Shows one step of the walk and reports what is answered; it decides nothing.

    `considered` tells which answer someone looks into, two empty words that nobody does any more.
    """

    answered = Signal(str, str)
    answer_hovered = Signal(str, str)
    cleared = Signal(str)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__("current", margin=16, gap=10)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._step: WalkStep | None = None
        self._hovered_answer: Answer | None = None
        self._pointer: QPointF | None = None
        self._answered_at: QPointF | None = None
        self._buttons: list[AnswerButton] = []
        self._position = ElidedLabel("", "over")
        self._title = make_label("", "title")
        self._text = make_label("", "body", selectable=True)
        self._not_needed_banner = _Banner("info")
        self._conflict_banner = _Banner("bad")
        self._conflict_banner.show_text("Conflict: this answer cannot hold together with another one.")
        self._answers = QVBoxLayout()
        set_margins(self._answers, gap=8)
        self._rationale = _Rationale()
        self._clear_button = make_link_button("Clear answer")
        self._clear_button.clicked.connect(self._emit_cleared)
        self.column.addLayout(self._build_header())
        self.add(self._title, self._text, self._not_needed_banner, self._conflict_banner)
        self.column.addLayout(self._answers)
        self.add(self._rationale, self._clear_button)

    def show_step(self, step: WalkStep, number: int, total: int) -> None:
        """Show a step of the walk, the answer buttons only made anew for another question."""
        if self._step is None or self._step.question != step.question:
            self._show_question(step.question)
        self._step = step
        self._position.show_text(f"QUESTION {number} OF {total}")
        self._not_needed_banner.show_text(f"Passed over: {step.reason}" if step.status is StepStatus.NOT_NEEDED else "")
        self._conflict_banner.setVisible(step.in_conflict)
        self._clear_button.setVisible(step.answer is not None)
        for answer, button in zip(step.question.answers, self._buttons, strict=True):
            button.show_chosen(answer.id == step.answer)

    def show_effect(self, left: Sequence[int], separates: str) -> None:
        """Show how many outcomes each answer would leave, and what the question separates."""
        for place, button in enumerate(self._buttons):
            button.show_outcome_count(format_count(left[place]) if place < len(left) else "")
        if self._step is not None:
            self._rationale.show_paragraphs(self._step.question.why, separates)

    def answer_number(self, number: int) -> None:
        """Give the answer of that number, when there is one."""
        if self._step is not None and 1 <= number <= len(self._step.question.answers):
            self._emit_answered(self._step.question.answers[number - 1])

    def _show_question(self, question: Question) -> None:
        self.setAccessibleName(question.title)
        self._title.setText(question.title)
        self._text.setText(question.text)
        self._rationale.show_paragraphs(question.why)
        if any(button.hasFocus() for button in self._buttons):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._end_hover()
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [AnswerButton(number, answer) for number, answer in enumerate(question.answers, 1)]
        for answer, button in zip(question.answers, self._buttons, strict=True):
            button.clicked.connect(partial(self._emit_answered, answer))
            button.hover_started.connect(partial(self._start_hover, answer))
            button.hover_ended.connect(partial(self._end_hover, answer))
            self._answers.addWidget(button)
            button.show()

    def _build_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        set_margins(row, gap=2)
        row.addWidget(self._position, 1)
        for by, sign, name in (
            (-1, StatusShape.BACK, "Previous question (←)"),
            (1, StatusShape.FORWARD, "Next question (→)"),
        ):
            button = IconButton(sign, name)
            button.clicked.connect(partial(self._emit_stepped, by))
            row.addWidget(button)
        return row

    def _start_hover(self, answer: Answer, hand: QPointF | None) -> None:
        self._pointer = hand
        if hand is not None and self._answered_at is not None:
            if (hand - self._answered_at).manhattanLength() < _JITTER_PX:
                return
            self._answered_at = None
        if answer != self._hovered_answer and self._step is not None and answer.id != self._step.answer:
            self._hovered_answer = answer
            self.answer_hovered.emit(self._step.question.id, answer.id)

    def _end_hover(self, answer: Answer | None = None) -> None:
        if self._hovered_answer is not None and answer in (None, self._hovered_answer):
            self._hovered_answer = None
            self.answer_hovered.emit("", "")

    def _emit_answered(self, answer: Answer, _checked: bool = False) -> None:
        self._answered_at = self._pointer
        if self._step is not None:
            self.answered.emit(self._step.question.id, answer.id)

    def _emit_cleared(self) -> None:
        if self._step is not None:
            self.cleared.emit(self._step.question.id)

    def _emit_stepped(self, by: int, _checked: bool = False) -> None:
        self.stepped.emit(by)


class _Banner(Card):
    """A sentence about the question, in the colour of its weight; hidden without one."""

    def __init__(self, name: str) -> None:
        super().__init__("info" if name == "info" else name, margin=10, gap=0)
        self._label = make_label("", "note", name)
        self.add(self._label)
        self.hide()

    def show_text(self, words: str) -> None:
        self._label.setText(words)
        self.setVisible(bool(words))


class _Rationale(QWidget):
    """What hangs on the question and what it separates, folded away until someone wants to know."""

    def __init__(self) -> None:
        super().__init__()
        self._toggle = make_link_button("Why this is asked")
        self._toggle.setCheckable(True)
        self._label = make_label("", "small", selectable=True)
        self._label.hide()
        self._toggle.toggled.connect(self._label.setVisible)
        column = QVBoxLayout(self)
        set_margins(column, gap=2)
        column.addWidget(self._toggle)
        column.addWidget(self._label)

    def show_paragraphs(self, *paragraphs: str) -> None:
        told = "\n\n".join(filter(None, paragraphs))
        self._label.setText(told)
        self.setVisible(bool(told))
