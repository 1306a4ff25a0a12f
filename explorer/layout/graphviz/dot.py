"""DOT writer and parser: a graph input to DOT text, and the JSON of Graphviz back to boxes.

This module starts no process. Graphviz gets sizes only, no text: nodes and groups are numbered, so no
user text is ever an identifier in DOT. Columns of the reading grid become ranks, and each row becomes a
chain of heavy invisible edges. Graphviz ignores a requested order across clusters. Therefore, the chains
of several rows are connected to guide nodes outside of all clusters: to swap two rows, chains would cross.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from explorer.core.model.architecture import Architecture, Group
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Boxes
from explorer.layout.graphviz.process import LayoutError
from explorer.layout.measured_nodes import GROUP_ICON_SIZE, MeasuredNode
from explorer.layout.reading_grid import ReadingGrid

FRAME_MARGIN = 12
"""Points between a frame and its content."""

COLUMN_GAP = 58
"""Points between the nodes of two columns, before space for edge labels is added."""

ROW_GAP = 18
"""Points between two nodes, one below the other, before the drawing is stretched."""

UNHINTED_GAP = 100
"""Points between columns if nodes have no hints: any gap may have to hold a label."""

_LABEL_PADDING = 8
"""Points of height that Graphviz adds to a cluster's label."""

_CHAIN_WEIGHT = 1000
"""The edge weight of a row's chain: greater than the weight that Graphviz gives to narrow clusters."""

_POINTS_PER_INCH = 72
_MAX_COORDINATE = 1e6
_DEFAULT_ATTRIBUTES = 'node [shape=box fixedsize=true label=""] edge [style=invis]\n'
_POINT_ATTRIBUTES = "width=0.01 height=0.01"


@dataclass(frozen=True)
class GraphInput:
    """The input of the layout engine: measured nodes, their reading grid, and the space they need.

    `title_widths` are the widths of the group titles. `extra_widths` are the points added at the right
    of each column for edge labels between this column and the next.
    """

    architecture: Architecture
    nodes: Mapping[NodeId, MeasuredNode]
    grid: ReadingGrid
    title_widths: Mapping[GroupId, float]
    extra_widths: Sequence[int]

    @cached_property
    def node_sizes(self) -> dict[NodeId, tuple[int, int]]:
        """The requested size of each node. Nodes of one row have the same height, so their icons align."""
        sizes = {node_id: (math.ceil(node.size[0]), math.ceil(node.size[1])) for node_id, node in self.nodes.items()}
        heights = [max(sizes[node_id][1] for _, node_id in row) for row in self.grid.rows]
        for index, row in enumerate(self.grid.rows):
            for column, node_id in row:
                sizes[node_id] = (sizes[node_id][0] + self.extra_widths[column], heights[index])
        return sizes

    @cached_property
    def _frame_extents(self) -> dict[GroupId, tuple[range, range]]:
        """The columns and rows that each frame spans, innermost frames first."""
        cells_by_group: dict[GroupId, list[tuple[int, int]]] = {}
        for index, row in enumerate(self.grid.rows):
            for column, node_id in row:
                for group in self.architecture.ancestors(self.nodes[node_id].node.group):
                    cells_by_group.setdefault(group, []).append((column, index))
        innermost_first = sorted(cells_by_group, key=lambda group: -len(self.architecture.ancestors(group)))
        cells = {group: tuple(zip(*cells_by_group[group], strict=True)) for group in innermost_first}
        return {group: (_spanning_range(columns), _spanning_range(rows)) for group, (columns, rows) in cells.items()}

    def innermost_frame_at(self, column: int, row: int) -> GroupId | None:
        """The innermost frame that spans a cell of the grid, even if the cell is empty."""
        extents = self._frame_extents.items()
        return next((group for group, (columns, rows) in extents if column in columns and row in rows), None)


def _spanning_range(numbers: Sequence[int]) -> range:
    return range(min(numbers), max(numbers) + 1)


def dot_sources(graph: GraphInput) -> Iterator[str]:
    """Yield DOT texts of one graph, to be tried in turn until a result keeps the reading order."""
    several_rows = len(graph.grid.rows) > 1
    yield _dot_source(graph, guided=several_rows)
    if several_rows:
        yield _dot_source(graph, guided=False)


