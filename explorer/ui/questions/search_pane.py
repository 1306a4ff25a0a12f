"""Search field of the walk, and the list of search results below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.ui.questions.search import SearchGroup, SearchHit
from explorer.ui.widgets.cards import ClickableArea
from explorer.ui.widgets.form import SearchLineEdit
from explorer.ui.widgets.labels import ElidedLabel, make_label
from explorer.ui.widgets.layouts import set_margins

_PROMPT = "Find a question, answer, choice or takeaway"
_MAX_PER_GROUP = 6


class SearchField(QWidget):
    """A line edit that is visible only during a search. Esc closes it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = SearchLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName(_PROMPT)
        self.field.setToolTip(_PROMPT)
        column = QVBoxLayout(self)
        set_margins(column, (16, 0, 16, 8))
        column.addWidget(self.field)
        self.field.escaped.connect(self.close_field)
        self.hide()

    def open_field(self) -> None:
        """Show the field with the focus in it."""
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_field(self) -> None:
        """Clear and hide the field."""
        self.field.clear()
        self.hide()


class SearchHitRow(ClickableArea):
    """One search result: its title, and the question, choice or section that it belongs to."""

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
    """Shows the search results in groups. `chosen` sends the result that the user clicks."""

    chosen = Signal(SearchHit)

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[SearchHit, ...] = ()
        self._column = QVBoxLayout(self)
        set_margins(self._column, gap=2)
        self.hide()

    @property
    def first(self) -> SearchHit | None:
        """The first result, or None."""
        return next(iter(self._hits), None)

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show these results; the pane is hidden when there are none."""
        self.setVisible(bool(hits))
        if tuple(hits) == self._hits:
            return
        self._hits = tuple(hits)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for group in SearchGroup:
            self._show_group(group, [hit for hit in hits if hit.group is group])

    def _show_group(self, group: SearchGroup, hits: Sequence[SearchHit]) -> None:
        if not hits:
            return
        title = make_label(group.value.upper(), "over")
        title.setContentsMargins(10, 16, 0, 4)
        self._column.addWidget(title)
        for hit in hits[:_MAX_PER_GROUP]:
            row = SearchHitRow(hit)
            row.clicked.connect(partial(self._emit_chosen, hit))
            self._column.addWidget(row)
        if len(hits) > _MAX_PER_GROUP:
            remainder = make_label(f"{len(hits) - _MAX_PER_GROUP} more. Add a word to narrow the search.", "small")
            remainder.setContentsMargins(12, 2, 10, 2)
            self._column.addWidget(remainder)

    def _emit_chosen(self, hit: SearchHit, _checked: bool = False) -> None:
        self.chosen.emit(hit)
