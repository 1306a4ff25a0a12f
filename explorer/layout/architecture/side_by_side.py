"""Two architectures placed as one, so that what both share stands in the same place in either.

The union is laid out once. A node of one half takes the place that its counterpart
has in the other (the same frame, column and row); the halves are then cut out of the
union, each with its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Architecture, Edge, Group, Node, State
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Line, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point
from explorer.layout.measured_nodes import Slot, broken, slots
from explorer.layout.text_metrics import Ruler


@dataclass(frozen=True)
class Union:
    """Both architectures as one; `stands_for` names the place in it of each node of the second."""

    architecture: Architecture
    first: Architecture
    second: Architecture
    stands_for: Mapping[NodeId, NodeId]


def united(first: Architecture, second: Architecture, ruler: Ruler) -> Union:
    """Both architectures as one; where words differ, those that need more room."""
    stands_for = _counterparts(first, second)
    nodes = _nodes(first, second, stands_for, ruler)
    edges: dict[tuple[NodeId, NodeId], Edge] = {(edge.source, edge.target): edge for edge in first.edges}
    for edge in second.edges:
        ends = (stands_for.get(edge.source, edge.source), stands_for.get(edge.target, edge.target))
        known = edges.get(ends)
        edges[ends] = replace(edge, source=ends[0], target=ends[1]) if known is None else _wider(known, edge)
    groups: dict[GroupId, Group] = {group.id: group for group in first.groups}
    for group in second.groups:
        known_group = groups.get(group.id)
        if known_group is None or _depth(second, group.parent) > _depth(first, known_group.parent):
            groups[group.id] = group
    together = Architecture(_apart(nodes), tuple(edges.values()), tuple(groups.values()))
    return Union(together, first, second, stands_for)


def halves(union: Union, placement: Placement, ruler: Ruler) -> tuple[Placement, Placement]:
    """Both architectures where the union's placement has them."""
    return (
        _half(union.first, placement, {}, ruler),
        _half(union.second, placement, union.stands_for, ruler),
    )


def _half(
    architecture: Architecture, placement: Placement, stands_for: Mapping[NodeId, NodeId], ruler: Ruler
) -> Placement:
    at = {node.id: stands_for.get(node.id, node.id) for node in architecture.nodes}
    nodes: list[PlacedNode] = []
    for name, slot in slots(architecture, ruler).items():
        icon = placement.node_by_id[at[NodeId(name)]].box
        nodes.extend(_placed(slot, Box(icon.x - slot.icon.x, icon.y - slot.icon.y, 0, 0)))
    ways = {(edge.edge.source, edge.edge.target): edge for edge in placement.edges}
    edges = [_edge(edge, ways[at[edge.source], at[edge.target]], ruler) for edge in architecture.edges]
    frames = {placed.group.id: placed for placed in placement.groups}
    groups = [_group(group, frames[group.id]) for group in architecture.groups]
    return Placement(placement.size, tuple(nodes), tuple(edges), tuple(groups))


def _placed(slot: Slot, by: Box) -> list[PlacedNode]:
    icon = _moved(slot.icon, by)
    nodes = [PlacedNode(slot.node, icon, _moved_lines(slot.lines, by), icon)]
    for companion in slot.companions:
        box, frame = _moved(companion.icon, by), _moved(companion.frame, by)
        nodes.append(PlacedNode(companion.node, box, _moved_lines(companion.lines, by), frame))
    return nodes


def _edge(edge: Edge, way: PlacedEdge, ruler: Ruler) -> PlacedEdge:
    """An edge on the union's path, with its own words in the room that the union's have."""
    badge = way.badge if edge.step is not None else None
    lines = way.label
    if edge.label != way.edge.label:
        lines = _lines(edge.label, way, ruler) if edge.label else ()
    return PlacedEdge(edge, way.points, lines, badge)


def _lines(text: str, way: PlacedEdge, ruler: Ruler) -> tuple[Line, ...]:
    """Other words in the room that a label has, as near to its path as that one is."""
    room = way.label
    left, right = min(line.box.x for line in room), max(line.box.right for line in room)
    size, step = room[0].size, room[0].box.h
    texts = broken(ruler, text, right - left + 0.5, len(room), size)
    widest = max(ruler.width(words, size) for words in texts)
    beside = [a.x for a, b in zip(way.points, way.points[1:], strict=False) if a.x == b.x]
    near = min(beside, key=lambda x: max(left - x, x - right), default=left)
    start = left if near <= left else right - widest if near >= right else (left + right - widest) / 2
    top = room[0].box.y if near <= left or near >= right else room[-1].box.bottom - step * len(texts)
    return tuple(
        line._replace(text=words, box=Box(start + (widest - width) / 2, top + number * step, width, step))
        for number, (line, words) in enumerate(zip(room, texts, strict=False))
        for width in (ruler.width(words, size),)
    )


