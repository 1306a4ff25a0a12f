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

from explorer.core.decision_map.map import MapNodeKind
from explorer.core.decision_map.paths import answers_for_branch, shortest_answers_to
from explorer.layout.decision_map.cards import FOLD_TOGGLE_RADIUS, PlacedAnswerRow, PlacedCard
from explorer.layout.decision_map.initial_view import initial_viewport
from explorer.layout.geometry import Box
from explorer.qt.painter import IconPainter
from explorer.render.decision_map import DrawnMap
from explorer.ui.map.map_navigation import NavigationStep, fold_keys, next_node
from explorer.ui.map.map_painter import MapPainter, PreparedPicture, prepare_picture
from explorer.ui.map.minimap import Minimap
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.widgets.animation import ViewAnimation
from explorer.ui.widgets.zoom_view import MARGIN, ViewPosition, ZoomView

READABLE_SCALE = 1.0
"""The scale at which a map opens that does not fit as a whole, unless more of it is seen at a smaller one."""

_MIN_WHOLE_SCALE = 0.75
_BADGE_HIT_RADIUS = FOLD_TOGGLE_RADIUS + 4
_NAVIGATION_KEYS = {
    Qt.Key.Key_Left: NavigationStep.BACK,
    Qt.Key.Key_Right: NavigationStep.FORWARD,
    Qt.Key.Key_Up: NavigationStep.UP,
    Qt.Key.Key_Down: NavigationStep.DOWN,
    Qt.Key.Key_Home: NavigationStep.START,
    Qt.Key.Key_End: NavigationStep.CURRENT,
}


