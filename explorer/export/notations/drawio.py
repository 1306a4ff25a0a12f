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
from explorer.export.request.merged_shapes import NumberBadge, TextBlock, merge_text_lines
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.render.picture import Icon, Item, Picture, Polyline, Rectangle
from explorer.storage.icons.source import GLYPHS_ONLY, IconSource
from explorer.storage.sessions.embedded import DRAWIO_SESSION_ID
from explorer.storage.xml_text import xml_safe_text

_ROOT_ID, _LAYER_ID = "0", "1"


@dataclass(frozen=True)
class DiagramInput:
    """An architecture, where it stands, how it looks, and whose icons stand where draw.io has no stencil."""

    architecture: Architecture
    placement: Placement
    picture: Picture
    icons: IconSource = GLYPHS_ONLY


def drawio_xml(drawing: DiagramInput, title: str = "", session: str = "") -> bytes:
    """The drawing as the bytes of a `.drawio` file."""
    page = _CellWriter(drawing)
    page.add_all()
    if session:
        page.embed_session(session)
    whole = Xml.Element("mxfile", host="Berth", type="device")
    diagram = Xml.SubElement(whole, "diagram", id="berth", name=xml_safe_text(title).strip() or "Architecture")
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


class _CellWriter:
    """The cells of one drawing; each stands where its parent does, and is measured from there."""

    def __init__(self, drawing: DiagramInput) -> None:
        self.architecture, self.placement = drawing.architecture, drawing.placement
        self.picture, self.icons = drawing.picture, drawing.icons
        self.root = Xml.Element("root")
        self.origins: dict[GroupId | None, Point] = {None: Point(0, 0)}
        self.node_ids = {placed.node.id: f"n{number}" for number, placed in enumerate(self.placement.nodes)}
        self.group_ids: dict[GroupId | None, str] = {None: _LAYER_ID}
        Xml.SubElement(self.root, "mxCell", id=_ROOT_ID)
        Xml.SubElement(self.root, "mxCell", {"id": _LAYER_ID, "parent": _ROOT_ID})

    def add_all(self) -> None:
        """Frames, then nodes, then edges, then what belongs to none of them."""
        known: set[str] = set()
        self._add_groups(None)
        known.update(f"group:{placed.group.id}" for placed in self.placement.groups)
        for placed in self.placement.nodes:
            self._add_node(placed)
            known.add(placed.node.id)
        for number, edge in enumerate(self.placement.edges):
            self._add_edge(edge, f"e{number}")
            known.add(edge.edge.id)
        others = (item for item in self.picture.items if item.id not in known)
        for number, item in enumerate(others):
            self._add_free_item(item, f"d{number}")

    def embed_session(self, session: str) -> None:
        """A session in an object that is not seen, and that draw.io keeps when it saves."""
        told = Xml.SubElement(self.root, "UserObject", id=DRAWIO_SESSION_ID, label="", session=xml_safe_text(session))
        cell = Xml.SubElement(told, "mxCell", {"style": "text;", "vertex": "1", "visible": "0", "parent": _LAYER_ID})
        Xml.SubElement(cell, "mxGeometry", {"width": "1", "height": "1", "as": "geometry"})

    def _add_groups(self, parent: GroupId | None) -> None:
        for placed in self.placement.groups:
            if placed.group.parent == parent:
                self._add_group(placed)
                self._add_groups(placed.group.id)

    def _add_group(self, placed: PlacedGroup) -> None:
        item = self.picture.item_by_id[f"group:{placed.group.id}"]
        name = f"g{len(self.group_ids) - 1}"
        self.group_ids[placed.group.id] = name
        marks = list(merge_text_lines(item.shapes))
        frame = next((mark for mark in marks if isinstance(mark, Rectangle)), Rectangle(placed.box))
        title = next((mark.lines[0] for mark in marks if isinstance(mark, TextBlock)), None)
        look = style.frame_style(placed.group.kind, frame, title)
        self._add_vertex(name, _escape_html(placed.group.label), look, placed.box, placed.group.parent)
        self.origins[placed.group.id] = Point(placed.box.x, placed.box.y)

    def _add_node(self, placed: PlacedNode) -> None:
        item = self.picture.item_by_id[placed.node.id]
        home = self.architecture.group_of(placed.node)
        name = self.node_ids[placed.node.id]
        marks = list(merge_text_lines(item.shapes))
        texts = [line for mark in marks if isinstance(mark, TextBlock) for line in mark.lines]
        value = "<br>".join(_styled_text(line.text, line.color, line.bold) for line in texts)
        frames = [mark for mark in marks if isinstance(mark, Rectangle)]
        icon = next((mark for mark in marks if isinstance(mark, Icon)), None)
        if icon is None and frames:  # a card, which is its words on a plate
            self._add_vertex(name, value, style.rectangle_style(frames[0], item), placed.icon_box, home)
            return
        for frame in frames:
            self._add_vertex(f"{name}-state", "", style.rectangle_style(frame, item), frame.box, home)
        kind = icon.name if icon else placed.node.kind
        look = style.icon_style(kind, self.icons.svg, item, beside=placed.is_companion)
        self._add_vertex(name, value, look, placed.icon_box, home)

    def _add_edge(self, placed: PlacedEdge, name: str) -> None:
        item = self.picture.item_by_id[placed.edge.id]
        home = self.architecture.common_group(placed.edge)
        for mark in merge_text_lines(item.shapes):
            match mark:
                case Polyline():
                    self._add_connector(placed, mark, item, name, home)
                case NumberBadge(disc, words):
                    box = Box(*disc.center, 0, 0).expanded(disc.radius)
                    look = style.badge_style(disc.fill, words, item)
                    self._add_edge_label(
                        f"{name}-number", _escape_html(words.text if words else ""), look, box, placed, name
                    )
                case TextBlock():
                    value = "<br>".join(_escape_html(line.text) for line in mark.lines)
                    look = style.label_style(mark.lines[0], item)
                    box = Box(*mark.box.center, 0, 0)
                    self._add_edge_label(f"{name}-words", value, look, box, placed, name)

    def _add_connector(self, placed: PlacedEdge, line: Polyline, item: Item, name: str, home: GroupId | None) -> None:
        ends = self._anchor_style("exit", placed.edge.source, placed.points[0])
        ends += self._anchor_style("entry", placed.edge.target, placed.points[-1])
        cell = self._add_cell(name, "", style.edge_style(line, item, ends), self.group_ids[home], kind="edge")
        cell.set("source", self.node_ids[placed.edge.source])
        cell.set("target", self.node_ids[placed.edge.target])
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if len(placed.points) > 2:
            bends = Xml.SubElement(geometry, "Array", {"as": "points"})
            for point in placed.points[1:-1]:
                Xml.SubElement(bends, "mxPoint", self._relative_point(point, home))

    def _anchor_style(self, word: str, node: str, point: Point) -> str:
        """Where an edge touches a node, in shares of the node's width and height."""
        box = next(placed.icon_box for placed in self.placement.nodes if placed.node.id == node)
        x, y = (point.x - box.x) / box.w, (point.y - box.y) / box.h
        return f"{word}X={x:.4g};{word}Y={y:.4g};{word}Dx=0;{word}Dy=0;{word}Perimeter=0;"

    def _add_edge_label(self, name: str, value: str, look: str, box: Box, placed: PlacedEdge, edge: str) -> None:
        """Something at an edge, where the picture has it: as far from the edge's middle."""
        middle = _path_midpoint(placed.points)
        cell = self._add_cell(name, value, look, edge, connectable="0")
        size = {"width": f"{box.w:g}", "height": f"{box.h:g}"} if box.w else {}
        geometry = Xml.SubElement(cell, "mxGeometry", {**size, "relative": "1", "as": "geometry"})
        away = {"x": _format_number(box.x - middle.x), "y": _format_number(box.y - middle.y), "as": "offset"}
        Xml.SubElement(geometry, "mxPoint", away)

    def _add_free_item(self, item: Item, name: str) -> None:
        for number, mark in enumerate(merge_text_lines(item.shapes)):
            part = f"{name}-{number}"
            match mark:
                case Rectangle():
                    self._add_vertex(part, "", style.rectangle_style(mark, item), mark.box, None)
                case Icon():
                    self._add_vertex(
                        part,
                        "",
                        style.icon_style(mark.name, self.icons.svg, item, beside=False),
                        mark.box,
                        None,
                    )
                case TextBlock():
                    value = "<br>".join(_styled_text(line.text, line.color, line.bold) for line in mark.lines)
                    self._add_vertex(part, value, style.text_style(mark.lines[0], item), mark.box, None)
                case NumberBadge(disc, words):
                    box = Box(*disc.center, 0, 0).expanded(disc.radius)
                    look = style.badge_style(disc.fill, words, item)
                    self._add_vertex(part, _escape_html(words.text if words else ""), look, box, None)
                case Polyline():
                    self._add_free_line(part, mark, item)

    def _add_free_line(self, name: str, line: Polyline, item: Item) -> None:
        """A line that leads from no node to no other, as in a key."""
        look = style.edge_style(line, item, "")
        cell = self._add_cell(name, "", look, _LAYER_ID, kind="edge")
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        for point, word in ((line.points[0], "sourcePoint"), (line.points[-1], "targetPoint")):
            Xml.SubElement(geometry, "mxPoint", {**self._relative_point(point, None), "as": word})

    def _add_vertex(self, name: str, value: str, look: str, box: Box, home: GroupId | None) -> None:
        cell = self._add_cell(name, value, look, self.group_ids[home])
        place = self._relative_point(Point(box.x, box.y), home)
        size = {"width": _format_number(box.w), "height": _format_number(box.h)}
        Xml.SubElement(cell, "mxGeometry", {**place, **size, "as": "geometry"})

    def _add_cell(
        self, name: str, value: str, look: str, parent: str, *, kind: str = "vertex", connectable: str = ""
    ) -> Xml.Element:
        told = {"id": name, "value": value, "style": look, kind: "1", "parent": parent}
        if connectable:
            told["connectable"] = connectable
        return Xml.SubElement(self.root, "mxCell", told)

    def _relative_point(self, point: Point, home: GroupId | None) -> dict[str, str]:
        origin = self.origins[home]
        return {"x": _format_number(point.x - origin.x), "y": _format_number(point.y - origin.y)}


def _path_midpoint(points: Sequence[Point]) -> Point:
    """The point of a path that is as far from its start as from its end."""
    runs = [abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(points)]
    left = sum(runs) / 2
    for run, (a, b) in zip(runs, pairwise(points), strict=True):
        if run and left <= run:
            share = left / run
            return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        left -= run
    return points[0]


def _styled_text(text: str, colour: str, bold: bool) -> str:
    told = f'<font color="{colour}">{_escape_html(text)}</font>'
    return f"<b>{told}</b>" if bold else told


def _escape_html(text: str) -> str:
    """The words as draw.io shows them verbatim: it reads the values of cells as HTML."""
    return escape(xml_safe_text(text))


def _format_number(number: float) -> str:
    return f"{round(number, 2) + 0.0:g}"
