"""Map pane: the decision map with a search field above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.render.decision_map import DrawnMap
from explorer.ui.map.map_painter import PreparedPicture
from explorer.ui.map.map_search import hidden_match, matching_nodes
from explorer.ui.map.map_view import MapView
from explorer.ui.widgets.form import SearchLineEdit
from explorer.ui.widgets.labels import make_line_label
from explorer.ui.widgets.layouts import set_margins

_KEY_HINT = "Arrows: move   ·   Enter: go to node   ·   Space: expand or collapse"


class MapPane(QWidget):
    """Shows a map and searches it. Everything that the user does on the map is reported by `view`."""

    def __init__(self, view: MapView | None = None) -> None:
        super().__init__()
        self.view = view or MapView()
        self._drawn_map: DrawnMap | None = None
        self._matches: tuple[str, ...] = ()
        self._match_index = -1
        self.field = SearchLineEdit()
        self.field.setPlaceholderText("Find a question or an outcome")
        self.field.setAccessibleName("Find on the decision map")
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(320)
        self.result_label = make_line_label("", "small")
        self.result_label.setAccessibleName("Search result")
        header = QFrame()
        row = QHBoxLayout(header)
        set_margins(row, (16, 8, 16, 8), 12)
        row.addWidget(self.field, 1)
        row.addWidget(self.result_label)
        row.addStretch(1)
        self._hint = make_line_label(_KEY_HINT, "small")
        row.addWidget(self._hint)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(header)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.next_match)
        for keys, action in (("Ctrl+F", self.focus_search), ("F3", self.next_match)):
            QShortcut(QKeySequence(keys), self, action, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.field.escaped.connect(self._leave_search)

    def show_map(self, drawn_map: DrawnMap, picture: PreparedPicture | None = None) -> None:
        """Show a map and repeat the search on it."""
        is_new = self._drawn_map is None or self._drawn_map.decision_map is not drawn_map.decision_map
        self._drawn_map = drawn_map
        self.view.show_map(drawn_map, picture)
        if is_new and self.field.text().strip():
            self._show_matches(matching_nodes(drawn_map.decision_map, self.field.text()))

    def focus_search(self) -> None:
        """Move the focus to the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def next_match(self) -> None:
        """Focus the next search result; after the last one comes the first."""
        if self._matches:
            self._match_index = (self._match_index + 1) % len(self._matches)
            self.view.show_matches(frozenset(self._matches), self._matches[self._match_index])
            self._show_result()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the hint in a narrow pane."""
        super().resizeEvent(event)
        self._hint.setVisible(self.width() > 760)

    def _search(self, query: str) -> None:
        self._show_matches(matching_nodes(self._drawn_map.decision_map, query) if self._drawn_map else ())
        self.next_match()

    def _show_matches(self, matches: tuple[str, ...]) -> None:
        self._matches, self._match_index = matches, -1
        self.view.show_matches(frozenset(matches), None)
        self._show_result()

    def _show_result(self) -> None:
        query = self.field.text()
        if not query.strip():
            self.result_label.setText("")
        elif self._matches:
            self.result_label.setText(f"{max(self._match_index, 0) + 1} of {len(self._matches)}")
        else:
            title = hidden_match(self._drawn_map.decision_map, query) if self._drawn_map else ""
            self.result_label.setText(f"{title} is hidden. Expand more of the map." if title else "No results")

    def _leave_search(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
