"""Column widths: the space that edge labels need between two columns, so that no label is on a frame line."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from explorer.core.model.architecture import Architecture, Edge
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.graphviz.dot import COLUMN_GAP, FRAME_MARGIN
from explorer.layout.measured_nodes import DETAIL_FONT_SIZE, ICON_SIZE, NODE_WIDTH, single_line
from explorer.layout.page import MAX_WIDTH
from explorer.layout.reading_grid import ReadingGrid
from explorer.layout.routing.edge_labels import LABEL_CLEARANCE, MAX_LABEL_LINES, MIN_LABEL_WIDTH, label_variants
from explorer.layout.text_metrics import TextMetrics

_STEP_CLEARANCE = 26.0
"""Points that a step number takes beside the source of an edge."""

_ARROW_CLEARANCE = 8.0
"""Points that an arrow head takes beside the target of an edge."""


def extra_column_widths(architecture: Architecture, grid: ReadingGrid, metrics: TextMetrics) -> list[int]:
    """Return the points to add at the right of each column for the labels of straight edges.

    Labels are wrapped into more lines, and at last shortened, until the drawing is at most `MAX_WIDTH` wide.
    """
    frames = {node.id: architecture.ancestors(node.group) for node in architecture.nodes}
    widths: list[int] = []
    width_without_labels = _width_without_labels(grid, frames)
    for max_lines in range(1, MAX_LABEL_LINES + 2):  # one more than the maximum: labels may be shortened
        needed = {
            edge.id: _min_label_width(edge, max_lines, metrics)
            for edge in architecture.edges
            if single_line(edge.label)
        }
        widths = _widths_for_labels(architecture, grid, frames, needed)
        if width_without_labels + sum(widths) <= MAX_WIDTH:
            break
    return widths


def _width_without_labels(grid: ReadingGrid, frames: Mapping[NodeId, Sequence[GroupId]]) -> int:
    columns = grid.column_count
    width = int(columns * NODE_WIDTH) + (columns - 1) * COLUMN_GAP
    if columns:
        width += FRAME_MARGIN * max((len(frames[node_id]) for node_id in grid.nodes_by_column[-1]), default=0)
    return width


def _min_label_width(edge: Edge, max_lines: int, metrics: TextMetrics) -> float:
    """Return the least width of an edge's label in at most `max_lines` lines, if it can be wrapped so."""
    if max_lines > MAX_LABEL_LINES:
        return MIN_LABEL_WIDTH
    variants = label_variants(edge.label, metrics)
    short_variants = [lines for lines in variants if len(lines) <= max_lines] or variants[:1]
    return min(max(metrics.width(line, DETAIL_FONT_SIZE) for line in lines) for lines in short_variants)


def _widths_for_labels(
    architecture: Architecture,
    grid: ReadingGrid,
    frames: Mapping[NodeId, Sequence[GroupId]],
    needed: Mapping[str, float],
) -> list[int]:
    """Return the points to add to each column for labels of the needed widths, by edge id."""
    widths = [0] * grid.column_count
    labeled: dict[frozenset[NodeId], list[Edge]] = {}
    for edge in architecture.edges:
        if edge.id in needed:
            labeled.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    for column, left, right in grid.adjacent_pairs():
        here, there = grid.nodes_by_column[column], grid.nodes_by_column[column + 1]
        closing = _frame_sides_between(frames, here, there, frames[left], frames[right])
        opening = _frame_sides_between(frames, there, here, frames[right], frames[left])
        for edge in labeled.get(frozenset((left, right)), ()):
            available = _label_space(edge, left, right, closing, opening)
            width = needed[edge.id] + 2 * LABEL_CLEARANCE + 1
            if width > max(available):
                widths[column] = max(widths[column], math.ceil(width - available[0]))
    return widths


def _label_space(edge: Edge, left: NodeId, right: NodeId, closing: int, opening: int) -> tuple[float, ...]:
    """Return the widths that a label can have: first between the frame sides, then within the frames."""
    beside_icon = (NODE_WIDTH - ICON_SIZE) / 2
    at_left = beside_icon - _end_clearance(edge, left)
    at_right = beside_icon - _end_clearance(edge, right)
    between: float = COLUMN_GAP - FRAME_MARGIN * (closing + opening)
    between += (0 if closing else at_left) + (0 if opening else at_right)
    within = [at + FRAME_MARGIN for at, sides in ((at_left, closing), (at_right, opening)) if sides]
    return (between, *within, 0.0)


def _frame_sides_between(
    frames: Mapping[NodeId, Sequence[GroupId]],
    column: Sequence[NodeId],
    next_column: Sequence[NodeId],
    groups: Sequence[GroupId],
    next_groups: Sequence[GroupId],
) -> int:
    """Return the most frame sides that are next to each other between a column and the next.

    This counts the frames around one end of an edge only, and the nested frames that end at the same column.
    """
    crossed = {group for group in groups if group not in next_groups}
    continuing = {group for node_id in next_column for group in frames[node_id]}
    return max(
        (
            sum(group in crossed or group not in continuing for group in frames[node_id])
            for node_id in column
            if crossed.intersection(frames[node_id])
        ),
        default=0,
    )


def _end_clearance(edge: Edge, end: NodeId) -> float:
    """Return the points that an edge's arrow head or step number takes beside one of its ends."""
    if edge.target == end:
        return _ARROW_CLEARANCE
    return _STEP_CLEARANCE if edge.step is not None else 0.0
