"""Quality rules of a placed drawing: finds overlaps, ambiguous labels, wrong crossings and bad proportions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import combinations, pairwise
from typing import NamedTuple

from explorer.core.model.pack import GroupId
from explorer.layout.geometry import Box, PlacedEdge, Placement, Point, bounding_box
from explorer.layout.page import ASPECT_RANGE
from explorer.layout.reading_grid import ReadingGrid
from explorer.layout.routing.edge_labels import step_box
from explorer.layout.routing.routing_grid import PATH_SPACING
from explorer.layout.routing.segments import Segment, box_sides, intersects, path_segments

MAX_CROSSINGS = 2
SLIDE_SIZE = (13.333 * 72, 7.5 * 72)
MIN_TEXT_ON_SLIDE = 9.0
FRAME_DISTANCE = 3.0
"""Least points between a path and a parallel frame side."""

_TOLERANCE = 0.05
_END_TOLERANCE = 2.5


class QualityRule(Enum):
    """A rule of a good drawing; the value is the sentence for a violation."""

    TEXT_OVERLAP = "the text of {} overlaps the text of {}"
    TEXT_ON_ICON = "the text of {} overlaps the icon of {}"
    TEXT_ON_EDGE = "the text of {} is on the edge {}"
    TEXT_ON_OWN_PATH = "the text of {} is on its own path"
    TEXT_ON_FRAME = "the text of {} is on the frame of {}"
    ICON_OVERLAP = "the icons of {} and {} overlap"
    AMBIGUOUS_LABEL = "the text of {} is as near to {}"
    STEP_ON_CORNER = "the step number of {} is on a corner"
    EDGE_ALONG_FRAME = "the edge {} runs along the frame of {}"
    EDGE_ON_NODE = "the edge {} crosses the node {}"
    EDGE_ON_OWN_END = "the edge {} crosses the icon of its own end {}"
    EDGE_IN_GROUP = "the edge {} crosses the group {}"
    EDGE_NOT_CONNECTED = "the edge {} does not reach {}"
    EDGES_TOO_CLOSE = "the edges {} and {} run too close to each other"
    EDGE_ENDS_TOUCH = "the ends of the edges {} and {} touch"
    NODE_OUTSIDE_GROUP = "the node {} is not completely inside its group {}"
    NODE_IN_FOREIGN_GROUP = "the node {} overlaps the group {}"
    GROUP_OUTSIDE_PARENT = "the group {} is not completely inside its parent {}"
    TITLE_OUTSIDE_GROUP = "the title of {} is not completely inside its frame"
    GROUP_OVERLAP = "the groups {} and {} overlap"
    EDGE_OUTSIDE_PAGE = "the edge {} leaves the page"
    NOT_ALIGNED = "{} {} is not aligned"
    NOT_IN_ORDER = "{} {} is not after {} {}"
    TOO_MANY_CROSSINGS = "{} crossings"
    ASPECT_RATIO = "the width is {} times the height"
    SMALL_TEXT = "the smallest text has {} points on a slide"


class Violation(NamedTuple):
    """A violated rule and the elements or numbers that it concerns."""

    rule: QualityRule
    elements: tuple[str, ...]

    def __str__(self) -> str:
        """The violation as a sentence."""
        return self.rule.value.format(*self.elements)


def violations(placement: Placement) -> tuple[Violation, ...]:
    """Return all violations of the quality rules; a drawing without any is fit to show."""
    return (
        *_overlaps(placement),
        *_elements_on_frames(placement),
        *_ambiguous_labels(placement),
        *_misrouted_edges(placement),
        *_close_edges(placement),
        *_outside_group(placement),
        *_out_of_order(placement),
        *_proportions(placement),
    )


def count_crossings(placement: Placement) -> int:
    """Return how many times edges cross each other."""
    paths = [path_segments(edge.points) for edge in placement.edges]
    return sum(1 for one, other in combinations(paths, 2) for a in one for b in other if _segments_cross(a, b))


def smallest_text_on_slide(placement: Placement) -> float:
    """Return the smallest font size in points if the drawing fills a slide of 13.33 by 7.5 inches."""
    sizes = [line.size for node in placement.nodes for line in node.lines]
    sizes.extend(line.size for edge in placement.edges for line in edge.label)
    sizes.extend(group.title.size for group in placement.groups)
    scale = min(SLIDE_SIZE[0] / placement.size[0], SLIDE_SIZE[1] / placement.size[1])
    return min(sizes, default=MIN_TEXT_ON_SLIDE) * scale


def _violation(rule: QualityRule, *elements: object) -> Violation:
    return Violation(rule, tuple(map(str, elements)))


def _inset(box: Box) -> Box:
    return box.expanded(-_TOLERANCE)


def _text_boxes(placement: Placement) -> list[tuple[str, Box]]:
    """Return the boxes of all text lines and step numbers, except group titles, with the id of their element."""
    boxes = [(str(node.node.id), _inset(line.box)) for node in placement.nodes for line in node.lines]
    for edge in placement.edges:
        boxes.extend((edge.edge.id, _inset(line.box)) for line in edge.label)
        if edge.step_center is not None:
            boxes.append((edge.edge.id, _inset(step_box(edge.step_center))))
    return boxes


def _overlaps(placement: Placement) -> Iterator[Violation]:
    titles = [(str(group.group.id), _inset(group.title_box)) for group in placement.groups]
    texts = [*_text_boxes(placement), *titles]
    icons = [(node.node.id, _inset(node.icon_box)) for node in placement.nodes]
    for (one, a), (other, b) in combinations(texts, 2):
        if a.overlaps(b):
            yield _violation(QualityRule.TEXT_OVERLAP, one, other)
    for element, box in texts:
        for node_id, icon in icons:
            if box.overlaps(icon):
                yield _violation(QualityRule.TEXT_ON_ICON, element, node_id)
    for edge in placement.edges:
        segments = path_segments(edge.points)
        for element, box in texts:
            if element != edge.edge.id and any(intersects(segment, box) for segment in segments):
                yield _violation(QualityRule.TEXT_ON_EDGE, element, edge.edge.id)
        for line in edge.label:
            if any(intersects(segment, _inset(line.box)) for segment in segments):
                yield _violation(QualityRule.TEXT_ON_OWN_PATH, edge.edge.id)
    for (one, a), (other, b) in combinations(icons, 2):
        if a.overlaps(b):
            yield _violation(QualityRule.ICON_OVERLAP, one, other)


def _elements_on_frames(placement: Placement) -> Iterator[Violation]:
    texts = _text_boxes(placement)
    for group in placement.groups:
        sides = box_sides(group.box)
        for element, box in texts:
            if any(intersects(side, box) for side in sides):
                yield _violation(QualityRule.TEXT_ON_FRAME, element, group.group.id)
        for edge in placement.edges:
            segments = path_segments(edge.points)
            if any(_run_side_by_side(segment, side, FRAME_DISTANCE) for segment in segments for side in sides):
                yield _violation(QualityRule.EDGE_ALONG_FRAME, edge.edge.id, group.group.id)


def _ambiguous_labels(placement: Placement) -> Iterator[Violation]:
    paths = {edge.edge.id: path_segments(edge.points) for edge in placement.edges}
    for edge in placement.edges:
        if edge.label:
            label = bounding_box(line.box for line in edge.label)
            own_distance = min(_distance(label, segment) for segment in paths[edge.edge.id])
            for edge_id, segments in paths.items():
                if edge_id != edge.edge.id and min(_distance(label, segment) for segment in segments) <= own_distance:
                    yield _violation(QualityRule.AMBIGUOUS_LABEL, edge.edge.id, edge_id)
        if edge.step_center is not None:
            area = step_box(edge.step_center).expanded(-1)
            if any(area.overlaps(Box(*corner, 0, 0)) for corner in edge.points[1:-1]):
                yield _violation(QualityRule.STEP_ON_CORNER, edge.edge.id)


def _distance(box: Box, segment: Segment) -> float:
    x, y, w, h = box
    if segment.vertical:
        across = max(x - segment.at, segment.at - x - w, 0.0)
        along = max(segment.low - y - h, y - segment.high, 0.0)
    else:
        across = max(y - segment.at, segment.at - y - h, 0.0)
        along = max(segment.low - x - w, x - segment.high, 0.0)
    return max(across, along)


def _enclosing_groups(placement: Placement) -> dict[str, set[GroupId]]:
    """Return the groups around each node; a companion is in the groups of the node it is attached to."""
    architecture = placement.architecture
    enclosing: dict[str, set[GroupId]] = {}
    for node in architecture.nodes:
        host = architecture.node_by_id[node.attached_to] if node.attached_to else node
        enclosing[node.id] = set(architecture.ancestors(host.group))
    return enclosing


def _misrouted_edges(placement: Placement) -> Iterator[Violation]:
    enclosing = _enclosing_groups(placement)
    for edge in placement.edges:
        ends = (edge.edge.source, edge.edge.target)
        segments = path_segments(edge.points)
        for node in placement.nodes:
            is_end = (node.node.attached_to or node.node.id) in ends
            if not is_end and any(intersects(segment, _inset(node.outline)) for segment in segments):
                yield _violation(QualityRule.EDGE_ON_NODE, edge.edge.id, node.node.id)
        for end in ends:
            icon = placement.node_by_id[end].icon_box.expanded(-1)
            if any(intersects(segment, icon) for segment in segments):
                yield _violation(QualityRule.EDGE_ON_OWN_END, edge.edge.id, end)
        own_groups = enclosing[ends[0]] | enclosing[ends[1]]
        for group in placement.groups:
            is_foreign = group.group.id not in own_groups
            if is_foreign and any(intersects(segment, _inset(group.box)) for segment in segments):
                yield _violation(QualityRule.EDGE_IN_GROUP, edge.edge.id, group.group.id)
        for end, point in zip(ends, (edge.points[0], edge.points[-1]), strict=True):
            if not _node_bounds(placement, end).expanded(_END_TOLERANCE).contains(Box(point.x, point.y, 0, 0)):
                yield _violation(QualityRule.EDGE_NOT_CONNECTED, edge.edge.id, end)


def _node_bounds(placement: Placement, node_id: str) -> Box:
    """Return the box around a node's icon, text and companions."""
    return bounding_box(
        box
        for node in placement.nodes
        if node_id in (node.node.id, node.node.attached_to)
        for box in (node.outline, *(line.box for line in node.lines))
    )


