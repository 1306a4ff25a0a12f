"""Side-by-side layout: lays out two architectures as one, so that shared nodes have the same position in both.

The merged architecture is laid out once. A node of one side takes the position of its counterpart on the
other side (same group, column and row). Then each side is cut out of the merged placement, with its own text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Architecture, Edge, ElementState, Group, Node
from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.architecture.placed_parts import place_node
from explorer.layout.geometry import Box, PlacedEdge, PlacedGroup, PlacedNode, Placement, Point, TextLine
from explorer.layout.measured_nodes import measure_nodes, wrap_text
from explorer.layout.text_metrics import TextMetrics

_WIDTH_TOLERANCE = 0.5
_ROWS_BETWEEN = 4
"""The number of rows that can be added below a row, for nodes that would share a cell."""


@dataclass(frozen=True)
class MergedArchitecture:
    """Two architectures merged into one.

    `counterparts` maps nodes of the second to the nodes of the merged architecture whose position they take.
    """

    architecture: Architecture
    first: Architecture
    second: Architecture
    counterparts: Mapping[NodeId, NodeId]


def merge_architectures(first: Architecture, second: Architecture, metrics: TextMetrics) -> MergedArchitecture:
    """Merge two architectures; where their texts differ, the merged one has the text that needs more space."""
    counterparts = _counterparts(first, second)
    nodes = _merge_nodes(first, second, counterparts, metrics)
    edges: dict[tuple[NodeId, NodeId], Edge] = {(edge.source, edge.target): edge for edge in first.edges}
    for edge in second.edges:
        ends = (counterparts.get(edge.source, edge.source), counterparts.get(edge.target, edge.target))
        known = edges.get(ends)
        edges[ends] = replace(edge, source=ends[0], target=ends[1]) if known is None else _merge_edges(known, edge)
    groups: dict[GroupId, Group] = {group.id: group for group in first.groups}
    for group in second.groups:
        known_group = groups.get(group.id)
        if known_group is None or _group_depth(second, group.parent) > _group_depth(first, known_group.parent):
            groups[group.id] = group
    merged = Architecture(_separate_rows(nodes), tuple(edges.values()), tuple(groups.values()))
    return MergedArchitecture(merged, first, second, counterparts)


def split_placement(
    merged: MergedArchitecture, placement: Placement, metrics: TextMetrics
) -> tuple[Placement, Placement]:
    """Return the placements of both architectures at their positions in the merged placement."""
    return (
        _placement_of_side(merged.first, placement, {}, metrics),
        _placement_of_side(merged.second, placement, merged.counterparts, metrics),
    )


def _placement_of_side(
    architecture: Architecture, placement: Placement, counterparts: Mapping[NodeId, NodeId], metrics: TextMetrics
) -> Placement:
    merged_id = {node.id: counterparts.get(node.id, node.id) for node in architecture.nodes}
    nodes: list[PlacedNode] = []
    for node_id, node in measure_nodes(architecture, metrics).items():
        icon = placement.node_by_id[merged_id[node_id]].icon_box
        nodes.extend(place_node(node, Point(icon.x - node.icon_box.x, icon.y - node.icon_box.y)))
    merged_edges = {(placed.edge.source, placed.edge.target): placed for placed in placement.edges}
    edges = [
        _place_edge(edge, merged_edges[merged_id[edge.source], merged_id[edge.target]], metrics)
        for edge in architecture.edges
    ]
    frames = {placed.group.id: placed for placed in placement.groups}
    groups = [
        PlacedGroup(group, frame.box, frame.title, frame.icon_box)
        for group in architecture.groups
        for frame in (frames[group.id],)
    ]
    return Placement(placement.size, tuple(nodes), tuple(edges), tuple(groups))


def _place_edge(edge: Edge, merged: PlacedEdge, metrics: TextMetrics) -> PlacedEdge:
    """Return an edge on the path of the merged edge, with its own label in the area of the merged label."""
    label = merged.label
    if edge.label != merged.edge.label:
        label = _refit_label(edge.label, merged, metrics) if edge.label else ()
    return PlacedEdge(edge, merged.points, label, merged.step_center if edge.step is not None else None)


def _refit_label(text: str, merged: PlacedEdge, metrics: TextMetrics) -> tuple[TextLine, ...]:
    """Return another label within the area of the merged label, at the same distance from its path."""
    area = merged.label
    left, right = min(line.box.x for line in area), max(line.box.right for line in area)
    size, line_height = area[0].size, area[0].box.h
    texts = wrap_text(metrics, text, right - left + _WIDTH_TOLERANCE, len(area), size)
    widths = [metrics.width(line, size) for line in texts]
    width = max(widths)
    vertical_parts = [a.x for a, b in zip(merged.points, merged.points[1:], strict=False) if a.x == b.x]
    nearest = min(vertical_parts, key=lambda x: max(left - x, x - right), default=left)
    is_beside = nearest <= left or nearest >= right
    if nearest <= left:
        start = left
    elif nearest >= right:
        start = right - width
    else:
        start = (left + right - width) / 2
    top = area[0].box.y if is_beside else area[-1].box.bottom - line_height * len(texts)
    lines = []
    for index, (line, line_text, line_width) in enumerate(zip(area, texts, widths, strict=False)):
        box = Box(start + (width - line_width) / 2, top + index * line_height, line_width, line_height)
        lines.append(line._replace(text=line_text, box=box))
    return tuple(lines)


def _counterparts(first: Architecture, second: Architecture) -> dict[NodeId, NodeId]:
    """Return the node of the first architecture for each node of the second one that has the same cell.

    Only nodes that the other architecture does not have are matched.
    """
    by_cell: dict[tuple[object, ...], NodeId] = {}
    for node in first.nodes:
        if node.id not in second.node_by_id and node.attached_to is None and node.column is not None:
            by_cell[node.group, node.column, node.row] = node.id
    counterparts: dict[NodeId, NodeId] = {}
    for node in second.nodes:
        if node.id not in first.node_by_id and node.attached_to is None:
            other = by_cell.pop((node.group, node.column, node.row), None)
            if other is not None:
                counterparts[node.id] = other
    return counterparts


def _merge_nodes(
    first: Architecture, second: Architecture, counterparts: Mapping[NodeId, NodeId], metrics: TextMetrics
) -> list[Node]:
    """Return a node for each position, with the text and the companions of the side that needs more height."""
    heights = {node_id: node.size[1] for node_id, node in measure_nodes(first, metrics).items()}
    attached: dict[NodeId | None, list[Node]] = {}
    for node in first.nodes:
        attached.setdefault(node.attached_to, []).append(node)
    merged: dict[NodeId, tuple[Node, list[Node]]] = {
        node.id: (node, attached.get(node.id, [])) for node in attached.get(None, [])
    }
    for node_id, measured in measure_nodes(second, metrics).items():
        merged_id = counterparts.get(node_id, node_id)
        known = merged.get(merged_id)
        companions = [replace(companion.node, attached_to=merged_id) for companion in measured.companions]
        if known is None:
            merged[merged_id] = (replace(measured.node, id=merged_id), companions)
            continue
        group = known[0].group
        if _group_depth(second, measured.node.group) > _group_depth(first, group):
            group = measured.node.group
        # The names of attached alternatives start with “or”. The merged architecture is never drawn, so the
        # text of either side will do.
        if measured.size[1] > heights[merged_id]:
            merged[merged_id] = (replace(measured.node, id=merged_id, group=group), companions)
        else:
            merged[merged_id] = (replace(known[0], group=group), known[1])
    hosts = [host for host, _ in merged.values()]
    host_ids = {host.id for host in hosts}
    companions_by_id = {
        node.id: node for _, companions in merged.values() for node in companions if node.id not in host_ids
    }
    return [*hosts, *companions_by_id.values()]


def _group_depth(architecture: Architecture, group: GroupId | None) -> int:
    return len(architecture.ancestors(group))


def _merge_edges(one: Edge, other: Edge) -> Edge:
    """Return an edge with the longer label, with a step number if either has one, decided if either is."""
    label = other.label if len(other.label) > len(one.label) else one.label
    step = one.step if one.step is not None else other.step
    state = ElementState.FIRM if ElementState.FIRM in (one.state, other.state) else one.state
    return replace(one, label=label, step=step, state=state)


def _separate_rows(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return the nodes with an additional row for each node that would share a cell with another one."""
    row_count = len({node.row for node in nodes if node.row is not None})
    used: set[tuple[int, int]] = set()
    rows: list[float | None] = []
    for node in nodes:
        if node.attached_to is not None or node.column is None or node.row is None:
            rows.append(None)
            continue
        row = float(node.row)
        while (node.column, row * _ROWS_BETWEEN) in used:
            row += 1 / _ROWS_BETWEEN
        used.add((node.column, int(row * _ROWS_BETWEEN)))
        rows.append(row)
    order = {row: index for index, row in enumerate(sorted({row for row in rows if row is not None}))}
    if len(order) == row_count:
        return tuple(nodes)
    return tuple(node if row is None else replace(node, row=order[row]) for node, row in zip(nodes, rows, strict=True))
