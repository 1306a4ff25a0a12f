"""Map canvas: paints the decision map, and zooms, pans and animates to parts of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsScene, QWidget

from explorer.layout.decision_map.initial_view import initial_viewport
from explorer.layout.geometry import Box
from explorer.qt.painter import IconPainter
from explorer.render.decision_map import DrawnMap
from explorer.ui.diagram.navigation import pan_to_reveal
from explorer.ui.map.map_painter import MapPainter, PreparedPicture, prepare_picture
from explorer.ui.map.minimap import Minimap
from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.widgets.animation import ViewAnimation
from explorer.ui.widgets.zoom_view import MARGIN, ViewPosition, ZoomView

READABLE_SCALE = 1.0
"""The scale at which a large map opens, unless a smaller scale shows more of it."""

_MIN_WHOLE_SCALE = 0.75
"""At this scale or above, a map opens as a whole."""


class MapCanvas(ZoomView):
    """Shows a map with its minimap. A subclass adds the interaction."""

    def __init__(self, icons: IconPainter | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = MapPainter(icons)
        self._colors = CanvasColors()
        self._drawn_map: DrawnMap | None = None
        self._anchor: tuple[str, QPointF] | None = None
        self._shows_whole_map, self._readable_scale = False, READABLE_SCALE
        self.animation = ViewAnimation(self)
        self.setScene(QGraphicsScene(self))
        self.setViewportUpdateMode(ZoomView.ViewportUpdateMode.FullViewportUpdate)
        self.minimap = Minimap(self)
        self.minimap.position_selected.connect(self._center_on)

    def show_map(self, drawn_map: DrawnMap, picture: PreparedPicture | None = None) -> None:
        """Show a map. A node that the user folded or unfolded keeps its place on the screen.

        `picture` is the prepared picture of the map; without it the picture is prepared here.
        """
        picture = picture or prepare_picture(drawn_map.picture)
        before = self._drawn_map
        self._drawn_map, self._extent = drawn_map, drawn_map.placement.size
        self._painter.show_picture(picture)
        self.minimap.show_map(picture.overview, drawn_map.placement.size, drawn_map.picture.background)
        self.animation.stop()
        if before is None:
            self.set_view_position(self._initial_view())
        elif self._auto_fit:
            self.set_view_position(self.view_position)
            self.animation.animate_to(self._initial_view())
        elif before.placement is not drawn_map.placement:
            self._restore_anchor()
        elif before.highlight.current_nodes != drawn_map.highlight.current_nodes:
            self.reveal(self.current_node())
        else:
            self.set_view_position(self.view_position)
        self.viewport().update()

    def show_colors(self, colors: CanvasColors) -> None:
        """Use the colors of a theme."""
        self._colors = colors
        self.setBackgroundBrush(QColor(colors.canvas))
        self.minimap.show_colors(colors)
        self.viewport().update()

    def set_text_scale(self, scale: float) -> None:
        """Open maps with text that is larger by `scale`."""
        self._readable_scale = READABLE_SCALE * scale

    @property
    def drawn_map(self) -> DrawnMap | None:
        """The map that is shown."""
        return self._drawn_map

    def current_node(self) -> str | None:
        """The node of the current question, or else the end of the active path."""
        if self._drawn_map is None:
            return None
        highlight = self._drawn_map.highlight
        current = (node.id for node in self._drawn_map.decision_map.nodes if node.id in highlight.current_nodes)
        return next(current, highlight.active_path[-1] if highlight.active_path else None)

    def reveal(self, node_id: str | None) -> None:
        """Pan as little as possible to show a node. The minimap must not cover it."""
        if self._drawn_map is None or node_id is None or node_id not in self._drawn_map.placement.card_by_id:
            return
        place = self.to_viewport(self._drawn_map.placement.card_by_id[node_id].box)
        visible = QRectF(self.viewport().rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        shift = pan_to_reveal(place, visible)
        minimap = QRectF(self.minimap.geometry())
        if self.minimap.isVisible() and place.translated(shift).intersects(minimap):
            shift.setY(minimap.top() - MARGIN - place.bottom())
        if not shift.isNull():
            self.on_user_navigation()
            position = self.view_position
            x, y = position.x - shift.x() / position.scale, position.y - shift.y() / position.scale
            self.animation.animate_to(position._replace(x=x, y=y))

    def keep_in_place(self, node_id: str) -> None:
        """Keep this node where it is on the screen when the next map is shown."""
        if self._drawn_map is not None:
            box = self._drawn_map.placement.card_by_id[node_id].box
            self._anchor = (node_id, self.to_viewport(box).topLeft())
            self.on_user_navigation()

    def to_viewport(self, box: Box) -> QRectF:
        """A box of the map in pixels of the viewport."""
        return QRectF(self.viewportTransform().mapRect(QRectF(*box)))

    def draw_ring(self, painter: QPainter, node_id: str, pen: QPen, margin: float) -> None:
        """Paint a ring around a node if it is in view."""
        card = self._drawn_map.placement.card_by_id.get(node_id) if self._drawn_map else None
        if card is None:
            return
        place = self.to_viewport(card.box.expanded(margin))
        if place.intersects(QRectF(self.viewport().rect())):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 10, 10)

    def fit(self) -> None:
        """Show the whole map at any scale."""
        super().fit()
        self._shows_whole_map = True

    def on_user_navigation(self) -> None:
        """Stop the animation when the user zooms or pans."""
        super().on_user_navigation()
        self.animation.stop()
        self._shows_whole_map = False

    def set_view_position(self, position: ViewPosition) -> None:
        """Show the map at this scale and center."""
        super().set_view_position(position)
        self.minimap.show_visible_area(self._visible_area())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the initial view again unless the user has zoomed or panned."""
        super().resizeEvent(event)
        if self._auto_fit and self._drawn_map is not None:
            self.set_view_position(self._initial_view())
        self.minimap.move_to_corner(self.viewport().size())

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the map from the pixels that the painter caches."""
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

    def _initial_view(self) -> ViewPosition:
        """The whole map if its text is readable then; otherwise the current node with the most nodes after it."""
        whole = self.fit_position()
        if self._shows_whole_map or whole.scale >= _MIN_WHOLE_SCALE or self._drawn_map is None:
            return whole
        normal = self._view_of_current(self._readable_scale)
        smaller = self._view_of_current(self._readable_scale * _MIN_WHOLE_SCALE)
        return max(normal, smaller, key=lambda found: found[1])[0]

    def _view_of_current(self, scale: float) -> tuple[ViewPosition, int]:
        """The view of the current node at a scale, and how many nodes it shows."""
        assert self._drawn_map is not None
        node, viewport = self.current_node() or self._drawn_map.decision_map.root.id, self.viewport().size()
        size = viewport.width() / scale, viewport.height() / scale
        center, count = initial_viewport(self._drawn_map.placement, node, size, MARGIN / scale)
        return ViewPosition(scale, *center), count

    def _restore_anchor(self) -> None:
        anchor, self._anchor = self._anchor, None
        if self._drawn_map is None or anchor is None:
            return
        card = self._drawn_map.placement.card_by_id.get(anchor[0])
        if card is not None:
            self.pan(anchor[1] - self.to_viewport(card.box).topLeft())

    def _visible_area(self) -> Box:
        size, position = self.viewport().size(), self.view_position
        w, h = size.width() / position.scale, size.height() / position.scale
        return Box(position.x - w / 2, position.y - h / 2, w, h)

    def _center_on(self, point: QPointF) -> None:
        self.on_user_navigation()
        self.set_view_position(self.view_position._replace(x=point.x(), y=point.y()))
