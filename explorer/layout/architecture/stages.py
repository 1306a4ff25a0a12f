"""Stages of the architecture layout: measured → boxed → stretched → routed → labeled, each a frozen value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.architecture.column_widths import extra_column_widths
from explorer.layout.architecture.placed_parts import CENTERED_TITLE_KINDS, place_group
from explorer.layout.geometry import Box, Boxes, PlacedEdge, PlacedGroup, Point, bounding_box
from explorer.layout.graphviz.dot import GraphInput, dot_sources, parse_boxes
from explorer.layout.graphviz.process import LayoutEngine
from explorer.layout.measured_nodes import group_title_width, measure_nodes
from explorer.layout.page import MAX_HEIGHT, PAGE_MARGIN, PageShape, stretch_for, stretch_to_fill
from explorer.layout.reading_grid import ReadingGrid
from explorer.layout.routing.edge_labels import label_edges
from explorer.layout.routing.router import route_edges
from explorer.layout.routing.routing_grid import Obstacle, RoutingGrid
from explorer.layout.routing.segments import box_sides
from explorer.layout.text_metrics import TextMetrics

_ROUNDING_TOLERANCE = 1.6
"""Points by which Graphviz may misalign the nodes of a row or a column through rounding."""


@dataclass(frozen=True)
class Measured:
    """Stage 1: the size of each node, the reading grid, and the space for titles and labels."""

    graph: GraphInput

    @property
    def architecture(self) -> Architecture:
        """The architecture to lay out."""
        return self.graph.architecture

    def groups_around(self, node_id: NodeId) -> Sequence[GroupId]:
        """The groups around a node, innermost first."""
        return self.architecture.ancestors(self.graph.nodes[node_id].node.group)


@dataclass(frozen=True)
class Boxed:
    """Stage 2: the boxes of nodes and frames from the layout engine, aligned to the reading grid."""

    measured: Measured
    boxes: Boxes

    @property
    def content(self) -> list[Box]:
        """The boxes of all frames and of the content of all nodes."""
        nodes = self.measured.graph.nodes.items()
        return [
            *(node.content_box.translated(_corner(self.boxes.nodes[node_id])) for node_id, node in nodes),
            *self.boxes.frames.values(),
        ]


@dataclass(frozen=True)
class Stretched(Boxed):
    """Stage 3: the boxes with gaps stretched to the page shape, and the groups with their titles."""

    groups: tuple[PlacedGroup, ...]


@dataclass(frozen=True)
class Routed:
    """Stage 4: the path of each edge, by edge id, and the obstacles that the paths avoid."""

    stretched: Stretched
    obstacles: Mapping[NodeId, Obstacle]
    paths: Mapping[str, tuple[Point, ...]]


@dataclass(frozen=True)
class Labeled:
    """Stage 5: the edges with their paths, labels and step numbers."""

    stretched: Stretched
    edges: tuple[PlacedEdge, ...]


def measure(architecture: Architecture, metrics: TextMetrics, shortening: int = 0) -> Measured:
    """Measure all nodes, titles and labels; `shortening` as in `measure_nodes`."""
    nodes = measure_nodes(architecture, metrics, shortening=shortening)
    grid = ReadingGrid.from_architecture(architecture)
    title_widths = {
        group.id: group_title_width(group, metrics, has_icon=group.kind not in CENTERED_TITLE_KINDS)
        for group in architecture.groups
    }
    extra_widths = extra_column_widths(architecture, grid, metrics)
    return Measured(GraphInput(architecture, nodes, grid, title_widths, extra_widths))


def place_boxes(measured: Measured, engine: LayoutEngine) -> Boxed:
    """Run the layout engine until a result keeps the reading order, or return the last result.

    LayoutError if the engine fails.
    """
    boxes = Boxes({}, {})
    for source in dot_sources(measured.graph):
        boxes = parse_boxes(engine.run(source), measured.graph)
        aligned = _align_to_grid(boxes.nodes, measured.graph.grid)
        if aligned is not None:
            boxes = Boxes(aligned, boxes.frames)
            break
    return Boxed(measured, boxes)


def exceeds_slide(boxed: Boxed) -> bool:
    """Whether the drawing is too high for legible text on a slide."""
    return bounding_box(boxed.content).h > MAX_HEIGHT - 2 * PAGE_MARGIN


def stretch(boxed: Boxed, shape: PageShape, metrics: TextMetrics) -> Stretched:
    """Stretch the gaps between rows and columns to the page shape, and place the group titles."""
    measured = boxed.measured
    graph = measured.graph
    drawing = bounding_box(boxed.content)
    groups_around = {node_id: measured.groups_around(node_id) for node_id in graph.nodes}
    boxes = stretch_to_fill(
        boxed.boxes, groups_around, graph.grid, stretch_for(shape, drawing.w, drawing.h, graph.grid)
    )
    groups = tuple(place_group(group, boxes.frames[group.id], metrics) for group in measured.architecture.groups)
    return Stretched(measured, boxes, groups)


def route(stretched: Stretched) -> Routed:
    """Find a path for each edge that avoids nodes, titles and foreign frames."""
    measured, boxes = stretched.measured, stretched.boxes
    obstacles = {
        node_id: Obstacle(
            node.icon_box.translated(_corner(boxes.nodes[node_id])),
            boxes.nodes[node_id],
            tuple(measured.groups_around(node_id)),
            bool(node.companions),
        )
        for node_id, node in measured.graph.nodes.items()
    }
    titles = [group.title_box for group in stretched.groups]
    paths = route_edges(measured.architecture, RoutingGrid.from_boxes(obstacles, titles, boxes.frames))
    return Routed(stretched, obstacles, paths)


def label(routed: Routed, metrics: TextMetrics) -> Labeled:
    """Place the label and the step number of each edge beside its path."""
    stretched = routed.stretched
    solid = [group.title_box for group in stretched.groups]
    for obstacle in routed.obstacles.values():
        icon, bounds = obstacle.icon_box, obstacle.bounds
        solid += [icon, Box(bounds.x, icon.bottom, bounds.w, bounds.bottom - icon.bottom)]
    frame_sides = [side for box in stretched.boxes.frames.values() for side in box_sides(box)]
    edges = label_edges(stretched.measured.architecture.edges, routed.paths, solid, frame_sides, metrics)
    return Labeled(stretched, edges)


def _align_to_grid(boxes: Mapping[NodeId, Box], grid: ReadingGrid) -> dict[NodeId, Box] | None:
    """Return the boxes with rows and columns aligned exactly, or None if they are not in the reading order."""
    aligned = dict(boxes)
    for row in grid.rows:
        node_ids = [node_id for _, node_id in row]
        y = _common_position([aligned[node_id].y for node_id in node_ids])
        if y is None:
            return None
        aligned.update({node_id: aligned[node_id]._replace(y=y) for node_id in node_ids})
    for column in grid.nodes_by_column:
        x = _common_position([aligned[node_id].x for node_id in column])
        if x is None:
            return None
        aligned.update({node_id: aligned[node_id]._replace(x=x) for node_id in column})
    row_positions = [aligned[row[0][1]].y for row in grid.rows]
    column_positions = [aligned[column[0]].x for column in grid.nodes_by_column]
    in_order = row_positions == sorted(row_positions) and column_positions == sorted(column_positions)
    return aligned if in_order else None


def _common_position(positions: Sequence[float]) -> float | None:
    """Return the first position if all are equal except for rounding, else None."""
    return positions[0] if max(positions) - min(positions) <= _ROUNDING_TOLERANCE else None


def _corner(box: Box) -> Point:
    return Point(box.x, box.y)
