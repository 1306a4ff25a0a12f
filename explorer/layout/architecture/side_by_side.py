"""Two architectures placed as one, so that what both share stands in the same place in either.

The union is laid out once. A node of one half takes the place that its counterpart
has in the other (the same frame, column and row); the halves are then cut out of the
union, each with its own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point, TextLine
from explorer.layout.measured_nodes import MeasuredNode, measure_nodes, wrap_text
from explorer.layout.text_metrics import TextMetrics


@dataclass(frozen=True)
class MergedArchitecture:
    """Both architectures as one; `stands_for` names the place in it of each node of the second."""

    architecture: Architecture
    first: Architecture
    second: Architecture
    counterparts: Mapping[NodeId, NodeId]


def merge_architectures(first: Architecture, second: Architecture, ruler: TextMetrics) -> MergedArchitecture:
    """Both architectures as one; where words differ, those that need more room."""
    stands_for = _counterparts(first, second)
    nodes = _merge_nodes(first, second, stands_for, ruler)
    edges: dict[tuple[NodeId, NodeId], Edge] = {(edge.source, edge.target): edge for edge in first.edges}
    for edge in second.edges:
        ends = (stands_for.get(edge.source, edge.source), stands_for.get(edge.target, edge.target))
        known = edges.get(ends)
        edges[ends] = replace(edge, source=ends[0], target=ends[1]) if known is None else _merge_edges(known, edge)
    groups: dict[GroupId, Group] = {group.id: group for group in first.groups}
    for group in second.groups:
        known_group = groups.get(group.id)
        if known_group is None or _group_depth(second, group.parent) > _group_depth(first, known_group.parent):
            groups[group.id] = group
    together = Architecture(_separate_rows(nodes), tuple(edges.values()), tuple(groups.values()))
    return MergedArchitecture(together, first, second, stands_for)


def split_placement(union: MergedArchitecture, placement: Placement, ruler: TextMetrics) -> tuple[Placement, Placement]:
    """Both architectures where the union's placement has them."""
    return (
        _placement_of_side(union.first, placement, {}, ruler),
        _placement_of_side(union.second, placement, union.counterparts, ruler),
    )


def _placement_of_side(
    architecture: Architecture, placement: Placement, stands_for: Mapping[NodeId, NodeId], ruler: TextMetrics
) -> Placement:
    at = {node.id: stands_for.get(node.id, node.id) for node in architecture.nodes}
    nodes: list[PlacedNode] = []
    for name, slot in measure_nodes(architecture, ruler).items():
        icon = placement.node_by_id[at[NodeId(name)]].icon_box
        nodes.extend(_place_node(slot, Box(icon.x - slot.icon_box.x, icon.y - slot.icon_box.y, 0, 0)))
    ways = {(edge.edge.source, edge.edge.target): edge for edge in placement.edges}
    edges = [_place_edge(edge, ways[at[edge.source], at[edge.target]], ruler) for edge in architecture.edges]
    frames = {placed.group.id: placed for placed in placement.groups}
    groups = [_place_group(group, frames[group.id]) for group in architecture.groups]
    return Placement(placement.size, tuple(nodes), tuple(edges), tuple(groups))


def _place_node(slot: MeasuredNode, by: Box) -> list[PlacedNode]:
    icon = _translate_box(slot.icon_box, by)
    nodes = [PlacedNode(slot.node, icon, _translate_lines(slot.lines, by), icon)]
    for companion in slot.companions:
        box, frame = _translate_box(companion.icon_box, by), _translate_box(companion.outline, by)
        nodes.append(PlacedNode(companion.node, box, _translate_lines(companion.lines, by), frame))
    return nodes


def _place_edge(edge: Edge, way: PlacedEdge, ruler: TextMetrics) -> PlacedEdge:
    """An edge on the union's path, with its own words in the room that the union's have."""
    badge = way.step_center if edge.step is not None else None
    lines = way.label
    if edge.label != way.edge.label:
        lines = _refit_label(edge.label, way, ruler) if edge.label else ()
    return PlacedEdge(edge, way.points, lines, badge)


