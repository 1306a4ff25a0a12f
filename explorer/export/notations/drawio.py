"""draw.io writer: nested groups, connected edges and native AWS stencils, all editable."""

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
class Diagram:
    """A placed architecture and its picture; `icons` replace the stencils that draw.io lacks."""

    architecture: Architecture
    placement: Placement
    picture: Picture
    icons: IconSource = GLYPHS_ONLY


def drawio_xml(diagram: Diagram, title: str = "", session: str = "") -> bytes:
    """Return the diagram as the bytes of a `.drawio` file, with the session embedded if there is one."""
    writer = _CellWriter(diagram)
    writer.add_all()
    if session:
        writer.embed_session(session)
    file = Xml.Element("mxfile", host="Berth", type="device")
    page = Xml.SubElement(file, "diagram", id="berth", name=xml_safe_text(title).strip() or "Architecture")
    width, height = diagram.picture.size
    model = Xml.SubElement(
        page,
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
        background=diagram.picture.background or "none",
    )
    model.append(writer.root)
    Xml.indent(file)
    return bytes(Xml.tostring(file, encoding="utf-8", xml_declaration=True)) + b"\n"


class _CellWriter:
    """Writes the cells of one diagram; the coordinates of a cell are relative to its group."""

    def __init__(self, diagram: Diagram) -> None:
        self.architecture, self.placement = diagram.architecture, diagram.placement
        self.picture, self.icons = diagram.picture, diagram.icons
        self.root = Xml.Element("root")
        self.origins: dict[GroupId | None, Point] = {None: Point(0, 0)}
        self.node_ids = {placed.node.id: f"n{number}" for number, placed in enumerate(self.placement.nodes)}
        self.group_ids: dict[GroupId | None, str] = {None: _LAYER_ID}
        Xml.SubElement(self.root, "mxCell", id=_ROOT_ID)
        Xml.SubElement(self.root, "mxCell", {"id": _LAYER_ID, "parent": _ROOT_ID})

    def add_all(self) -> None:
        """Add groups, nodes, edges, and then all other items."""
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
        """Embed the session in an invisible object, which draw.io keeps when it saves."""
        holder = Xml.SubElement(self.root, "UserObject", id=DRAWIO_SESSION_ID, label="", session=xml_safe_text(session))
        cell = Xml.SubElement(holder, "mxCell", {"style": "text;", "vertex": "1", "visible": "0", "parent": _LAYER_ID})
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
        shapes = list(merge_text_lines(item.shapes))
        frame = next((shape for shape in shapes if isinstance(shape, Rectangle)), Rectangle(placed.box))
        title = next((shape.lines[0] for shape in shapes if isinstance(shape, TextBlock)), None)
        cell_style = style.frame_style(placed.group.kind, frame, title)
        self._add_vertex(name, _escape_html(placed.group.label), cell_style, placed.box, placed.group.parent)
        self.origins[placed.group.id] = Point(placed.box.x, placed.box.y)

    def _add_node(self, placed: PlacedNode) -> None:
        item = self.picture.item_by_id[placed.node.id]
        group = self.architecture.group_of(placed.node)
        name = self.node_ids[placed.node.id]
        shapes = list(merge_text_lines(item.shapes))
        texts = [line for shape in shapes if isinstance(shape, TextBlock) for line in shape.lines]
        value = "<br>".join(_styled_text(line.text, line.color, line.bold) for line in texts)
        rectangles = [shape for shape in shapes if isinstance(shape, Rectangle)]
        icon = next((shape for shape in shapes if isinstance(shape, Icon)), None)
        if icon is None and rectangles:  # a card of the decision map: text on a rectangle
            self._add_vertex(name, value, style.rectangle_style(rectangles[0], item), placed.icon_box, group)
            return
        for frame in rectangles:
            self._add_vertex(f"{name}-state", "", style.rectangle_style(frame, item), frame.box, group)
        kind = icon.name if icon else placed.node.kind
        cell_style = style.icon_style(kind, self.icons.svg, item, beside=placed.is_companion)
        self._add_vertex(name, value, cell_style, placed.icon_box, group)

    def _add_edge(self, placed: PlacedEdge, name: str) -> None:
        item = self.picture.item_by_id[placed.edge.id]
        group = self.architecture.common_group(placed.edge)
        for shape in merge_text_lines(item.shapes):
            match shape:
                case Polyline():
                    self._add_connector(placed, shape, item, name, group)
                case NumberBadge(circle, text):
                    box = Box(*circle.center, 0, 0).expanded(circle.radius)
                    cell_style = style.badge_style(circle.fill, text, item)
                    self._add_edge_label(
                        f"{name}-number", _escape_html(text.text if text else ""), cell_style, box, placed, name
                    )
                case TextBlock():
                    value = "<br>".join(_escape_html(line.text) for line in shape.lines)
                    cell_style = style.label_style(shape.lines[0], item)
                    box = Box(*shape.box.center, 0, 0)
                    self._add_edge_label(f"{name}-label", value, cell_style, box, placed, name)

    def _add_connector(self, placed: PlacedEdge, line: Polyline, item: Item, name: str, group: GroupId | None) -> None:
        ends = self._anchor_style("exit", placed.edge.source, placed.points[0])
        ends += self._anchor_style("entry", placed.edge.target, placed.points[-1])
        cell = self._add_cell(name, "", style.edge_style(line, item, ends), self.group_ids[group], kind="edge")
        cell.set("source", self.node_ids[placed.edge.source])
        cell.set("target", self.node_ids[placed.edge.target])
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if len(placed.points) > 2:
            bends = Xml.SubElement(geometry, "Array", {"as": "points"})
            for point in placed.points[1:-1]:
                Xml.SubElement(bends, "mxPoint", self._relative_point(point, group))

    def _anchor_style(self, end: str, node: str, point: Point) -> str:
        """Return the style that fixes an edge's end at a point, as fractions of the node's width and height."""
        box = self.placement.node_by_id[node].icon_box
        x, y = (point.x - box.x) / box.w, (point.y - box.y) / box.h
        return f"{end}X={x:.4g};{end}Y={y:.4g};{end}Dx=0;{end}Dy=0;{end}Perimeter=0;"

    def _add_edge_label(self, name: str, value: str, cell_style: str, box: Box, placed: PlacedEdge, edge: str) -> None:
        """Add a label or badge to an edge, placed by its offset from the midpoint of the edge."""
        middle = _path_midpoint(placed.points)
        cell = self._add_cell(name, value, cell_style, edge, connectable="0")
        size = {"width": f"{box.w:g}", "height": f"{box.h:g}"} if box.w else {}
        geometry = Xml.SubElement(cell, "mxGeometry", {**size, "relative": "1", "as": "geometry"})
        offset = {"x": _format_number(box.x - middle.x), "y": _format_number(box.y - middle.y), "as": "offset"}
        Xml.SubElement(geometry, "mxPoint", offset)

    def _add_free_item(self, item: Item, name: str) -> None:
        for number, shape in enumerate(merge_text_lines(item.shapes)):
            part = f"{name}-{number}"
            match shape:
                case Rectangle():
                    self._add_vertex(part, "", style.rectangle_style(shape, item), shape.box, None)
                case Icon():
                    self._add_vertex(
                        part,
                        "",
                        style.icon_style(shape.name, self.icons.svg, item, beside=False),
                        shape.box,
                        None,
                    )
                case TextBlock():
                    value = "<br>".join(_styled_text(line.text, line.color, line.bold) for line in shape.lines)
                    self._add_vertex(part, value, style.text_style(shape.lines[0], item), shape.box, None)
                case NumberBadge(circle, text):
                    box = Box(*circle.center, 0, 0).expanded(circle.radius)
                    cell_style = style.badge_style(circle.fill, text, item)
                    self._add_vertex(part, _escape_html(text.text if text else ""), cell_style, box, None)
                case Polyline():
                    self._add_free_line(part, shape, item)

    def _add_free_line(self, name: str, line: Polyline, item: Item) -> None:
        """Add a line that connects no nodes, such as a legend sample."""
        cell_style = style.edge_style(line, item, "")
        cell = self._add_cell(name, "", cell_style, _LAYER_ID, kind="edge")
        geometry = Xml.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        for point, end in ((line.points[0], "sourcePoint"), (line.points[-1], "targetPoint")):
            Xml.SubElement(geometry, "mxPoint", {**self._relative_point(point, None), "as": end})

    def _add_vertex(self, name: str, value: str, cell_style: str, box: Box, group: GroupId | None) -> None:
        cell = self._add_cell(name, value, cell_style, self.group_ids[group])
        position = self._relative_point(Point(box.x, box.y), group)
        size = {"width": _format_number(box.w), "height": _format_number(box.h)}
        Xml.SubElement(cell, "mxGeometry", {**position, **size, "as": "geometry"})

    def _add_cell(
        self, name: str, value: str, cell_style: str, parent: str, *, kind: str = "vertex", connectable: str = ""
    ) -> Xml.Element:
        attributes = {"id": name, "value": value, "style": cell_style, kind: "1", "parent": parent}
        if connectable:
            attributes["connectable"] = connectable
        return Xml.SubElement(self.root, "mxCell", attributes)

    def _relative_point(self, point: Point, group: GroupId | None) -> dict[str, str]:
        origin = self.origins[group]
        return {"x": _format_number(point.x - origin.x), "y": _format_number(point.y - origin.y)}


def _path_midpoint(points: Sequence[Point]) -> Point:
    """Return the point halfway along a path."""
    lengths = [abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(points)]
    remaining = sum(lengths) / 2
    for length, (a, b) in zip(lengths, pairwise(points), strict=True):
        if length and remaining <= length:
            share = remaining / length
            return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        remaining -= length
    return points[0]


def _styled_text(text: str, color: str, bold: bool) -> str:
    colored = f'<font color="{color}">{_escape_html(text)}</font>'
    return f"<b>{colored}</b>" if bold else colored


def _escape_html(text: str) -> str:
    """Escape text so that draw.io, which reads cell values as HTML, shows it verbatim."""
    return escape(xml_safe_text(text))


def _format_number(number: float) -> str:
    return f"{round(number, 2) + 0.0:g}"
