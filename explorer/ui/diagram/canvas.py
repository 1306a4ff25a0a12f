"""Canvas: a picture that the user selects items on, with the pointer or the keyboard."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from explorer.layout.geometry import Point
from explorer.qt.painter import IconPainter
from explorer.render.picture import Item, ItemKind, Picture
from explorer.ui.diagram.accessible_items import AccessibleProxies
from explorer.ui.diagram.items import RingItem, RingKind
from explorer.ui.diagram.navigation import (
    ARROW_KEYS,
    SELECT_KEYS,
    nearest_in_direction,
    pan_to_reveal,
    reading_order,
)
from explorer.ui.diagram.picture_view import PictureView
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.widgets.zoom_view import MARGIN

_PASSIVE_FOCUS_REASONS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Canvas(PictureView):
    """`selected` sends the id of the item that the user clicks or chooses by key, "" for none."""

    selected = Signal(str)

    def __init__(self, icons: IconPainter | None = None, name: str = "Diagram", parent: QWidget | None = None) -> None:
        super().__init__(icons, parent)
        self._selection: str | None = None
        self._hovered: str | None = None
        self._focused: str | None = None
        self._focused_by_keyboard = False
        self._rings = {kind: RingItem(kind) for kind in RingKind}
        for ring in self._rings.values():
            self.scene().addItem(ring)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self._proxies = AccessibleProxies(self.viewport())
        self._proxies.activated.connect(self.selected)
        self._proxies.focus_changed.connect(self._on_focus_changed)
        self.show_colors(self._colors)

    def show_picture(self, picture: Picture) -> None:
        """Show a picture. The focus moves to the canvas if the focused item is not in it."""
        if self._proxies.focused_id() not in (None, *picture.item_by_id):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        super().show_picture(picture)

    def show_selection(self, item_id: str | None) -> None:
        """Draw a ring around the selected item, None for none."""
        self._selection = item_id
        self.items_moved()

    def show_colors(self, colors: CanvasColors) -> None:
        """Use the colors of a theme."""
        super().show_colors(colors)
        self.items_moved()

    @property
    def focused_id(self) -> str | None:
        """The id of the item that has the keyboard focus."""
        return self._focused

    def items_moved(self) -> None:
        """Move the rings to their items."""
        ringed = {
            RingKind.HOVER: self._hovered,
            RingKind.SELECTED: self._selection,
            RingKind.FOCUS: self._focused,
        }
        if self._hovered == self._selection:
            del ringed[RingKind.HOVER]
        nodes = [drawn.item for drawn in self._items.values() if drawn.item.kind is ItemKind.NODE]
        for kind, ring in self._rings.items():
            drawn = self._items.get(ringed.get(kind) or "")
            ring.show_around(drawn.item if drawn else None, self._colors, nodes)
            if drawn:
                ring.setZValue(drawn.zValue() - 0.5)

    def view_moved(self) -> None:
        """Move the accessible proxies to their items on the screen."""
        for item_id in self._proxies.tab_order():
            box = QRectF(*self._items[item_id].item.box)
            self._proxies.set_geometry(item_id, self.mapFromScene(box).boundingRect())

    # Pointer

    def on_click(self, position: QPoint) -> None:
        """Select the item at a position, or nothing."""
        item_id = self.item_at(position)
        if item_id:
            self._proxies.focus(item_id, Qt.FocusReason.MouseFocusReason)
        self.selected.emit(item_id or "")

    def on_hover(self, position: QPoint | None) -> None:
        """Draw a ring around the item under the pointer."""
        item_id = self.item_at(position) if position is not None else None
        if item_id != self._hovered:
            self._hovered = item_id
            cursor = Qt.CursorShape.PointingHandCursor if item_id else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(cursor)
            self.items_moved()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the name and the description of an item as its tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item_id = self.item_at(event.pos())
            item = self._items[item_id].item if item_id else None
            # Escaped and marked as rich text; otherwise Qt guesses the format.
            lines = [escape(line) for line in (item.name, item.description) if line] if item else []
            area = QRect(event.pos(), event.pos()).adjusted(-4, -4, 4, 4)
            text = f"<p>{'<br>'.join(lines)}</p>" if lines else ""
            QToolTip.showText(event.globalPos(), text, self.viewport(), area)
            return True
        return super().viewportEvent(event)

    # Keyboard

    def _replace_items(self, picture: Picture) -> None:
        super()._replace_items(picture)
        self._proxies.show_items(reading_order(picture.items))

    def _on_focus_changed(self, item_id: str, by_keyboard: bool) -> None:
        self._focused = item_id if item_id and by_keyboard else None
        if self._focused:
            self.finish_animation()
            self._reveal(self._items[item_id].item)
        self.items_moved()

    def _reveal(self, item: Item) -> None:
        place = QRectF(self.mapFromScene(QRectF(*item.box)).boundingRect())
        viewport = QRectF(self.viewport().rect())
        visible = viewport.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if not viewport.contains(place) and not place.contains(visible):
            self.pan(pan_to_reveal(place, visible))

    def _move_focus(self, direction: Point) -> bool:
        """Move the focus to the nearest item of the same kind; False if there are no items."""
        order = self._proxies.tab_order()
        start = self._items.get(self._proxies.focused_id() or self._selection or "")
        if start is None:
            if order:
                self._proxies.focus(order[0], Qt.FocusReason.TabFocusReason)
            return bool(order)
        items = (self._items[item_id].item for item_id in order)
        same_kind = (item for item in items if item.kind is start.item.kind and item.id != start.item.id)
        found = nearest_in_direction(start.item.box.center, direction, same_kind)
        if found is not None:
            self._proxies.focus(found.id, Qt.FocusReason.TabFocusReason)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus through the items with Tab, and leave the canvas after the last item."""
        order, current = self._proxies.tab_order(), self._proxies.focused_id()
        target = order.index(current) + (1 if forward else -1) if current else (0 if forward else -1)
        if 0 <= target < len(order):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            self._proxies.focus(order[target], reason)
            return True
        # The tab order of the window continues from the canvas, not from a proxy.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Focus the first item after Tab, the last one after Shift+Tab."""
        super().focusInEvent(event)
        if event.reason() not in _PASSIVE_FOCUS_REASONS:
            self._focused_by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        order = self._proxies.tab_order()
        if order and event.reason() == Qt.FocusReason.TabFocusReason:
            self._proxies.focus(order[0], event.reason())
        elif order and event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._proxies.focus(order[-1], event.reason())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remove the focus rectangle of the canvas."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window's shortcuts while an item has the focus."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in ARROW_KEYS
            and event.modifiers() in _NO_MODIFIERS
            and self._proxies.focused_id()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move the focus or select; other keys go to the window."""
        current, key = self._proxies.focused_id(), event.key()
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        handled = False
        if modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            handled = self.handle_zoom_key(event)
        if not handled and modifiers == Qt.KeyboardModifier.NoModifier:
            if key in ARROW_KEYS:
                handled = self._move_focus(ARROW_KEYS[key])
            elif key in SELECT_KEYS and current:
                self.selected.emit(current)
                handled = True
            elif key == Qt.Key.Key_Escape and self._selection:
                self.selected.emit("")
                handled = True
        event.setAccepted(handled)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw a focus rectangle if the canvas has the focus but none of its items."""
        super().drawForeground(painter, rect)
        if self.hasFocus() and self._focused_by_keyboard:
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(QColor(self._colors.focus), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.viewport().rect().adjusted(2, 2, -3, -3))
            painter.restore()
