"""Outcome bar: every main choice with its value and status, in one row."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer.core.model.outcome import Status
from explorer.core.model.pack import ChoiceId
from explorer.engine.outcome_summary import OutcomeEntry
from explorer.ui.widgets.cards import ClickableArea
from explorer.ui.widgets.labels import ElidedLabel, make_label, make_line_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone, set_tooltip

_MIN_WIDTH_FOR_SUMMARY = 68
"""In line heights: the summary is hidden in a narrower bar."""

_MIN_WIDTH_FOR_ONE_LINE = 9.5
"""In line heights: a narrower item has two lines for its value."""

_STATUS_STYLES = {
    Status.FORCED: (StatusShape.DISC, "good", "decided"),
    Status.PREFERRED: (StatusShape.RINGED, "accent", "fits best"),
    Status.DEFAULT: (StatusShape.RING, "muted", "default"),
    Status.OPEN: (StatusShape.DOTTED, "info", "open"),
    Status.CONFLICT: (StatusShape.WARNING, "bad", "conflict"),
}


class OutcomeItem(ClickableArea):
    """One choice: its name, its value, and its status as a shape and a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self._label = ElidedLabel("", "over")
        self._value = ElidedLabel("", "strong")
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._icon = StatusIcon(StatusShape.RING, 14)
        self._status = make_line_label("", "note")
        self._previous = ElidedLabel("", "note")
        self._previous.hide()
        status_row = QHBoxLayout()
        set_margins(status_row, gap=6)
        status_row.addWidget(self._icon)
        status_row.addWidget(self._status, 1)
        status_row.addWidget(self._previous, 1)
        column = QVBoxLayout(self)
        set_margins(column, (8, 7, 6, 7), 2)
        column.addWidget(self._label)
        column.addWidget(self._value)
        column.addLayout(status_row)
        column.addStretch(1)
        for child in (self._label, self._value, self._status, self._previous):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_entry(self, entry: OutcomeEntry) -> None:
        """Show the value and status of the choice; during a preview also the previous value."""
        shape, tone, word = _STATUS_STYLES[entry.status]
        self._label.show_text(entry.label.upper())
        self._value.show_text(f"→ {entry.value}" if entry.previous else entry.value or "—")
        self._previous.show_text(f"was {entry.previous}")
        self._previous.setVisible(bool(entry.previous))
        self._status.setHidden(bool(entry.previous))
        self._status.setText(word)
        self._icon.show_shape(shape)
        for widget in (self._icon, self._status, self._previous):
            set_tone(widget, tone)
        set_tone(self, "previewed" if entry.previous else "")
        previous = f"{entry.previous} → " if entry.previous else ""
        text = f"{entry.label}: {previous}{entry.value or 'not decided'} ({word})"
        self.setAccessibleName(text)
        set_tooltip(self, f"{text}. Alternatives: {entry.alternatives}." if entry.alternatives else f"{text}.")

    def set_line_count(self, lines: int) -> None:
        """Set the number of lines for the value."""
        self._value.set_max_lines(lines)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt calls it
        """Leave the selection unchanged on a click; `show_selected` sets it."""


class _ScrollRow(QScrollArea):
    """A scroll area that is as high as its content and scrolls horizontally."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the content."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """The height of the content with a scroll bar below it."""
        content = self.widget()
        layout = content.layout() if content else None
        # The layout includes all possible lines, the widget only those in use. The first avoids jumps.
        return QSize(320, (layout.sizeHint().height() if layout else 0) + 10)

    def minimumSizeHint(self) -> QSize:
        """The same height at any width."""
        return QSize(160, self.sizeHint().height())


class OutcomeBar(QFrame):
    """Shows the outcome. `choice_selected` sends the choice that the user clicks."""

    choice_selected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outcome")
        self._items: dict[ChoiceId, OutcomeItem] = {}
        self._selected: str | None = None
        self._summary = make_label("", "strong")
        self._scroll = _ScrollRow("Outcome")
        self._header = QWidget()
        self._header.setFixedWidth(172)
        column = QVBoxLayout(self._header)
        set_margins(column, (0, 7, 0, 7), 2)
        column.addWidget(make_label("OUTCOME", "over"))
        column.addWidget(self._summary)
        column.addStretch(1)
        row = QHBoxLayout(self)
        set_margins(row, (18, 8, 8, 8), 8)
        row.addWidget(self._header)
        row.addWidget(self._scroll, 1)

    def show_outcome(self, choices: tuple[OutcomeEntry, ...], summary: str) -> None:
        """Show the choices in order, and the summary sentence."""
        self._summary.setText(summary)
        self.setAccessibleName(f"Outcome: {summary}")
        if tuple(self._items) != tuple(entry.id for entry in choices):
            self._build_items(choices)
        for entry in choices:
            self._items[entry.id].show_entry(entry)
        self._update_line_counts()

    def show_selected(self, choice: str | None) -> None:
        """Mark the focused choice, None for none."""
        for id_, item in self._items.items():
            item.setChecked(id_ == choice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the summary in a narrow bar."""
        super().resizeEvent(event)
        self._header.setVisible(event.size().width() >= self.fontMetrics().height() * _MIN_WIDTH_FOR_SUMMARY)
        self._update_line_counts()

    def _update_line_counts(self) -> None:
        """Use two lines for all values in a narrow bar, so that the height does not depend on the answers."""
        each = (self.width() - self._header.isVisibleTo(self) * self._header.width()) / max(len(self._items), 1)
        for item in self._items.values():
            item.set_line_count(1 if each >= self.fontMetrics().height() * _MIN_WIDTH_FOR_ONE_LINE else 2)

    def _build_items(self, choices: tuple[OutcomeEntry, ...]) -> None:
        content = QWidget()
        content.setObjectName("content")
        row = QHBoxLayout(content)
        set_margins(row)
        self._items = {}
        for entry in choices:
            if self._items:
                row.addWidget(StatusIcon(StatusShape.CHEVRON, 14))
            item = self._items[entry.id] = OutcomeItem()
            item.clicked.connect(partial(self._emit_selected, entry.id))
            row.addWidget(item, 1)
        self._scroll.setWidget(content)

    def _emit_selected(self, choice: ChoiceId, _checked: bool = False) -> None:
        self.choice_selected.emit(choice)
