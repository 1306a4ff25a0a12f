"""A picture on a slide as native shapes: groups nested as the frames are, connectors glued to nodes."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId, NodeId
from explorer.export.request.merged_shapes import TextBlock, merge_text_lines
from explorer.export.slides.drawingml import ConnectionSite, Element
from explorer.export.slides.shape_builder import ShapeBuilder
from explorer.layout.geometry import PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.render.picture import Picture, Polyline, Rectangle

TOP, LEFT, BOTTOM, RIGHT = range(4)
"""The places of a rectangle that connectors are glued to, by their numbers in DrawingML."""


def picture_shapes(
    architecture: Architecture, placement: Placement, picture: Picture, pen: ShapeBuilder
) -> list[Element]:
    """The shapes of a picture, back to front.

    What leads from one node to another stands in the innermost group that holds both. What
    the placement does not know of (a warning, a key) is a group of its own.
    """
    return list(_PictureShapes(architecture, placement, picture, pen).shapes())


class _PictureShapes:
    """One picture on its way to a slide."""

    def __init__(self, architecture: Architecture, placement: Placement, picture: Picture, pen: ShapeBuilder) -> None:
        self.architecture, self.placement = architecture, placement
        self.picture, self.builder = picture, pen
        self.connection_shapes: dict[NodeId, tuple[int, int | None]] = {}

    def shapes(self) -> Iterator[Element]:
        yield from self._shapes_in(None)
        known = {
            *(f"group:{placed.group.id}" for placed in self.placement.groups),
            *(placed.node.id for placed in self.placement.nodes),
            *(placed.edge.id for placed in self.placement.edges),
        }
        for item in self.picture.items:
            if item.id not in known:
                yield self.builder.group(
                    item, [self.builder.shape(mark, item) for mark in merge_text_lines(item.shapes)]
                )

    def _shapes_in(self, group: GroupId | None) -> Iterator[Element]:
        """What stands in a group: frames, then nodes, then what leads from one to another."""
        for placed in self.placement.groups:
            if placed.group.parent == group:
                yield self._group_shape(placed)
        for node in self.placement.nodes:
            if self.architecture.group_of(node.node) == group:
                yield self._node_shape(node)
        for edge in self.placement.edges:
            if self.architecture.common_group(edge.edge) == group:
                yield from self._edge_shapes(edge)

    def _group_shape(self, placed: PlacedGroup) -> Element:
        item = self.picture.item_by_id[f"group:{placed.group.id}"]
        marks = [self.builder.shape(mark, item) for mark in merge_text_lines(item.shapes)]
        return self.builder.group(item, [*marks, *self._shapes_in(placed.group.id)], placed.box)

    def _node_shape(self, placed: PlacedNode) -> Element:
        item = self.picture.item_by_id[placed.node.id]
        marks = list(merge_text_lines(item.shapes))
        if not any(isinstance(mark, Rectangle) for mark in marks):
            marks.insert(0, Rectangle(placed.icon_box))  # what connectors are glued to
        shapes = [self.builder.shape(mark, item) for mark in marks]
        numbers = list(zip(marks, map(_shape_id, shapes), strict=True))
        body = next(number for mark, number in numbers if isinstance(mark, Rectangle))
        label = [number for mark, number in numbers if isinstance(mark, TextBlock)]
        self.connection_shapes[placed.node.id] = body, label[-1] if label else None
        return self.builder.group(item, shapes)

    def _edge_shapes(self, placed: PlacedEdge) -> Iterator[Element]:
        item = self.picture.item_by_id[placed.edge.id]
        start = self._connection_site(placed.edge.source, placed.points[0])
        end = self._connection_site(placed.edge.target, placed.points[-1])
        for mark in merge_text_lines(item.shapes):
            if isinstance(mark, Polyline):
                yield self.builder.connector(mark, item, start, end)
            else:
                yield self.builder.shape(mark, item)

    def _connection_site(self, node: NodeId, end: Point) -> ConnectionSite:
        """The shape, and the place of it, that a path's end is glued to; beneath the words the words' own."""
        body, label = self.connection_shapes[node]
        box = self.placement.node_by_id[node].icon_box
        if label is not None and end.y > box.bottom + box.h / 4:
            return label, BOTTOM
        away = {TOP: box.y - end.y, LEFT: box.x - end.x, BOTTOM: end.y - box.bottom, RIGHT: end.x - box.right}
        return body, max(away, key=lambda side: away[side])


def _shape_id(shape: Element) -> int:
    return int(shape[0][0].get("id", "0"))
