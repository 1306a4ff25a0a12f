"""What is placed, as JSON: where every other export draws it, in points, y down."""

from __future__ import annotations

import json
from typing import Any

from explorer.core.errors import ExplorerError
from explorer.export.request.request import Case, Request
from explorer.layout.decision_map.cards import MapPlacement
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, around
from explorer.render.decision_map import MapSheet


def made(request: Request) -> bytes:
    """The bytes of the file: the case's placement, or the map's."""
    match request.about:
        case Case(placement=placement):
            return placed_json(placement).encode()
        case MapSheet(placement=of_map):
            return (json.dumps(placed_map(of_map), ensure_ascii=False, indent=2) + "\n").encode()
        case None:
            raise ExplorerError("A mere picture has no places to write down: choose PNG.")


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


def placed_map(placement: MapPlacement) -> dict[str, object]:
    """The map where it stands, in points, y down."""
    shown = placement.shown
    pack = shown.pack
    return {
        "pack": {"id": pack.id, "version": pack.version, "as_of": pack.as_of},
        "size": [_exact(side) for side in placement.size],
        "nodes": [
            {
                "id": card.node.id,
                "kind": card.node.kind.value,
                "question": card.node.question,
                "outcome": card.node.summary,
                "more_questions": card.node.hidden,
                "box": _box(card.box),
                "label_boxes": [_box(line.box) for line in (card.title, *(row.line for row in card.rows))],
            }
            for card in placement.cards
        ],
        "edges": [
            {
                "from": placed.branch.source,
                "to": placed.branch.target,
                "answers": list(placed.branch.answers),
                "points": [[_exact(x), _exact(y)] for x, y in placed.points],
            }
            for placed in placement.branches
        ],
    }


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
