"""Step row: one question of the walk in a line, with its status and answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from explorer.core.session.walk import StepStatus, WalkStep
from explorer.ui.widgets.cards import ClickableArea
from explorer.ui.widgets.labels import ElidedLabel
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone, set_tooltip

_STATUS_ICONS = {
    StepStatus.ANSWERED: (StatusShape.CHECK, "good"),
    StepStatus.OPEN: (StatusShape.HOLLOW, "line"),
    StepStatus.NOT_NEEDED: (StatusShape.DASH, "muted"),
}


class StepRow(ClickableArea):
    """Shows a step; a click opens its question."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = StatusIcon()
        self._title = ElidedLabel()
        self._status = ElidedLabel("", "small")
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        set_margins(row, (10, 7, 10, 7), 10)
        row.addWidget(self._icon)
        row.addWidget(self._title)
        row.addWidget(self._status, 1)
        for child in (self._title, self._status):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, step: WalkStep) -> None:
        """Show the title, status and answer of a step."""
        shape, tone = (StatusShape.WARNING, "bad") if step.in_conflict else _STATUS_ICONS[step.status]
        self._icon.show_shape(shape)
        set_tone(self._icon, tone)
        set_tone(self._title, "muted" if step.status is StepStatus.NOT_NEEDED else "")
        set_tone(self._status, "bad" if step.in_conflict else "muted")
        self._title.show_text(step.question.title)
        status = _status_text(step)
        self._status.show_text(status)
        self._status.setVisible(bool(status))
        set_tone(self, "bad" if step.in_conflict else "")
        self.setAccessibleName(f"{step.question.title}: {status or 'open'}")
        set_tooltip(self, _tooltip_text(step))


def _answer_label(step: WalkStep) -> str:
    return "" if step.answer is None else step.question.answer(step.answer).label


def _status_text(step: WalkStep) -> str:
    if step.in_conflict:
        return f"conflict: {_answer_label(step)}"
    return "not needed" if step.status is StepStatus.NOT_NEEDED else _answer_label(step)


def _tooltip_text(step: WalkStep) -> str:
    if step.status is StepStatus.NOT_NEEDED:
        return f"Not needed: {step.reason}"
    answer = _answer_label(step)
    return f"{step.question.title}: {answer}" if answer else step.question.text
