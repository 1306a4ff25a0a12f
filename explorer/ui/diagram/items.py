"""What stands in the canvas's scene: one object for each item of a picture, and the rings around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from explorer.layout.geometry import Box, Point
from explorer.qt.painter import IconPainter, paint_item, rounded_path
from explorer.render.picture import Circle, Icon, Item, ItemKind, Polyline, Rectangle, TextShape

_PAINT_MARGIN = 8.0  # how far a stroke, a tip or a ring may reach beyond its box
_HIT_MARGIN = 5.0  # how near a line the mouse must come


@dataclass(frozen=True)
class CanvasColors:
    """What the canvas itself is drawn with, as `#rrggbb`: `[canvas]`, `[state]` and `[window]` of a theme."""

    canvas: str = "#FFFFFF"
    text: str = "#545F6D"
    card: str = "#FFFFFF"
    line: str = "#7B8795"
    hover: str = "#4C8F97"
    selected: str = "#0A6570"
    focus: str = "#0A6570"


class PictureItem(QGraphicsItem):
    """One item of a picture in the scene; it always stands where its value says."""

    def __init__(self, item: Item, icons: IconPainter) -> None:
        super().__init__()
        self._item = item
        self._icons = icons
        if item.kind in (ItemKind.NODE, ItemKind.EDGE):  # frames are large, and quick to paint
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    @property
    def item(self) -> Item:
        """The value that is drawn now."""
        return self._item

    def show_item(self, item: Item) -> None:
        """Draw another value."""
        if item.box != self._item.box:
            self.prepareGeometryChange()
        self._item = item
        self.update()

    def boundingRect(self) -> QRectF:
        """Where it paints."""
        return _to_rect(self._item.box.expanded(_PAINT_MARGIN))

    def shape(self) -> QPainterPath:
        """Where the mouse meets it."""
        return hit_path(self._item)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Draw it the one way."""
        paint_item(painter, self._item, self._icons)


class RingKind(Enum):
    """Why an item is ringed."""

    HOVER = "hover"
    SELECTED = "selected"
    FOCUS = "focus"


class RingItem(QGraphicsItem):
    """A ring around one item, as wide on screen whatever the zoom; it cannot be hit."""

    def __init__(self, ring: RingKind) -> None:
        super().__init__()
        self._kind = ring
        self._path = QPainterPath()
        self._color = QColor()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    def show_around(self, item: Item | None, colours: CanvasColors, near: Iterable[Item] = ()) -> None:
        """Ring an item, or nothing; a node's ring keeps off what hangs beneath it, which is `near`."""
        self.prepareGeometryChange()
        self._path = outline_path(item, self._margin(item), near) if item is not None else QPainterPath()
        self._color = QColor(getattr(colours, self._kind.value))
        self.setVisible(item is not None)
        self.update()

    def _margin(self, item: Item) -> float:
        if self._kind is not RingKind.FOCUS:
            return 5.0
        return 7.0 if item.kind is ItemKind.EDGE else 9.0

    def boundingRect(self) -> QRectF:
        """Where it paints; its line may be many points wide where the picture is small."""
        return self._path.boundingRect().adjusted(
            -3 * _PAINT_MARGIN, -3 * _PAINT_MARGIN, 3 * _PAINT_MARGIN, 3 * _PAINT_MARGIN
        )

    def shape(self) -> QPainterPath:
        """Nowhere: the mouse goes through it."""
        return QPainterPath()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Draw a line around the item, and a faint glow on it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._kind is not RingKind.FOCUS:
            glow = QColor(self._color)
            glow.setAlpha(34)
            painter.fillPath(self._path, glow)
        pen = QPen(self._color, {RingKind.HOVER: 1.0, RingKind.SELECTED: 2.5, RingKind.FOCUS: 2.0}[self._kind])
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self._kind is RingKind.FOCUS:
            pen.setDashPattern([3, 2])  # told from the selection by its form, not its colour
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)


def outline_path(item: Item, margin: float, near: Iterable[Item] = ()) -> QPainterPath:
    """A line around an item at a distance: an edge's follows its path and its words.

    Above and beneath a node it stays half way to what is `near`.
    """
    path = QPainterPath()
    if item.kind is ItemKind.EDGE:
        for shape in item.shapes:
            path = path.united(_shape_outline(shape, margin))
        return path.simplified()
    box = next((shape.box for shape in item.shapes if isinstance(shape, Rectangle)), item.box)
    room = _to_rect(box.expanded(margin))
    if item.kind is ItemKind.NODE:
        for other in near:
            if other.kind is ItemKind.NODE and other.id != item.id and _overlaps_horizontally(box, other.box):
                if other.box.y >= box.bottom:
                    room.setBottom(min(room.bottom(), (box.bottom + other.box.y) / 2))
                elif other.box.bottom <= box.y:
                    room.setTop(max(room.top(), (box.y + other.box.bottom) / 2))
    path.addRoundedRect(room, margin, margin)
    return path


def _overlaps_horizontally(box: Box, other: Box) -> bool:
    """Whether one stands above the other."""
    return box.x < other.right and other.x < box.right


def hit_path(item: Item) -> QPainterPath:
    """Where the mouse meets an item: a group only at its border and title, so that its inside stays free."""
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


def reading_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Nodes, then edges, then groups; each row by row as one reads, from the left."""
    ordered: list[Item] = []
    every = tuple(items)
    for kind in (ItemKind.NODE, ItemKind.EDGE, ItemKind.GROUP):
        rows: list[list[Item]] = []
        for item in sorted((item for item in every if item.kind is kind), key=lambda item: item.box.center.y):
            if rows and item.box.center.y < rows[-1][0].box.bottom:
                rows[-1].append(item)
            else:
                rows.append([item])
        for row in rows:
            ordered += sorted(row, key=lambda item: item.box.center.x)
    return tuple(ordered)


def nearest_in_direction(start: Point, direction: Point, items: Iterable[Item]) -> Item | None:
    """The item that lies nearest in a direction; what lies aside counts double."""

    def distance(item: Item) -> float:
        x, y = item.box.center.x - start.x, item.box.center.y - start.y
        along, aside = x * direction.x + y * direction.y, abs(x * direction.y - y * direction.x)
        return along + 2 * aside if along > 1 else float("inf")

    found = min(items, key=distance, default=None)
    return found if found is not None and distance(found) < float("inf") else None


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
