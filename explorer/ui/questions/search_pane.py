"""The line in which one types what is looked for, and what was found beside questions, in its groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from explorer.ui.questions.search import Hit, Place
from explorer.ui.widgets.basic import ClickArea, Elided, spaced, text

_WORDS = "Find a question, answer, choice or takeaway"
_MOST = 6


class FindField(QWidget):
    """A line to type in, there only while something is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName(_WORDS)
        self.field.setToolTip(_WORDS)
        column = QVBoxLayout(self)
        spaced(column, (16, 0, 16, 8))
        column.addWidget(self.field)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.close_field)
        self.hide()

    def open(self) -> None:
        """Let the person type."""
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_field(self) -> None:
        """Nothing is looked for any more."""
        self.field.clear()
        self.hide()


class HitRow(ClickArea):
    """Something that was found, and what it belongs to."""

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        self.setAccessibleName(f"{hit.told}: {hit.title}" if hit.told else hit.title)
        column = QVBoxLayout(self)
        spaced(column, (10, 5, 10, 5), 1)
        column.addWidget(text(hit.title))
        if hit.told:
            column.addWidget(Elided(hit.told, "small"))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Hits(QWidget):
    """What was found, a group beneath the other; reports which one is chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._column = QVBoxLayout(self)
        spaced(self._column, gap=2)
        self.hide()

    @property
    def first(self) -> Hit | None:
        """What was found first."""
        return next(iter(self._hits), None)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these."""
        self.setVisible(bool(hits))
        if tuple(hits) == self._hits:
            return
        self._hits = tuple(hits)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place in Place:
            self._show_group(place, [hit for hit in hits if hit.place is place])

    def _show_group(self, place: Place, hits: Sequence[Hit]) -> None:
        if not hits:
            return
        title = text(place.value.upper(), "over")
        title.setContentsMargins(10, 16, 0, 4)
        self._column.addWidget(title)
        for hit in hits[:_MOST]:
            row = HitRow(hit)
            row.clicked.connect(partial(self._report, hit))
            self._column.addWidget(row)
        if len(hits) > _MOST:
            rest = text(f"{len(hits) - _MOST} more: type another word", "small")
            rest.setContentsMargins(12, 2, 10, 2)
            self._column.addWidget(rest)

    def _report(self, hit: Hit, _checked: bool = False) -> None:
        self.chosen.emit(hit)
