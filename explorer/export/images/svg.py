"""SVG writer: a self-contained image with text description and embedded session."""

from __future__ import annotations

import re
from hashlib import sha256
from xml.etree import ElementTree as ET

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from explorer.export.images.raster import pixel_grid_for
from explorer.export.images.svg_icons import SVG_NAMESPACE, XLINK_NAMESPACE, SvgIcons
from explorer.export.request.request import Request
from explorer.qt.fonts import EM_PIXELS, baseline_offset, picture_font, printable
from explorer.qt.painter import arrow_head, rounded_path
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.effects import flatten_opacity
from explorer.render.picture import Circle, Icon, Item, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.storage.sessions.embedded import SESSION_NAMESPACE
from explorer.storage.xml_text import xml_safe_text

FONT_FAMILY = "'Liberation Sans', Arial, Helvetica, sans-serif"
"""All but the last have the same text widths as the bundled font."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NON_ID_CHARS = re.compile(r"[^A-Za-z0-9_-]+")


def svg_bytes(request: Request, drawio_source: bytes = b"") -> bytes:
    """Return the picture as the bytes of an SVG file; text of the user never becomes markup.

    `drawio_source` is a draw.io file to embed, so that draw.io can edit the image.
    """
    for prefix, namespace in (("", SVG_NAMESPACE), ("xlink", XLINK_NAMESPACE), ("berth", SESSION_NAMESPACE)):
        ET.register_namespace(prefix, namespace)
    picture, id_prefix = request.picture, _id_prefix(request)
    root = _root_element(request, id_prefix)
    if drawio_source:
        root.set("content", drawio_source.decode())
    _add_metadata(root, request, id_prefix)
    icons = SvgIcons(request.options.icons, id_prefix)
    writer = _ItemWriter(icons, picture.background, id_prefix, text_as_paths=request.options.text_as_paths)
    content = _add_child(root, "g", {"font-family": FONT_FAMILY, _XML_SPACE: "preserve"})
    for item in picture.items:
        content.append(writer.item_element(item))
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _id_prefix(request: Request) -> str:
    """Return a prefix that makes ids unique among different drawings in one HTML page."""
    digest = sha256(repr((request.title, request.picture)).encode("utf-8", "replace")).hexdigest()
    return f"berth-{digest[:8]}-"


def _root_element(request: Request, id_prefix: str) -> ET.Element:
    """Return the root element: exact size in pixels if requested, else the natural size in points."""
    picture, options = request.picture, request.options
    width, height = picture.size
    x = y = 0.0
    sides = {"width": f"{_format_number(width)}pt", "height": f"{_format_number(height)}pt"}
    if options.size is not None:
        grid = pixel_grid_for(picture, options)
        page_width, page_height = grid.columns / grid.scale, grid.rows / grid.scale
        x, y = (width - page_width) / 2, (height - page_height) / 2
        width, height = page_width, page_height
        sides = {"width": str(grid.columns), "height": str(grid.rows)}
    box = {
        "x": _format_number(x),
        "y": _format_number(y),
        "width": _format_number(width),
        "height": _format_number(height),
    }
    root = ET.Element(f"{{{SVG_NAMESPACE}}}svg", {"version": "1.1", **sides, "viewBox": " ".join(box.values())})
    root.set("role", "img")
    root.set("aria-labelledby", f"{id_prefix}title {id_prefix}description")
    if picture.background is not None:
        _add_child(root, "rect", {"class": "background", **box, "fill": picture.background})
    return root


def _add_metadata(root: ET.Element, request: Request, id_prefix: str) -> None:
    """Add title, description and session before all shapes."""
    title = ET.Element(f"{{{SVG_NAMESPACE}}}title", {"id": f"{id_prefix}title"})
    title.text = xml_safe_text(printable(request.title))
    description = ET.Element(f"{{{SVG_NAMESPACE}}}desc", {"id": f"{id_prefix}description"})
    description.text = xml_safe_text(request.description.full_text)
    root.insert(0, title)
    root.insert(1, description)
    if request.session:
        metadata = ET.Element(f"{{{SVG_NAMESPACE}}}metadata")
        ET.SubElement(metadata, f"{{{SESSION_NAMESPACE}}}session").text = xml_safe_text(request.session)
        root.insert(2, metadata)


class _ItemWriter:
    """Turns items into SVG elements; `text_as_paths` draws text as outlines, so that no font is needed.

    On a known background, translucent items get opaque colors: programs differ in how they fade a group.
    """

    def __init__(self, icons: SvgIcons, background: str | None, id_prefix: str, *, text_as_paths: bool) -> None:
        self._svg_icons, self._background, self._text_as_paths = icons, background, text_as_paths
        self._id_prefix, self._metrics = id_prefix, QtTextMetrics()
        self._used_ids = {f"{id_prefix}title", f"{id_prefix}description"}

    def item_element(self, item: Item) -> ET.Element:
        group = ET.Element(f"{{{SVG_NAMESPACE}}}g", {"id": self._unique_id(item.id), "class": item.kind.value})
        if item.name:
            _add_child(group, "title").text = xml_safe_text(printable(item.name))
        else:
            group.set("aria-hidden", "true")
        translucent, background = item.opacity < 1, self._background
        if translucent and background is None:
            group.set("opacity", _format_number(item.opacity))
        for shape in item.shapes:
            if not translucent or background is None:
                self._add_shape(group, shape)
                continue
            self._add_shape(group, flatten_opacity(shape, background, item.opacity))
            if isinstance(shape, Icon):
                self._add_shape(group, Rectangle(shape.box, fill=background))
                group[-1].set("fill-opacity", _format_number(1 - item.opacity))
        return group

    def _unique_id(self, item_id: str) -> str:
        """Return an id that is valid in every program and unique in the image."""
        base = f"{self._id_prefix}{_NON_ID_CHARS.sub('-', item_id)}"
        unique, number = base, 2
        while unique in self._used_ids:
            unique, number = f"{base}-{number}", number + 1
        self._used_ids.add(unique)
        return unique

    def _add_shape(self, group: ET.Element, shape: Shape) -> None:
        match shape:
            case Rectangle(box=box, stroke=stroke, fill=fill, radius=radius):
                sides = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
                rect = _add_child(group, "rect", {key: _format_number(side) for key, side in sides.items()})
                if radius:
                    rect.set("rx", _format_number(radius))
                rect.set("fill", fill or "none")
                _add_stroke(rect, stroke)
            case Polyline(points=points, stroke=stroke, radius=radius, arrow_head=has_head):
                line = _add_child(group, "path", {"d": _path_data(rounded_path(points, radius)), "fill": "none"})
                _add_stroke(line, stroke)
                head = arrow_head(points) if has_head else None
                if head is not None:
                    ends = " ".join(f"{_format_number(x)},{_format_number(y)}" for x, y in head)
                    tip = _add_child(group, "polyline", {"points": ends, "fill": "none"})
                    _add_stroke(tip, Stroke(stroke.color, stroke.width))
                    _round_ends(tip)
            case TextShape():
                self._add_text(group, shape)
            case Icon(name=name, box=box):
                icon = self._svg_icons.element(name, box)
                if icon is not None:
                    group.append(icon)
            case Circle(center=center, radius=radius, fill=fill):
                x, y = _format_number(center.x), _format_number(center.y)
                _add_child(group, "circle", {"cx": x, "cy": y, "r": _format_number(radius), "fill": fill})

    def _add_text(self, group: ET.Element, shape: TextShape) -> None:
        text = xml_safe_text(printable(shape.text))
        if not text.strip() or shape.size <= 0:
            return
        width = self._metrics.width(text, shape.size, shape.bold)
        x = shape.box.center.x - width / 2 if shape.centered else shape.box.x
        y = shape.box.center.y + baseline_offset() * shape.size
        if self._text_as_paths or shape.halo_width > 0:
            self._add_text_path(group, shape, text, QPointF(x, y))
            return
        element = _add_child(group, "text", {"font-size": _format_number(shape.size), "fill": shape.color})
        if shape.bold:
            element.set("font-weight", "bold")
        # The anchor keeps centered text in place if the program substitutes the font.
        element.set("x", _format_number(shape.box.center.x if shape.centered else x))
        element.set("y", _format_number(y))
        if shape.centered:
            element.set("text-anchor", "middle")
        element.text = text

    def _add_text_path(self, group: ET.Element, shape: TextShape, text: str, baseline: QPointF) -> None:
        outline = QPainterPath()
        outline.addText(QPointF(0, 0), picture_font(shape.bold), text)
        scale = shape.size / EM_PIXELS
        transform = f"translate({_format_number(baseline.x())} {_format_number(baseline.y())}) scale({scale:.5f})"
        element = _add_child(group, "path", {"d": _path_data(outline), "transform": transform, "fill": shape.color})
        if shape.halo_width > 0:
            _add_stroke(element, Stroke(shape.color, 2 * shape.halo_width / scale))
            _round_ends(element)


def _add_child(parent: ET.Element, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    return ET.SubElement(parent, f"{{{SVG_NAMESPACE}}}{name}", attributes or {})


def _add_stroke(element: ET.Element, stroke: Stroke | None) -> None:
    if stroke is None or stroke.width <= 0:
        return
    element.set("stroke", stroke.color)
    element.set("stroke-width", _format_number(stroke.width))
    if any(length > 0 for length in stroke.dash):
        element.set("stroke-dasharray", " ".join(_format_number(length) for length in stroke.dash))
        if 0 in stroke.dash[::2]:
            element.set("stroke-linecap", "round")


def _round_ends(element: ET.Element) -> None:
    element.set("stroke-linecap", "round")
    element.set("stroke-linejoin", "round")


def _path_data(path: QPainterPath) -> str:
    """Return the path as SVG path data."""
    commands = {
        QPainterPath.ElementType.MoveToElement: "M",
        QPainterPath.ElementType.LineToElement: "L",
        QPainterPath.ElementType.CurveToElement: "C",
        QPainterPath.ElementType.CurveToDataElement: "",
    }
    elements = (path.elementAt(index) for index in range(path.elementCount()))
    return " ".join(f"{commands[each.type]}{_format_number(each.x)} {_format_number(each.y)}" for each in elements)


def _format_number(value: float) -> str:
    """Return a number, rounded to a hundredth, in its shortest form."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) < 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
