"""The placed drawing as JSON: what every other export draws, in points, y down."""

from __future__ import annotations

import json
from typing import Any

from explorer.layout.placement import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, around


def placed_json(placement: Placement) -> str:
    """The boxes, paths and places of words of a placement, exact to a hundredth of a point."""
    parts = {
        "nodes": [_node(node) for node in placement.nodes],
        "groups": [_group(group) for group in placement.groups],
        "edges": [_edge(edge) for edge in placement.edges],
    }
    told = [f'"size": {_written([_exact(side) for side in placement.size])}']
    for name, entries in parts.items():
        lines = ",\n".join(f"  {_written(entry)}" for entry in entries)
        told.append(f'"{name}": [\n{lines}\n]' if entries else f'"{name}": []')
    return "{\n" + ",\n".join(told) + "\n}\n"


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _node(placed: PlacedNode) -> dict[str, Any]:
    return {
        "id": placed.node.id,
        "box": _box(placed.box),
        "label_boxes": [_box(line.box) for line in placed.lines],
    }


def _group(placed: PlacedGroup) -> dict[str, Any]:
    return {
        "id": placed.group.id,
        "parent": placed.group.parent,
        "box": _box(placed.box),
        "title_box": _box(placed.title.box),
    }


def _edge(placed: PlacedEdge) -> dict[str, Any]:
    return {
        "from": placed.edge.source,
        "to": placed.edge.target,
        "points": [[_exact(point.x), _exact(point.y)] for point in placed.points],
        "label_box": _box(around(line.box for line in placed.label)) if placed.label else None,
    }


def _box(box: Box) -> list[float]:
    return [_exact(number) for number in box]


def _exact(number: float) -> float:
    return round(number, 2) + 0.0  # a zero without a sign
