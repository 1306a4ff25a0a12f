"""The outcome in one line: every choice, what it came to, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer.core.model.outcome import Status
from explorer.core.model.pack import ChoiceId
from explorer.ui.widgets.basic import ClickArea, Elided, line, spaced, text, tip, tone
from explorer.ui.widgets.status_icons import Mark, Sign

_ROOMY = 68  # how many times as wide as a line is high
_WIDE_ITEM = 9.5
_STANDING = {
    Status.FORCED: (Sign.DISC, "good", "decided"),
    Status.PREFERRED: (Sign.RINGED, "accent", "fits best"),
    Status.DEFAULT: (Sign.RING, "muted", "default"),
    Status.OPEN: (Sign.DOTTED, "info", "open"),
    Status.CONFLICT: (Sign.WARNING, "bad", "conflict"),
}


@dataclass(frozen=True)
class BarEntry:
    """One choice of the outcome in words; `before` is what it was, while something else is considered."""

    id: ChoiceId
    label: str
    value: str
    status: Status
    alternatives: str = ""
    before: str = ""


class OutcomeItem(ClickArea):
    """One choice: its name, its value, and how firm that is by shape and by word."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self._label = Elided("", "over")
        self._value = Elided("", "strong")
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._mark = Mark(Sign.RING, 14)
        self._word = line("", "note")
        self._was = Elided("", "note")
        self._was.hide()
        standing = QHBoxLayout()
        spaced(standing, gap=6)
        standing.addWidget(self._mark)
        standing.addWidget(self._word, 1)
        standing.addWidget(self._was, 1)
        column = QVBoxLayout(self)
        spaced(column, (8, 7, 6, 7), 2)
        column.addWidget(self._label)
        column.addWidget(self._value)
        column.addLayout(standing)
        column.addStretch(1)
        for child in (self._label, self._value, self._word, self._was):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_entry(self, entry: BarEntry) -> None:
        """Show what the choice came to."""
        sign, name, word = _STANDING[entry.status]
        self._label.show_text(entry.label.upper())
        self._value.show_text(f"→ {entry.value}" if entry.before else entry.value or "—")
        self._was.show_text(f"was {entry.before}")
        self._was.setVisible(bool(entry.before))
        self._word.setHidden(bool(entry.before))
        self._word.setText(word)
        self._mark.show_sign(sign)
        for widget in (self._mark, self._word, self._was):
            tone(widget, name)
        tone(self, "considered" if entry.before else "")
        was = f"{entry.before} → " if entry.before else ""
        told = f"{entry.label}: {was}{entry.value or 'not decided'} ({word})"
        self.setAccessibleName(told)
        tip(self, f"{told}. Also possible: {entry.alternatives}." if entry.alternatives else f"{told}.")

    def show_lines(self, lines: int) -> None:
        """Give the value so many lines."""
        self._value.show_lines(lines)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt calls it
        """A click is a wish; only `show_selected` marks."""


class _Row(QScrollArea):
    """As high as what is in it, and to be scrolled sideways where that is too wide."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it has become higher or lower."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """The height of the content and of a scroll bar beneath it."""
        content = self.widget()
        layout = content.layout() if content else None
        # The layout reckons with all lines that there may be, its widget with those that are needed.
        return QSize(320, (layout.sizeHint().height() if layout else 0) + 10)

    def minimumSizeHint(self) -> QSize:
        """Any width, that height."""
        return QSize(160, self.sizeHint().height())


class OutcomeBar(QFrame):
    """Shows what the answers come to and reports which choice is to be looked at."""

    choice_selected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outcome")
        self._items: dict[ChoiceId, OutcomeItem] = {}
        self._selected: str | None = None
        self._summary = text("", "strong")
        self._flow = _Row("Outcome")
        self._head = QWidget()
        self._head.setFixedWidth(172)
        column = QVBoxLayout(self._head)
        spaced(column, (0, 7, 0, 7), 2)
        column.addWidget(text("OUTCOME", "over"))
        column.addWidget(self._summary)
        column.addStretch(1)
        row = QHBoxLayout(self)
        spaced(row, (18, 8, 8, 8), 8)
        row.addWidget(self._head)
        row.addWidget(self._flow, 1)

    def show_outcome(self, choices: tuple[BarEntry, ...], summary: str) -> None:
        """Show the choices in order and the whole in a few words."""
        self._summary.setText(summary)
        self.setAccessibleName(f"Outcome: {summary}")
        if tuple(self._items) != tuple(entry.id for entry in choices):
            self._build(choices)
        for entry in choices:
            self._items[entry.id].show_entry(entry)
        self._make_room()

    def show_selected(self, choice: str | None) -> None:
        """Mark the choice that is being looked at."""
        for id_, item in self._items.items():
            item.setChecked(id_ == choice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the choices come before the summary."""
        super().resizeEvent(event)
        self._head.setVisible(event.size().width() >= self.fontMetrics().height() * _ROOMY)
        self._make_room()

    def _make_room(self) -> None:
        """Two lines for values that have little width, whatever they are: nothing jumps as one answers."""
        each = (self.width() - self._head.isVisibleTo(self) * self._head.width()) / max(len(self._items), 1)
        for item in self._items.values():
            item.show_lines(1 if each >= self.fontMetrics().height() * _WIDE_ITEM else 2)

    def _build(self, choices: tuple[BarEntry, ...]) -> None:
        content = QWidget()
        content.setObjectName("content")
        row = QHBoxLayout(content)
        spaced(row)
        self._items = {}
        for entry in choices:
            if self._items:
                row.addWidget(Mark(Sign.CHEVRON, 14))
            item = self._items[entry.id] = OutcomeItem()
            item.clicked.connect(partial(self._report, entry.id))
            row.addWidget(item, 1)
        self._flow.setWidget(content)

    def _report(self, choice: ChoiceId, _checked: bool = False) -> None:
        self.choice_selected.emit(choice)
