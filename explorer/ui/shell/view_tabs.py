"""The views of one decision as tabs in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from explorer.ui.widgets.layouts import set_margins


class ViewTabs(QWidget):
    """Shows one of its views; `changed` tells which."""

    view_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName("Views")
        self._bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._stack = QStackedWidget()
        self._lazy_views: dict[int, tuple[QWidget, Callable[[], QWidget]]] = {}
        self._tab_row = QFrame()
        self._tab_row.setObjectName("views")
        row = QHBoxLayout(self._tab_row)
        set_margins(row, (8, 0, 8, 0))
        row.addWidget(self._bar, 1)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(self._tab_row)
        column.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._show_index)

    @property
    def current_view(self) -> QWidget:
        """The view that is shown."""
        view = self._stack.currentWidget()
        return self if view is None else view

    def add(self, name: str, view: QWidget) -> None:
        """One more view, at the end."""
        self._stack.addWidget(view)
        self._bar.addTab(name)

    def add_lazy(self, name: str, make: Callable[[], QWidget]) -> Callable[[], None]:
        """One more view, made when it is first shown; what shows it."""
        empty = QWidget()
        place = self._stack.addWidget(empty)
        self._lazy_views[place] = (empty, make)
        self._bar.addTab(name)
        return partial(self._bar.setCurrentIndex, place)

    def show_view(self, view: QWidget) -> None:
        """Show this one."""
        self._bar.setCurrentIndex(self._stack.indexOf(view))

    def set_presenting(self, alone: bool) -> None:
        """Show nothing but the view, or the tabs as well."""
        self._tab_row.setVisible(not alone)

    def _show_index(self, place: int) -> None:
        if 0 <= place < self._stack.count():
            if later := self._lazy_views.pop(place, None):
                empty, make = later
                self._stack.insertWidget(place, make())
                self._stack.removeWidget(empty)
                empty.deleteLater()
            self._stack.setCurrentIndex(place)
            self.view_changed.emit(self.current_view)
