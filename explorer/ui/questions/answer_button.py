"""Answer button: one answer of the current question, with its key, hint and remaining outcomes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHoverEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.model.pack import Answer
from explorer.ui.widgets.cards import ClickableArea
from explorer.ui.widgets.labels import make_label, make_line_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone

_KEYBOARD_FOCUS_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class AnswerButton(ClickableArea):
    """Reports clicks, and where the pointer moves over it.

    `pointer_moved` sends the position on the screen. It is not sent when the button appears under a
    pointer that does not move. `keyboard_focused` says that a key moved the focus here.
    """

    pointer_moved = Signal(QPointF)
    keyboard_focused = Signal()
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
        lines = QVBoxLayout()
        set_margins(lines, gap=3)
        lines.addWidget(make_label(answer.label, "strong"))
        if answer.hint:
            lines.addWidget(make_label(answer.hint, "small"))
        self._outcome_count = make_line_label("", "tiny")
        self._outcome_count.hide()
        lines.addWidget(self._outcome_count)
        row = QHBoxLayout(self)
        set_margins(row, (12, 10, 10, 11), 10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_chosen(self, chosen: bool) -> None:
        """Show whether this is the given answer."""
        self.setChecked(chosen)
        self._icon.show_shape(StatusShape.RINGED if chosen else StatusShape.RING)
        set_tone(self._icon, "accent" if chosen else "line")

    def show_outcome_count(self, text: str) -> None:
        """Show how many outcomes remain after this answer; an empty text hides the line."""
        self._outcome_count.setText(text)
        self._outcome_count.setVisible(bool(text))

    def event(self, event: QEvent) -> bool:
        """Report the pointer when it moves or leaves."""
        if isinstance(event, QHoverEvent) and event.type() == QEvent.Type.HoverMove:
            self.pointer_moved.emit(event.globalPosition())
        elif event.type() == QEvent.Type.HoverLeave:
            self.hover_ended.emit()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Report focus that a key moved here."""
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD_FOCUS_REASONS:
            self.keyboard_focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report that the focus left."""
        super().focusOutEvent(event)
        self.hover_ended.emit()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt calls it
        """Leave the check mark unchanged on a click; `show_chosen` sets it."""