def _dot_source(graph: GraphInput, *, guided: bool) -> str:
    grid = graph.grid
    names = {node_id: f"n{index}" for index, node_id in enumerate(graph.nodes)}
    chains = [_RankChain(graph, names, index, guided) for index in range(len(grid.rows))]
    members: dict[GroupId | None, list[str]] = {}
    lines = [_graph_header(grid)]
    if guided:
        lines.append(_guide_nodes("a", len(chains)))
    lines.extend(_node_statements(graph, names, members))
    for chain in chains:
        for group, filler in chain.fillers:
            lines.append(f"{filler} [{_POINT_ATTRIBUTES}]\n")
            members.setdefault(group, []).append(filler)
    lines.extend(_clusters(graph, members))
    if guided:
        lines.append(_guide_nodes("b", len(chains)))
    for column in range(grid.column_count):
        stack = [chain.dot_names[column] for chain in chains if column in chain.dot_names]
        lines.append("{rank=same;" + ";".join(stack) + "}\n")
        lines.extend(f"{upper} -> {lower} [weight=0]\n" for upper, lower in itertools.pairwise(stack))
    for chain in chains:
        lines.extend(chain.edges())
    lines.extend(_column_order_edges(grid, chains))
    for edge in graph.architecture.edges:
        if edge.source in grid.unhinted or edge.target in grid.unhinted:
            lines.append(f"{names[edge.source]} -> {names[edge.target]} [weight=2]\n")
    lines.append("}\n")
    return "".join(lines)


def _graph_header(grid: ReadingGrid) -> str:
    column_gap = UNHINTED_GAP if grid.unhinted else COLUMN_GAP
    return (
        "digraph {\ngraph [rankdir=LR newrank=true splines=none pad=0 "
        f"nodesep={ROW_GAP / _POINTS_PER_INCH:.4f} ranksep={column_gap / _POINTS_PER_INCH:.4f}]\n"
        f"{_DEFAULT_ATTRIBUTES}"
    )


def _node_statements(
    graph: GraphInput, names: Mapping[NodeId, str], members: dict[GroupId | None, list[str]]
) -> Iterator[str]:
    """Yield a statement for each node, hinted nodes first, and add its name to the members of its group."""
    grid = graph.grid
    hinted = [node_id for row in grid.rows for _, node_id in row]
    for node_id in [*hinted, *(node_id for node_id in graph.nodes if node_id in grid.unhinted)]:
        width, height = graph.node_sizes[node_id]
        members.setdefault(graph.nodes[node_id].node.group, []).append(names[node_id])
        yield (f"{names[node_id]} [width={width / _POINTS_PER_INCH:.4f} height={height / _POINTS_PER_INCH:.4f}]\n")


def _guide_nodes(prefix: str, count: int) -> str:
    """Return one point for each row, in order, outside of all clusters.

    These edges have a weight, because Graphviz does not use edges of weight 0 as an ordering constraint.
    """
    points = [f"{prefix}{index}" for index in range(count)]
    order = "".join(f"{upper} -> {lower}\n" for upper, lower in itertools.pairwise(points))
    return f"{{rank=same; node [{_POINT_ATTRIBUTES}]; {';'.join(points)}}}\n{order}"


class _RankChain:
    """One row of the grid in DOT: its nodes by column and, if guided, a filler point in each empty cell."""

    def __init__(self, graph: GraphInput, names: Mapping[NodeId, str], index: int, guided: bool) -> None:
        self.index = index
        self.guided = guided
        self.column_count = graph.grid.column_count
        self.dot_names = {column: names[node_id] for column, node_id in graph.grid.rows[index]}
        self.fillers: list[tuple[GroupId | None, str]] = []
        if guided:
            for column, group in _empty_cells(graph, index):
                filler = f"f{index}_{column}"
                self.dot_names[column] = filler
                self.fillers.append((group, filler))

    def edges(self) -> Iterator[str]:
        """Yield the edges of the chain; if guided, its ends are connected to the guide nodes."""
        cells = sorted(self.dot_names.items())
        if self.guided:
            (first_column, first), (last_column, last) = cells[0], cells[-1]
            yield f"a{self.index} -> {first} [minlen={first_column + 1}]\n"
            yield f"{last} -> b{self.index} [minlen={self.column_count - last_column}]\n"
        for (left_column, left), (right_column, right) in itertools.pairwise(cells):
            yield f"{left} -> {right} [weight={_CHAIN_WEIGHT} minlen={right_column - left_column}]\n"