def _refit_label(text: str, way: PlacedEdge, ruler: TextMetrics) -> tuple[TextLine, ...]:
    """Other words in the room that a label has, as near to its path as that one is."""
    room = way.label
    left, right = min(line.box.x for line in room), max(line.box.right for line in room)
    size, step = room[0].size, room[0].box.h
    texts = wrap_text(ruler, text, right - left + 0.5, len(room), size)
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


def _place_group(group: Group, frame: PlacedGroup) -> PlacedGroup:
    return PlacedGroup(group, frame.box, frame.title, frame.icon_box)


def _translate_box(box: Box, by: Box) -> Box:
    return Box(box.x + by.x, box.y + by.y, box.w, box.h)


def _translate_lines(lines: Iterable[TextLine], by: Box) -> tuple[TextLine, ...]:
    return tuple(line._replace(box=_translate_box(line.box, by)) for line in lines)


def _counterparts(first: Architecture, second: Architecture) -> dict[NodeId, NodeId]:
    """For each node that only the second has, the one that only the first has in the same place."""
    free: dict[tuple[object, ...], NodeId] = {}
    for node in first.nodes:
        if node.id not in second.node_by_id and node.attached_to is None and node.column is not None:
            free[node.group, node.column, node.row] = node.id
    found: dict[NodeId, NodeId] = {}
    for node in second.nodes:
        if node.id not in first.node_by_id and node.attached_to is None:
            other = free.pop((node.group, node.column, node.row), None)
            if other is not None:
                found[node.id] = other
    return found


def _merge_nodes(
    first: Architecture, second: Architecture, stands_for: Mapping[NodeId, NodeId], ruler: TextMetrics
) -> list[Node]:
    """Every place there is, with the words and companions of whichever half needs more height."""
    high = {name: slot.size[1] for name, slot in measure_nodes(first, ruler).items()}
    under: dict[NodeId | None, list[Node]] = {}
    for node in first.nodes:
        under.setdefault(node.attached_to, []).append(node)
    mine: dict[NodeId, tuple[Node, list[Node]]] = {
        node.id: (node, under.get(node.id, [])) for node in under.get(None, [])
    }
    for name, slot in measure_nodes(second, ruler).items():
        place = stands_for.get(NodeId(name), NodeId(name))
        known = mine.get(place)
        companions = [replace(companion.node, attached_to=place) for companion in slot.companions]
        if known is None:
            mine[place] = (replace(slot.node, id=place), companions)
            continue
        group = known[0].group
        if _group_depth(second, slot.node.group) > _group_depth(first, group):
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


def _group_depth(architecture: Architecture, group: GroupId | None) -> int:
    return len(architecture.ancestors(group))


def _merge_edges(one: Edge, other: Edge) -> Edge:
    """The edge with more to say, numbered if either is, firm if either is."""
    said = other.label if len(other.label) > len(one.label) else one.label
    step = one.step if one.step is not None else other.step
    state = ElementState.FIRM if ElementState.FIRM in (one.state, other.state) else one.state
    return replace(one, label=said, step=step, state=state)


def _separate_rows(nodes: list[Node]) -> tuple[Node, ...]:
    """The nodes with a row of its own for each that would stand where another one stands."""
    rows = sorted({node.row for node in nodes if node.row is not None})
    taken: set[tuple[int, int]] = set()
    wanted: list[float | None] = []
    for node in nodes:
        if node.attached_to is not None or node.column is None or node.row is None:
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
        node if row is None else replace(node, row=order[row]) for node, row in zip(nodes, wanted, strict=True)
    )


def shared_positions(first: Placement, second: Placement) -> list[tuple[Point, Point]]:
    """Where each node that both have stands in either."""
    return [
        (placed.icon_box.center, second.node_by_id[placed.node.id].icon_box.center)
        for placed in first.nodes
        if placed.node.id in second.node_by_id and placed.node.attached_to is None
    ]
