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
from explorer.layout.measured_nodes import TILE, Slot
from explorer.layout.reading_grid import Grid

MARGIN = 12
"""Points between a frame and what is in it."""

BETWEEN_COLUMNS = 58
"""Points between the slots of two columns, before any more that words need."""

BETWEEN_LINES = 18
"""Points between slots, one beneath the other, before any air that is put between lines later."""

_LABEL_PADDING = 8
"""Points of height that the program itself adds to a group's label."""

BETWEEN_FREE = 100
"""The same where nodes have no columns of their own: any gap may have to hold words."""

_NODES = 'node [shape=box fixedsize=true label=""] edge [style=invis]\n'
_POINT = "width=0.01 height=0.01"
_CHAIN = 1000
"""The weight of a line's chain: it outweighs the program's wish for narrow frames."""


@dataclass(frozen=True)
class Sheet:
    """What the program is asked to place: slots, the grid they stand in, and the room they need.

    `titles` are the widths of the groups' titles, `wider` the points that each column
    takes at its right for words between it and the next.
    """

    architecture: Architecture
    slots: Mapping[NodeId, Slot]
    grid: Grid
    titles: Mapping[GroupId, float]
    wider: Sequence[int]

    @cached_property
    def sizes(self) -> dict[NodeId, tuple[int, int]]:
        """The room asked for each slot: those of a line are equally high, so that their icons are in line."""
        found = {name: (math.ceil(s.size[0]), math.ceil(s.size[1])) for name, s in self.slots.items()}
        heights = [max(found[name][1] for _, name in line) for line in self.grid.lines]
        for index, line in enumerate(self.grid.lines):
            for column, name in line:
                found[name] = (found[name][0] + self.wider[column], heights[index])
        return found

    @cached_property
    def _reach(self) -> dict[GroupId, tuple[range, range]]:
        """The columns and the lines that each frame reaches over, the innermost frames first."""
        held: dict[GroupId, list[tuple[int, int]]] = {}
        for index, line in enumerate(self.grid.lines):
            for column, name in line:
                for group in self.architecture.ancestors(self.slots[name].node.group):
                    held.setdefault(group, []).append((column, index))
        inner = sorted(held, key=lambda group: -len(self.architecture.ancestors(group)))
        cells = {group: tuple(zip(*held[group], strict=True)) for group in inner}
        return {
            group: (_from_first_to_last(columns), _from_first_to_last(lines))
            for group, (columns, lines) in cells.items()
        }

    def frame_at(self, column: int, line: int) -> GroupId | None:
        """The innermost frame that a cell of the grid lies in, whether or not a node stands there."""
        reach = self._reach.items()
        return next((group for group, (columns, lines) in reach if column in columns and line in lines), None)


def _from_first_to_last(numbers: Sequence[int]) -> range:
    return range(min(numbers), max(numbers) + 1)


def sources(sheet: Sheet) -> Iterator[str]:
    """DOT texts for the same sheet, to be tried in turn until one answer keeps the reading order."""
    yield _source(sheet, railed=len(sheet.grid.lines) > 1)
    if len(sheet.grid.lines) > 1:
        yield _source(sheet, railed=False)


def _source(sheet: Sheet, *, railed: bool) -> str:
    grid = sheet.grid
    number = {name: f"n{index}" for index, name in enumerate(sheet.slots)}
    sizes = sheet.sizes
    between = BETWEEN_FREE if grid.free else BETWEEN_COLUMNS
    lines = [
        "digraph {\ngraph [rankdir=LR newrank=true splines=none pad=0 "
        f"nodesep={BETWEEN_LINES / 72:.4f} ranksep={between / 72:.4f}]\n{_NODES}"
    ]
    members: dict[GroupId | None, list[str]] = {}
    ordered = [name for line in grid.lines for _, name in line]
    for name in [*ordered, *(name for name in sheet.slots if name in grid.free)]:
        width, height = sizes[name]
        lines.append(f"{number[name]} [width={width / 72:.4f} height={height / 72:.4f}]\n")
        members.setdefault(sheet.slots[name].node.group, []).append(number[name])
    chains = [_Chain(sheet, number, index, railed) for index in range(len(grid.lines))]
    for chain in chains:
        for group, filler in chain.fillers:
            lines.append(f"{filler} [{_POINT}]\n")
            members.setdefault(group, []).append(filler)
    if railed:
        lines.insert(1, _rail("a", len(chains)))
    lines.extend(_clusters(sheet, members))
    if railed:
        lines.append(_rail("b", len(chains)))
    for column in range(grid.columns):
        stack = [chain.cells[column] for chain in chains if column in chain.cells]
        lines.append("{rank=same;" + ";".join(stack) + "}\n")
        lines.extend(f"{upper} -> {lower} [weight=0]\n" for upper, lower in itertools.pairwise(stack))
    for chain in chains:
        lines.extend(chain.edges())
    lines.extend(_ties(grid, chains))
    for edge in sheet.architecture.edges:
        if edge.source in grid.free or edge.target in grid.free:
            lines.append(f"{number[edge.source]} -> {number[edge.target]} [weight=2]\n")
    lines.append("}\n")
    return "".join(lines)


