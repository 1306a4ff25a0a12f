"""A drawing as a draw.io file: true parents, edges that hold on to both ends, stencils that stay editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from xml.etree import ElementTree as Xml

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId
from explorer.export.notations import drawio_style as style
from explorer.export.request.merged_shapes import Number, Text, gathered
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.render.picture import Frame, Icon, Item, Picture, Polyline
from explorer.storage.icons.source import OWN, IconSource
from explorer.storage.sessions.embedded import DRAWIO_SESSION
from explorer.storage.xml_text import xml_text

_ROOT, _LAYER = "0", "1"


@dataclass(frozen=True)
class Drawing:
    """An architecture, where it stands, how it looks, and whose icons stand where draw.io has no stencil."""

    architecture: Architecture
    placement: Placement
    picture: Picture
    icons: IconSource = OWN


def drawio_xml(drawing: Drawing, title: str = "", session: str = "") -> bytes:
    """The drawing as the bytes of a `.drawio` file."""
    page = _Page(drawing)
    page.fill()
    if session:
        page.carry(session)
    whole = Xml.Element("mxfile", host="Berth", type="device")
    diagram = Xml.SubElement(whole, "diagram", id="berth", name=xml_text(title).strip() or "Architecture")
    width, height = drawing.picture.size
    model = Xml.SubElement(
        diagram,
        "mxGraphModel",
        grid="1",
        gridSize="10",
        guides="1",
        tooltips="1",
        connect="1",
        arrows="1",
        fold="1",
        page="1",
        pageScale="1",
        pageWidth=f"{width:g}",
        pageHeight=f"{height:g}",
        math="0",
        shadow="0",
        background=drawing.picture.background or "none",
    )
    model.append(page.root)
    Xml.indent(whole)
    return bytes(Xml.tostring(whole, encoding="utf-8", xml_declaration=True)) + b"\n"


class _Page:
    """The cells of one drawing; each stands where its parent does, and is measured from there."""

    def __init__(self, drawing: Drawing) -> None:
        self.architecture, self.placement = drawing.architecture, drawing.placement
        self.picture, self.icons = drawing.picture, drawing.icons
        self.root = Xml.Element("root")
        self.origin: dict[GroupId | None, Point] = {None: Point(0, 0)}
        self.node = {placed.node.id: f"n{number}" for number, placed in enumerate(self.placement.nodes)}
        self.group: dict[GroupId | None, str] = {None: _LAYER}
        Xml.SubElement(self.root, "mxCell", id=_ROOT)
        Xml.SubElement(self.root, "mxCell", {"id": _LAYER, "parent": _ROOT})

    def fill(self) -> None:
        """Frames, then nodes, then edges, then what belongs to none of them."""
        known: set[str] = set()
        self._groups(None)
        known.update(f"group:{placed.group.id}" for placed in self.placement.groups)
        for placed in self.placement.nodes:
            self._node(placed)
            known.add(placed.node.id)
        for number, edge in enumerate(self.placement.edges):
            self._edge(edge, f"e{number}")
            known.add(edge.edge.id)
        others = (item for item in self.picture.items if item.id not in known)
        for number, item in enumerate(others):
            self._other(item, f"d{number}")

    def carry(self, session: str) -> None:
        """A session in an object that is not seen, and that draw.io keeps when it saves."""
        told = Xml.SubElement(self.root, "UserObject", id=DRAWIO_SESSION, label="", session=xml_text(session))
        cell = Xml.SubElement(
            told, "mxCell", {"style": "text;", "vertex": "1", "visible": "0", "parent": _LAYER}
        )
        Xml.SubElement(cell, "mxGeometry", {"width": "1", "height": "1", "as": "geometry"})

    def _groups(self, parent: GroupId | None) -> None:
        for placed in self.placement.groups:
            if placed.group.parent == parent:
                self._group(placed)
                self._groups(placed.group.id)

    def _group(self, placed: PlacedGroup) -> None:
        item = self.picture.item_by_id[f"group:{placed.group.id}"]
        name = f"g{len(self.group) - 1}"
        self.group[placed.group.id] = name
        marks = list(gathered(item.shapes))
        frame = next((mark for mark in marks if isinstance(mark, Frame)), Frame(placed.box))
        title = next((mark.lines[0] for mark in marks if isinstance(mark, Text)), None)
        look = style.frame_style(placed.group.kind, frame, title)
        self._vertex(name, _html(placed.group.label), look, placed.box, placed.group.parent)
        self.origin[placed.group.id] = Point(placed.box.x, placed.box.y)

    def _node(self, placed: PlacedNode) -> None:
        item = self.picture.item_by_id[placed.node.id]
        home = self.architecture.home(placed.node)
        name = self.node[placed.node.id]
        marks = list(gathered(item.shapes))
        texts = [line for mark in marks if isinstance(mark, Text) for line in mark.lines]
        value = "<br>".join(_line(line.text, line.colour, line.bold) for line in texts)
        frames = [mark for mark in marks if isinstance(mark, Frame)]
        icon = next((mark for mark in marks if isinstance(mark, Icon)), None)
        if icon is None and frames:  # a card, which is its words on a plate
            self._vertex(name, value, style.plain_style(frames[0], item), placed.box, home)
            return
        for frame in frames:
            self._vertex(f"{name}-state", "", style.plain_style(frame, item), frame.box, home)
        kind = icon.name if icon else placed.node.kind
        look = style.icon_style(kind, self.icons.svg, item, beside=placed.companion)
        self._vertex(name, value, look, placed.box, home)

    def _edge(self, placed: PlacedEdge, name: str) -> None:
        item = self.picture.item_by_id[placed.edge.id]
        home = self.architecture.between(placed.edge)
        for mark in gathered(item.shapes):
            match mark:
                case Polyline():
                    self._path(placed, mark, item, name, home)
                case Number(disc, words):
                    box = Box(*disc.centre, 0, 0).grown(disc.radius)
                    look = style.number_style(disc.fill, words, item)
                    self._along(f"{name}-number", _html(words.text if words else ""), look, box, placed, name)
                case Text():
                    value = "<br>".join(_html(line.text) for line in mark.lines)
                    look = style.label_style(mark.lines[0], item)
                    box = Box(*mark.box.centre, 0, 0)
                    self._along(f"{name}-words", value, look, box, placed, name)

    def _path(self, placed: PlacedEdge, line: Polyline, item: Item, name: str, home: GroupId | None) -> None:
        ends = self._end("exit", placed.edge.source, placed.points[0])
        ends += self._end("entry", placed.edge.target, placed.points[-1])
        cell = self._cell(name, "", style.edge_style(line, item, ends), self.group[home], kind="edge")
        cell.set("source", self.node[placed.edge.source])
        cell.set("target", self.node[placed.edge.target])
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if len(placed.points) > 2:
            bends = Xml.SubElement(geometry, "Array", {"as": "points"})
            for point in placed.points[1:-1]:
                Xml.SubElement(bends, "mxPoint", self._at(point, home))

    def _end(self, word: str, node: str, point: Point) -> str:
        """Where an edge touches a node, in shares of the node's width and height."""
        box = next(placed.box for placed in self.placement.nodes if placed.node.id == node)
        x, y = (point.x - box.x) / box.w, (point.y - box.y) / box.h
        return f"{word}X={x:.4g};{word}Y={y:.4g};{word}Dx=0;{word}Dy=0;{word}Perimeter=0;"

    def _along(self, name: str, value: str, look: str, box: Box, placed: PlacedEdge, edge: str) -> None:
        """Something at an edge, where the picture has it: as far from the edge's middle."""
        middle = _halfway(placed.points)
        cell = self._cell(name, value, look, edge, connectable="0")
        size = {"width": f"{box.w:g}", "height": f"{box.h:g}"} if box.w else {}
        geometry = Xml.SubElement(cell, "mxGeometry", {**size, "relative": "1", "as": "geometry"})
        away = {"x": _exact(box.x - middle.x), "y": _exact(box.y - middle.y), "as": "offset"}
        Xml.SubElement(geometry, "mxPoint", away)

    def _other(self, item: Item, name: str) -> None:
        for number, mark in enumerate(gathered(item.shapes)):
            part = f"{name}-{number}"
            match mark:
                case Frame():
                    self._vertex(part, "", style.plain_style(mark, item), mark.box, None)
                case Icon():
                    self._vertex(
                        part,
                        "",
                        style.icon_style(mark.name, self.icons.svg, item, beside=False),
                        mark.box,
                        None,
                    )
                case Text():
                    value = "<br>".join(_line(line.text, line.colour, line.bold) for line in mark.lines)
                    self._vertex(part, value, style.text_style(mark.lines[0], item), mark.box, None)
                case Number(disc, words):
                    box = Box(*disc.centre, 0, 0).grown(disc.radius)
                    look = style.number_style(disc.fill, words, item)
                    self._vertex(part, _html(words.text if words else ""), look, box, None)
                case Polyline():
                    self._loose(part, mark, item)

    def _loose(self, name: str, line: Polyline, item: Item) -> None:
        """A line that leads from no node to no other, as in a key."""
        look = style.edge_style(line, item, "")
        cell = self._cell(name, "", look, _LAYER, kind="edge")
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        for point, word in ((line.points[0], "sourcePoint"), (line.points[-1], "targetPoint")):
            Xml.SubElement(geometry, "mxPoint", {**self._at(point, None), "as": word})

    def _vertex(self, name: str, value: str, look: str, box: Box, home: GroupId | None) -> None:
        cell = self._cell(name, value, look, self.group[home])
        place = self._at(Point(box.x, box.y), home)
        size = {"width": _exact(box.w), "height": _exact(box.h)}
        Xml.SubElement(cell, "mxGeometry", {**place, **size, "as": "geometry"})

    def _cell(
        self, name: str, value: str, look: str, parent: str, *, kind: str = "vertex", connectable: str = ""
    ) -> Xml.Element:
        told = {"id": name, "value": value, "style": look, kind: "1", "parent": parent}
        if connectable:
            told["connectable"] = connectable
        return Xml.SubElement(self.root, "mxCell", told)

    def _at(self, point: Point, home: GroupId | None) -> dict[str, str]:
        origin = self.origin[home]
        return {"x": _exact(point.x - origin.x), "y": _exact(point.y - origin.y)}


def _halfway(points: Sequence[Point]) -> Point:
    """The point of a path that is as far from its start as from its end."""
    runs = [abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(points)]
    left = sum(runs) / 2
    for run, (a, b) in zip(runs, pairwise(points), strict=True):
        if run and left <= run:
            share = left / run
            return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        left -= run
    return points[0]


def _line(text: str, colour: str, bold: bool) -> str:
    told = f'<font color="{colour}">{_html(text)}</font>'
    return f"<b>{told}</b>" if bold else told


def _html(text: str) -> str:
    """The words as draw.io shows them verbatim: it reads the values of cells as HTML."""
    return escape(xml_text(text))


def _exact(number: float) -> str:
    return f"{round(number, 2) + 0.0:g}"
