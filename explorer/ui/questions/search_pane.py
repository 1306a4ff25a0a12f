"""The line in which one types what is looked for, and what was found beside questions, in its groups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from explorer.ui.questions.search import SearchGroup, SearchHit
from explorer.ui.widgets.basic import ClickableArea, ElidedLabel, make_label, set_margins

_PROMPT = "Find a question, answer, choice or takeaway"
_MAX_PER_GROUP = 6


class SearchField(QWidget):
    """A line to type in, there only while something is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName(_PROMPT)
        self.field.setToolTip(_PROMPT)
        column = QVBoxLayout(self)
        set_margins(column, (16, 0, 16, 8))
        column.addWidget(self.field)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.field)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.close_field)
        self.hide()

    def open_field(self) -> None:
        """Let the person type."""
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_field(self) -> None:
        """Nothing is looked for any more."""
        self.field.clear()
        self.hide()


class SearchHitRow(ClickableArea):
    """Something that was found, and what it belongs to."""

    def __init__(self, hit: SearchHit) -> None:
        super().__init__()
        self.setAccessibleName(f"{hit.context}: {hit.title}" if hit.context else hit.title)
        column = QVBoxLayout(self)
        set_margins(column, (10, 5, 10, 5), 1)
        column.addWidget(make_label(hit.title))
        if hit.context:
            column.addWidget(ElidedLabel(hit.context, "small"))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class SearchResults(QWidget):
    """What was found, a group beneath the other; reports which one is chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[SearchHit, ...] = ()
        self._column = QVBoxLayout(self)
        set_margins(self._column, gap=2)
        self.hide()

    @property
    def first(self) -> SearchHit | None:
        """What was found first."""
        return next(iter(self._hits), None)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show these."""
        self.setVisible(bool(hits))
        if tuple(hits) == self._hits:
            return
        self._hits = tuple(hits)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place in SearchGroup:
            self._show_group(place, [hit for hit in hits if hit.group is place])

    def _show_group(self, place: SearchGroup, hits: Sequence[SearchHit]) -> None:
        if not hits:
            return
        title = make_label(place.value.upper(), "over")
        title.setContentsMargins(10, 16, 0, 4)
        self._column.addWidget(title)
        for hit in hits[:_MAX_PER_GROUP]:
            row = SearchHitRow(hit)
            row.clicked.connect(partial(self._emit_chosen, hit))
            self._column.addWidget(row)
        if len(hits) > _MAX_PER_GROUP:
            rest = make_label(f"{len(hits) - _MAX_PER_GROUP} more: type another word", "small")
            rest.setContentsMargins(12, 2, 10, 2)
            self._column.addWidget(rest)

    def _emit_chosen(self, hit: SearchHit, _checked: bool = False) -> None:
        self.chosen.emit(hit)
