"""A picture on a slide as native shapes: groups nested as the frames are, connectors glued to nodes."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId, NodeId
from explorer.export.request.merged_shapes import Text, gathered
from explorer.export.slides.drawingml import Element, Glue
from explorer.export.slides.shape_builder import Pen
from explorer.layout.geometry import PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.render.picture import Frame, Picture, Polyline

TOP, LEFT, BOTTOM, RIGHT = range(4)
"""The places of a rectangle that connectors are glued to, by their numbers in DrawingML."""


def drawn(architecture: Architecture, placement: Placement, picture: Picture, pen: Pen) -> list[Element]:
    """The shapes of a picture, back to front.

    What leads from one node to another stands in the innermost group that holds both. What
    the placement does not know of (a warning, a key) is a group of its own.
    """
    return list(_Drawing(architecture, placement, picture, pen).shapes())


class _Drawing:
    """One picture on its way to a slide."""

    def __init__(self, architecture: Architecture, placement: Placement, picture: Picture, pen: Pen) -> None:
        self.architecture, self.placement = architecture, placement
        self.picture, self.pen = picture, pen
        self.glue: dict[NodeId, tuple[int, int | None]] = {}

    def shapes(self) -> Iterator[Element]:
        yield from self._within(None)
        known = {
            *(f"group:{placed.group.id}" for placed in self.placement.groups),
            *(placed.node.id for placed in self.placement.nodes),
            *(placed.edge.id for placed in self.placement.edges),
        }
        for item in self.picture.items:
            if item.id not in known:
                yield self.pen.group(item, [self.pen.mark(mark, item) for mark in gathered(item.shapes)])

    def _within(self, group: GroupId | None) -> Iterator[Element]:
        """What stands in a group: frames, then nodes, then what leads from one to another."""
        for placed in self.placement.groups:
            if placed.group.parent == group:
                yield self._group(placed)
        for node in self.placement.nodes:
            if self.architecture.home(node.node) == group:
                yield self._node(node)
        for edge in self.placement.edges:
            if self.architecture.between(edge.edge) == group:
                yield from self._edge(edge)

    def _group(self, placed: PlacedGroup) -> Element:
        item = self.picture.item_by_id[f"group:{placed.group.id}"]
        marks = [self.pen.mark(mark, item) for mark in gathered(item.shapes)]
        return self.pen.group(item, [*marks, *self._within(placed.group.id)], placed.box)

    def _node(self, placed: PlacedNode) -> Element:
        item = self.picture.item_by_id[placed.node.id]
        marks = list(gathered(item.shapes))
        if not any(isinstance(mark, Frame) for mark in marks):
            marks.insert(0, Frame(placed.box))  # what connectors are glued to
        shapes = [self.pen.mark(mark, item) for mark in marks]
        numbers = list(zip(marks, map(_number, shapes), strict=True))
        body = next(number for mark, number in numbers if isinstance(mark, Frame))
        label = [number for mark, number in numbers if isinstance(mark, Text)]
        self.glue[placed.node.id] = body, label[-1] if label else None
        return self.pen.group(item, shapes)

    def _edge(self, placed: PlacedEdge) -> Iterator[Element]:
        item = self.picture.item_by_id[placed.edge.id]
        start = self._glued(placed.edge.source, placed.points[0])
        end = self._glued(placed.edge.target, placed.points[-1])
        for mark in gathered(item.shapes):
            if isinstance(mark, Polyline):
                yield self.pen.connector(mark, item, start, end)
            else:
                yield self.pen.mark(mark, item)

    def _glued(self, node: NodeId, end: Point) -> Glue:
        """The shape, and the place of it, that a path's end is glued to; beneath the words the words' own."""
        body, label = self.glue[node]
        box = self.placement.node_by_id[node].box
        if label is not None and end.y > box.bottom + box.h / 4:
            return label, BOTTOM
        away = {TOP: box.y - end.y, LEFT: box.x - end.x, BOTTOM: end.y - box.bottom, RIGHT: end.x - box.right}
        return body, max(away, key=lambda side: away[side])


def _number(shape: Element) -> int:
    return int(shape[0][0].get("id", "0"))
