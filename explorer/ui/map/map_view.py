"""The decision map to look around in: shows a map, and reports which branch or question was chosen."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QToolTip, QWidget

from explorer.core.decision_map.map import Kind
from explorer.core.decision_map.paths import step_along, way_to
from explorer.layout.decision_map.cards import BADGE, PlacedAnswers, PlacedCard
from explorer.layout.decision_map.initial_view import first_look
from explorer.layout.geometry import Box
from explorer.qt.painter import Icons
from explorer.render.decision_map import MapSheet
from explorer.ui.diagram.items import CanvasColours
from explorer.ui.map.map_navigation import Step, around, beside
from explorer.ui.map.map_painter import MapPaint, Sorted, sort
from explorer.ui.map.minimap import Minimap
from explorer.ui.widgets.animation import Glide
from explorer.ui.widgets.zoom_view import AIR, Look, ZoomView

READABLE = 1.0
"""The scale at which a map opens that does not fit as a whole, unless more of it is seen at a smaller one."""

_LEGIBLE_WHOLE = 0.75
_TOUCH = BADGE + 4
_ARROWS = {
    Qt.Key.Key_Left: Step.BACK,
    Qt.Key.Key_Right: Step.ON,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.START,
    Qt.Key.Key_End: Step.HERE,
}


class MapView(ZoomView):
    """Shows a map.

    `taken` tells the answers to give (question, answer) to go where the person pointed, `opened`
    the question to stand at, `folded` the node to fold or unfold, `walked` where the keyboard is,
    `rested` what the mouse or else the keyboard rests on ("" for nothing).
    """

    taken = Signal(object)
    opened = Signal(str)
    folded = Signal(str)
    walked = Signal(str)
    rested = Signal(str)

    def __init__(self, icons: Icons | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paint = MapPaint(icons)
        self._colours = CanvasColours()
        self._sheet: MapSheet | None = None
        self._focused: str | None = None
        self._hovered: str | None = None
        self._found: frozenset[str] = frozenset()
        self._anchor: tuple[str, QPointF] | None = None
        self._whole, self._readable = False, READABLE
        self.glide = Glide(self)
        self.setScene(QGraphicsScene(self))
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Decision map")
        self.viewport().setAccessibleName("Decision map")
        self.minimap = Minimap(self)
        self.minimap.went.connect(self._go_to)

    # What is shown

    def show_sheet(self, sheet: MapSheet, made: Sorted | None = None) -> None:
        """Show a map; what was folded or unfolded stays where it is on the screen.

        `made` is its picture made ready, where that was done already.
        """
        made = made or sort(sheet.picture)
        first, before = self._sheet is None, self._sheet
        self._sheet, self._extent = sheet, sheet.placement.size
        self._paint.show_picture(made)
        self.minimap.show_map(made.far, sheet.placement.size, sheet.picture.background)
        if self._focused not in sheet.shown.node_by_id:
            self._focused = None
        self.glide.stop()
        if first:
            self.set_look(self._opening())
        elif self._untouched:
            self.set_look(self.look)
            self.glide.to(self._opening())
        elif before is not None and before.placement is not sheet.placement:
            self._keep_in_place()
        elif before is not None and before.marks.current != sheet.marks.current:
            self.reveal(self.here())
        else:
            self.set_look(self.look)
        self.viewport().update()

    def show_colours(self, colours: CanvasColours) -> None:
        """Take the colours of another theme."""
        self._colours = colours
        self.setBackgroundBrush(QColor(colours.canvas))
        self.minimap.show_colours(colours)
        self.viewport().update()

    def show_scale(self, scale: float) -> None:
        """Open with text this much larger."""
        self._readable = READABLE * scale

    def show_found(self, nodes: frozenset[str], at: str | None) -> None:
        """Mark what was searched for, and go to one of them."""
        self._found = nodes
        if at is not None:
            self.focus_node(at)
        self.viewport().update()

    @property
    def sheet(self) -> MapSheet | None:
        """The map that is shown."""
        return self._sheet

    @property
    def focused(self) -> str | None:
        """The node that the keyboard has come to."""
        return self._focused

    def here(self) -> str | None:
        """The node one stands at: the current question's, else the end of the lit path."""
        if self._sheet is None:
            return None
        marks = self._sheet.marks
        nodes = (node.id for node in self._sheet.shown.nodes if node.id in marks.current)
        return next(nodes, marks.lit[-1] if marks.lit else None)

    def focus_node(self, node_id: str) -> None:
        """Bring the keyboard to a node, and the node into view."""
        if self._sheet is None:
            return
        self._focused = node_id
        self.reveal(node_id)
        item = self._sheet.picture.item_by_id[node_id]
        self.setAccessibleDescription(f"{item.name}, {item.description}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.walked.emit(node_id)
        self.rested.emit(node_id)
        self.viewport().update()

    def reveal(self, node_id: str | None) -> None:
        """Move no more than it takes to see a node."""
        if self._sheet is None or node_id is None or node_id not in self._sheet.placement.card_by_id:
            return
        place = self._on_screen(self._sheet.placement.card_by_id[node_id].box)
        room = QRectF(self.viewport().rect()).adjusted(AIR, AIR, -AIR, -AIR)
        x = min(0.0, room.right() - place.right()) or max(0.0, room.left() - place.left())
        y = min(0.0, room.bottom() - place.bottom()) or max(0.0, room.top() - place.top())
        minimap = QRectF(self.minimap.geometry())
        if self.minimap.isVisible() and place.translated(x, y).intersects(minimap):
            y = minimap.top() - AIR - place.bottom()
        if x or y:
            self.touched()
            look = self.look
            self.glide.to(look._replace(x=look.x - x / look.scale, y=look.y - y / look.scale))

    # Looking

    def fit(self) -> None:
        """Show the whole map, however small."""
        super().fit()
        self._whole = True

    def touched(self) -> None:
        """The person looks around."""
        super().touched()
        self.glide.stop()
        self._whole = False

    def set_look(self, look: Look) -> None:
        """Look at the map in this way."""
        super().set_look(look)
        self.minimap.show_view(self._seen())

    def _opening(self) -> Look:
        """The whole map where that can be read, else where one stands with what follows, if smaller then."""
        whole = self.fitted()
        if self._whole or whole.scale >= _LEGIBLE_WHOLE or self._sheet is None:
            return whole
        near, more = self._first_look(self._readable), self._first_look(self._readable * _LEGIBLE_WHOLE)
        return max(near, more, key=lambda found: found[1])[0]

    def _first_look(self, scale: float) -> tuple[Look, int]:
        assert self._sheet is not None
        node, view = self.here() or self._sheet.shown.root.id, self.viewport().size()
        room = view.width() / scale, view.height() / scale
        middle, count = first_look(self._sheet.placement, node, room, AIR / scale)
        return Look(scale, *middle), count

    def _keep_in_place(self) -> None:
        """Bring what was folded to where it was on the screen."""
        anchor, self._anchor = self._anchor, None
        if self._sheet is None or anchor is None:
            return
        card = self._sheet.placement.card_by_id.get(anchor[0])
        if card is not None:
            self.pan(anchor[1] - self._on_screen(card.box).topLeft())

    def _on_screen(self, box: Box) -> QRectF:
        return QRectF(self.viewportTransform().mapRect(QRectF(*box)))

    def _seen(self) -> Box:
        size, look = self.viewport().size(), self.look
        w, h = size.width() / look.scale, size.height() / look.scale
        return Box(look.x - w / 2, look.y - h / 2, w, h)

    def _go_to(self, where: QPointF) -> None:
        self.touched()
        self.set_look(self.look._replace(x=where.x(), y=where.y()))

    # Choosing

    def click(self, where: QPoint) -> None:
        """Fold at a badge, take the branch of an answer, or go to where a card is."""
        card = self._card_at(where)
        if card is None or self._sheet is None:
            return
        at = self.mapToScene(where)
        self._focused = card.node.id
        if card.badge and (at - QPointF(*card.badge)).manhattanLength() <= _TOUCH:
            self.fold(card.node.id)
        elif row := self._row_at(card, at):
            self._take(step_along(self._sheet.shown, row.branch, self._sheet.marks.answers))
        else:
            self.choose(card.node.id)
        self.viewport().update()

    def choose(self, node_id: str) -> None:
        """Give the answers that lead to a node, and stand at its question."""
        if self._sheet is None:
            return
        shown = self._sheet.shown
        node = shown.node_by_id[node_id]
        way = way_to(shown, node_id, self._sheet.marks.answers)
        self._take(way)
        if node.question is not None and (node.kind is Kind.QUESTION or not way):
            self.opened.emit(node.question)

    def fold(self, node_id: str) -> None:
        """Ask for what lies behind a node to be shown or hidden."""
        if self._sheet is None or self._sheet.shown.node_by_id[node_id].question is None:
            return
        box = self._sheet.placement.card_by_id[node_id].box
        self._anchor = (node_id, self._on_screen(box).topLeft())
        self.touched()
        self.folded.emit(node_id)

    def _take(self, way: tuple[tuple[str, str], ...]) -> None:
        if way:
            self.taken.emit(way)

    def hover(self, where: QPoint | None) -> None:
        """Ring what the mouse is over."""
        card = self._card_at(where) if where is not None else None
        hovered = card.node.id if card else None
        if hovered != self._hovered:
            self._hovered = hovered
            shape = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
            self.rested.emit(hovered or self._focused or "")

    def _card_at(self, where: QPoint) -> PlacedCard | None:
        if self._sheet is None:
            return None
        at = self.mapToScene(where)
        item = self._paint.node_at(at.x(), at.y())
        return self._sheet.placement.card_by_id.get(item.id) if item else None

    def _row_at(self, card: PlacedCard, at: QPointF) -> PlacedAnswers | None:
        near = (row for row in card.rows if abs(row.port.y - at.y()) <= row.line.box.h * 0.6)
        return next(near, None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in full what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            card = self._card_at(event.pos())
            lines: list[str] = []
            if card is not None and self._sheet is not None:
                item, asked = self._sheet.picture.item_by_id[card.node.id], self._sheet.shown.asked(card.node)
                row = self._row_at(card, self.mapToScene(event.pos()))
                text = asked.text if asked and card.node.kind is Kind.QUESTION else ""
                lines = [item.name, text, row.full if row else "", item.description]
            told = "<br>".join(escape(line) for line in lines if line)
            spot = QRect(event.pos(), event.pos()).adjusted(-4, -4, 4, 4)
            QToolTip.showText(event.globalPos(), f"<p>{told}</p>" if told else "", self.viewport(), spot)
            return True
        return super().viewportEvent(event)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, take, fold, zoom; every other key is the window's."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        plain = held == Qt.KeyboardModifier.NoModifier
        done = self._walk(event.key()) if plain and self._sheet is not None else False
        if not done and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            done = self.zoomed_by_key(event)
        event.setAccepted(done)

    def _walk(self, key: int) -> bool:
        assert self._sheet is not None
        at = self._focused or self.here() or self._sheet.shown.root.id
        step = _ARROWS.get(Qt.Key(key)) if key in _ARROWS else None
        if step is Step.HERE:
            self.focus_node(self.here() or at)
        elif step is not None:
            self.focus_node(beside(self._sheet, at, step) if self._focused else at)
        elif self._focused is None:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self._focused)
        elif key == Qt.Key.Key_Space or key in around(self._sheet.shown.node_by_id[self._focused].kind):
            self.fold(self._focused)
        elif key == Qt.Key.Key_Escape:
            self._focused = None
            self.rested.emit("")
            self.viewport().update()
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in where one stands."""
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self._focused is None and (here := self.here()):
            self.focus_node(here)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring of the keyboard goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Painting and placing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Open anew while nobody has looked around; the minimap keeps its corner."""
        super().resizeEvent(event)
        if self._untouched and self._sheet is not None:
            self.set_look(self._opening())
        self.minimap.settle(self.viewport().size())

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The map, of which only what is new is painted anew."""
        super().drawBackground(painter, rect)
        if self._sheet is None:
            return
        origin = self.viewportTransform().map(QPointF(0, 0))
        corner = QPoint(-round(origin.x()), -round(origin.y()))
        ratio = self.viewport().devicePixelRatio()
        painter.save()
        painter.resetTransform()
        pixels = self._paint.pixels(self.look.scale, corner, self.viewport().size(), ratio)
        painter.drawPixmap(0, 0, pixels)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Rings around what is hovered, found, and where the keyboard is."""
        super().drawForeground(painter, rect)
        if self._sheet is None:
            return
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        for node in self._found:
            self._ring(painter, node, QPen(QColor(colours.hover), 2), 6)
        if self._hovered:
            self._ring(painter, self._hovered, QPen(QColor(colours.hover), 1.5), 4)
        if self._focused and self.hasFocus():
            dashed = QPen(QColor(colours.focus), 2, Qt.PenStyle.CustomDashLine)
            dashed.setDashPattern([3, 2])
            self._ring(painter, self._focused, dashed, 9)
        painter.restore()

    def _ring(self, painter: QPainter, node: str, pen: QPen, margin: float) -> None:
        assert self._sheet is not None
        card = self._sheet.placement.card_by_id.get(node)
        if card is not None:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = self._on_screen(card.box.grown(margin))
            if place.intersects(QRectF(self.viewport().rect())):
                painter.drawRoundedRect(place, 10, 10)
