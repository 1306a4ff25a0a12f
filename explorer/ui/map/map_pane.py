"""The decision map with a field to search it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.render.decision_map import DrawnMap
from explorer.ui.map.map_navigation import hidden_match, matching_nodes
from explorer.ui.map.map_painter import PreparedPicture
from explorer.ui.map.map_view import MapView
from explorer.ui.widgets.labels import make_line_label
from explorer.ui.widgets.layouts import set_margins

_KEY_HINT = "Arrows walk   ·   Enter takes a branch   ·   Space folds"


class MapPane(QWidget):
    """Shows a map; all that the person wishes comes from its `view`."""

    def __init__(self, view: MapView | None = None) -> None:
        super().__init__()
        self.view = view or MapView()
        self._drawn_map: DrawnMap | None = None
        self._matches: tuple[str, ...] = ()
        self._match_index = -1
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find a question or an outcome")
        self.field.setAccessibleName("Find on the decision map")
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(320)
        self.result_label = make_line_label("", "small")
        self.result_label.setAccessibleName("What was found")
        head = QFrame()
        row = QHBoxLayout(head)
        set_margins(row, (16, 8, 16, 8), 12)
        row.addWidget(self.field, 1)
        row.addWidget(self.result_label)
        row.addStretch(1)
        self._hint: QLabel = make_line_label(_KEY_HINT, "small")
        row.addWidget(self._hint)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.next_match)
        for keys, deed in (("Ctrl+F", self.focus_search), ("F3", self.next_match)):
            QShortcut(QKeySequence(keys), self, deed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave = QShortcut(QKeySequence("Esc"), self.field, self._leave_search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_map(self, sheet: DrawnMap, made: PreparedPicture | None = None) -> None:
        """Show a map; what was searched for is searched for anew."""
        other = self._drawn_map is None or self._drawn_map.decision_map is not sheet.decision_map
        self._drawn_map = sheet
        self.view.show_map(sheet, made)
        if other and self.field.text().strip():
            self._matches = matching_nodes(sheet.decision_map, self.field.text())
            self._match_index = -1
            self.view.show_matches(frozenset(self._matches), None)
            self._show_result()

    def focus_search(self) -> None:
        """Bring the keyboard to the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def next_match(self) -> None:
        """Go to the next node that was found, after the last to the first."""
        if self._matches:
            self._match_index = (self._match_index + 1) % len(self._matches)
            self.view.show_matches(frozenset(self._matches), self._matches[self._match_index])
            self._show_result()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint gives way first."""
        super().resizeEvent(event)
        self._hint.setVisible(self.width() > 760)

    def _search(self, words: str) -> None:
        self._matches = matching_nodes(self._drawn_map.decision_map, words) if self._drawn_map else ()
        self._match_index = -1
        self.view.show_matches(frozenset(self._matches), None)
        self._show_result()
        if self._matches:
            self.next_match()

    def _show_result(self) -> None:
        words = self.field.text()
        if not words.strip():
            self.result_label.setText("")
        elif self._matches:
            self.result_label.setText(f"{max(self._match_index, 0) + 1} of {len(self._matches)}")
        else:
            title = hidden_match(self._drawn_map.decision_map, words) if self._drawn_map else ""
            self.result_label.setText(f"{title} is folded away: unfold more of the map" if title else "Nothing found")

    def _leave_search(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
