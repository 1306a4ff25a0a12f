"""Where the reading-order hints put each node: lines from top to bottom, columns from left to right."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import GroupId, NodeId


@dataclass(frozen=True)
class ReadingGrid:
    """The hinted nodes by line and column, without empty ones between; `free` are those without hints.

    Nodes that claim the same cell stand in lines of their own, one beneath the other. The line in
    which the main flow begins comes first, where nothing that is then between bars the way.
    """

    rows: tuple[tuple[tuple[int, NodeId], ...], ...]
    column_count: int
    unhinted: frozenset[NodeId]

    @classmethod
    def from_architecture(cls, architecture: Architecture) -> ReadingGrid:
        """The grid of an architecture's nodes; companions have no place of their own."""
        hosts = [node for node in architecture.nodes if node.attached_to is None]
        cells = {node.id: (node.row, node.column) for node in hosts if node.row is not None and node.column is not None}
        order = _row_order(architecture, cells)
        found: dict[tuple[int, int], dict[int, NodeId]] = {}
        for name, (row, column) in cells.items():
            nth = 0
            while column in found.setdefault((order[row], nth), {}):
                nth += 1
            found[order[row], nth][column] = name
        columns = sorted({column for line in found.values() for column in line})
        place = {column: index for index, column in enumerate(columns)}
        lines = tuple(
            tuple(sorted((place[column], name) for column, name in line.items())) for _, line in sorted(found.items())
        )
        return cls(lines, len(columns), frozenset(node.id for node in hosts) - cells.keys())

    @cached_property
    def nodes_by_column(self) -> tuple[tuple[NodeId, ...], ...]:
        """The nodes of each column, from top to bottom."""
        found: list[list[NodeId]] = [[] for _ in range(self.column_count)]
        for line in self.rows:
            for column, name in line:
                found[column].append(name)
        return tuple(map(tuple, found))

    def adjacent_pairs(self) -> Iterator[tuple[int, NodeId, NodeId]]:
        """Nodes side by side in a line with no column between them, after the column of the left one."""
        for line in self.rows:
            for (left, one), (right, other) in itertools.pairwise(line):
                if right == left + 1:
                    yield left, one, other


_HintedCells = Mapping[NodeId, tuple[int, int]]
"""The row and the column that each node is hinted to stand in."""


def _row_order(architecture: Architecture, cells: _HintedCells) -> dict[int, int]:
    """The place of each row from the top.

    What is hinted above the row in which the main flow begins, and shares no frame with it, goes
    beneath all others where its paths to that row have room beside whatever is then between. So
    that row stands still when a site comes or goes, and the first number is read first.
    """
    rows = sorted({row for row, _ in cells.values()})
    steps = {edge.step: edge.source for edge in architecture.edges if edge.step is not None}
    start = steps[min(steps)] if steps else None
    if start is not None and start in cells:
        first = cells[start][0]
        barred = _frame_spans_below(architecture, cells, first)
        apart = _shares_no_frame(architecture, cells, first)
        if apart and not any(
            _span_covers(span, ends) for span in barred for ends in _edge_spans_above(architecture, cells, first)
        ):
            rows.sort(key=lambda row: (row < first, row))
    return {row: place for place, row in enumerate(rows)}


def _shares_no_frame(architecture: Architecture, cells: _HintedCells, row: int) -> bool:
    """Whether no frame holds something of a row and something that is hinted above it."""
    frames: dict[bool, set[GroupId]] = {True: set(), False: set()}
    for name, (at, _) in cells.items():
        if at <= row:
            frames[at < row].update(architecture.ancestors(architecture.node_by_id[name].group))
    return frames[True].isdisjoint(frames[False])


def _edge_spans_above(architecture: Architecture, cells: _HintedCells, row: int) -> Iterator[tuple[int, int]]:
    """The columns, in order, of either end of each edge between a row and those hinted above it."""
    for edge in architecture.edges:
        if edge.source in cells and edge.target in cells:
            (upper, left), (lower, right) = sorted((cells[edge.source], cells[edge.target]))
            if upper < row == lower:
                yield min(left, right), max(left, right)


def _frame_spans_below(architecture: Architecture, cells: _HintedCells, row: int) -> list[tuple[int, int]]:
    """From which column to which each frame reaches that lies wholly beneath a row."""
    held: dict[GroupId, list[tuple[int, int]]] = {}
    for name, cell in cells.items():
        for group in architecture.ancestors(architecture.node_by_id[name].group):
            held.setdefault(group, []).append(cell)
    beneath = ([column for _, column in found] for found in held.values() if min(found)[0] > row)
    return [(min(columns), max(columns)) for columns in beneath]


def _span_covers(span: tuple[int, int], ends: tuple[int, int]) -> bool:
    """Whether a frame bars the way between two columns, as it reaches from one to the other and beyond."""
    return span[0] <= ends[0] and ends[1] <= span[1]
