"""Reading grid: assigns a row and a column to each node from the reading-order hints of the pack."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId, NodeId


@dataclass(frozen=True)
class ReadingGrid:
    """The hinted nodes by row and column, without empty rows and columns; `unhinted` nodes have no hints.

    Each row lists its columns with the node in it. Nodes that share a hinted cell get separate rows,
    one below the other. The row in which the main flow starts comes first, unless a frame would then
    block the path to the rows below it.
    """

    rows: tuple[tuple[tuple[int, NodeId], ...], ...]
    column_count: int
    unhinted: frozenset[NodeId]

    @classmethod
    def from_architecture(cls, architecture: Architecture) -> ReadingGrid:
        """Build the grid of an architecture; companions have no cell of their own."""
        hosts = [node for node in architecture.nodes if node.attached_to is None]
        cells = {node.id: (node.row, node.column) for node in hosts if node.row is not None and node.column is not None}
        order = _row_order(architecture, cells)
        rows: dict[tuple[int, int], dict[int, NodeId]] = {}
        for node_id, (row, column) in cells.items():
            nth = 0
            while column in rows.setdefault((order[row], nth), {}):
                nth += 1
            rows[order[row], nth][column] = node_id
        columns = sorted({column for row in rows.values() for column in row})
        index = {column: position for position, column in enumerate(columns)}
        indexed_rows = tuple(
            tuple(sorted((index[column], node_id) for column, node_id in row.items()))
            for _, row in sorted(rows.items())
        )
        return cls(indexed_rows, len(columns), frozenset(node.id for node in hosts) - cells.keys())

    @cached_property
    def nodes_by_column(self) -> tuple[tuple[NodeId, ...], ...]:
        """The nodes of each column, from top to bottom."""
        columns: list[list[NodeId]] = [[] for _ in range(self.column_count)]
        for row in self.rows:
            for column, node_id in row:
                columns[column].append(node_id)
        return tuple(map(tuple, columns))

    def adjacent_pairs(self) -> Iterator[tuple[int, NodeId, NodeId]]:
        """Yield the nodes of each row that are in neighboring columns, with the column of the left one."""
        for row in self.rows:
            for (left_column, left), (right_column, right) in itertools.pairwise(row):
                if right_column == left_column + 1:
                    yield left_column, left, right


_HintedCells = Mapping[NodeId, tuple[int, int]]
"""The hinted row and column of each node."""


def _row_order(architecture: Architecture, cells: _HintedCells) -> dict[int, int]:
    """Return the position of each hinted row from the top.

    Rows above the start of the main flow move below all other rows if they share no frame with the
    start row, and if no frame then blocks their edges to it. So the start row keeps its position when
    a site is added or removed, and step 1 is at the top.
    """
    rows = sorted({row for row, _ in cells.values()})
    steps = {edge.step: edge.source for edge in architecture.edges if edge.step is not None}
    start = steps[min(steps)] if steps else None
    if start is not None and start in cells:
        first = cells[start][0]
        frame_spans = _frame_spans_below(architecture, cells, first)
        if _shares_no_frame(architecture, cells, first) and not any(
            _span_covers(span, ends) for span in frame_spans for ends in _edge_spans_above(architecture, cells, first)
        ):
            rows.sort(key=lambda row: (row < first, row))
    return {row: position for position, row in enumerate(rows)}


def _shares_no_frame(architecture: Architecture, cells: _HintedCells, row: int) -> bool:
    """Whether no frame encloses nodes of a row together with nodes hinted above it."""
    above: set[GroupId] = set()
    in_row: set[GroupId] = set()
    for node_id, (node_row, _) in cells.items():
        if node_row <= row:
            groups = above if node_row < row else in_row
            groups.update(architecture.ancestors(architecture.node_by_id[node_id].group))
    return above.isdisjoint(in_row)


def _edge_spans_above(architecture: Architecture, cells: _HintedCells, row: int) -> Iterator[tuple[int, int]]:
    """Yield the leftmost and rightmost column of each edge between a row and the rows hinted above it."""
    for edge in architecture.edges:
        if edge.source in cells and edge.target in cells:
            (upper_row, upper_column), (lower_row, lower_column) = sorted((cells[edge.source], cells[edge.target]))
            if upper_row < row == lower_row:
                yield min(upper_column, lower_column), max(upper_column, lower_column)


def _frame_spans_below(architecture: Architecture, cells: _HintedCells, row: int) -> list[tuple[int, int]]:
    """Return the leftmost and rightmost column of each frame that lies completely below a row."""
    cells_by_group: dict[GroupId, list[tuple[int, int]]] = {}
    for node_id, cell in cells.items():
        for group in architecture.ancestors(architecture.node_by_id[node_id].group):
            cells_by_group.setdefault(group, []).append(cell)
    columns_below = ([column for _, column in held] for held in cells_by_group.values() if min(held)[0] > row)
    return [(min(columns), max(columns)) for columns in columns_below]


def _span_covers(frame: tuple[int, int], edge: tuple[int, int]) -> bool:
    """Whether the columns of a frame cover those of an edge, so that no path can pass beside the frame."""
    return frame[0] <= edge[0] and edge[1] <= frame[1]
