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
from explorer.qt.painter import FindIcon, Icons
from explorer.render.picture import Item, Kind, Picture
from explorer.ui.diagram.accessible_items import StandIns
from explorer.ui.diagram.items import CanvasColours, PictureItem, Ring, RingItem, nearest, reading_order
from explorer.ui.widgets.reduced_motion import between
from explorer.ui.widgets.zoom_view import AIR, Look, ZoomView

_MOTION_MS = 220
_ARROWS = {
    int(Qt.Key.Key_Left): Point(-1, 0),
    int(Qt.Key.Key_Right): Point(1, 0),
    int(Qt.Key.Key_Up): Point(0, -1),
    int(Qt.Key.Key_Down): Point(0, 1),
}
_UNMOVED = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def motion_wished() -> bool:
    """Whether the system wants things to be seen to move, as far as Qt can tell."""
    hints = QGuiApplication.styleHints().accessibility()
    preference = getattr(hints, "motionPreference", None)  # since Qt 6.12
    return preference is None or "Reduc" not in preference().name


class Canvas(ZoomView):
    """Shows a picture; `selected` tells the id of what was chosen, "" for nothing."""

    selected = Signal(str)

    def __init__(
        self, icons: Icons | None = None, name: str = "Diagram", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons or Icons()
        self._colours = CanvasColours()
        self._picture: Picture | None = None
        self._items: dict[str, PictureItem] = {}
        self._under_way: list[tuple[Item, Item]] = []
        self._look_from = self._look_to = self.look
        self._motion_allowed = motion_wished()
        self._selection: str | None = None
        self._hovered: str | None = None
        self._focused: str | None = None
        self._came_by_keys = False

        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self._rings = {ring: RingItem(ring) for ring in Ring}
        for ring in self._rings.values():
            scene.addItem(ring)
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.SmartViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)

        self._stand_ins = StandIns(self.viewport())
        self._stand_ins.pressed.connect(self.selected)
        self._stand_ins.focused.connect(self._focus_moved)
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_MOTION_MS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._advance)
        self._motion.finished.connect(self._settle)
        self._message = QLabel(self)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_colours(self._colours)
        self.show_message("The picture appears here.")

    # What is shown

    def show_picture(self, picture: Picture) -> None:
        """Show a picture; what stays keeps its place or is seen to move there."""
        first = self._picture is None
        self._motion.stop()  # what was under way goes on from where it is now
        self._picture, self._extent = picture, picture.size
        self._replace_items(picture)
        self._stand_ins.show_items(reading_order(picture.items))
        self.show_message("")
        self._look_from = self.look
        self._look_to = self.fitted() if self._untouched else self.look
        if first or not self._motion_allowed or not self.isVisible():
            self._settle()
        else:
            self._advance(0.0)
            self._motion.start()
        self.viewport().update()

    def show_icons(self, find: FindIcon) -> None:
        """Draw these icons from now on."""
        self._icons.use(find)
        for drawn in self._items.values():
            drawn.update()

    def show_selection(self, item_id: str | None) -> None:
        """Ring the item that is selected, None for none."""
        self._selection = item_id
        self._update_rings()

    def show_colours(self, colours: CanvasColours) -> None:
        """Take the colours of another theme."""
        self._colours = colours
        self.setBackgroundBrush(QColor(colours.canvas))
        self._place_message()
        self._update_rings()

    def show_message(self, text: str) -> None:
        """Lay a calm sentence over the picture, which stays; "" takes it away."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._place_message()

    def allow_motion(self, allowed: bool) -> None:
        """Whether things may be seen to move; False where a person has asked for reduced motion."""
        self._motion_allowed = allowed
        if not allowed:
            self.finish_motion()

    @property
    def motion_allowed(self) -> bool:
        """Whether things may be seen to move; at first as the system wants it."""
        return self._motion_allowed

    def finish_motion(self) -> None:
        """Put everything where it belongs at once."""
        if self._motion.state() == QVariantAnimation.State.Running:
            self._motion.stop()
            self._settle()

    @property
    def focused(self) -> str | None:
        """The id of the item that the keyboard has come to."""
        return self._focused

    def items_shown(self) -> Mapping[str, PictureItem]:
        """Every item that is drawn now, by its id."""
        return MappingProxyType(self._items)

    def shown(self, item_id: str) -> PictureItem:
        """The object in the scene that draws an item."""
        return self._items[item_id]

    def item_at(self, where: QPoint) -> str | None:
        """The id of what is drawn at a place in the view: a node before an edge, an edge before a group."""
        hit = [found.item for found in self.items(where) if isinstance(found, PictureItem)]
        for kind in (Kind.NODE, Kind.EDGE, Kind.GROUP):
            for item in hit:
                if item.kind is kind:
                    return item.id
        return None

    def _replace_items(self, picture: Picture) -> None:
        if self._stand_ins.current() not in (None, *picture.item_by_id):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # its item goes: the keyboard stays here
        for gone in [key for key in self._items if key not in picture.item_by_id]:
            self.scene().removeItem(self._items.pop(gone))
        self._under_way = []
        for depth, item in enumerate(picture.items):
            drawn = self._items.get(item.id)
            if drawn is None:
                drawn = self._items[item.id] = PictureItem(item, self._icons)
                self.scene().addItem(drawn)
                self._under_way.append((replace(item, opacity=0.0), item))
            elif drawn.item != item:
                self._under_way.append((drawn.item, item))
            drawn.setZValue(depth + 1)

    # Motion

    def touched(self) -> None:
        """Whoever looks around does not wait for anything to arrive."""
        super().touched()
        self.finish_motion()

    def _advance(self, share: float) -> None:
        for before, after in self._under_way:
            self._items[after.id].show_item(between(before, after, share))
        if self._look_from != self._look_to:
            pairs = zip(self._look_from, self._look_to, strict=True)
            self.set_look(Look(*(one + (other - one) * share for one, other in pairs)))
        self._update_rings()

    def _settle(self) -> None:
        self._advance(1.0)
        self._under_way = []
        self._look_from = self._look_to = self.look
        self._place_stand_ins()

    def set_look(self, look: Look) -> None:
        """Look at the picture in this way."""
        super().set_look(look)
        if self._motion.state() != QVariantAnimation.State.Running:
            self._place_stand_ins()

    # Choosing

    def click(self, where: QPoint) -> None:
        """Choose what is there."""
        chosen = self.item_at(where)
        if chosen:
            self._stand_ins.focus(chosen, Qt.FocusReason.MouseFocusReason)
        self.selected.emit(chosen or "")

    def hover(self, where: QPoint | None) -> None:
        """Ring what the mouse is over."""
        item_id = self.item_at(where) if where is not None else None
        if item_id != self._hovered:
            self._hovered = item_id
            shape = Qt.CursorShape.PointingHandCursor if item_id else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self._update_rings()

    def _update_rings(self) -> None:
        whose = {Ring.HOVER: self._hovered, Ring.SELECTED: self._selection, Ring.FOCUS: self._focused}
        if self._hovered == self._selection:
            del whose[Ring.HOVER]
        near = [drawn.item for drawn in self._items.values() if drawn.item.kind is Kind.NODE]
        for ring, drawn_ring in self._rings.items():
            drawn = self._items.get(whose.get(ring) or "")
            drawn_ring.show_around(drawn.item if drawn else None, self._colours, near)
            if drawn:
                drawn_ring.setZValue(drawn.zValue() - 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What is pressed stands still."""
        self.finish_motion()
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

    def _focus_moved(self, item_id: str, by_keys: bool) -> None:
        self._focused = item_id if item_id and by_keys else None
        if self._focused:
            self.finish_motion()
            self._reveal(self._items[item_id].item)
        self._update_rings()

    def _reveal(self, item: Item) -> None:
        place = self.mapFromScene(QRectF(*item.box)).boundingRect()
        room = self.viewport().rect().adjusted(AIR, AIR, -AIR, -AIR)
        x = min(0, room.right() - place.right()) or max(0, room.left() - place.left())
        y = min(0, room.bottom() - place.bottom()) or max(0, room.top() - place.top())
        if not self.viewport().rect().contains(place) and not place.contains(room):
            self.pan(QPointF(x, y))

    def _go(self, direction: Point) -> bool:
        """Move the keyboard to the nearest item of the same kind; whether there was anything to move in."""
        order = self._stand_ins.order()
        start = self._items.get(self._stand_ins.current() or self._selection or "")
        if start is None:
            if order:
                self._stand_ins.focus(order[0], Qt.FocusReason.TabFocusReason)
            return bool(order)
        items = (self._items[item_id].item for item_id in order)
        kin = (item for item in items if item.kind is start.item.kind and item.id != start.item.id)
        found = nearest(start.item.box.centre, direction, kin)
        if found is not None:
            self._stand_ins.focus(found.id, Qt.FocusReason.TabFocusReason)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the items, and leaves the canvas after the last."""
        order, current = self._stand_ins.order(), self._stand_ins.current()
        at = order.index(current) + (1 if forward else -1) if current else (0 if forward else -1)
        if 0 <= at < len(order):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            self._stand_ins.focus(order[at], reason)
            return True
        # From the canvas itself, so that the window's own order goes on from there.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in at the first item, Shift+Tab at the last."""
        super().focusInEvent(event)
        if event.reason() not in _UNMOVED:
            self._came_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        order = self._stand_ins.order()
        if order and event.reason() == Qt.FocusReason.TabFocusReason:
            self._stand_ins.focus(order[0], event.reason())
        elif order and event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._stand_ins.focus(order[-1], event.reason())
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
            and event.modifiers() in _PLAIN
            and self._stand_ins.current()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, move the keyboard, choose; every other key is the window's."""
        current, key = self._stand_ins.current(), event.key()
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        done = False
        if held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            done = self.zoomed_by_key(event)
        if not done and held == Qt.KeyboardModifier.NoModifier:
            if key in _ARROWS:
                done = self._go(_ARROWS[key])
            elif key in _CHOOSE and current:
                self.selected.emit(current)
                done = True
            elif key == Qt.Key.Key_Escape and self._selection:
                self.selected.emit("")
                done = True
        event.setAccepted(done)

    # Painting and placing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything stands still and in its place."""
        self.finish_motion()
        super().resizeEvent(event)
        self._place_message()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The canvas, and the picture's page on it."""
        super().drawBackground(painter, rect)
        if self._picture is not None and self._picture.background is not None:
            painter.fillRect(QRectF(0, 0, *self._picture.size), QColor(self._picture.background))

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """A ring around the whole where the keyboard is here, but with no item."""
        super().drawForeground(painter, rect)
        if self.hasFocus() and self._came_by_keys:
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(QColor(self._colours.focus), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.viewport().rect().adjusted(2, 2, -3, -3))
            painter.restore()

    def _place_stand_ins(self) -> None:
        for item_id in self._stand_ins.order():
            box = QRectF(*self._items[item_id].item.box)
            self._stand_ins.place(item_id, self.mapFromScene(box).boundingRect())

    def _place_message(self) -> None:
        room, colours = self.rect(), self._colours
        # Over a picture it needs a card of its own; on the bare canvas it is the only thing there.
        card = f"background: {colours.card}; border: 1px solid {colours.line}; border-radius: 8px;"
        dress = f"color: {colours.text}; padding: 10px 16px; {card if self._picture else ''}"
        if self._message.styleSheet() != dress:
            self._message.setStyleSheet(dress)
        natural = self._message.fontMetrics().horizontalAdvance(self._message.text()) + 64
        self._message.setFixedWidth(max(120, min(480, room.width() - 2 * AIR, natural)))
        self._message.adjustSize()
        middle = (room.height() - self._message.height()) // 2
        self._message.move(
            (room.width() - self._message.width()) // 2, middle if self._picture is None else AIR
        )
