"""Architecture and slots to DOT text, and the program's JSON back to boxes: no process is started here.

The program gets no text, only sizes: nodes and groups are numbered, so no word of
a user ever becomes another language's name. Reading-order hints become ranks
(columns) and heavy invisible chains (lines). The program pays no heed to an order that
is asked for across frames, so the chains of several lines hang between two rails
outside of all: to swap lines would make them cross.
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
from explorer.layout.geometry import Box
from explorer.layout.graphviz.process import LayoutError
from explorer.layout.measured_nodes import GROUP_ICON_SIZE, MeasuredNode
from explorer.layout.reading_grid import ReadingGrid

FRAME_MARGIN = 12
"""Points between a frame and what is in it."""

COLUMN_GAP = 58
"""Points between the slots of two columns, before any more that words need."""

ROW_GAP = 18
"""Points between slots, one beneath the other, before any air that is put between lines later."""

_LABEL_PADDING = 8
"""Points of height that the program itself adds to a group's label."""

UNHINTED_GAP = 100
"""The same where nodes have no columns of their own: any gap may have to hold words."""

_DEFAULT_ATTRIBUTES = 'node [shape=box fixedsize=true label=""] edge [style=invis]\n'
_POINT_ATTRIBUTES = "width=0.01 height=0.01"
_CHAIN_WEIGHT = 1000
"""The weight of a line's chain: it outweighs the program's wish for narrow frames."""


@dataclass(frozen=True)
class GraphInput:
    """What the program is asked to place: slots, the grid they stand in, and the room they need.

    `titles` are the widths of the groups' titles, `wider` the points that each column
    takes at its right for words between it and the next.
    """

    architecture: Architecture
    nodes: Mapping[NodeId, MeasuredNode]
    grid: ReadingGrid
    title_widths: Mapping[GroupId, float]
    extra_widths: Sequence[int]

    @cached_property
    def node_sizes(self) -> dict[NodeId, tuple[int, int]]:
        """The room asked for each slot: those of a line are equally high, so that their icons are in line."""
        found = {name: (math.ceil(s.size[0]), math.ceil(s.size[1])) for name, s in self.nodes.items()}
        heights = [max(found[name][1] for _, name in line) for line in self.grid.rows]
        for index, line in enumerate(self.grid.rows):
            for column, name in line:
                found[name] = (found[name][0] + self.extra_widths[column], heights[index])
        return found

    @cached_property
    def _frame_extents(self) -> dict[GroupId, tuple[range, range]]:
        """The columns and the lines that each frame reaches over, the innermost frames first."""
        held: dict[GroupId, list[tuple[int, int]]] = {}
        for index, line in enumerate(self.grid.rows):
            for column, name in line:
                for group in self.architecture.ancestors(self.nodes[name].node.group):
                    held.setdefault(group, []).append((column, index))
        inner = sorted(held, key=lambda group: -len(self.architecture.ancestors(group)))
        cells = {group: tuple(zip(*held[group], strict=True)) for group in inner}
        return {group: (_spanning_range(columns), _spanning_range(lines)) for group, (columns, lines) in cells.items()}

    def innermost_frame_at(self, column: int, line: int) -> GroupId | None:
        """The innermost frame that a cell of the grid lies in, whether or not a node stands there."""
        reach = self._frame_extents.items()
        return next((group for group, (columns, lines) in reach if column in columns and line in lines), None)


def _spanning_range(numbers: Sequence[int]) -> range:
    return range(min(numbers), max(numbers) + 1)


def dot_sources(sheet: GraphInput) -> Iterator[str]:
    """DOT texts for the same sheet, to be tried in turn until one answer keeps the reading order."""
    yield _dot_source(sheet, railed=len(sheet.grid.rows) > 1)
    if len(sheet.grid.rows) > 1:
        yield _dot_source(sheet, railed=False)


def _dot_source(sheet: GraphInput, *, railed: bool) -> str:
    grid = sheet.grid
    number = {name: f"n{index}" for index, name in enumerate(sheet.nodes)}
    sizes = sheet.node_sizes
    between = UNHINTED_GAP if grid.unhinted else COLUMN_GAP
    lines = [
        "digraph {\ngraph [rankdir=LR newrank=true splines=none pad=0 "
        f"nodesep={ROW_GAP / 72:.4f} ranksep={between / 72:.4f}]\n{_DEFAULT_ATTRIBUTES}"
    ]
    members: dict[GroupId | None, list[str]] = {}
    ordered = [name for line in grid.rows for _, name in line]
    for name in [*ordered, *(name for name in sheet.nodes if name in grid.unhinted)]:
        width, height = sizes[name]
        lines.append(f"{number[name]} [width={width / 72:.4f} height={height / 72:.4f}]\n")
        members.setdefault(sheet.nodes[name].node.group, []).append(number[name])
    chains = [_RankChain(sheet, number, index, railed) for index in range(len(grid.rows))]
    for chain in chains:
        for group, filler in chain.fillers:
            lines.append(f"{filler} [{_POINT_ATTRIBUTES}]\n")
            members.setdefault(group, []).append(filler)
    if railed:
        lines.insert(1, _guide_nodes("a", len(chains)))
    lines.extend(_clusters(sheet, members))
    if railed:
        lines.append(_guide_nodes("b", len(chains)))
    for column in range(grid.column_count):
        stack = [chain.dot_names[column] for chain in chains if column in chain.dot_names]
        lines.append("{rank=same;" + ";".join(stack) + "}\n")
        lines.extend(f"{upper} -> {lower} [weight=0]\n" for upper, lower in itertools.pairwise(stack))
    for chain in chains:
        lines.extend(chain.edges())
    lines.extend(_column_order_edges(grid, chains))
    for edge in sheet.architecture.edges:
        if edge.source in grid.unhinted or edge.target in grid.unhinted:
            lines.append(f"{number[edge.source]} -> {number[edge.target]} [weight=2]\n")
    lines.append("}\n")
    return "".join(lines)


