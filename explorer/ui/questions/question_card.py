"""Question card: the current question with its answers as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.sentences import format_count
from explorer.core.model.pack import Answer, Question
from explorer.core.session.walk import StepStatus, WalkStep
from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.widgets.cards import Card, IconButton
from explorer.ui.widgets.labels import ElidedLabel, make_label, make_link_button
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusShape

_JITTER_PX = 8
"""After a click on an answer, the pointer must move this far before it previews another answer."""


class QuestionCard(Card):
    """Shows one step of the walk and reports what the user does.

    `answered` and `answer_hovered` send the question and the answer, `cleared` the question. `stepped`
    sends -1 for the previous question, 1 for the next one.
    """

    answered = Signal(str, str)
    answer_hovered = Signal(str, str)
    hover_ended = Signal()
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
        self._conflict_banner.show_text("Conflict: this answer contradicts another answer.")
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
        """Show a step as question `number` of `total`. The buttons are rebuilt only for another question."""
        if self._step is None or self._step.question != step.question:
            self._show_question(step.question)
        self._step = step
        self._position.show_text(f"QUESTION {number} OF {total}")
        self._not_needed_banner.show_text(f"Not needed: {step.reason}" if step.status is StepStatus.NOT_NEEDED else "")
        self._conflict_banner.setVisible(step.in_conflict)
        self._clear_button.setVisible(step.answer is not None)
        for answer, button in zip(step.question.answers, self._buttons, strict=True):
            button.show_chosen(answer.id == step.answer)

    def show_effect(self, outcome_counts: Sequence[int], effect: str) -> None:
        """Show how many outcomes remain after each answer, and in words what the question decides."""
        for place, button in enumerate(self._buttons):
            known = place < len(outcome_counts)
            button.show_outcome_count(format_count(outcome_counts[place]) if known else "")
        if self._step is not None:
            self._rationale.show_paragraphs(self._step.question.why, effect)

    def answer_number(self, number: int) -> None:
        """Give the answer with this number, counted from 1. Other numbers are ignored."""
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
            button.pointer_moved.connect(partial(self._on_pointer_moved, answer))
            button.keyboard_focused.connect(partial(self._on_keyboard_focused, answer))
            button.hover_ended.connect(partial(self._end_hover, answer))
            self._answers.addWidget(button)
            button.show()

    def _build_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        set_margins(row, gap=2)
        row.addWidget(self._position, 1)
        for by, shape, name in (
            (-1, StatusShape.BACK, "Previous question (←)"),
            (1, StatusShape.FORWARD, "Next question (→)"),
        ):
            button = IconButton(shape, name)
            button.clicked.connect(partial(self._emit_stepped, by))
            row.addWidget(button)
        return row

    def _on_pointer_moved(self, answer: Answer, pointer: QPointF) -> None:
        self._pointer = pointer
        if self._answered_at is not None:
            if (pointer - self._answered_at).manhattanLength() < _JITTER_PX:
                return
            self._answered_at = None
        self._hover(answer)

    def _on_keyboard_focused(self, answer: Answer) -> None:
        self._pointer = None
        self._hover(answer)

    def _hover(self, answer: Answer) -> None:
        if answer != self._hovered_answer and self._step is not None and answer.id != self._step.answer:
            self._hovered_answer = answer
            self.answer_hovered.emit(self._step.question.id, answer.id)

    def _end_hover(self, answer: Answer | None = None) -> None:
        if self._hovered_answer is not None and answer in (None, self._hovered_answer):
            self._hovered_answer = None
            self.hover_ended.emit()

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
    """A sentence about the question in the color `tone`; hidden while it has no text."""

    def __init__(self, tone: str) -> None:
        super().__init__(tone, margin=10, gap=0)
        self._label = make_label("", "note", tone)
        self.add(self._label)
        self.hide()

    def show_text(self, text: str) -> None:
        self._label.setText(text)
        self.setVisible(bool(text))


class _Rationale(QWidget):
    """What the question decides, collapsed until the user expands it."""

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
        text = "\n\n".join(filter(None, paragraphs))
        self._label.setText(text)
        self.setVisible(bool(text))
