"""What stands in the canvas's scene: one object for each item of a picture, and the rings around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from explorer.layout.geometry import Box, Point
from explorer.qt.painter import Icons, paint_item, path_of
from explorer.render.picture import Disc, Frame, Icon, Item, Kind, Polyline, Words

_BLEED = 8.0  # how far a stroke, a tip or a ring may reach beyond its box
_REACH = 5.0  # how near a line the mouse must come


@dataclass(frozen=True)
class CanvasColours:
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

    def __init__(self, item: Item, icons: Icons) -> None:
        super().__init__()
        self._item = item
        self._icons = icons
        if item.kind in (Kind.NODE, Kind.EDGE):  # frames are large, and quick to paint
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
        return _rect(self._item.box.grown(_BLEED))

    def shape(self) -> QPainterPath:
        """Where the mouse meets it."""
        return touchable(self._item)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Draw it the one way."""
        paint_item(painter, self._item, self._icons)


class Ring(Enum):
    """Why an item is ringed."""

    HOVER = "hover"
    SELECTED = "selected"
    FOCUS = "focus"


class RingItem(QGraphicsItem):
    """A ring around one item, as wide on screen whatever the zoom; it cannot be hit."""

    def __init__(self, ring: Ring) -> None:
        super().__init__()
        self._ring = ring
        self._path = QPainterPath()
        self._colour = QColor()
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setVisible(False)

    def show_around(self, item: Item | None, colours: CanvasColours, near: Iterable[Item] = ()) -> None:
        """Ring an item, or nothing; a node's ring keeps off what hangs beneath it, which is `near`."""
        self.prepareGeometryChange()
        self._path = outline(item, self._margin(item), near) if item is not None else QPainterPath()
        self._colour = QColor(getattr(colours, self._ring.value))
        self.setVisible(item is not None)
        self.update()

    def _margin(self, item: Item) -> float:
        if self._ring is not Ring.FOCUS:
            return 5.0
        return 7.0 if item.kind is Kind.EDGE else 9.0

    def boundingRect(self) -> QRectF:
        """Where it paints; its line may be many points wide where the picture is small."""
        return self._path.boundingRect().adjusted(-3 * _BLEED, -3 * _BLEED, 3 * _BLEED, 3 * _BLEED)

    def shape(self) -> QPainterPath:
        """Nowhere: the mouse goes through it."""
        return QPainterPath()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _on: QWidget | None = None) -> None:
        """Draw a line around the item, and a faint glow on it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ring is not Ring.FOCUS:
            glow = QColor(self._colour)
            glow.setAlpha(34)
            painter.fillPath(self._path, glow)
        pen = QPen(self._colour, {Ring.HOVER: 1.0, Ring.SELECTED: 2.5, Ring.FOCUS: 2.0}[self._ring])
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self._ring is Ring.FOCUS:
            pen.setDashPattern([3, 2])  # told from the selection by its form, not its colour
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)


def outline(item: Item, margin: float, near: Iterable[Item] = ()) -> QPainterPath:
    """A line around an item at a distance: an edge's follows its path and its words.

    Above and beneath a node it stays half way to what is `near`.
    """
    path = QPainterPath()
    if item.kind is Kind.EDGE:
        for shape in item.shapes:
            path = path.united(_around(shape, margin))
        return path.simplified()
    box = next((shape.box for shape in item.shapes if isinstance(shape, Frame)), item.box)
    room = _rect(box.grown(margin))
    if item.kind is Kind.NODE:
        for other in near:
            if other.kind is Kind.NODE and other.id != item.id and _overlap(box, other.box):
                if other.box.y >= box.bottom:
                    room.setBottom(min(room.bottom(), (box.bottom + other.box.y) / 2))
                elif other.box.bottom <= box.y:
                    room.setTop(max(room.top(), (box.y + other.box.bottom) / 2))
    path.addRoundedRect(room, margin, margin)
    return path


def _overlap(box: Box, other: Box) -> bool:
    """Whether one stands above the other."""
    return box.x < other.right and other.x < box.right


def touchable(item: Item) -> QPainterPath:
    """Where the mouse meets an item: a group only at its border and title, so that its inside stays free."""
    path = QPainterPath()
    match item.kind:
        case Kind.NODE:
            path.addRect(_rect(item.box))
        case Kind.EDGE:
            path = outline(item, _REACH)
        case Kind.GROUP:
            for shape in item.shapes:
                if isinstance(shape, Frame):
                    outer, inner = QPainterPath(), QPainterPath()
                    outer.addRect(_rect(shape.box.grown(_REACH)))
                    inner.addRect(_rect(shape.box.grown(-_REACH)))
                    path = path.united(outer.subtracted(inner))
                elif isinstance(shape, Words | Icon):
                    path.addRect(_rect(shape.box))
        case Kind.DECORATION:
            pass
    return path


def reading_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Nodes, then edges, then groups; each row by row as one reads, from the left."""
    ordered: list[Item] = []
    every = tuple(items)
    for kind in (Kind.NODE, Kind.EDGE, Kind.GROUP):
        rows: list[list[Item]] = []
        for item in sorted((item for item in every if item.kind is kind), key=lambda item: item.box.centre.y):
            if rows and item.box.centre.y < rows[-1][0].box.bottom:
                rows[-1].append(item)
            else:
                rows.append([item])
        for row in rows:
            ordered += sorted(row, key=lambda item: item.box.centre.x)
    return tuple(ordered)


def nearest(start: Point, direction: Point, items: Iterable[Item]) -> Item | None:
    """The item that lies nearest in a direction; what lies aside counts double."""

    def distance(item: Item) -> float:
        x, y = item.box.centre.x - start.x, item.box.centre.y - start.y
        along, aside = x * direction.x + y * direction.y, abs(x * direction.y - y * direction.x)
        return along + 2 * aside if along > 1 else float("inf")

    found = min(items, key=distance, default=None)
    return found if found is not None and distance(found) < float("inf") else None


def _around(shape: object, margin: float) -> QPainterPath:
    path = QPainterPath()
    match shape:
        case Polyline():
            stroker = QPainterPathStroker()
            stroker.setWidth(2 * margin)
            stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
            stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            return stroker.createStroke(path_of(shape.points, shape.radius))
        case Words() | Icon() | Frame():
            path.addRoundedRect(_rect(shape.box.grown(margin / 2)), margin / 2, margin / 2)
        case Disc():
            x, y = shape.centre
            path.addEllipse(_rect(Box(x, y, 0, 0).grown(shape.radius + margin / 2)))
    return path


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.w, box.h)