def _close_edges(placement: Placement) -> Iterator[Violation]:
    spacing = PATH_SPACING - _TOLERANCE
    for one, other in combinations(placement.edges, 2):
        segments = path_segments(one.points), path_segments(other.points)
        if any(_run_side_by_side(a, b, spacing) for a in segments[0] for b in segments[1]):
            yield _violation(QualityRule.EDGES_TOO_CLOSE, one.edge.id, other.edge.id)
        if any(_are_close(a, b, spacing) for a in _ends(one) for b in _ends(other)):
            yield _violation(QualityRule.EDGE_ENDS_TOUCH, one.edge.id, other.edge.id)


def _ends(edge: PlacedEdge) -> tuple[Point, Point]:
    return edge.points[0], edge.points[-1]


def _are_close(a: Point, b: Point, distance: float) -> bool:
    return max(abs(a.x - b.x), abs(a.y - b.y)) < distance


def _run_side_by_side(a: Segment, b: Segment, distance: float) -> bool:
    """Whether two parallel segments overlap along their length and are closer than a distance."""
    return a.vertical == b.vertical and abs(a.at - b.at) < distance and a.low < b.high - 1 and b.low < a.high - 1


def _outside_group(placement: Placement) -> Iterator[Violation]:
    enclosing = _enclosing_groups(placement)
    architecture = placement.architecture
    groups = {group.group.id: group for group in placement.groups}
    for node in placement.nodes:
        parts = [_inset(box) for box in (node.outline, *(line.box for line in node.lines))]
        for group_id, group in groups.items():
            is_inside = group_id in enclosing[node.node.id]
            if is_inside and not all(group.box.contains(part) for part in parts):
                yield _violation(QualityRule.NODE_OUTSIDE_GROUP, node.node.id, group_id)
            if not is_inside and any(group.box.overlaps(part) for part in parts):
                yield _violation(QualityRule.NODE_IN_FOREIGN_GROUP, node.node.id, group_id)
    for group_id, group in groups.items():
        parent = group.group.parent
        if parent is not None and not groups[parent].box.contains(group.box):
            yield _violation(QualityRule.GROUP_OUTSIDE_PARENT, group_id, parent)
        if not group.box.contains(_inset(group.title_box)):
            yield _violation(QualityRule.TITLE_OUTSIDE_GROUP, group_id)
    for one, other in combinations(groups, 2):
        is_nested = one in architecture.ancestors(other) or other in architecture.ancestors(one)
        if not is_nested and groups[one].box.overlaps(groups[other].box):
            yield _violation(QualityRule.GROUP_OVERLAP, one, other)
    page = Box(0, 0, *placement.size)
    for edge in placement.edges:
        if not all(page.contains(Box(point.x, point.y, 0, 0)) for point in edge.points):
            yield _violation(QualityRule.EDGE_OUTSIDE_PAGE, edge.edge.id)


