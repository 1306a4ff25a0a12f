"""Paints a large picture quickly: only what is in view, and from afar without its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion

from explorer.layout.geometry import Box
from explorer.qt.painter import Icons, paint_item, path_of
from explorer.render.picture import Frame, Item, Kind, Picture, Polyline, Stroke, Words

LEGIBLE = 6.0
"""Words lower than this many pixels are not drawn as words."""

_TEXT = 13.0
_BAND, _CHUNK = 300.0, 3000.0
_SMALL = 20.0  # what is narrower is not drawn from afar
_PLAIN = 0.12  # below this scale corners and smooth edges cannot be seen


class Bands:
    """The items of a picture by the bands that they touch, to find those in view."""

    def __init__(self, items: Sequence[Item], height: float = _BAND) -> None:
        self._items, self._height = items, height
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        for number, item in enumerate(items):
            for band in range(int(item.box.y // height), int(item.box.bottom // height) + 1):
                self._bands[band].append(number)

    def within(self, area: Box) -> list[Item]:
        """The items that meet an area, in the picture's order."""
        found: set[int] = set()
        for band in range(int(area.y // self._height), int(area.bottom // self._height) + 1):
            found.update(self._bands.get(band, ()))
        return [item for number in sorted(found) if (item := self._items[number]).box.meets(area)]


@dataclass
class _Chunk:
    """What a stretch of the picture looks like from afar: for each pen one path, for each brush another."""

    box: QRectF = field(default_factory=QRectF)
    lines: dict[Stroke, QPainterPath] = field(default_factory=dict)
    plates: dict[tuple[Stroke | None, str | None], QPainterPath] = field(default_factory=dict)
    words: dict[str, QPainterPath] = field(default_factory=dict)


class FarSight:
    """A picture from afar: frames, lines, and bars in the place of words, in few strokes of the painter."""

    def __init__(self, items: Sequence[Item]) -> None:
        chunks: defaultdict[int, _Chunk] = defaultdict(_Chunk)
        for item in items:
            _add(chunks[int(item.box.y // _CHUNK)], item)
        self._chunks = list(chunks.values())

    def paint(self, painter: QPainter, area: QRectF, scale: float) -> None:
        """Draw what lies in an area."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale > _PLAIN)
        seen = [chunk for chunk in self._chunks if chunk.box.intersects(area)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for chunk in seen:
            for stroke, path in chunk.lines.items():
                painter.setPen(_pen(stroke, scale))
                painter.drawPath(path)
        for chunk in seen:
            for (edge, fill), path in chunk.plates.items():
                painter.setPen(_pen(edge, scale) if edge else QPen(Qt.PenStyle.NoPen))
                painter.setBrush(QColor(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
                painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        for chunk in seen if scale > _PLAIN else ():
            for colour, path in chunk.words.items():
                faint = QColor(colour)
                faint.setAlpha(90)
                painter.setBrush(faint)
                painter.drawPath(path)


def _add(chunk: _Chunk, item: Item) -> None:
    chunk.box = chunk.box.united(QRectF(*item.box))
    for shape in item.shapes:
        match shape:
            case Polyline() if item.kind is Kind.EDGE:
                chunk.lines.setdefault(shape.stroke, QPainterPath()).addPath(path_of(shape.points))
            case Frame() if shape.box.w > _SMALL:
                path = chunk.plates.setdefault((shape.stroke, shape.fill), QPainterPath())
                path.addRoundedRect(QRectF(*shape.box), shape.radius, shape.radius)
            case Words(bold=bold, box=box) if box.w > 0:
                bar = QRectF(box.x, box.y + box.h * 0.3, box.w, box.h * (0.45 if bold else 0.3))
                chunk.words.setdefault(shape.colour, QPainterPath()).addRect(bar)
            case _:
                pass


def _pen(stroke: Stroke, scale: float) -> QPen:
    # From afar a thin line would fade, and dashes would only be slow.
    pen = QPen(QColor(stroke.colour), max(stroke.width * scale, 1.0 if stroke.width < 2 else 2.0))
    pen.setCosmetic(True)
    if stroke.dash and scale > _PLAIN:
        faint = pen.color()
        faint.setAlpha(120)
        pen.setColor(faint)
    return pen


@dataclass(frozen=True)
class Sorted:
    """A picture made ready to be painted quickly; may be made in any thread."""

    picture: Picture
    bands: Bands
    far: FarSight


def sort(picture: Picture) -> Sorted:
    """Make a picture ready."""
    return Sorted(picture, Bands(picture.items), FarSight(picture.items))


class MapPaint:
    """Keeps what is painted of one picture: moving it costs a strip, and only zooming paints it all."""

    def __init__(self, icons: Icons | None = None) -> None:
        self._icons = icons or Icons()
        self._shown: Sorted | None = None
        self._kept: tuple[float, int, int, float] | None = None
        self._pixels, self._corner = QPixmap(), QPoint()
        self._paper = QColor(Qt.GlobalColor.white)

    def show_picture(self, made: Sorted) -> None:
        """Paint another picture from now on."""
        self._shown, self._kept = made, None
        if made.picture.background:
            self._paper = QColor(made.picture.background)

    def node_at(self, x: float, y: float) -> Item | None:
        """The node drawn at a point of the picture."""
        near = self._shown.bands.within(Box(x, y, 0.01, 0.01)) if self._shown else []
        return next((item for item in near if item.kind is Kind.NODE), None)

    def pixels(self, scale: float, corner: QPoint, size: QSize, ratio: float) -> QPixmap:
        """The view of that size whose top left pixel lies at `corner` of the scaled picture."""
        key = (scale, size.width(), size.height(), ratio)
        # Between whole pixels nothing can be moved: there all is painted anew.
        if self._kept != key or self._pixels.isNull() or (ratio % 1 and corner != self._corner):
            self._kept, self._corner = key, corner
            self._pixels = QPixmap(size * ratio)
            self._pixels.setDevicePixelRatio(ratio)
            self._paint(QRegion(QRect(QPoint(0, 0), size)), scale)
        elif corner != self._corner:
            moved = self._corner - corner
            self._corner = corner
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
            painter.fillRect(rect, self._paper)
            painter.translate(-self._corner)
            painter.scale(scale, scale)
            x, y, w, h = rect.translated(self._corner).getRect()
            self._paint_area(painter, Box(x / scale, y / scale, w / scale, h / scale), scale)
            painter.restore()
        painter.end()

    def _paint_area(self, painter: QPainter, area: Box, scale: float) -> None:
        if self._shown is None:
            return
        if scale * _TEXT < LEGIBLE:
            self._shown.far.paint(painter, QRectF(*area), scale)
            return
        for item in self._shown.bands.within(area.grown(2)):
            paint_item(painter, item, self._icons)
