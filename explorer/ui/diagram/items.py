"""Graphics items of the canvas: one for each item of a picture, and the rings around items."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from explorer.layout.geometry import Box
from explorer.qt.painter import IconPainter, paint_item, rounded_path
from explorer.render.picture import Circle, Icon, Item, ItemKind, Polyline, Rectangle, TextShape
from explorer.ui.theme.canvas_colors import CanvasColors

_PAINT_MARGIN = 8.0  # How far strokes and arrow heads extend beyond the box of an item.
_HIT_MARGIN = 5.0  # How close to a line a click must be.


class PictureItem(QGraphicsItem):
    """Draws one item of a picture at the place that the item states."""

    def __init__(self, item: Item, icons: IconPainter) -> None:
        super().__init__()
        self._item = item
        self._icons = icons
        if item.kind in (ItemKind.NODE, ItemKind.EDGE):  # Groups are large, and quick to paint.
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    @property
    def item(self) -> Item:
        """The item that is drawn."""
        return self._item

    def show_item(self, item: Item) -> None:
        """Draw this item instead."""
        if item.box != self._item.box:
            self.prepareGeometryChange()
        self._item = item
        self.update()

    def boundingRect(self) -> QRectF:
        """The painted area."""
        return _to_rect(self._item.box.expanded(_PAINT_MARGIN))

    def shape(self) -> QPainterPath:
        """The area that reacts to the pointer."""
        return hit_path(self._item)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Paint the item as in an export."""
        paint_item(painter, self._item, self._icons)


class RingKind(Enum):
    """The reason of a ring. The value names its color in `CanvasColors`."""

    HOVER = "hover"
    SELECTED = "selected"
    FOCUS = "focus"


class RingItem(QGraphicsItem):
    """A ring around one item, with the same width at every zoom. It ignores the pointer."""

    def __init__(self, ring: RingKind) -> None:
        super().__init__()
        self._kind = ring
        self._path = QPainterPath()
        self._color = QColor()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    def show_around(self, item: Item | None, colors: CanvasColors, near: Iterable[Item] = ()) -> None:
        """Surround an item, None for none. The ring of a node keeps clear of the nodes above and below it."""
        self.prepareGeometryChange()
        self._path = outline_path(item, self._margin(item), near) if item is not None else QPainterPath()
        self._color = QColor(getattr(colors, self._kind.value))
        self.setVisible(item is not None)
        self.update()

    def _margin(self, item: Item) -> float:
        if self._kind is not RingKind.FOCUS:
            return 5.0
        return 7.0 if item.kind is ItemKind.EDGE else 9.0

    def boundingRect(self) -> QRectF:
        """The painted area. The line is wide in scene units when the picture is small."""
        return self._path.boundingRect().adjusted(
            -3 * _PAINT_MARGIN, -3 * _PAINT_MARGIN, 3 * _PAINT_MARGIN, 3 * _PAINT_MARGIN
        )

    def shape(self) -> QPainterPath:
        """An empty path: the pointer ignores the ring."""
        return QPainterPath()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Paint a line around the item and a light fill."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._kind is not RingKind.FOCUS:
            glow = QColor(self._color)
            glow.setAlpha(34)
            painter.fillPath(self._path, glow)
        pen = QPen(self._color, {RingKind.HOVER: 1.0, RingKind.SELECTED: 2.5, RingKind.FOCUS: 2.0}[self._kind])
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self._kind is RingKind.FOCUS:
            pen.setDashPattern([3, 2])  # Differs from the selection by its shape, not only by its color.
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)


def outline_path(item: Item, margin: float, near: Iterable[Item] = ()) -> QPainterPath:
    """The outline of an item at a distance. That of an edge follows its path and its label.

    Above and below a node it stays half way to the nodes in `near`.
    """
    path = QPainterPath()
    if item.kind is ItemKind.EDGE:
        for shape in item.shapes:
            path = path.united(_shape_outline(shape, margin))
        return path.simplified()
    box = next((shape.box for shape in item.shapes if isinstance(shape, Rectangle)), item.box)
    outline = _to_rect(box.expanded(margin))
    if item.kind is ItemKind.NODE:
        for other in near:
            if other.kind is ItemKind.NODE and other.id != item.id and _overlaps_horizontally(box, other.box):
                if other.box.y >= box.bottom:
                    outline.setBottom(min(outline.bottom(), (box.bottom + other.box.y) / 2))
                elif other.box.bottom <= box.y:
                    outline.setTop(max(outline.top(), (box.y + other.box.bottom) / 2))
    path.addRoundedRect(outline, margin, margin)
    return path


def _overlaps_horizontally(box: Box, other: Box) -> bool:
    """Whether one box is above or below the other."""
    return box.x < other.right and other.x < box.right


def hit_path(item: Item) -> QPainterPath:
    """The area of an item that reacts to the pointer. A group reacts only at its border and its title."""
    path = QPainterPath()
    match item.kind:
        case ItemKind.NODE:
            path.addRect(_to_rect(item.box))
        case ItemKind.EDGE:
            path = outline_path(item, _HIT_MARGIN)
        case ItemKind.GROUP:
            for shape in item.shapes:
                if isinstance(shape, Rectangle):
                    outer, inner = QPainterPath(), QPainterPath()
                    outer.addRect(_to_rect(shape.box.expanded(_HIT_MARGIN)))
                    inner.addRect(_to_rect(shape.box.expanded(-_HIT_MARGIN)))
                    path = path.united(outer.subtracted(inner))
                elif isinstance(shape, TextShape | Icon):
                    path.addRect(_to_rect(shape.box))
        case ItemKind.DECORATION:
            pass
    return path


def _shape_outline(shape: object, margin: float) -> QPainterPath:
    path = QPainterPath()
    match shape:
        case Polyline():
            stroker = QPainterPathStroker()
            stroker.setWidth(2 * margin)
            stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
            stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            return stroker.createStroke(rounded_path(shape.points, shape.radius))
        case TextShape() | Icon() | Rectangle():
            path.addRoundedRect(_to_rect(shape.box.expanded(margin / 2)), margin / 2, margin / 2)
        case Circle():
            x, y = shape.center
            path.addEllipse(_to_rect(Box(x, y, 0, 0).expanded(shape.radius + margin / 2)))
    return path


def _to_rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.w, box.h)