def _empty_cells(graph: GraphInput, index: int) -> Iterator[tuple[int, GroupId | None]]:
    """Yield the empty columns that a row's chain passes, each with the innermost frame at that cell."""
    row = dict(graph.grid.rows[index])
    for column in range(graph.grid.column_count):
        if column not in row:
            group = graph.innermost_frame_at(column, index)
            if group is not None or min(row) < column < max(row):
                yield column, group


def _column_order_edges(grid: ReadingGrid, chains: Sequence[_RankChain]) -> Iterator[str]:
    """Yield an edge that orders two neighboring columns if no row has a node in both."""
    for column in range(grid.column_count - 1):
        here = [chain.dot_names[column] for chain in chains if column in chain.dot_names]
        there = [chain.dot_names[column + 1] for chain in chains if column + 1 in chain.dot_names]
        if not any(column in chain.dot_names and column + 1 in chain.dot_names for chain in chains):
            yield f"{here[0]} -> {there[0]} [weight=0]\n"


def _clusters(graph: GraphInput, members: Mapping[GroupId | None, Sequence[str]]) -> Iterator[str]:
    """Yield a nested cluster for each group; clusters follow the order of their topmost rows."""
    groups = graph.architecture.groups
    number = {group.id: index for index, group in enumerate(groups)}
    first_row = {group.id: len(graph.grid.rows) for group in groups}
    for index, row in enumerate(graph.grid.rows):
        for _, node_id in row:
            for group_id in graph.architecture.ancestors(graph.nodes[node_id].node.group):
                first_row[group_id] = min(first_row[group_id], index)

    def children(parent: GroupId | None) -> list[Group]:
        return sorted((g for g in groups if g.parent == parent), key=lambda group: first_row[group.id])

    def cluster(group: Group) -> str:
        width = math.ceil(graph.title_widths[group.id])
        title = (
            f'<table border="0" fixedsize="true" width="{width}" height="{int(GROUP_ICON_SIZE) - _LABEL_PADDING}">'
            "<tr><td></td></tr></table>"
        )
        own = "".join(f"{name};" for name in members.get(group.id, ()))
        inner = "".join(cluster(child) for child in children(group.id))
        head = f"subgraph cluster_{number[group.id]} {{margin={FRAME_MARGIN} labeljust=l label=<{title}>\n"
        return f"{head}{own}{inner}}}\n"

    for group in children(None):
        yield cluster(group)


def parse_boxes(answer: Mapping[str, Any], graph: GraphInput) -> Boxes:
    """Read the boxes of nodes and frames, y down, from the JSON of Graphviz.

    LayoutError if a position is missing or is not a finite number.
    """
    try:
        height = _parse_numbers(answer["bb"], 4)[3]
        objects = {entry["name"]: entry for entry in answer.get("objects", ())}
        nodes: dict[NodeId, Box] = {}
        for index, (node_id, node) in enumerate(graph.nodes.items()):
            x, y = _parse_numbers(objects[f"n{index}"]["pos"], 2)
            requested_width, requested_height = graph.node_sizes[node_id]
            nodes[node_id] = Box(x - requested_width / 2, height - y - requested_height / 2, *node.size)
        frames: dict[GroupId, Box] = {}
        for index, group in enumerate(graph.architecture.groups):
            x0, y0, x1, y1 = _parse_numbers(objects[f"cluster_{index}"]["bb"], 4)
            frames[group.id] = Box(x0, height - y1, x1 - x0, y1 - y0)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LayoutError(
            "Cannot lay out the diagram: the output of the layout program has no valid positions. "
            "Reinstall Berth or Graphviz."
        ) from error
    return Boxes(nodes, frames)


def _parse_numbers(text: str, count: int) -> list[float]:
    numbers = [float(number) for number in text.split(",")]
    if len(numbers) != count or not all(math.isfinite(n) and abs(n) < _MAX_COORDINATE for n in numbers):
        raise ValueError(text)
    return numbers
