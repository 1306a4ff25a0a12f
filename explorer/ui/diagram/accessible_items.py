"""Accessible proxies: an invisible button over each item of a picture, for keyboard focus and screen readers.

Qt exposes a graphics view to screen readers as one nameless child. The buttons expose the name, the
description and the place of each item.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.render.picture import Item, ItemKind


class AccessibleProxies(QObject):
    """The proxies of a picture's items.

    `activated` sends the id of the item. `focus_changed` sends the id of the focused item ("" for none), and
    whether the keyboard moved the focus.
    """

    activated = Signal(str)
    focus_changed = Signal(str, bool)

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self._proxies: dict[str, _AccessibleProxy] = {}

    def show_items(self, items: Sequence[Item]) -> None:
        """Have one proxy for each of these items, in this order."""
        wanted = {item.id for item in items}
        for removed in [key for key in self._proxies if key not in wanted]:
            button = self._proxies.pop(removed)
            button.hide()
            button.deleteLater()
        for item in items:
            if item.id not in self._proxies:
                self._proxies[item.id] = self._create_proxy(item.id)
            self._proxies[item.id].show_item(item)
        self._proxies = {item.id: self._proxies[item.id] for item in items}

    def set_geometry(self, item_id: str, rect: QRect) -> None:
        """Place the proxy of an item in the viewport."""
        self._proxies[item_id].setGeometry(rect)

    def tab_order(self) -> tuple[str, ...]:
        """The item ids in the order of the Tab key."""
        return tuple(self._proxies)

    def focused_id(self) -> str | None:
        """The id of the item that has the focus, or None."""
        return next((key for key, button in self._proxies.items() if button.hasFocus()), None)

    def focus(self, item_id: str, reason: Qt.FocusReason) -> None:
        """Focus the proxy of an item."""
        self._proxies[item_id].setFocus(reason)

    def _create_proxy(self, item_id: str) -> _AccessibleProxy:
        button = _AccessibleProxy(item_id, self._viewport)
        button.activated.connect(self.activated)
        button.focus_changed.connect(self.focus_changed)
        button.show()
        return button


class _AccessibleProxy(QAbstractButton):
    """A button that paints nothing and ignores the pointer."""

    activated = Signal(str)
    focus_changed = Signal(str, bool)

    def __init__(self, item_id: str, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._id = item_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Not in the tab order of the window: the canvas moves the focus between its items.
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
        """Paint nothing: the canvas paints the item."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # The canvas handles the keys.

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(self._id, event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit("", False)
