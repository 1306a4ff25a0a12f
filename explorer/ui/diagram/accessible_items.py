"""Real but unseen buttons, one over each thing in a picture, for the keyboard and a screen reader to hold.

A graphics view shows a screen reader one nameless child. These buttons carry
each item's name, words and place through Qt's own, tried accessibility.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.render.picture import Item, ItemKind


class AccessibleProxies(QObject):
    """The buttons that stand in for a picture's items, and which of them has the keyboard."""

    activated = Signal(str)
    focus_changed = Signal(str, bool)  # whose it is now ("" for nobody), and whether keys brought it there

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._viewport = over
        self._proxies: dict[str, _AccessibleProxy] = {}

    def show_items(self, items: Sequence[Item]) -> None:
        """Stand in for these items, in this order, and for no others."""
        wanted = {item.id for item in items}
        for gone in [key for key in self._proxies if key not in wanted]:
            button = self._proxies.pop(gone)
            button.hide()
            button.deleteLater()
        for item in items:
            if item.id not in self._proxies:
                self._proxies[item.id] = self._create_proxy(item.id)
            self._proxies[item.id].show_item(item)
        self._proxies = {item.id: self._proxies[item.id] for item in items}

    def set_geometry(self, item_id: str, where: QRect) -> None:
        """Say where on the screen an item is."""
        self._proxies[item_id].setGeometry(where)

    def tab_order(self) -> tuple[str, ...]:
        """The ids in the order in which the Tab key goes."""
        return tuple(self._proxies)

    def focused_id(self) -> str | None:
        """Whose stand-in has the keyboard."""
        return next((key for key, button in self._proxies.items() if button.hasFocus()), None)

    def focus(self, item_id: str, reason: Qt.FocusReason) -> None:
        """Give an item's stand-in the keyboard."""
        self._proxies[item_id].setFocus(reason)

    def _create_proxy(self, item_id: str) -> _AccessibleProxy:
        button = _AccessibleProxy(item_id, self._viewport)
        button.activated.connect(self.activated)
        button.focus_changed.connect(self.focus_changed)
        button.show()
        return button


class _AccessibleProxy(QAbstractButton):
    """A button that cannot be seen or hit with the mouse."""

    activated = Signal(str)
    focus_changed = Signal(str, bool)

    def __init__(self, item_id: str, over: QWidget) -> None:
        super().__init__(over)
        self._id = item_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Not a stop of the window's own Tab order: the canvas moves the keyboard among its items.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(self._emit_activated)

    def show_item(self, item: Item) -> None:
        kind = {ItemKind.EDGE: "arrow", ItemKind.GROUP: "group"}.get(item.kind, "")
        name = item.name or item.id
        self.setAccessibleName(f"{name}, {kind}" if kind else name)
        self.setAccessibleDescription(item.description)

    def _emit_activated(self) -> None:
        self.activated.emit(self._id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: the canvas paints what this stands for."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the canvas knows what keys mean

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(self._id, event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit("", False)
