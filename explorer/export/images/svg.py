"""A request as an SVG that needs nothing beside it, written from the picture's values."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from explorer.export.images.raster import pixel_grid_for
from explorer.export.images.svg_icons import SVG_NAMESPACE, XLINK_NAMESPACE, SvgIcons
from explorer.export.request.request import Request
from explorer.qt.fonts import EM_PIXELS, baseline_offset, picture_font, printable
from explorer.qt.painter import arrow_head, rounded_path
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.flatten import flatten_opacity
from explorer.render.picture import Circle, Icon, Item, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.storage.sessions.embedded import SESSION_NAMESPACE
from explorer.storage.xml_text import xml_safe_text

FONT_FAMILY = "'Liberation Sans', Arial, Helvetica, sans-serif"
"""All of them set text to the same widths, but for the last."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NON_ID_CHARS = re.compile(r"[^A-Za-z0-9_-]+")


def svg_bytes(request: Request) -> bytes:
    """The bytes of the SVG file; nothing that people wrote is ever markup in it."""
    for prefix, space in (("", SVG_NAMESPACE), ("xlink", XLINK_NAMESPACE), ("berth", SESSION_NAMESPACE)):
        ET.register_namespace(prefix, space)
    root = _root_element(request)
    _add_metadata(root, request)
    picture = request.picture
    icons = SvgIcons(request.options.icons)
    writer = _ItemWriter(icons, picture.background, outlines=request.options.text_as_paths)
    drawing = _add_child(root, "g", {"font-family": FONT_FAMILY, _XML_SPACE: "preserve"})
    for item in picture.items:
        drawing.append(writer.item_element(item))
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _root_element(request: Request) -> ET.Element:
    """The root with its size: exact pixels where they are asked for, else the natural size in points."""
    picture, options = request.picture, request.options
    width, height = picture.size
    x = y = 0.0
    sides = {"width": f"{_format_number(width)}pt", "height": f"{_format_number(height)}pt"}
    if options.size is not None:
        sheet = pixel_grid_for(picture, options)
        wide, high = sheet.columns / sheet.scale, sheet.rows / sheet.scale
        x, y, width, height = (width - wide) / 2, (height - high) / 2, wide, high
        sides = {"width": str(sheet.columns), "height": str(sheet.rows)}
    box = {
        "x": _format_number(x),
        "y": _format_number(y),
        "width": _format_number(width),
        "height": _format_number(height),
    }
    root = ET.Element(f"{{{SVG_NAMESPACE}}}svg", {"version": "1.1", **sides, "viewBox": " ".join(box.values())})
    root.set("role", "img")
    root.set("aria-labelledby", "title description")
    if picture.background is not None:
        _add_child(root, "rect", {"class": "background", **box, "fill": picture.background})
    return root


def _add_metadata(root: ET.Element, request: Request) -> None:
    """Title, description and session, before anything that is drawn."""
    title = ET.Element(f"{{{SVG_NAMESPACE}}}title", {"id": "title"})
    title.text = xml_safe_text(printable(request.title))
    told = ET.Element(f"{{{SVG_NAMESPACE}}}desc", {"id": "description"})
    told.text = xml_safe_text(request.description.full_text)
    root.insert(0, title)
    root.insert(1, told)
    if request.session:
        metadata = ET.Element(f"{{{SVG_NAMESPACE}}}metadata")
        ET.SubElement(metadata, f"{{{SESSION_NAMESPACE}}}session").text = xml_safe_text(request.session)
        root.insert(2, metadata)


