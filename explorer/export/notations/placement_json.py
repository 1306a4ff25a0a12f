"""Placement writer: boxes and paths as JSON, in points, y down, as all other exports draw them."""

from __future__ import annotations

import json
from typing import Any

from explorer.export.request.graph import NoGraphError
from explorer.export.request.request import ArchitectureSubject, Request
from explorer.layout.decision_map.cards import MapPlacement
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, bounding_box
from explorer.render.decision_map import DrawnMap


def json_bytes(request: Request) -> bytes:
    """Return the placement of an architecture or of a decision map as the bytes of a JSON file."""
    match request.subject:
        case ArchitectureSubject(placement=placement):
            return placement_text(placement).encode()
        case DrawnMap(placement=map_placement):
            return (json.dumps(map_placement_data(map_placement), ensure_ascii=False, indent=2) + "\n").encode()
        case None:
            raise NoGraphError


def placement_text(placement: Placement) -> str:
    """Return the boxes, paths and label boxes of a placement, rounded to a hundredth of a point."""
    parts = {
        "nodes": [_node_data(node) for node in placement.nodes],
        "groups": [_group_data(group) for group in placement.groups],
        "edges": [_edge_data(edge) for edge in placement.edges],
    }
    members = [f'"size": {_to_json([_rounded(side) for side in placement.size])}']
    for name, entries in parts.items():
        lines = ",\n".join(f"  {_to_json(entry)}" for entry in entries)
        members.append(f'"{name}": [\n{lines}\n]' if entries else f'"{name}": []')
    return "{\n" + ",\n".join(members) + "\n}\n"


def map_placement_data(placement: MapPlacement) -> dict[str, object]:
    """Return the boxes and paths of a decision map as plain data."""
    shown = placement.decision_map
    pack = shown.pack
    return {
        "pack": {"id": pack.id, "version": pack.version, "as_of": pack.as_of},
        "size": [_rounded(side) for side in placement.size],
        "nodes": [
            {
                "id": card.node.id,
                "kind": card.node.kind.value,
                "question": card.node.question,
                "outcome": card.node.summary,
                "more_questions": card.node.hidden_count,
                "box": _box_data(card.box),
                "label_boxes": [_box_data(line.box) for line in (card.title, *(row.line for row in card.rows))],
            }
            for card in placement.cards
        ],
        "edges": [
            {
                "from": placed.branch.source,
                "to": placed.branch.target,
                "answers": list(placed.branch.answers),
                "points": [[_rounded(x), _rounded(y)] for x, y in placed.points],
            }
            for placed in placement.branches
        ],
    }


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _node_data(placed: PlacedNode) -> dict[str, Any]:
    return {
        "id": placed.node.id,
        "box": _box_data(placed.icon_box),
        "label_boxes": [_box_data(line.box) for line in placed.lines],
    }


def _group_data(placed: PlacedGroup) -> dict[str, Any]:
    return {
        "id": placed.group.id,
        "parent": placed.group.parent,
        "box": _box_data(placed.box),
        "title_box": _box_data(placed.title.box),
    }


def _edge_data(placed: PlacedEdge) -> dict[str, Any]:
    return {
        "from": placed.edge.source,
        "to": placed.edge.target,
        "points": [[_rounded(point.x), _rounded(point.y)] for point in placed.points],
        "label_box": _box_data(bounding_box(line.box for line in placed.label)) if placed.label else None,
    }


def _box_data(box: Box) -> list[float]:
    return [_rounded(number) for number in box]


def _rounded(number: float) -> float:
    return round(number, 2) + 0.0  # + 0.0 turns -0.0 into 0.0
