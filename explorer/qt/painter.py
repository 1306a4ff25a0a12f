"""Picture painter: paints pictures with Qt on the canvas, in images and in PDF pages."""

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
_MAX_CACHED_PIXELS = 6_000_000
"""The most pixels of all cached icons: 24 MB."""

_MAX_CACHED_SIDE = 512
"""The longest side in pixels of a cached icon; larger icons are rendered each time."""

_PDF_ICON_SCALE = 4
"""Pixels per point of a translucent icon in a PDF."""

IconLookup = Callable[[str], bytes | None]
"""Returns the SVG of an icon by name, or None if there is no such icon."""


class IconPainter:
    """Paints icons by name, and caches them in the painted sizes; for use in one thread only."""

    def __init__(self, lookup: IconLookup = bundled_glyph) -> None:
        self._lookup = lookup
        self._renderers: dict[str, QSvgRenderer | None] = {}
        self._images: dict[tuple[str, int, int], QImage] = {}
        self._cached_pixels = 0

    def set_lookup(self, lookup: IconLookup) -> None:
        """Replace the source of the icons and clear the caches."""
        self._lookup = lookup
        self._renderers.clear()
        self._images.clear()
        self._cached_pixels = 0

    def paint(self, painter: QPainter, name: str, box: Box) -> None:
        """Paint an icon into a box, in its aspect ratio; an unknown name is painted as the icon `unknown`."""
        renderer = self._renderer(name)
        if renderer is None:
            return
        target = _to_qrect(box)
        on_device = painter.deviceTransform().mapRect(target)
        if not _is_raster(painter) and painter.opacity() < 1:
            # In a PDF, overlapping shapes of a translucent icon would show through each other; an image does not.
            size = (target.size() * _PDF_ICON_SCALE).toSize().expandedTo(QSize(1, 1))
            painter.drawImage(target, self._image(name, renderer, size))
            return
        if not _is_raster(painter) or max(on_device.width(), on_device.height()) > _MAX_CACHED_SIDE:
            renderer.render(painter, target)
            return
        # Aligned to whole pixels, the cached image is painted without scaling and stays sharp.
        size = QSize(max(1, round(on_device.width())), max(1, round(on_device.height())))
        aligned = QRectF(round(on_device.x()), round(on_device.y()), size.width(), size.height())
        to_painter, _ = painter.deviceTransform().inverted()
        painter.drawImage(to_painter.mapRect(aligned), self._image(name, renderer, size))

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
    """Paint a complete picture with its top left corner at the origin; one unit is one point."""
    if background and picture.background is not None:
        painter.fillRect(QRectF(0, 0, *picture.size), QColor(picture.background))
    for item in picture.items:
        paint_item(painter, item, icons)


def paint_item(painter: QPainter, item: Item, icons: IconPainter) -> None:
    """Paint an item. A translucent item is painted as a whole, so that its shapes do not show through each other."""
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
    """Return a path with rounded corners; the radius is limited to half of the adjacent sides."""
    path = QPainterPath()
    corners = [QPointF(*point) for point in points]
    corners = [corner for index, corner in enumerate(corners) if index == 0 or corner != corners[index - 1]]
    if len(corners) < 2:
        return path
    path.moveTo(corners[0])
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        incoming, outgoing = QLineF(corner, before), QLineF(corner, after)
        reach = min(radius, incoming.length() / 2, outgoing.length() / 2)
        if reach > 0:
            path.lineTo(incoming.pointAt(reach / incoming.length()))
            path.quadTo(corner, outgoing.pointAt(reach / outgoing.length()))
        else:
            path.lineTo(corner)
    path.lineTo(corners[-1])
    return path


def arrow_head(points: tuple[Point, ...]) -> tuple[Point, Point, Point] | None:
    """Return the tip of an arrow head between its two barbs, or None for a path without length."""
    tip = points[-1] if points else None
    if tip is None:
        return None
    for point in reversed(points):
        if point != tip:
            backwards = math.atan2(point.y - tip.y, point.x - tip.x)
            half_angle = math.radians(ARROW_HALF_ANGLE)
            one, other = (
                Point(
                    tip.x + ARROW_LENGTH * math.cos(backwards + angle),
                    tip.y + ARROW_LENGTH * math.sin(backwards + angle),
                )
                for angle in (half_angle, -half_angle)
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
    """Paint an item into a transparent image, and paint the image with the item's opacity."""
    device = painter.device()
    to_device, ratio = painter.worldTransform(), device.devicePixelRatio()
    bounds = to_device.mapRect(_to_qrect(item.box.expanded(ARROW_LENGTH)))
    area = bounds.intersected(QRectF(0, 0, device.width(), device.height())).toAlignedRect()
    if area.isEmpty():
        return
    layer = _transparent_image(QSize(math.ceil(area.width() * ratio), math.ceil(area.height() * ratio)))
    layer.setDevicePixelRatio(ratio)
    layer_painter = QPainter(layer)
    layer_painter.setRenderHints(painter.renderHints())
    layer_painter.setWorldTransform(to_device * QTransform.fromTranslate(-area.x(), -area.y()))
    _paint_shapes(layer_painter, item.shapes, icons)
    layer_painter.end()
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


def _paint_text(painter: QPainter, shape: TextShape) -> None:
    text = printable(shape.text)
    if not text.strip() or shape.size <= 0:
        return
    font = picture_font(shape.bold)
    scale = shape.size / EM_PIXELS
    x = shape.box.x
    if shape.centered:
        x = shape.box.center.x - QFontMetricsF(font).horizontalAdvance(text) * scale / 2
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(shape.color))
    painter.translate(x, shape.box.center.y + baseline_offset() * shape.size)
    painter.scale(scale, scale)
    if shape.halo_width > 0:
        outline = QPainterPath()
        outline.addText(QPointF(0, 0), font, text)
        halo = QPen(QColor(shape.color), 2 * shape.halo_width / scale)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(outline, halo)
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
        # Qt measures dashes in pen widths, and requires an even number of them.
        dash = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pen.setDashPattern([length / stroke.width for length in dash])
        if 0 in dash[::2]:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # a dash of length 0 is a dot
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
