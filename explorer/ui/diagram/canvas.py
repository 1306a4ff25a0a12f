"""The canvas: shows a picture, lets it be looked around in, and says what was chosen; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from types import MappingProxyType

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPointF, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QLabel, QToolTip, QWidget

from explorer.layout.geometry import Point
from explorer.qt.painter import IconLookup, IconPainter
from explorer.render.picture import Item, ItemKind, Picture
from explorer.ui.diagram.accessible_items import AccessibleProxies
from explorer.ui.diagram.items import (
    CanvasColors,
    PictureItem,
    RingItem,
    RingKind,
    nearest_in_direction,
    reading_order,
)
from explorer.ui.widgets.reduced_motion import interpolate
from explorer.ui.widgets.zoom_view import MARGIN, ViewPosition, ZoomView

_ANIMATION_MS = 220
_ARROWS = {
    int(Qt.Key.Key_Left): Point(-1, 0),
    int(Qt.Key.Key_Right): Point(1, 0),
    int(Qt.Key.Key_Up): Point(0, -1),
    int(Qt.Key.Key_Down): Point(0, 1),
}
_PASSIVE_FOCUS_REASONS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_SELECT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def system_allows_animation() -> bool:
    """Whether the system wants things to be seen to move, as far as Qt can tell."""
    hints = QGuiApplication.styleHints().accessibility()
    preference = getattr(hints, "motionPreference", None)  # since Qt 6.12
    return preference is None or "Reduc" not in preference().name


class Canvas(ZoomView):
    """Shows a picture; `selected` tells the id of what was chosen, "" for nothing."""

    selected = Signal(str)

    def __init__(self, icons: IconPainter | None = None, name: str = "Diagram", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons or IconPainter()
        self._colors = CanvasColors()
        self._picture: Picture | None = None
        self._items: dict[str, PictureItem] = {}
        self._transitions: list[tuple[Item, Item]] = []
        self._look_from = self._look_to = self.view_position
        self._animation_enabled = system_allows_animation()
        self._selection: str | None = None
        self._hovered: str | None = None
        self._focused: str | None = None
        self._focused_by_keyboard = False

        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._rings = {ring: RingItem(ring) for ring in RingKind}
        for ring in self._rings.values():
            scene.addItem(ring)
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)

        self._proxies = AccessibleProxies(self.viewport())
        self._proxies.activated.connect(self.selected)
        self._proxies.focus_changed.connect(self._on_focus_changed)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(_ANIMATION_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._animate)
        self._animation.finished.connect(self._finish_transitions)
        self._message_label = QLabel(self)
        self._message_label.setTextFormat(Qt.TextFormat.PlainText)
        self._message_label.setWordWrap(True)
        self._message_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_colors(self._colors)
        self.show_message("The picture appears here.")

    # What is shown

    def show_picture(self, picture: Picture) -> None:
        """Show a picture; what stays keeps its place or is seen to move there."""
        first = self._picture is None
        self._animation.stop()  # what was under way goes on from where it is now
        self._picture, self._extent = picture, picture.size
        self._replace_items(picture)
        self._proxies.show_items(reading_order(picture.items))
        self.show_message("")
        self._look_from = self.view_position
        self._look_to = self.fit_position() if self._auto_fit else self.view_position
        if first or not self._animation_enabled or not self.isVisible():
            self._finish_transitions()
        else:
            self._animate(0.0)
            self._animation.start()
        self.viewport().update()

    def set_icons(self, find: IconLookup) -> None:
        """Draw these icons from now on."""
        self._icons.set_lookup(find)
        for drawn in self._items.values():
            drawn.update()

    def show_selection(self, item_id: str | None) -> None:
        """Ring the item that is selected, None for none."""
        self._selection = item_id
        self._update_rings()

    def show_colors(self, colours: CanvasColors) -> None:
        """Take the colours of another theme."""
        self._colors = colours
        self.setBackgroundBrush(QColor(colours.canvas))
        self._update_message_geometry()
        self._update_rings()

    def show_message(self, text: str) -> None:
        """Lay a calm sentence over the picture, which stays; "" takes it away."""
        self._message_label.setText(text)
        self._message_label.setVisible(bool(text))
        self._update_message_geometry()

    def set_animation_enabled(self, allowed: bool) -> None:
        """Whether things may be seen to move; False where a person has asked for reduced motion."""
        self._animation_enabled = allowed
        if not allowed:
            self.finish_animation()

    @property
    def animation_enabled(self) -> bool:
        """Whether things may be seen to move; at first as the system wants it."""
        return self._animation_enabled

    def finish_animation(self) -> None:
        """Put everything where it belongs at once."""
        if self._animation.state() == QVariantAnimation.State.Running:
            self._animation.stop()
            self._finish_transitions()

    @property
    def focused_id(self) -> str | None:
        """The id of the item that the keyboard has come to."""
        return self._focused

    def drawn_items(self) -> Mapping[str, PictureItem]:
        """Every item that is drawn now, by its id."""
        return MappingProxyType(self._items)

    def drawn_item(self, item_id: str) -> PictureItem:
        """The object in the scene that draws an item."""
        return self._items[item_id]

    def item_at(self, where: QPoint) -> str | None:
        """The id of what is drawn at a place in the view: a node before an edge, an edge before a group."""
        hit = [found.item for found in self.items(where) if isinstance(found, PictureItem)]
        for kind in (ItemKind.NODE, ItemKind.EDGE, ItemKind.GROUP):
            for item in hit:
                if item.kind is kind:
                    return item.id
        return None

    def _replace_items(self, picture: Picture) -> None:
        if self._proxies.focused_id() not in (None, *picture.item_by_id):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # its item goes: the keyboard stays here
        for gone in [key for key in self._items if key not in picture.item_by_id]:
            self.scene().removeItem(self._items.pop(gone))
        self._transitions = []
        for depth, item in enumerate(picture.items):
            drawn = self._items.get(item.id)
            if drawn is None:
                drawn = self._items[item.id] = PictureItem(item, self._icons)
                self.scene().addItem(drawn)
                self._transitions.append((replace(item, opacity=0.0), item))
            elif drawn.item != item:
                self._transitions.append((drawn.item, item))
            drawn.setZValue(depth + 1)

    # Motion

    def on_user_navigation(self) -> None:
        """Whoever looks around does not wait for anything to arrive."""
        super().on_user_navigation()
        self.finish_animation()

    def _animate(self, share: float) -> None:
        for before, after in self._transitions:
            self._items[after.id].show_item(interpolate(before, after, share))
        if self._look_from != self._look_to:
            pairs = zip(self._look_from, self._look_to, strict=True)
            self.set_view_position(ViewPosition(*(one + (other - one) * share for one, other in pairs)))
        self._update_rings()

    def _finish_transitions(self) -> None:
        self._animate(1.0)
        self._transitions = []
        self._look_from = self._look_to = self.view_position
        self._update_proxies()

    def set_view_position(self, look: ViewPosition) -> None:
        """Look at the picture in this way."""
        super().set_view_position(look)
        if self._animation.state() != QVariantAnimation.State.Running:
            self._update_proxies()

    # Choosing

    def on_click(self, where: QPoint) -> None:
        """Choose what is there."""
        chosen = self.item_at(where)
        if chosen:
            self._proxies.focus(chosen, Qt.FocusReason.MouseFocusReason)
        self.selected.emit(chosen or "")

    def on_hover(self, where: QPoint | None) -> None:
        """Ring what the mouse is over."""
        item_id = self.item_at(where) if where is not None else None
        if item_id != self._hovered:
            self._hovered = item_id
            shape = Qt.CursorShape.PointingHandCursor if item_id else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self._update_rings()

    def _update_rings(self) -> None:
        whose = {
            RingKind.HOVER: self._hovered,
            RingKind.SELECTED: self._selection,
            RingKind.FOCUS: self._focused,
        }
        if self._hovered == self._selection:
            del whose[RingKind.HOVER]
        near = [drawn.item for drawn in self._items.values() if drawn.item.kind is ItemKind.NODE]
        for ring, drawn_ring in self._rings.items():
            drawn = self._items.get(whose.get(ring) or "")
            drawn_ring.show_around(drawn.item if drawn else None, self._colors, near)
            if drawn:
                drawn_ring.setZValue(drawn.zValue() - 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed stands still."""
        self.finish_animation()
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            item_id = self.item_at(event.pos())
            # Escaped and marked as rich text, since Qt would otherwise guess which it is.
            item = self._items[item_id].item if item_id else None
            lines = [escape(line) for line in (item.name, item.description) if line] if item else []
            spot = QRect(event.pos(), event.pos()).adjusted(-4, -4, 4, 4)
            tip = f"<p>{'<br>'.join(lines)}</p>" if lines else ""
            QToolTip.showText(event.globalPos(), tip, self.viewport(), spot)
            return True
        return super().viewportEvent(event)

    # The keyboard

    def _on_focus_changed(self, item_id: str, by_keys: bool) -> None:
        self._focused = item_id if item_id and by_keys else None
        if self._focused:
            self.finish_animation()
            self._reveal(self._items[item_id].item)
        self._update_rings()

    def _reveal(self, item: Item) -> None:
        place = self.mapFromScene(QRectF(*item.box)).boundingRect()
        room = self.viewport().rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        x = min(0, room.right() - place.right()) or max(0, room.left() - place.left())
        y = min(0, room.bottom() - place.bottom()) or max(0, room.top() - place.top())
        if not self.viewport().rect().contains(place) and not place.contains(room):
            self.pan(QPointF(x, y))

    def _move_focus(self, direction: Point) -> bool:
        """Move the keyboard to the nearest item of the same kind; whether there was anything to move in."""
        order = self._proxies.tab_order()
        start = self._items.get(self._proxies.focused_id() or self._selection or "")
        if start is None:
            if order:
                self._proxies.focus(order[0], Qt.FocusReason.TabFocusReason)
            return bool(order)
        items = (self._items[item_id].item for item_id in order)
        kin = (item for item in items if item.kind is start.item.kind and item.id != start.item.id)
        found = nearest_in_direction(start.item.box.center, direction, kin)
        if found is not None:
            self._proxies.focus(found.id, Qt.FocusReason.TabFocusReason)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the items, and leaves the canvas after the last."""
        order, current = self._proxies.tab_order(), self._proxies.focused_id()
        at = order.index(current) + (1 if forward else -1) if current else (0 if forward else -1)
        if 0 <= at < len(order):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            self._proxies.focus(order[at], reason)
            return True
        # From the canvas itself, so that the window's own order goes on from there.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in at the first item, Shift+Tab at the last."""
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
        """The ring around the whole goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Where an item has the keyboard, the arrows go from there, whatever else they do in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ARROWS
            and event.modifiers() in _NO_MODIFIERS
            and self._proxies.focused_id()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move the keyboard, choose; every other key is the window's."""
        current, key = self._proxies.focused_id(), event.key()
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        done = False
        if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            done = self.handle_zoom_key(event)
        if not done and held == Qt.KeyboardModifier.NoModifier:
            if key in _ARROWS:
                done = self._move_focus(_ARROWS[key])
            elif key in _SELECT_KEYS and current:
                self.selected.emit(current)
                done = True
            elif key == Qt.Key.Key_Escape and self._selection:
                self.selected.emit("")
                done = True
        event.setAccepted(done)

    # Painting and placing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands still and in its place."""
        self.finish_animation()
        super().resizeEvent(event)
        self._update_message_geometry()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The canvas, and the picture's page on it."""
        super().drawBackground(painter, rect)
        if self._picture is not None and self._picture.background is not None:
            painter.fillRect(QRectF(0, 0, *self._picture.size), QColor(self._picture.background))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """A ring around the whole where the keyboard is here, but with no item."""
        super().drawForeground(painter, rect)
        if self.hasFocus() and self._focused_by_keyboard:
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(QColor(self._colors.focus), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.viewport().rect().adjusted(2, 2, -3, -3))
            painter.restore()

    def _update_proxies(self) -> None:
        for item_id in self._proxies.tab_order():
            box = QRectF(*self._items[item_id].item.box)
            self._proxies.set_geometry(item_id, self.mapFromScene(box).boundingRect())

    def _update_message_geometry(self) -> None:
        room, colours = self.rect(), self._colors
        # Over a picture it needs a card of its own; on the bare canvas it is the only thing there.
        card = f"background: {colours.card}; border: 1px solid {colours.line}; border-radius: 8px;"
        dress = f"color: {colours.text}; padding: 10px 16px; {card if self._picture else ''}"
        if self._message_label.styleSheet() != dress:
            self._message_label.setStyleSheet(dress)
        natural = self._message_label.fontMetrics().horizontalAdvance(self._message_label.text()) + 64
        self._message_label.setFixedWidth(max(120, min(480, room.width() - 2 * MARGIN, natural)))
        self._message_label.adjustSize()
        middle = (room.height() - self._message_label.height()) // 2
        self._message_label.move(
            (room.width() - self._message_label.width()) // 2, middle if self._picture is None else MARGIN
        )
