"""A request as an SVG that needs nothing beside it, written from the picture's values."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from explorer.export.images.raster import sheet_for
from explorer.export.images.svg_icons import SVG, XLINK, SvgIcons
from explorer.export.request.request import Request
from explorer.qt.fonts import EM, baseline, face, printable
from explorer.qt.painter import head_of, path_of
from explorer.qt.text_metrics import QtRuler
from explorer.render.flatten import solid
from explorer.render.picture import Disc, Frame, Icon, Item, Polyline, Shape, Stroke, Words
from explorer.storage.sessions.embedded import SESSION_NAMESPACE
from explorer.storage.xml_text import xml_text

FONTS = "'Liberation Sans', Arial, Helvetica, sans-serif"
"""All of them set text to the same widths, but for the last."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def made(request: Request) -> bytes:
    """The bytes of the SVG file; nothing that people wrote is ever markup in it."""
    for prefix, space in (("", SVG), ("xlink", XLINK), ("berth", SESSION_NAMESPACE)):
        ET.register_namespace(prefix, space)
    root = _page(request)
    _add_words(root, request)
    picture = request.picture
    icons = SvgIcons(request.options.icons)
    writer = _Writer(icons, picture.background, outlines=request.options.outlines)
    drawing = _sub(root, "g", {"font-family": FONTS, _SPACE: "preserve"})
    for item in picture.items:
        drawing.append(writer.item(item))
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _page(request: Request) -> ET.Element:
    """The root with its size: exact pixels where they are asked for, else the natural size in points."""
    picture, options = request.picture, request.options
    width, height = picture.size
    x = y = 0.0
    sides = {"width": f"{_number(width)}pt", "height": f"{_number(height)}pt"}
    if options.size is not None:
        sheet = sheet_for(picture, options)
        wide, high = sheet.columns / sheet.scale, sheet.rows / sheet.scale
        x, y, width, height = (width - wide) / 2, (height - high) / 2, wide, high
        sides = {"width": str(sheet.columns), "height": str(sheet.rows)}
    box = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
    root = ET.Element(f"{{{SVG}}}svg", {"version": "1.1", **sides, "viewBox": " ".join(box.values())})
    root.set("role", "img")
    root.set("aria-labelledby", "title description")
    if picture.background is not None:
        _sub(root, "rect", {"class": "background", **box, "fill": picture.background})
    return root


def _add_words(root: ET.Element, request: Request) -> None:
    """Title, description and session, before anything that is drawn."""
    title = ET.Element(f"{{{SVG}}}title", {"id": "title"})
    title.text = xml_text(printable(request.title))
    told = ET.Element(f"{{{SVG}}}desc", {"id": "description"})
    told.text = xml_text(request.description.whole)
    root.insert(0, title)
    root.insert(1, told)
    if request.session:
        metadata = ET.Element(f"{{{SVG}}}metadata")
        ET.SubElement(metadata, f"{{{SESSION_NAMESPACE}}}session").text = xml_text(request.session)
        root.insert(2, metadata)