def _out_of_order(placement: Placement) -> Iterator[Violation]:
    grid = ReadingGrid.from_architecture(placement.architecture)
    centers = {node.node.id: node.icon_box.center for node in placement.nodes}
    yield from _misaligned("row", [[centers[node_id].y for _, node_id in row] for row in grid.rows])
    yield from _misaligned("column", [[centers[node_id].x for node_id in nodes] for nodes in grid.nodes_by_column])


def _misaligned(kind: str, lines: Iterable[list[float]]) -> Iterator[Violation]:
    positions = list(lines)
    for index, line in enumerate(positions):
        if max(line) - min(line) > _TOLERANCE:
            yield _violation(QualityRule.NOT_ALIGNED, kind, index)
    for index, (before, after) in enumerate(pairwise(positions)):
        if max(before) >= min(after):
            yield _violation(QualityRule.NOT_IN_ORDER, kind, index + 1, kind, index)


def _proportions(placement: Placement) -> Iterator[Violation]:
    crossings = count_crossings(placement)
    if crossings > MAX_CROSSINGS:
        yield _violation(QualityRule.TOO_MANY_CROSSINGS, crossings)
    aspect = placement.size[0] / placement.size[1]
    if not ASPECT_RANGE[0] - _TOLERANCE <= aspect <= ASPECT_RANGE[1] + _TOLERANCE:
        yield _violation(QualityRule.ASPECT_RATIO, f"{aspect:.2f}")
    smallest = smallest_text_on_slide(placement)
    if smallest < MIN_TEXT_ON_SLIDE:
        yield _violation(QualityRule.SMALL_TEXT, f"{smallest:.2f}")


def _segments_cross(a: Segment, b: Segment) -> bool:
    if a.vertical == b.vertical:
        return abs(a.at - b.at) < 1 and a.low < b.high - 0.5 and b.low < a.high - 0.5
    return b.low < a.at < b.high and a.low < b.at < a.high
