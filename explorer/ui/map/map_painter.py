"""Map painter: paints a large picture in small steps, and without text at small scales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion

from explorer.layout.geometry import Box
from explorer.qt.painter import IconPainter, paint_item, rounded_path
from explorer.render.picture import Item, ItemKind, Picture, Polyline, Rectangle, Stroke, TextShape

MIN_TEXT_PX = 6.0
"""Smaller text is drawn as bars."""

_TEXT_SIZE = 13.0
_BAND_HEIGHT, _CHUNK_HEIGHT = 300.0, 3000.0
_MIN_FRAME_WIDTH = 20.0  # Narrower rectangles are not drawn in the overview.
_MIN_DETAIL_SCALE = 0.12  # Below this scale, text bars and antialiasing are not visible.


class ItemIndex:
    """Spatial index: finds the items in an area by horizontal bands."""

    def __init__(self, items: Sequence[Item], height: float = _BAND_HEIGHT) -> None:
        self._items, self._height = items, height
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        for number, item in enumerate(items):
            for band in range(int(item.box.y // height), int(item.box.bottom // height) + 1):
                self._bands[band].append(number)

    def intersecting(self, area: Box) -> list[Item]:
        """The items that intersect an area, in the order of the picture."""
        found: set[int] = set()
        for band in range(int(area.y // self._height), int(area.bottom // self._height) + 1):
            found.update(self._bands.get(band, ()))
        return [item for number in sorted(found) if (item := self._items[number]).box.overlaps(area)]


@dataclass
class _Chunk:
    """The overview of one part of a picture: one path for each pen and for each brush."""

    box: QRectF = field(default_factory=QRectF)
    lines: dict[Stroke, QPainterPath] = field(default_factory=dict)
    rectangles: dict[tuple[Stroke | None, str | None], QPainterPath] = field(default_factory=dict)
    text_bars: dict[str, QPainterPath] = field(default_factory=dict)


class OverviewPainter:
    """Paints a picture with few calls: rectangles, lines, and bars in place of text."""

    def __init__(self, items: Sequence[Item]) -> None:
        chunks: defaultdict[int, _Chunk] = defaultdict(_Chunk)
        for item in items:
            _add_item(chunks[int(item.box.y // _CHUNK_HEIGHT)], item)
        self._chunks = list(chunks.values())

    def paint(self, painter: QPainter, area: QRectF, scale: float) -> None:
        """Paint the parts that intersect an area."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale > _MIN_DETAIL_SCALE)
        visible = [chunk for chunk in self._chunks if chunk.box.intersects(area)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for chunk in visible:
            for stroke, path in chunk.lines.items():
                painter.setPen(_pen(stroke, scale))
                painter.drawPath(path)
        for chunk in visible:
            for (edge, fill), path in chunk.rectangles.items():
                painter.setPen(_pen(edge, scale) if edge else QPen(Qt.PenStyle.NoPen))
                painter.setBrush(QColor(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
                painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        for chunk in visible if scale > _MIN_DETAIL_SCALE else ():
            for color, path in chunk.text_bars.items():
                translucent = QColor(color)
                translucent.setAlpha(90)
                painter.setBrush(translucent)
                painter.drawPath(path)


def _add_item(chunk: _Chunk, item: Item) -> None:
    chunk.box = chunk.box.united(QRectF(*item.box))
    for shape in item.shapes:
        match shape:
            case Polyline() if item.kind is ItemKind.EDGE:
                chunk.lines.setdefault(shape.stroke, QPainterPath()).addPath(rounded_path(shape.points))
            case Rectangle() if shape.box.w > _MIN_FRAME_WIDTH:
                path = chunk.rectangles.setdefault((shape.stroke, shape.fill), QPainterPath())
                path.addRoundedRect(QRectF(*shape.box), shape.radius, shape.radius)
            case TextShape(bold=bold, box=box) if box.w > 0:
                bar = QRectF(box.x, box.y + box.h * 0.3, box.w, box.h * (0.45 if bold else 0.3))
                chunk.text_bars.setdefault(shape.color, QPainterPath()).addRect(bar)
            case _:
                pass


def _pen(stroke: Stroke, scale: float) -> QPen:
    # At small scales a thin line would disappear, and dashes would only be slow.
    pen = QPen(QColor(stroke.color), max(stroke.width * scale, 1.0 if stroke.width < 2 else 2.0))
    pen.setCosmetic(True)
    if stroke.dash and scale > _MIN_DETAIL_SCALE:
        translucent = pen.color()
        translucent.setAlpha(120)
        pen.setColor(translucent)
    return pen


@dataclass(frozen=True)
class PreparedPicture:
    """A picture with its index and overview. Any thread may build it."""

    picture: Picture
    index: ItemIndex
    overview: OverviewPainter


def prepare_picture(picture: Picture) -> PreparedPicture:
    """Build the index and the overview of a picture."""
    return PreparedPicture(picture, ItemIndex(picture.items), OverviewPainter(picture.items))


class MapPainter:
    """Caches the painted pixels: a pan paints only the new strips, and only a zoom paints everything."""

    def __init__(self, icons: IconPainter | None = None) -> None:
        self._icons = icons or IconPainter()
        self._prepared: PreparedPicture | None = None
        self._cache_key: tuple[float, int, int, float] | None = None
        self._pixels, self._origin = QPixmap(), QPoint()
        self._background = QColor(Qt.GlobalColor.white)

    def show_picture(self, picture: PreparedPicture) -> None:
        """Paint this picture from now on."""
        self._prepared, self._cache_key = picture, None
        if picture.picture.background:
            self._background = QColor(picture.picture.background)

    def node_at(self, x: float, y: float) -> Item | None:
        """The node at a point of the picture, or None."""
        near = self._prepared.index.intersecting(Box(x, y, 0.01, 0.01)) if self._prepared else []
        return next((item for item in near if item.kind is ItemKind.NODE), None)

    def pixels(self, scale: float, corner: QPoint, size: QSize, ratio: float) -> QPixmap:
        """The pixels of a view of this size. `corner` is its top left corner in pixels of the scaled picture.

        `ratio` is the device pixel ratio.
        """
        key = (scale, size.width(), size.height(), ratio)
        # With a fractional device pixel ratio the pixels cannot be scrolled, so everything is painted again.
        if self._cache_key != key or self._pixels.isNull() or (ratio % 1 and corner != self._origin):
            self._cache_key, self._origin = key, corner
            self._pixels = QPixmap(size * ratio)
            self._pixels.setDevicePixelRatio(ratio)
            self._paint(QRegion(QRect(QPoint(0, 0), size)), scale)
        elif corner != self._origin:
            moved = self._origin - corner
            self._origin = corner
            whole = QRect(QPoint(0, 0), size)
            steps = moved * ratio
            self._pixels.scroll(steps.x(), steps.y(), self._pixels.rect())
            self._paint(QRegion(whole) - QRegion(whole.translated(moved)), scale)
        return self._pixels

    def _paint(self, exposed: QRegion, scale: float) -> None:
        painter = QPainter(self._pixels)
        for rect in list(exposed):  # type: ignore[call-overload]
            painter.save()
            painter.setClipRect(rect)
            painter.fillRect(rect, self._background)
            painter.translate(-self._origin)
            painter.scale(scale, scale)
            x, y, w, h = rect.translated(self._origin).getRect()
            self._paint_area(painter, Box(x / scale, y / scale, w / scale, h / scale), scale)
            painter.restore()
        painter.end()

    def _paint_area(self, painter: QPainter, area: Box, scale: float) -> None:
        if self._prepared is None:
            return
        if scale * _TEXT_SIZE < MIN_TEXT_PX:
            self._prepared.overview.paint(painter, QRectF(*area), scale)
            return
        for item in self._prepared.index.intersecting(area.expanded(2)):
            paint_item(painter, item, self._icons)