class MapView(ZoomView):
    """Shows a map.

    `taken` tells the answers to give (question, answer) to go where the person pointed, `opened`
    the question to stand at, `folded` the node to fold or unfold, `walked` where the keyboard is,
    `rested` what the mouse or else the keyboard rests on ("" for nothing).
    """

    change_requested = Signal(object)
    question_opened = Signal(str)
    fold_requested = Signal(str)
    focus_moved = Signal(str)
    node_hovered = Signal(str)

    def __init__(self, icons: IconPainter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = MapPainter(icons)
        self._colors = CanvasColors()
        self._drawn_map: DrawnMap | None = None
        self._focused: str | None = None
        self._hovered: str | None = None
        self._matches: frozenset[str] = frozenset()
        self._anchor: tuple[str, QPointF] | None = None
        self._shows_whole_map, self._readable_scale = False, READABLE_SCALE
        self.animation = ViewAnimation(self)
        self.setScene(QGraphicsScene(self))
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Decision map")
        self.viewport().setAccessibleName("Decision map")
        self.minimap = Minimap(self)
        self.minimap.position_selected.connect(self._center_on)

    # What is shown

    def show_map(self, sheet: DrawnMap, made: PreparedPicture | None = None) -> None:
        """Show a map; what was folded or unfolded stays where it is on the screen.

        `made` is its picture made ready, where that was done already.
        """
        made = made or prepare_picture(sheet.picture)
        first, before = self._drawn_map is None, self._drawn_map
        self._drawn_map, self._extent = sheet, sheet.placement.size
        self._painter.show_picture(made)
        self.minimap.show_map(made.overview, sheet.placement.size, sheet.picture.background)
        if self._focused not in sheet.decision_map.node_by_id:
            self._focused = None
        self.animation.stop()
        if first:
            self.set_view_position(self._initial_view())
        elif self._auto_fit:
            self.set_view_position(self.view_position)
            self.animation.animate_to(self._initial_view())
        elif before is not None and before.placement is not sheet.placement:
            self._restore_anchor()
        elif before is not None and before.highlight.current_nodes != sheet.highlight.current_nodes:
            self.reveal(self.current_node())
        else:
            self.set_view_position(self.view_position)
        self.viewport().update()

    def show_colors(self, colours: CanvasColors) -> None:
        """Take the colours of another theme."""
        self._colors = colours
        self.setBackgroundBrush(QColor(colours.canvas))
        self.minimap.show_colors(colours)
        self.viewport().update()

    def set_text_scale(self, scale: float) -> None:
        """Open with text this much larger."""
        self._readable_scale = READABLE_SCALE * scale

    def show_matches(self, nodes: frozenset[str], at: str | None) -> None:
        """Mark what was searched for, and go to one of them."""
        self._matches = nodes
        if at is not None:
            self.focus_node(at)
        self.viewport().update()

    @property
    def drawn_map(self) -> DrawnMap | None:
        """The map that is shown."""
        return self._drawn_map

    @property
    def focused_node(self) -> str | None:
        """The node that the keyboard has come to."""
        return self._focused

    def current_node(self) -> str | None:
        """The node one stands at: the current question's, else the end of the lit path."""
        if self._drawn_map is None:
            return None
        marks = self._drawn_map.highlight
        nodes = (node.id for node in self._drawn_map.decision_map.nodes if node.id in marks.current_nodes)
        return next(nodes, marks.active_path[-1] if marks.active_path else None)

    def focus_node(self, node_id: str) -> None:
        """Bring the keyboard to a node, and the node into view."""
        if self._drawn_map is None:
            return
        self._focused = node_id
        self.reveal(node_id)
        item = self._drawn_map.picture.item_by_id[node_id]
        self.setAccessibleDescription(f"{item.name}, {item.description}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.focus_moved.emit(node_id)
        self.node_hovered.emit(node_id)
        self.viewport().update()

    def reveal(self, node_id: str | None) -> None:
        """Move no more than it takes to see a node."""
        if self._drawn_map is None or node_id is None or node_id not in self._drawn_map.placement.card_by_id:
            return
        place = self._to_viewport(self._drawn_map.placement.card_by_id[node_id].box)
        room = QRectF(self.viewport().rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        x = min(0.0, room.right() - place.right()) or max(0.0, room.left() - place.left())
        y = min(0.0, room.bottom() - place.bottom()) or max(0.0, room.top() - place.top())
        minimap = QRectF(self.minimap.geometry())
        if self.minimap.isVisible() and place.translated(x, y).intersects(minimap):
            y = minimap.top() - MARGIN - place.bottom()
        if x or y:
            self.on_user_navigation()
            look = self.view_position
            self.animation.animate_to(look._replace(x=look.x - x / look.scale, y=look.y - y / look.scale))

    # Looking

    def fit(self) -> None:
        """Show the whole map, however small."""
        super().fit()
        self._shows_whole_map = True

    def on_user_navigation(self) -> None:
        """The person looks around."""
        super().on_user_navigation()
        self.animation.stop()
        self._shows_whole_map = False

    def set_view_position(self, look: ViewPosition) -> None:
        """Look at the map in this way."""
        super().set_view_position(look)
        self.minimap.show_visible_area(self._visible_area())

    def _initial_view(self) -> ViewPosition:
        """The whole map where that can be read, else where one stands with what follows, if smaller then."""
        whole = self.fit_position()
        if self._shows_whole_map or whole.scale >= _MIN_WHOLE_SCALE or self._drawn_map is None:
            return whole
        near, more = (
            self._view_of_current(self._readable_scale),
            self._view_of_current(self._readable_scale * _MIN_WHOLE_SCALE),
        )
        return max(near, more, key=lambda found: found[1])[0]

    def _view_of_current(self, scale: float) -> tuple[ViewPosition, int]:
        assert self._drawn_map is not None
        node, view = self.current_node() or self._drawn_map.decision_map.root.id, self.viewport().size()
        room = view.width() / scale, view.height() / scale
        middle, count = initial_viewport(self._drawn_map.placement, node, room, MARGIN / scale)
        return ViewPosition(scale, *middle), count

    def _restore_anchor(self) -> None:
        """Bring what was folded to where it was on the screen."""
        anchor, self._anchor = self._anchor, None
        if self._drawn_map is None or anchor is None:
            return
        card = self._drawn_map.placement.card_by_id.get(anchor[0])
        if card is not None:
            self.pan(anchor[1] - self._to_viewport(card.box).topLeft())

    def _to_viewport(self, box: Box) -> QRectF:
        return QRectF(self.viewportTransform().mapRect(QRectF(*box)))

    def _visible_area(self) -> Box:
        size, look = self.viewport().size(), self.view_position
        w, h = size.width() / look.scale, size.height() / look.scale
        return Box(look.x - w / 2, look.y - h / 2, w, h)

    def _center_on(self, where: QPointF) -> None:
        self.on_user_navigation()
        self.set_view_position(self.view_position._replace(x=where.x(), y=where.y()))

    # Choosing

    def on_click(self, where: QPoint) -> None:
        """Fold at a badge, take the branch of an answer, or go to where a card is."""
        card = self._card_at(where)
        if card is None or self._drawn_map is None:
            return
        at = self.mapToScene(where)
        self._focused = card.node.id
        if card.fold_toggle and (at - QPointF(*card.fold_toggle)).manhattanLength() <= _BADGE_HIT_RADIUS:
            self.toggle_fold(card.node.id)
        elif row := self._answer_row_at(card, at):
            self._emit_change(
                answers_for_branch(self._drawn_map.decision_map, row.branch, self._drawn_map.highlight.answers)
            )
        else:
            self.go_to_node(card.node.id)
        self.viewport().update()

    def go_to_node(self, node_id: str) -> None:
        """Give the answers that lead to a node, and stand at its question."""
        if self._drawn_map is None:
            return
        shown = self._drawn_map.decision_map
        node = shown.node_by_id[node_id]
        way = shortest_answers_to(shown, node_id, self._drawn_map.highlight.answers)
        self._emit_change(way)
        if node.question is not None and (node.kind is MapNodeKind.QUESTION or not way):
            self.question_opened.emit(node.question)

    def toggle_fold(self, node_id: str) -> None:
        """Ask for what lies behind a node to be shown or hidden."""
        if self._drawn_map is None or self._drawn_map.decision_map.node_by_id[node_id].question is None:
            return
        box = self._drawn_map.placement.card_by_id[node_id].box
        self._anchor = (node_id, self._to_viewport(box).topLeft())
        self.on_user_navigation()
        self.fold_requested.emit(node_id)

    def _emit_change(self, way: tuple[tuple[str, str], ...]) -> None:
        if way:
            self.change_requested.emit(way)

    def on_hover(self, where: QPoint | None) -> None:
        """Ring what the mouse is over."""
        card = self._card_at(where) if where is not None else None
        hovered = card.node.id if card else None
        if hovered != self._hovered:
            self._hovered = hovered
            shape = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
            self.node_hovered.emit(hovered or self._focused or "")

    def _card_at(self, where: QPoint) -> PlacedCard | None:
        if self._drawn_map is None:
            return None
        at = self.mapToScene(where)
        item = self._painter.node_at(at.x(), at.y())
        return self._drawn_map.placement.card_by_id.get(item.id) if item else None

    def _answer_row_at(self, card: PlacedCard, at: QPointF) -> PlacedAnswerRow | None:
        near = (row for row in card.rows if abs(row.port.y - at.y()) <= row.line.box.h * 0.6)
        return next(near, None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in full what the mouse rests on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            card = self._card_at(event.pos())
            lines: list[str] = []
            if card is not None and self._drawn_map is not None:
                item, asked = (
                    self._drawn_map.picture.item_by_id[card.node.id],
                    self._drawn_map.decision_map.question_of(card.node),
                )
                row = self._answer_row_at(card, self.mapToScene(event.pos()))
                text = asked.text if asked and card.node.kind is MapNodeKind.QUESTION else ""
                lines = [item.name, text, row.full_text if row else "", item.description]
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
        done = self._navigate(event.key()) if plain and self._drawn_map is not None else False
        if not done and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            done = self.handle_zoom_key(event)
        event.setAccepted(done)

    def _navigate(self, key: int) -> bool:
        assert self._drawn_map is not None
        at = self._focused or self.current_node() or self._drawn_map.decision_map.root.id
        step = _NAVIGATION_KEYS.get(Qt.Key(key)) if key in _NAVIGATION_KEYS else None
        if step is NavigationStep.CURRENT:
            self.focus_node(self.current_node() or at)
        elif step is not None:
            self.focus_node(next_node(self._drawn_map, at, step) if self._focused else at)
        elif self._focused is None:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_to_node(self._focused)
        elif key == Qt.Key.Key_Space or key in fold_keys(self._drawn_map.decision_map.node_by_id[self._focused].kind):
            self.toggle_fold(self._focused)
        elif key == Qt.Key.Key_Escape:
            self._focused = None
            self.node_hovered.emit("")
            self.viewport().update()
        else:
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes in where one stands."""
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and self._focused is None and (here := self.current_node()):
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
        if self._auto_fit and self._drawn_map is not None:
            self.set_view_position(self._initial_view())
        self.minimap.move_to_corner(self.viewport().size())

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The map, of which only what is new is painted anew."""
        super().drawBackground(painter, rect)
        if self._drawn_map is None:
            return
        origin = self.viewportTransform().map(QPointF(0, 0))
        corner = QPoint(-round(origin.x()), -round(origin.y()))
        ratio = self.viewport().devicePixelRatio()
        painter.save()
        painter.resetTransform()
        pixels = self._painter.pixels(self.view_position.scale, corner, self.viewport().size(), ratio)
        painter.drawPixmap(0, 0, pixels)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Rings around what is hovered, found, and where the keyboard is."""
        super().drawForeground(painter, rect)
        if self._drawn_map is None:
            return
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colors
        for node in self._matches:
            self._draw_ring(painter, node, QPen(QColor(colours.hover), 2), 6)
        if self._hovered:
            self._draw_ring(painter, self._hovered, QPen(QColor(colours.hover), 1.5), 4)
        if self._focused and self.hasFocus():
            dashed = QPen(QColor(colours.focus), 2, Qt.PenStyle.CustomDashLine)
            dashed.setDashPattern([3, 2])
            self._draw_ring(painter, self._focused, dashed, 9)
        painter.restore()

    def _draw_ring(self, painter: QPainter, node: str, pen: QPen, margin: float) -> None:
        assert self._drawn_map is not None
        card = self._drawn_map.placement.card_by_id.get(node)
        if card is not None:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            place = self._to_viewport(card.box.expanded(margin))
            if place.intersects(QRectF(self.viewport().rect())):
                painter.drawRoundedRect(place, 10, 10)