def _guide_nodes(name: str, count: int) -> str:
    """One point for each line, in order, outside of all frames.

    The order holds because these edges have a weight: those without are no constraint to the program.
    """
    points = [f"{name}{index}" for index in range(count)]
    order = "".join(f"{upper} -> {lower}\n" for upper, lower in itertools.pairwise(points))
    return f"{{rank=same; node [{_POINT_ATTRIBUTES}]; {';'.join(points)}}}\n{order}"


class _RankChain:
    """One line of the grid as the program sees it: its nodes, and where railed a filler in every gap."""

    def __init__(self, sheet: GraphInput, number: Mapping[NodeId, str], index: int, railed: bool) -> None:
        self.index = index
        self.guided = railed
        self.column_count = sheet.grid.column_count
        line = sheet.grid.rows[index]
        self.dot_names = {column: number[name] for column, name in line}
        self.fillers: list[tuple[GroupId | None, str]] = []
        if railed:
            for column, group in _empty_cells(sheet, index):
                filler = f"f{index}_{column}"
                self.dot_names[column] = filler
                self.fillers.append((group, filler))

    def edges(self) -> Iterator[str]:
        """The chain, hung between the rails."""
        cells = sorted(self.dot_names.items())
        if self.guided:
            first, last = cells[0], cells[-1]
            yield f"a{self.index} -> {first[1]} [minlen={first[0] + 1}]\n"
            yield f"{last[1]} -> b{self.index} [minlen={self.column_count - last[0]}]\n"
        for (left, one), (right, other) in itertools.pairwise(cells):
            yield f"{one} -> {other} [weight={_CHAIN_WEIGHT} minlen={right - left}]\n"


def _empty_cells(sheet: GraphInput, index: int) -> Iterator[tuple[int, GroupId | None]]:
    """The empty columns of a line that its chain has to pass, each with the frame that it lies in there."""
    line = dict(sheet.grid.rows[index])
    for column in range(sheet.grid.column_count):
        if column not in line:
            group = sheet.innermost_frame_at(column, index)
            if group is not None or min(line) < column < max(line):
                yield column, group


def _column_order_edges(grid: ReadingGrid, chains: Sequence[_RankChain]) -> Iterator[str]:
    """What keeps two columns apart where no line has a node in both."""
    for column in range(grid.column_count - 1):
        here = [chain.dot_names[column] for chain in chains if column in chain.dot_names]
        there = [chain.dot_names[column + 1] for chain in chains if column + 1 in chain.dot_names]
        if not any(column in chain.dot_names and column + 1 in chain.dot_names for chain in chains):
            yield f"{here[0]} -> {there[0]} [weight=0]\n"


def _clusters(sheet: GraphInput, members: Mapping[GroupId | None, Sequence[str]]) -> Iterator[str]:
    groups = sheet.architecture.groups
    number = {group.id: index for index, group in enumerate(groups)}
    lowest = {group.id: len(sheet.grid.rows) for group in groups}
    for index, line in enumerate(sheet.grid.rows):
        for _, name in line:
            for around in sheet.architecture.ancestors(sheet.nodes[name].node.group):
                lowest[around] = min(lowest[around], index)

    def inside(parent: GroupId | None) -> list[Group]:
        return sorted((g for g in groups if g.parent == parent), key=lambda group: lowest[group.id])

    def cluster(group: Group) -> str:
        width = math.ceil(sheet.title_widths[group.id])
        title = (
            f'<table border="0" fixedsize="true" width="{width}" height="{int(GROUP_ICON_SIZE) - _LABEL_PADDING}">'
            "<tr><td></td></tr></table>"
        )
        held = "".join(f"{name};" for name in members.get(group.id, ()))
        inner = "".join(cluster(other) for other in inside(group.id))
        head = f"subgraph cluster_{number[group.id]} {{margin={FRAME_MARGIN} labeljust=l label=<{title}>\n"
        return f"{head}{held}{inner}}}\n"

    for group in inside(None):
        yield cluster(group)


def parse_boxes(answer: Mapping[str, Any], sheet: GraphInput) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Each slot's box and each group's, y down, out of the program's JSON."""
    sizes = sheet.node_sizes
    try:
        high = _parse_numbers(answer["bb"], 4)[3]
        found = {entry["name"]: entry for entry in answer.get("objects", ())}
        placed: dict[NodeId, Box] = {}
        for index, (name, slot) in enumerate(sheet.nodes.items()):
            x, y = _parse_numbers(found[f"n{index}"]["pos"], 2)
            width, height = sizes[name]
            placed[name] = Box(x - width / 2, high - y - height / 2, *slot.size)
        framed: dict[GroupId, Box] = {}
        for index, group in enumerate(sheet.architecture.groups):
            x0, y0, x1, y1 = _parse_numbers(found[f"cluster_{index}"]["bb"], 4)
            framed[group.id] = Box(x0, high - y1, x1 - x0, y1 - y0)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LayoutError("The diagram could not be laid out: the layout program's answer lacks places.") from error
    return placed, framed


def _parse_numbers(text: str, count: int) -> list[float]:
    numbers = [float(number) for number in text.split(",")]
    if len(numbers) != count or not all(math.isfinite(number) and abs(number) < 1e6 for number in numbers):
        raise ValueError(text)
    return numbers
