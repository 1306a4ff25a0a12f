"""Test helpers: architectures from text, text metrics without a font, and placements with given positions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point, TextLine


@dataclass(frozen=True)
class FixedWidthMetrics:
    """Text metrics in which every character is half as wide as the font size."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        return len(text) * size * 0.5

    def height(self, size: float) -> float:
        return 1.15 * size


METRICS = FixedWidthMetrics()

_NODE = re.compile(r"(?P<state>[?!~]?)(?P<id>[\w-]+)(?: (?P<column>\d+),(?P<row>\d+))?(?: in (?P<group>\w+))?$")
_EDGE = re.compile(r"(?P<source>[\w-]+) (?P<arrow>>|>>) (?P<target>[\w-]+)(?: (?P<step>#\d+))?(?:: (?P<label>.+))?$")
_STATES = {
    "": ElementState.FIRM,
    "~": ElementState.DEFAULT,
    "?": ElementState.GHOST,
    "!": ElementState.CONFLICT,
}


def architecture(sketch: str) -> Architecture:
    """Parse an architecture from lines such as these:

    group vpc in cloud      a group with an optional parent
    web 1,2 in vpc          a node in column 1, row 2
    role at web             a companion
    web >> db #2: reads     an edge (`>>` for control) with its step number and label

    A prefix of a node sets its state: `~` by default, `?` an alternative, `!` in conflict.
    """
    groups, nodes, edges = [], [], []
    for line in filter(None, map(str.strip, sketch.splitlines())):
        if line.startswith("group "):
            name, _, parent = line.removeprefix("group ").partition(" in ")
            groups.append(Group(GroupId(name), name, name.upper(), GroupId(parent) if parent else None, ()))
        elif " at " in line:
            name, _, host = line.partition(" at ")
            state, name = (_STATES[name[0]], name[1:]) if name[0] in _STATES else (ElementState.FIRM, name)
            nodes.append(Node(NodeId(name), name, name, "", None, NodeId(host), None, None, state, (), ()))
        elif found := _EDGE.match(line):
            edges.append(
                Edge(
                    NodeId(found["source"]),
                    NodeId(found["target"]),
                    found["label"] or "",
                    found["arrow"] == ">>",
                    int(found["step"][1:]) if found["step"] else None,
                    ElementState.FIRM,
                    (),
                    (),
                )
            )
        elif found := _NODE.match(line):
            column, row = (int(found[key]) if found[key] else None for key in ("column", "row"))
            group = GroupId(found["group"]) if found["group"] else None
            state = _STATES[found["state"]]
            name = NodeId(found["id"])
            nodes.append(Node(name, name, name, "", group, None, column, row, state, (), ()))
        else:
            raise ValueError(line)
    return Architecture(tuple(nodes), tuple(edges), tuple(groups))


@dataclass(frozen=True)
class FixedAnswerEngine:
    """A layout engine that always returns the same answer."""

    answer: str

    def run(self, source: str) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = json.loads(self.answer)
        return answer


def text_line(text: str, x: float, y: float) -> TextLine:
    """A text line of 12 points with its top left corner at a position."""
    return TextLine(text, Box(x, y, METRICS.width(text, 12), METRICS.height(12)), 12, False, False, False)


def placed(
    sketch: str,
    icons: Mapping[str, tuple[float, float]],
    frames: Mapping[str, Box] | None = None,
    paths: Mapping[str, list[tuple[float, float]]] | None = None,
    *,
    size: tuple[float, float] = (900.0, 500.0),
) -> Placement:
    """Place a sketch at given positions: icons of 48 points with their names below."""
    drawn = architecture(sketch)
    nodes = []
    for node in drawn.nodes:
        box = Box(*icons[node.id], 48, 48)
        nodes.append(PlacedNode(node, box, (text_line(node.label, box.x, box.bottom + 4),), box))
    groups = [
        PlacedGroup(group, box, text_line(group.label, box.x + 28, box.y + 4), Box(box.x, box.y, 22, 22))
        for group in drawn.groups
        for box in [(frames or {})[group.id]]
    ]
    edges = [PlacedEdge(edge, tuple(Point(*at) for at in (paths or {})[edge.id]), (), None) for edge in drawn.edges]
    return Placement(size, tuple(nodes), tuple(edges), tuple(groups))
