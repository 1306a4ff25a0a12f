"""The decision map with a field to search it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from explorer.render.decision_map import MapSheet
from explorer.ui.map.map_navigation import folded_away, matching
from explorer.ui.map.map_painter import Sorted
from explorer.ui.map.map_view import MapView
from explorer.ui.widgets.basic import line, spaced

_KEYS = "Arrows walk   ·   Enter takes a branch   ·   Space folds"


class MapPane(QWidget):
    """Shows a map; all that the person wishes comes from its `view`."""

    def __init__(self, view: MapView | None = None) -> None:
        super().__init__()
        self.view = view or MapView()
        self._sheet: MapSheet | None = None
        self._found: tuple[str, ...] = ()
        self._at = -1
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find a question or an outcome")
        self.field.setAccessibleName("Find on the decision map")
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(120)
        self.field.setMaximumWidth(320)
        self.told = line("", "small")
        self.told.setAccessibleName("What was found")
        head = QFrame()
        row = QHBoxLayout(head)
        spaced(row, (16, 8, 16, 8), 12)
        row.addWidget(self.field, 1)
        row.addWidget(self.told)
        row.addStretch(1)
        self._hint: QLabel = line(_KEYS, "small")
        row.addWidget(self._hint)
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self.next_match)
        for keys, deed in (("Ctrl+F", self.look_for), ("F3", self.next_match)):
            QShortcut(QKeySequence(keys), self, deed, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave = QShortcut(QKeySequence("Esc"), self.field, self._leave)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_sheet(self, sheet: MapSheet, made: Sorted | None = None) -> None:
        """Show a map; what was searched for is searched for anew."""
        other = self._sheet is None or self._sheet.shown is not sheet.shown
        self._sheet = sheet
        self.view.show_sheet(sheet, made)
        if other and self.field.text().strip():
            self._found = matching(sheet.shown, self.field.text())
            self._at = -1
            self.view.show_found(frozenset(self._found), None)
            self._tell()

    def look_for(self) -> None:
        """Bring the keyboard to the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def next_match(self) -> None:
        """Go to the next node that was found, after the last to the first."""
        if self._found:
            self._at = (self._at + 1) % len(self._found)
            self.view.show_found(frozenset(self._found), self._found[self._at])
            self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint gives way first."""
        super().resizeEvent(event)
        self._hint.setVisible(self.width() > 760)

    def _search(self, words: str) -> None:
        self._found = matching(self._sheet.shown, words) if self._sheet else ()
        self._at = -1
        self.view.show_found(frozenset(self._found), None)
        self._tell()
        if self._found:
            self.next_match()

    def _tell(self) -> None:
        words = self.field.text()
        if not words.strip():
            self.told.setText("")
        elif self._found:
            self.told.setText(f"{max(self._at, 0) + 1} of {len(self._found)}")
        else:
            title = folded_away(self._sheet.shown, words) if self._sheet else ""
            self.told.setText(f"{title} is folded away: unfold more of the map" if title else "Nothing found")

    def _leave(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