class _ItemWriter:
    """Turns items into elements; `outlines` draws letters as shapes, so that no font is needed.

    On a known ground what is faint is drawn in solid colours: programs differ in how they fade a group.
    """

    def __init__(self, icons: SvgIcons, ground: str | None, *, outlines: bool) -> None:
        self._svg_icons, self._background, self._text_as_paths = icons, ground, outlines
        self._metrics = QtTextMetrics()
        self._used_ids: set[str] = set()

    def item_element(self, item: Item) -> ET.Element:
        group = ET.Element(f"{{{SVG_NAMESPACE}}}g", {"id": self._unique_id(item.id), "class": item.kind.value})
        if item.name:
            _add_child(group, "title").text = xml_safe_text(printable(item.name))
        else:
            group.set("aria-hidden", "true")
        faint, ground = item.opacity < 1, self._background
        if faint and ground is None:
            group.set("opacity", _format_number(item.opacity))
        for shape in item.shapes:
            if not faint or ground is None:
                self._add_shape(group, shape)
                continue
            self._add_shape(group, flatten_opacity(shape, ground, item.opacity))
            if isinstance(shape, Icon):
                self._add_shape(group, Rectangle(shape.box, fill=ground))
                group[-1].set("fill-opacity", _format_number(1 - item.opacity))
        return group

    def _unique_id(self, id_: str) -> str:
        """An id that any program takes and no other item has."""
        plain = f"berth-{_NON_ID_CHARS.sub('-', id_)}"
        name, number = plain, 2
        while name in self._used_ids:
            name, number = f"{plain}-{number}", number + 1
        self._used_ids.add(name)
        return name

    def _add_shape(self, group: ET.Element, shape: Shape) -> None:
        match shape:
            case Rectangle(box=box, stroke=stroke, fill=fill, radius=radius):
                sides = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
                rect = _add_child(group, "rect", {key: _format_number(side) for key, side in sides.items()})
                if radius:
                    rect.set("rx", _format_number(radius))
                rect.set("fill", fill or "none")
                _add_stroke(rect, stroke)
            case Polyline(points=points, stroke=stroke, radius=radius, arrow_head=head):
                line = _add_child(group, "path", {"d": _path_data(rounded_path(points, radius)), "fill": "none"})
                _add_stroke(line, stroke)
                barbs = arrow_head(points) if head else None
                if barbs is not None:
                    ends = " ".join(f"{_format_number(x)},{_format_number(y)}" for x, y in barbs)
                    tip = _add_child(group, "polyline", {"points": ends, "fill": "none"})
                    _add_stroke(tip, Stroke(stroke.color, stroke.width))
                    _round_ends(tip)
            case TextShape():
                self._add_text(group, shape)
            case Icon(name=name, box=box):
                icon = self._svg_icons.element(name, box)
                if icon is not None:
                    group.append(icon)
            case Circle(center=centre, radius=radius, fill=fill):
                x, y = _format_number(centre.x), _format_number(centre.y)
                _add_child(group, "circle", {"cx": x, "cy": y, "r": _format_number(radius), "fill": fill})

    def _add_text(self, group: ET.Element, words: TextShape) -> None:
        text = xml_safe_text(printable(words.text))
        if not text.strip() or words.size <= 0:
            return
        width = self._metrics.width(text, words.size, words.bold)
        x = words.box.center.x - width / 2 if words.centered else words.box.x
        y = words.box.center.y + baseline_offset() * words.size
        if self._text_as_paths or words.halo_width > 0:
            self._add_text_path(group, words, text, QPointF(x, y))
            return
        element = _add_child(group, "text", {"font-size": _format_number(words.size), "fill": words.color})
        if words.bold:
            element.set("font-weight", "bold")
        # The middle stays where it is, whatever font stands in for ours.
        element.set("x", _format_number(words.box.center.x if words.centered else x))
        element.set("y", _format_number(y))
        if words.centered:
            element.set("text-anchor", "middle")
        element.text = text

    def _add_text_path(self, group: ET.Element, words: TextShape, text: str, at: QPointF) -> None:
        letters = QPainterPath()
        letters.addText(QPointF(0, 0), picture_font(words.bold), text)
        scale = words.size / EM_PIXELS
        place = f"translate({_format_number(at.x())} {_format_number(at.y())}) scale({scale:.5f})"
        element = _add_child(group, "path", {"d": _path_data(letters), "transform": place, "fill": words.color})
        if words.halo_width > 0:
            _add_stroke(element, Stroke(words.color, 2 * words.halo_width / scale))
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
    """The path in the words of SVG."""
    words = {
        QPainterPath.ElementType.MoveToElement: "M",
        QPainterPath.ElementType.LineToElement: "L",
        QPainterPath.ElementType.CurveToElement: "C",
        QPainterPath.ElementType.CurveToDataElement: "",
    }
    elements = (path.elementAt(index) for index in range(path.elementCount()))
    return " ".join(f"{words[one.type]}{_format_number(one.x)} {_format_number(one.y)}" for one in elements)


def _format_number(value: float) -> str:
    """A number exact to a hundredth, and no longer than it must be."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) < 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
