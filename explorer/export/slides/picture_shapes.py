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
    architecture: Architecture, placement: Placement, picture: Picture, builder: ShapeBuilder
) -> list[Element]:
    """Return the slide shapes of a picture, back to front.

    An edge is in the innermost group that contains both of its nodes.
    Items without a node, edge or group (a warning, a legend) become groups of their own.
    """
    return list(_PictureShapes(architecture, placement, picture, builder).shapes())


class _PictureShapes:
    """Builds the nested shapes of one picture."""

    def __init__(
        self, architecture: Architecture, placement: Placement, picture: Picture, builder: ShapeBuilder
    ) -> None:
        self.architecture, self.placement = architecture, placement
        self.picture, self.builder = picture, builder
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
                    item, [self.builder.shape(merged, item) for merged in merge_text_lines(item.shapes)]
                )

    def _shapes_in(self, group: GroupId | None) -> Iterator[Element]:
        """Yield the shapes in a group: inner groups, nodes, then edges."""
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
        shapes = [self.builder.shape(merged, item) for merged in merge_text_lines(item.shapes)]
        return self.builder.group(item, [*shapes, *self._shapes_in(placed.group.id)], placed.box)

    def _node_shape(self, placed: PlacedNode) -> Element:
        item = self.picture.item_by_id[placed.node.id]
        merged_shapes = list(merge_text_lines(item.shapes))
        if not any(isinstance(merged, Rectangle) for merged in merged_shapes):
            merged_shapes.insert(0, Rectangle(placed.icon_box))  # connectors need a shape to attach to
        shapes = [self.builder.shape(merged, item) for merged in merged_shapes]
        ids = list(zip(merged_shapes, map(_shape_id, shapes), strict=True))
        body = next(shape_id for merged, shape_id in ids if isinstance(merged, Rectangle))
        labels = [shape_id for merged, shape_id in ids if isinstance(merged, TextBlock)]
        self.connection_shapes[placed.node.id] = body, labels[-1] if labels else None
        return self.builder.group(item, shapes)

    def _edge_shapes(self, placed: PlacedEdge) -> Iterator[Element]:
        item = self.picture.item_by_id[placed.edge.id]
        start = self._connection_site(placed.edge.source, placed.points[0])
        end = self._connection_site(placed.edge.target, placed.points[-1])
        for merged in merge_text_lines(item.shapes):
            if isinstance(merged, Polyline):
                yield self.builder.connector(merged, item, start, end)
            else:
                yield self.builder.shape(merged, item)

    def _connection_site(self, node: NodeId, end: Point) -> ConnectionSite:
        """Return the shape and the side that a path's end attaches to; below a label, the label itself."""
        body, label = self.connection_shapes[node]
        box = self.placement.node_by_id[node].icon_box
        if label is not None and end.y > box.bottom + box.h / 4:
            return label, BOTTOM
        distances = {TOP: box.y - end.y, LEFT: box.x - end.x, BOTTOM: end.y - box.bottom, RIGHT: end.x - box.right}
        return body, max(distances, key=lambda side: distances[side])


def _shape_id(shape: Element) -> int:
    return int(shape[0][0].get("id", "0"))
