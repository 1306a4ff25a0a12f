"""Where the reading-order hints put each node: lines from top to bottom, columns from left to right."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from explorer.core.architecture import Node
from explorer.core.pack import NodeId


@dataclass(frozen=True)
class Grid:
    """The hinted nodes by line and column, without empty ones between; `free` are those without hints.

    Nodes that claim the same cell stand in lines of their own, one beneath the other.
    """

    lines: tuple[tuple[tuple[int, NodeId], ...], ...]
    columns: int
    free: frozenset[NodeId]

    @classmethod
    def of(cls, nodes: Iterable[Node]) -> Grid:
        """The grid of some nodes; companions have no place of their own."""
        found: dict[tuple[int, int], dict[int, NodeId]] = {}
        free = set()
        for node in nodes:
            if node.at is not None:
                continue
            if node.column is None or node.row is None:
                free.add(node.id)
                continue
            nth = 0
            while node.column in found.setdefault((node.row, nth), {}):
                nth += 1
            found[node.row, nth][node.column] = node.id
        columns = sorted({column for line in found.values() for column in line})
        place = {column: index for index, column in enumerate(columns)}
        lines = tuple(
            tuple(sorted((place[column], name) for column, name in line.items()))
            for _, line in sorted(found.items())
        )
        return cls(lines, len(columns), frozenset(free))

    @cached_property
    def stacks(self) -> tuple[tuple[NodeId, ...], ...]:
        """The nodes of each column, from top to bottom."""
        found: list[list[NodeId]] = [[] for _ in range(self.columns)]
        for line in self.lines:
            for column, name in line:
                found[column].append(name)
        return tuple(map(tuple, found))

    def neighbours(self) -> Iterator[tuple[int, NodeId, NodeId]]:
        """Nodes side by side in a line with no column between them, after the column of the left one."""
        for line in self.lines:
            for (left, one), (right, other) in itertools.pairwise(line):
                if right == left + 1:
                    yield left, one, other
