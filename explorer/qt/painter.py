"""The one way in which Qt draws a picture: on the canvas, in a PNG, on a page."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer

from explorer.layout.geometry import Box, Point
from explorer.qt.fonts import EM_PIXELS, baseline_offset, picture_font, printable
from explorer.render.picture import Circle, Icon, Item, Picture, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.storage.icons.source import bundled_glyph

ARROW_LENGTH = 7.0
ARROW_HALF_ANGLE = 28.0

_UNKNOWN_ICON = "unknown"
_MAX_CACHED_PIXELS = 6_000_000  # some 24 MB
_MAX_CACHED_SIDE = 512  # pixels a side; what is larger is drawn each time

IconLookup = Callable[[str], bytes | None]


class IconPainter:
    """Icons by name, read once and kept in the sizes that were drawn; for one thread only."""

    def __init__(self, find: IconLookup = bundled_glyph) -> None:
        self._lookup = find
        self._renderers: dict[str, QSvgRenderer | None] = {}
        self._images: dict[tuple[str, int, int], QImage] = {}
        self._cached_pixels = 0

    def set_lookup(self, find: IconLookup) -> None:
        """Draw these icons from now on."""
        self._lookup = find
        self._renderers.clear()
        self._images.clear()
        self._cached_pixels = 0

    def paint(self, painter: QPainter, name: str, box: Box) -> None:
        """Draw an icon into a box, whole and in proportion; an unknown name gives the unknown icon."""
        renderer = self._renderer(name)
        if renderer is None:
            return
        target = _to_qrect(box)
        place = painter.deviceTransform().mapRect(target)
        if not _is_raster(painter) and painter.opacity() < 1:
            # On a page each stroke of a faint icon would show through the next; an image is faint as a whole.
            fine = (target.size() * 4).toSize().expandedTo(QSize(1, 1))
            painter.drawImage(target, self._image(name, renderer, fine))
            return
        if not _is_raster(painter) or max(place.width(), place.height()) > _MAX_CACHED_SIDE:
            renderer.render(painter, target)
            return
        # On whole pixels an icon is drawn pixel for pixel and stays sharp.
        size = QSize(max(1, round(place.width())), max(1, round(place.height())))
        place = QRectF(round(place.x()), round(place.y()), size.width(), size.height())
        back, _ = painter.deviceTransform().inverted()
        painter.drawImage(back.mapRect(place), self._image(name, renderer, size))

    def _renderer(self, name: str) -> QSvgRenderer | None:
        if name not in self._renderers:
            renderer = _svg_renderer(self._lookup(name))
            if renderer is None and name != _UNKNOWN_ICON:
                renderer = self._renderer(_UNKNOWN_ICON)
            self._renderers[name] = renderer
        return self._renderers[name]

    def _image(self, name: str, renderer: QSvgRenderer, size: QSize) -> QImage:
        key = (name, size.width(), size.height())
        image = self._images.get(key)
        if image is None:
            self._cached_pixels += size.width() * size.height()
            while self._images and self._cached_pixels > _MAX_CACHED_PIXELS:
                oldest = self._images.pop(next(iter(self._images)))
                self._cached_pixels -= oldest.width() * oldest.height()
            image = self._images[key] = _transparent_image(size)
            painter = QPainter(image)
            renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
            painter.end()
        return image


def paint_picture(painter: QPainter, picture: Picture, icons: IconPainter, background: bool = True) -> None:
    """Draw a whole picture with its top left corner at the origin, one point to the unit."""
    if background and picture.background is not None:
        painter.fillRect(QRectF(0, 0, *picture.size), QColor(picture.background))
    for item in picture.items:
        paint_item(painter, item, icons)


def paint_item(painter: QPainter, item: Item, icons: IconPainter) -> None:
    """Draw an item; where it is faint, it is faint as a whole and nothing shines through within it."""
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    if item.opacity >= 1 or len(item.shapes) == 1 or not _is_raster(painter):
        painter.setOpacity(painter.opacity() * item.opacity)
        _paint_shapes(painter, item.shapes, icons)
    elif item.opacity > 0:
        _paint_layer(painter, item, icons)
    painter.restore()


def rounded_path(points: tuple[Point, ...], radius: float = 0) -> QPainterPath:
    """A path through points, each corner rounded as far as its two sides allow."""
    path = QPainterPath()
    stops = [QPointF(*point) for point in points]
    stops = [stop for index, stop in enumerate(stops) if index == 0 or stop != stops[index - 1]]
    if len(stops) < 2:
        return path
    path.moveTo(stops[0])
    for before, corner, after in zip(stops, stops[1:], stops[2:], strict=False):
        to, away = QLineF(corner, before), QLineF(corner, after)
        reach = min(radius, to.length() / 2, away.length() / 2)
        if reach > 0:
            path.lineTo(to.pointAt(reach / to.length()))
            path.quadTo(corner, away.pointAt(reach / away.length()))
        else:
            path.lineTo(corner)
    path.lineTo(stops[-1])
    return path


def arrow_head(points: tuple[Point, ...]) -> tuple[Point, Point, Point] | None:
    """The two barbs of an arrow head and its tip between them, None for a path without length."""
    tip = points[-1] if points else None
    if tip is None:
        return None
    for point in reversed(points):
        if point != tip:
            back = math.atan2(point.y - tip.y, point.x - tip.x)
            turn = math.radians(ARROW_HALF_ANGLE)
            one, other = (
                Point(tip.x + ARROW_LENGTH * math.cos(back + by), tip.y + ARROW_LENGTH * math.sin(back + by))
                for by in (turn, -turn)
            )
            return one, tip, other
    return None


def _paint_shapes(painter: QPainter, shapes: tuple[Shape, ...], icons: IconPainter) -> None:
    for shape in shapes:
        match shape:
            case Rectangle():
                _paint_rectangle(painter, shape)
            case Polyline():
                _paint_polyline(painter, shape)
            case TextShape():
                _paint_text(painter, shape)
            case Icon():
                icons.paint(painter, shape.name, shape.box)
            case Circle():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(shape.fill))
                painter.drawEllipse(QPointF(*shape.center), shape.radius, shape.radius)


def _paint_layer(painter: QPainter, item: Item, icons: IconPainter) -> None:
    device = painter.device()
    to_device, ratio = painter.worldTransform(), device.devicePixelRatio()
    place = to_device.mapRect(_to_qrect(item.box.expanded(ARROW_LENGTH)))
    area = place.intersected(QRectF(0, 0, device.width(), device.height())).toAlignedRect()
    if area.isEmpty():
        return
    layer = _transparent_image(QSize(math.ceil(area.width() * ratio), math.ceil(area.height() * ratio)))
    layer.setDevicePixelRatio(ratio)
    inner = QPainter(layer)
    inner.setRenderHints(painter.renderHints())
    inner.setWorldTransform(to_device * QTransform.fromTranslate(-area.x(), -area.y()))
    _paint_shapes(inner, item.shapes, icons)
    inner.end()
    painter.resetTransform()
    painter.setOpacity(painter.opacity() * item.opacity)
    painter.drawImage(area.topLeft(), layer)


def _paint_rectangle(painter: QPainter, frame: Rectangle) -> None:
    painter.setPen(_pen(frame.stroke) if frame.stroke else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(frame.fill) if frame.fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(_to_qrect(frame.box), frame.radius, frame.radius)


def _paint_polyline(painter: QPainter, line: Polyline) -> None:
    pen = _pen(line.stroke)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(rounded_path(line.points, line.radius))
    head = arrow_head(line.points) if line.arrow_head else None
    if head is not None:
        solid = QPen(pen.color(), pen.widthF(), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        solid.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(solid)
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in head]))


def _paint_text(painter: QPainter, words: TextShape) -> None:
    text = printable(words.text)
    if not text.strip() or words.size <= 0:
        return
    font = picture_font(words.bold)
    scale = words.size / EM_PIXELS
    x = words.box.x
    if words.centered:
        x = words.box.center.x - QFontMetricsF(font).horizontalAdvance(text) * scale / 2
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(words.color))
    painter.translate(x, words.box.center.y + baseline_offset() * words.size)
    painter.scale(scale, scale)
    if words.halo_width > 0:
        outline = QPainterPath()
        outline.addText(QPointF(0, 0), font, text)
        around = QPen(QColor(words.color), 2 * words.halo_width / scale)
        around.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(outline, around)
    else:
        painter.drawText(QPointF(0, 0), text)
    painter.restore()


def _pen(stroke: Stroke) -> QPen:
    if stroke.width <= 0:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(stroke.color), stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if any(length > 0 for length in stroke.dash):
        # Qt counts dashes in pen widths, and wants an even number of them.
        dash = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pen.setDashPattern([length / stroke.width for length in dash])
        if 0 in dash[::2]:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # a dash of no length is a dot
    return pen


def _svg_renderer(data: bytes | None) -> QSvgRenderer | None:
    if data is None:
        return None
    renderer = QSvgRenderer(QByteArray(data))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer if renderer.isValid() else None


def _transparent_image(size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _is_raster(painter: QPainter) -> bool:
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def _to_qrect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.w, box.h)