def _rail(name: str, count: int) -> str:
    """One point for each line, in order, outside of all frames.

    The order holds because these edges have a weight: those without are no constraint to the program.
    """
    points = [f"{name}{index}" for index in range(count)]
    order = "".join(f"{upper} -> {lower}\n" for upper, lower in itertools.pairwise(points))
    return f"{{rank=same; node [{_POINT}]; {';'.join(points)}}}\n{order}"


class _Chain:
    """One line of the grid as the program sees it: its nodes, and where railed a filler in every gap."""

    def __init__(self, sheet: Sheet, number: Mapping[NodeId, str], index: int, railed: bool) -> None:
        self.index = index
        self.railed = railed
        self.columns = sheet.grid.columns
        line = sheet.grid.lines[index]
        self.cells = {column: number[name] for column, name in line}
        self.fillers: list[tuple[GroupId | None, str]] = []
        if railed:
            for column, group in _gaps(sheet, index):
                filler = f"f{index}_{column}"
                self.cells[column] = filler
                self.fillers.append((group, filler))

    def edges(self) -> Iterator[str]:
        """The chain, hung between the rails."""
        cells = sorted(self.cells.items())
        if self.railed:
            first, last = cells[0], cells[-1]
            yield f"a{self.index} -> {first[1]} [minlen={first[0] + 1}]\n"
            yield f"{last[1]} -> b{self.index} [minlen={self.columns - last[0]}]\n"
        for (left, one), (right, other) in itertools.pairwise(cells):
            yield f"{one} -> {other} [weight={_CHAIN} minlen={right - left}]\n"


def _gaps(sheet: Sheet, index: int) -> Iterator[tuple[int, GroupId | None]]:
    """The empty columns of a line that its chain has to pass, each with the frame that it lies in there."""
    line = dict(sheet.grid.lines[index])
    for column in range(sheet.grid.columns):
        if column not in line:
            group = sheet.frame_at(column, index)
            if group is not None or min(line) < column < max(line):
                yield column, group


def _ties(grid: Grid, chains: Sequence[_Chain]) -> Iterator[str]:
    """What keeps two columns apart where no line has a node in both."""
    for column in range(grid.columns - 1):
        here = [chain.cells[column] for chain in chains if column in chain.cells]
        there = [chain.cells[column + 1] for chain in chains if column + 1 in chain.cells]
        if not any(column in chain.cells and column + 1 in chain.cells for chain in chains):
            yield f"{here[0]} -> {there[0]} [weight=0]\n"


def _clusters(sheet: Sheet, members: Mapping[GroupId | None, Sequence[str]]) -> Iterator[str]:
    groups = sheet.architecture.groups
    number = {group.id: index for index, group in enumerate(groups)}
    lowest = {group.id: len(sheet.grid.lines) for group in groups}
    for index, line in enumerate(sheet.grid.lines):
        for _, name in line:
            for around in sheet.architecture.ancestors(sheet.slots[name].node.group):
                lowest[around] = min(lowest[around], index)

    def inside(parent: GroupId | None) -> list[Group]:
        return sorted((g for g in groups if g.parent == parent), key=lambda group: lowest[group.id])

    def cluster(group: Group) -> str:
        width = math.ceil(sheet.titles[group.id])
        title = (
            f'<table border="0" fixedsize="true" width="{width}" height="{int(TILE) - _LABEL_PADDING}">'
            "<tr><td></td></tr></table>"
        )
        held = "".join(f"{name};" for name in members.get(group.id, ()))
        inner = "".join(cluster(other) for other in inside(group.id))
        head = f"subgraph cluster_{number[group.id]} {{margin={MARGIN} labeljust=l label=<{title}>\n"
        return f"{head}{held}{inner}}}\n"

    for group in inside(None):
        yield cluster(group)


def boxes(answer: Mapping[str, Any], sheet: Sheet) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Each slot's box and each group's, y down, out of the program's JSON."""
    sizes = sheet.sizes
    try:
        high = _numbers(answer["bb"], 4)[3]
        found = {entry["name"]: entry for entry in answer.get("objects", ())}
        placed: dict[NodeId, Box] = {}
        for index, (name, slot) in enumerate(sheet.slots.items()):
            x, y = _numbers(found[f"n{index}"]["pos"], 2)
            width, height = sizes[name]
            placed[name] = Box(x - width / 2, high - y - height / 2, *slot.size)
        framed: dict[GroupId, Box] = {}
        for index, group in enumerate(sheet.architecture.groups):
            x0, y0, x1, y1 = _numbers(found[f"cluster_{index}"]["bb"], 4)
            framed[group.id] = Box(x0, high - y1, x1 - x0, y1 - y0)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LayoutError(
            "The diagram could not be laid out: the layout program's answer lacks places."
        ) from error
    return placed, framed


def _numbers(text: str, count: int) -> list[float]:
    numbers = [float(number) for number in text.split(",")]
    if len(numbers) != count or not all(math.isfinite(number) and abs(number) < 1e6 for number in numbers):
        raise ValueError(text)
    return numbers