def _group(group: Group, frame: PlacedGroup) -> PlacedGroup:
    return PlacedGroup(group, frame.box, frame.title, frame.tile)


def _moved(box: Box, by: Box) -> Box:
    return Box(box.x + by.x, box.y + by.y, box.w, box.h)


def _moved_lines(lines: Iterable[Line], by: Box) -> tuple[Line, ...]:
    return tuple(line._replace(box=_moved(line.box, by)) for line in lines)


def _counterparts(first: Architecture, second: Architecture) -> dict[NodeId, NodeId]:
    """For each node that only the second has, the one that only the first has in the same place."""
    free: dict[tuple[object, ...], NodeId] = {}
    for node in first.nodes:
        if node.id not in second.node_by_id and node.at is None and node.column is not None:
            free[node.group, node.column, node.row] = node.id
    found: dict[NodeId, NodeId] = {}
    for node in second.nodes:
        if node.id not in first.node_by_id and node.at is None:
            other = free.pop((node.group, node.column, node.row), None)
            if other is not None:
                found[node.id] = other
    return found


def _nodes(
    first: Architecture, second: Architecture, stands_for: Mapping[NodeId, NodeId], ruler: Ruler
) -> list[Node]:
    """Every place there is, with the words and companions of whichever half needs more height."""
    high = {name: slot.size[1] for name, slot in slots(first, ruler).items()}
    under: dict[NodeId | None, list[Node]] = {}
    for node in first.nodes:
        under.setdefault(node.at, []).append(node)
    mine: dict[NodeId, tuple[Node, list[Node]]] = {
        node.id: (node, under.get(node.id, [])) for node in under.get(None, [])
    }
    for name, slot in slots(second, ruler).items():
        place = stands_for.get(NodeId(name), NodeId(name))
        known = mine.get(place)
        companions = [replace(companion.node, at=place) for companion in slot.companions]
        if known is None:
            mine[place] = (replace(slot.node, id=place), companions)
            continue
        group = known[0].group
        if _depth(second, slot.node.group) > _depth(first, group):
            group = slot.node.group
        # Ghosts that hang here have their name drawn with an “or”: the union is never drawn, so any will do.
        if slot.size[1] > high[place]:
            mine[place] = (replace(slot.node, id=place, group=group), companions)
        else:
            mine[place] = (replace(known[0], group=group), known[1])
    hosts = [host for host, _ in mine.values()]
    names = {host.id for host in hosts}
    hanging = [node for _, companions in mine.values() for node in companions if node.id not in names]
    return [*hosts, *{node.id: node for node in hanging}.values()]


def _depth(architecture: Architecture, group: GroupId | None) -> int:
    return len(architecture.ancestors(group))


def _wider(one: Edge, other: Edge) -> Edge:
    """The edge with more to say, numbered if either is, firm if either is."""
    said = other.label if len(other.label) > len(one.label) else one.label
    step = one.step if one.step is not None else other.step
    state = State.FIRM if State.FIRM in (one.state, other.state) else one.state
    return replace(one, label=said, step=step, state=state)


def _apart(nodes: list[Node]) -> tuple[Node, ...]:
    """The nodes with a row of its own for each that would stand where another one stands."""
    rows = sorted({node.row for node in nodes if node.row is not None})
    taken: set[tuple[int, int]] = set()
    wanted: list[float | None] = []
    for node in nodes:
        if node.at is not None or node.column is None or node.row is None:
            wanted.append(None)
            continue
        row = float(node.row)
        while (node.column, row * 4) in taken:
            row += 0.25
        taken.add((node.column, int(row * 4)))
        wanted.append(row)
    order = {row: index for index, row in enumerate(sorted({row for row in wanted if row is not None}))}
    if len(order) == len(rows):
        return tuple(nodes)
    return tuple(
        node if row is None else replace(node, row=order[row])
        for node, row in zip(nodes, wanted, strict=True)
    )


def shared(first: Placement, second: Placement) -> list[tuple[Point, Point]]:
    """Where each node that both have stands in either."""
    return [
        (placed.box.centre, second.node_by_id[placed.node.id].box.centre)
        for placed in first.nodes
        if placed.node.id in second.node_by_id and placed.node.at is None
    ]