class _Writer:
    """Turns items into elements; `outlines` draws letters as shapes, so that no font is needed.

    On a known ground what is faint is drawn in solid colours: programs differ in how they fade a group.
    """

    def __init__(self, icons: SvgIcons, ground: str | None, *, outlines: bool) -> None:
        self._icons, self._ground, self._outlines = icons, ground, outlines
        self._ruler = QtRuler()
        self._taken: set[str] = set()

    def item(self, item: Item) -> ET.Element:
        group = ET.Element(f"{{{SVG}}}g", {"id": self._name(item.id), "class": item.kind.value})
        if item.name:
            _sub(group, "title").text = xml_text(printable(item.name))
        else:
            group.set("aria-hidden", "true")
        faint, ground = item.opacity < 1, self._ground
        if faint and ground is None:
            group.set("opacity", _number(item.opacity))
        for shape in item.shapes:
            if not faint or ground is None:
                self._shape(group, shape)
                continue
            self._shape(group, solid(shape, ground, item.opacity))
            if isinstance(shape, Icon):
                self._shape(group, Frame(shape.box, fill=ground))
                group[-1].set("fill-opacity", _number(1 - item.opacity))
        return group

    def _name(self, id_: str) -> str:
        """An id that any program takes and no other item has."""
        plain = f"berth-{_NO_NAME.sub('-', id_)}"
        name, number = plain, 2
        while name in self._taken:
            name, number = f"{plain}-{number}", number + 1
        self._taken.add(name)
        return name

    def _shape(self, group: ET.Element, shape: Shape) -> None:
        match shape:
            case Frame(box=box, stroke=stroke, fill=fill, radius=radius):
                sides = {"x": box.x, "y": box.y, "width": box.w, "height": box.h}
                rect = _sub(group, "rect", {key: _number(side) for key, side in sides.items()})
                if radius:
                    rect.set("rx", _number(radius))
                rect.set("fill", fill or "none")
                _add_stroke(rect, stroke)
            case Polyline(points=points, stroke=stroke, radius=radius, head=head):
                line = _sub(group, "path", {"d": _path(path_of(points, radius)), "fill": "none"})
                _add_stroke(line, stroke)
                barbs = head_of(points) if head else None
                if barbs is not None:
                    ends = " ".join(f"{_number(x)},{_number(y)}" for x, y in barbs)
                    tip = _sub(group, "polyline", {"points": ends, "fill": "none"})
                    _add_stroke(tip, Stroke(stroke.colour, stroke.width))
                    _round(tip)
            case Words():
                self._words(group, shape)
            case Icon(name=name, box=box):
                icon = self._icons.element(name, box)
                if icon is not None:
                    group.append(icon)
            case Disc(centre=centre, radius=radius, fill=fill):
                x, y = _number(centre.x), _number(centre.y)
                _sub(group, "circle", {"cx": x, "cy": y, "r": _number(radius), "fill": fill})

    def _words(self, group: ET.Element, words: Words) -> None:
        text = xml_text(printable(words.text))
        if not text.strip() or words.size <= 0:
            return
        width = self._ruler.width(text, words.size, words.bold)
        x = words.box.centre.x - width / 2 if words.centred else words.box.x
        y = words.box.centre.y + baseline() * words.size
        if self._outlines or words.rim > 0:
            self._outline(group, words, text, QPointF(x, y))
            return
        element = _sub(group, "text", {"font-size": _number(words.size), "fill": words.colour})
        if words.bold:
            element.set("font-weight", "bold")
        # The middle stays where it is, whatever font stands in for ours.
        element.set("x", _number(words.box.centre.x if words.centred else x))
        element.set("y", _number(y))
        if words.centred:
            element.set("text-anchor", "middle")
        element.text = text

    def _outline(self, group: ET.Element, words: Words, text: str, at: QPointF) -> None:
        letters = QPainterPath()
        letters.addText(QPointF(0, 0), face(words.bold), text)
        scale = words.size / EM
        place = f"translate({_number(at.x())} {_number(at.y())}) scale({scale:.5f})"
        element = _sub(group, "path", {"d": _path(letters), "transform": place, "fill": words.colour})
        if words.rim > 0:
            _add_stroke(element, Stroke(words.colour, 2 * words.rim / scale))
            _round(element)


def _sub(parent: ET.Element, name: str, attributes: dict[str, str] | None = None) -> ET.Element:
    return ET.SubElement(parent, f"{{{SVG}}}{name}", attributes or {})


def _add_stroke(element: ET.Element, stroke: Stroke | None) -> None:
    if stroke is None or stroke.width <= 0:
        return
    element.set("stroke", stroke.colour)
    element.set("stroke-width", _number(stroke.width))
    if any(length > 0 for length in stroke.dash):
        element.set("stroke-dasharray", " ".join(_number(length) for length in stroke.dash))
        if 0 in stroke.dash[::2]:
            element.set("stroke-linecap", "round")


def _round(element: ET.Element) -> None:
    element.set("stroke-linecap", "round")
    element.set("stroke-linejoin", "round")


def _path(path: QPainterPath) -> str:
    """The path in the words of SVG."""
    words = {
        QPainterPath.ElementType.MoveToElement: "M",
        QPainterPath.ElementType.LineToElement: "L",
        QPainterPath.ElementType.CurveToElement: "C",
        QPainterPath.ElementType.CurveToDataElement: "",
    }
    elements = (path.elementAt(index) for index in range(path.elementCount()))
    return " ".join(f"{words[one.type]}{_number(one.x)} {_number(one.y)}" for one in elements)


def _number(value: float) -> str:
    """A number exact to a hundredth, and no longer than it must be."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) < 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
