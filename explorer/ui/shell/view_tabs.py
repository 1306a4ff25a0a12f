"""The views of one decision as tabs in one place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from explorer.ui.widgets.basic import spaced


class Views(QWidget):
    """Shows one of its views; `changed` tells which."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setAccessibleName("Views")
        self._bar.setElideMode(Qt.TextElideMode.ElideRight)
        self._pages = QStackedWidget()
        self._later: dict[int, tuple[QWidget, Callable[[], QWidget]]] = {}
        self._head = QFrame()
        self._head.setObjectName("views")
        row = QHBoxLayout(self._head)
        spaced(row, (8, 0, 8, 0))
        row.addWidget(self._bar, 1)
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._head)
        column.addWidget(self._pages, 1)
        self._bar.currentChanged.connect(self._turn)

    @property
    def current(self) -> QWidget:
        """The view that is shown."""
        view = self._pages.currentWidget()
        return self if view is None else view

    def add(self, name: str, view: QWidget) -> None:
        """One more view, at the end."""
        self._pages.addWidget(view)
        self._bar.addTab(name)

    def add_later(self, name: str, make: Callable[[], QWidget]) -> Callable[[], None]:
        """One more view, made when it is first shown; what shows it."""
        empty = QWidget()
        place = self._pages.addWidget(empty)
        self._later[place] = (empty, make)
        self._bar.addTab(name)
        return partial(self._bar.setCurrentIndex, place)

    def show_view(self, view: QWidget) -> None:
        """Show this one."""
        self._bar.setCurrentIndex(self._pages.indexOf(view))

    def show_alone(self, alone: bool) -> None:
        """Show nothing but the view, or the tabs as well."""
        self._head.setVisible(not alone)

    def _turn(self, place: int) -> None:
        if 0 <= place < self._pages.count():
            if later := self._later.pop(place, None):
                empty, make = later
                self._pages.insertWidget(place, make())
                self._pages.removeWidget(empty)
                empty.deleteLater()
            self._pages.setCurrentIndex(place)
            self.changed.emit(self.current)
