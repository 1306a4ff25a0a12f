"""View tabs: the views of the decision (architecture, map, compare, matrix) as tabs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from explorer.ui.widgets.layouts import set_margins


class ViewTabs(QWidget):
    """Shows one view at a time. `view_changed` sends the view that is shown."""

    view_changed = Signal(QWidget)

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
        """Append a view."""
        self._stack.addWidget(view)
        self._bar.addTab(name)

    def add_lazy(self, name: str, make: Callable[[], QWidget]) -> Callable[[], None]:
        """Append a view that is created when it is first shown. Return a function that shows it."""
        placeholder = QWidget()
        index = self._stack.addWidget(placeholder)
        self._lazy_views[index] = (placeholder, make)
        self._bar.addTab(name)
        return partial(self._bar.setCurrentIndex, index)

    def show_view(self, view: QWidget) -> None:
        """Show a view."""
        self._bar.setCurrentIndex(self._stack.indexOf(view))

    def set_presenting(self, presenting: bool) -> None:
        """Hide the tabs while the user presents."""
        self._tab_row.setVisible(not presenting)

    def _show_index(self, index: int) -> None:
        if 0 <= index < self._stack.count():
            if lazy := self._lazy_views.pop(index, None):
                placeholder, make = lazy
                self._stack.insertWidget(index, make())
                self._stack.removeWidget(placeholder)
                placeholder.deleteLater()
            self._stack.setCurrentIndex(index)
            self.view_changed.emit(self.current_view)
