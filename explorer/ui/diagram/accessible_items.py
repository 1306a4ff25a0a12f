"""Real but unseen buttons, one over each thing in a picture, for the keyboard and a screen reader to hold.

A graphics view shows a screen reader one nameless child. These buttons carry
each item's name, words and place through Qt's own, tried accessibility.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.render.picture import Item, Kind


class StandIns(QObject):
    """The buttons that stand in for a picture's items, and which of them has the keyboard."""

    pressed = Signal(str)
    focused = Signal(str, bool)  # whose it is now ("" for nobody), and whether keys brought it there

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._buttons: dict[str, _StandIn] = {}

    def show_items(self, items: Sequence[Item]) -> None:
        """Stand in for these items, in this order, and for no others."""
        wanted = {item.id for item in items}
        for gone in [key for key in self._buttons if key not in wanted]:
            button = self._buttons.pop(gone)
            button.hide()
            button.deleteLater()
        for item in items:
            if item.id not in self._buttons:
                self._buttons[item.id] = self._made(item.id)
            self._buttons[item.id].show_item(item)
        self._buttons = {item.id: self._buttons[item.id] for item in items}

    def place(self, item_id: str, where: QRect) -> None:
        """Say where on the screen an item is."""
        self._buttons[item_id].setGeometry(where)

    def order(self) -> tuple[str, ...]:
        """The ids in the order in which the Tab key goes."""
        return tuple(self._buttons)

    def current(self) -> str | None:
        """Whose stand-in has the keyboard."""
        return next((key for key, button in self._buttons.items() if button.hasFocus()), None)

    def focus(self, item_id: str, reason: Qt.FocusReason) -> None:
        """Give an item's stand-in the keyboard."""
        self._buttons[item_id].setFocus(reason)

    def _made(self, item_id: str) -> _StandIn:
        button = _StandIn(item_id, self._over)
        button.chosen.connect(self.pressed)
        button.focus_changed.connect(self.focused)
        button.show()
        return button


class _StandIn(QAbstractButton):
    """A button that cannot be seen or hit with the mouse."""

    chosen = Signal(str)
    focus_changed = Signal(str, bool)

    def __init__(self, item_id: str, over: QWidget) -> None:
        super().__init__(over)
        self._id = item_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Not a stop of the window's own Tab order: the canvas moves the keyboard among its items.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(self._choose)

    def show_item(self, item: Item) -> None:
        kind = {Kind.EDGE: "arrow", Kind.GROUP: "group"}.get(item.kind, "")
        name = item.name or item.id
        self.setAccessibleName(f"{name}, {kind}" if kind else name)
        self.setAccessibleDescription(item.description)

    def _choose(self) -> None:
        self.chosen.emit(self._id)

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
