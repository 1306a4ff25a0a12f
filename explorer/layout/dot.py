"""Architecture and slots to DOT text, and the program's JSON back to boxes: no process is started here.

The program gets no text, only sizes: nodes and groups are numbered, so no word of
a user ever becomes another language's name. Reading-order hints become ranks (columns)
and heavy invisible chains (rows), tied at the icons so that these stand in line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from explorer.core.architecture import Architecture, Group
from explorer.core.pack import GroupId
from explorer.core.problems import ExplorerError
from explorer.layout.placement import Box
from explorer.layout.slots import ICON, TILE, WIDTH, Slot

MARGIN = 14
"""Points between a frame and what is in it."""

_LABEL_PADDING = 8
"""Points of height that the program itself adds to a group's label."""

_HEADER = (
    "digraph {\n"
    "graph [rankdir=LR newrank=true splines=none nodesep=0.3 ranksep=0.8 pad=0]\n"
    'node [shape=plain label=""] edge [style=invis]\n'
)
_BETWEEN_ROWS = {1: 0, 2: 42, 3: 6}
"""Points of air beneath each row but the last, by the number of rows: a picture of few rows has more room."""


def source(architecture: Architecture, slots: Mapping[str, Slot], titles: Mapping[GroupId, float]) -> str:
    """The DOT text of an architecture; `titles` are the widths of the groups' titles in points."""
    number = {name: index for index, name in enumerate(slots)}
    lines = [_HEADER]
    air = _air(slots)
    for name, slot in slots.items():
        lines.append(f"n{number[name]} [label=<{_table(_drawn_height(slot, air))}>]\n")
    lines.extend(_clusters(architecture, number, titles))
    lines.extend(_grid(architecture, slots, number))
    lines.append("}\n")
    return "".join(lines)


def _air(slots: Mapping[str, Slot]) -> dict[int | None, int]:
    """The air beneath each row, by the row."""
    rows = sorted({slot.node.row for slot in slots.values() if slot.node.row is not None})
    beneath = _BETWEEN_ROWS.get(len(rows), 0)
    return {row: beneath for row in rows[:-1]}


def _drawn_height(slot: Slot, air: Mapping[int | None, int]) -> int:
    return int(ICON) + max(1, math.ceil(slot.size[1] - ICON)) + air.get(slot.node.row, 0)


def _table(height: int) -> str:
    rest = height - int(ICON)
    cell = '<td fixedsize="true" width="{}" height="{}"{}></td>'
    icon = cell.format(int(WIDTH), int(ICON), ' port="i"')
    text = cell.format(int(WIDTH), rest, "")
    return f'<table border="0" cellspacing="0" cellpadding="0"><tr>{icon}</tr><tr>{text}</tr></table>'


def _clusters(
    architecture: Architecture, number: Mapping[str, int], titles: Mapping[GroupId, float]
) -> Iterator[str]:
    order = {group.id: index for index, group in enumerate(architecture.groups)}

    def cluster(group: Group) -> str:
        width = math.ceil(titles[group.id])
        title = f'<table border="0" fixedsize="true" width="{width}" height="{int(TILE) - _LABEL_PADDING}"><tr><td></td></tr></table>'
        members = "".join(f"n{number[node.id]};" for node in architecture.nodes if node.group == group.id)
        inner = "".join(cluster(other) for other in architecture.groups if other.parent == group.id)
        return f"subgraph cluster_{order[group.id]} {{margin={MARGIN} labeljust=l label=<{title}>\n{members}{inner}}}\n"

    for group in architecture.groups:
        if group.parent is None:
            yield cluster(group)


def _grid(architecture: Architecture, slots: Mapping[str, Slot], number: Mapping[str, int]) -> Iterator[str]:
    columns: dict[int, list[tuple[int, str]]] = {}
    rows: dict[int, list[tuple[int, str]]] = {}
    free: set[str] = set()
    for name, slot in slots.items():
        column, row = slot.node.column, slot.node.row
        if column is None or row is None:
            free.add(name)
            continue
        columns.setdefault(column, []).append((row, name))
        rows.setdefault(row, []).append((column, name))
    for _, members in sorted(columns.items()):
        members.sort()
        yield "{rank=same;" + "".join(f"n{number[name]};" for _, name in members) + "}\n"
        for (_, upper), (_, lower) in zip(members, members[1:], strict=False):
            yield f"n{number[upper]} -> n{number[lower]} [weight=0]\n"
    for _, members in sorted(rows.items()):
        members.sort()
        for (left, first), (right, second) in zip(members, members[1:], strict=False):
            yield f"n{number[first]}:i:e -> n{number[second]}:i:w [weight=100 minlen={max(1, right - left)}]\n"
    for edge in architecture.edges:
        if edge.source in free or edge.target in free:
            yield f"n{number[edge.source]}:i:e -> n{number[edge.target]}:i:w [weight=2]\n"


def boxes(
    answer: Mapping[str, Any], slots: Mapping[str, Slot], groups: tuple[Group, ...]
) -> tuple[dict[str, Box], dict[GroupId, Box]]:
    """Each slot's box and each group's, y down, out of the program's JSON."""
    try:
        _, _, _, high = _numbers(answer["bb"], 4)
        found = {entry["name"]: entry for entry in answer.get("objects", ())}
        placed: dict[str, Box] = {}
        air = _air(slots)
        for index, (name, slot) in enumerate(slots.items()):
            x, y = _numbers(found[f"n{index}"]["pos"], 2)
            w, h = slot.size
            placed[name] = Box(x - w / 2, high - y - _drawn_height(slot, air) / 2, w, h)
        framed: dict[GroupId, Box] = {}
        for index, group in enumerate(groups):
            x0, y0, x1, y1 = _numbers(found[f"cluster_{index}"]["bb"], 4)
            framed[group.id] = Box(x0, high - y1, x1 - x0, y1 - y0)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExplorerError("The diagram could not be laid out: the layout program's answer lacks places.") from error
    return placed, framed


def _numbers(text: str, count: int) -> list[float]:
    numbers = [float(number) for number in text.split(",")]
    if len(numbers) != count or not all(math.isfinite(number) and abs(number) < 1e5 for number in numbers):
        raise ValueError(text)
    return numbers
