"""What a placed drawing must keep to, measured on the boxes and paths themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from explorer.core.model.pack import GroupId
from explorer.layout.geometry import Box, PlacedEdge, Placement, Point, bounding_box
from explorer.layout.reading_grid import ReadingGrid
from explorer.layout.routing.edge_labels import STEP_RADIUS
from explorer.layout.routing.routing_grid import PATH_SPACING
from explorer.layout.routing.segments import Segment, box_sides, intersects, path_segments

MAX_CROSSINGS = 2
ASPECT_LIMITS = (1.3, 2.4)
SLIDE_SIZE = (13.333 * 72, 7.5 * 72)
MIN_TEXT_ON_SLIDE = 9.0
FRAME_DISTANCE = 3.0
"""Points that a path stays away from a frame line that it runs along."""

_TOLERANCE = 0.05


def violations(placement: Placement) -> tuple[str, ...]:
    """Every way in which a drawing falls short, as sentences; none means that it is fit to show.

    No words meet other words, an icon, a title, a frame line or a foreign edge, and they
    are nearest to their own; no edge crosses a node or a group that it has nothing to do
    with, or runs close beside another; nothing leaves its group; lines and columns are in
    order and in line; at most `MOST_CROSSINGS` edges cross; the shape suits a slide, and
    there the smallest text has `SMALLEST_ON_SLIDE` points.
    """
    return (
        *_overlapping_text(placement),
        *_text_on_frames(placement),
        *_ambiguous_labels(placement),
        *_passes_through(placement),
        *_too_close(placement),
        *_outside_group(placement),
        *_out_of_order(placement),
        *_proportions(placement),
    )


def count_crossings(placement: Placement) -> int:
    """How many times edges cross each other."""
    paths = [path_segments(edge.points) for edge in placement.edges]
    return sum(1 for one, two in combinations(paths, 2) for a in one for b in two if _segments_cross(a, b))


def smallest_text_on_slide(placement: Placement) -> float:
    """The size in points of the smallest text when the drawing fills a slide of 13.33 by 7.5 inches."""
    sizes = [line.size for node in placement.nodes for line in node.lines]
    sizes.extend(line.size for edge in placement.edges for line in edge.label)
    sizes.extend(group.title.size for group in placement.groups)
    scale = min(SLIDE_SIZE[0] / placement.size[0], SLIDE_SIZE[1] / placement.size[1])
    return min(sizes, default=MIN_TEXT_ON_SLIDE) * scale


def _inset(box: Box) -> Box:
    return box.expanded(-_TOLERANCE)


def _step_boxes(edge: PlacedEdge) -> Iterator[Box]:
    if edge.step_center is not None:
        yield Box(
            edge.step_center.x - STEP_RADIUS,
            edge.step_center.y - STEP_RADIUS,
            2 * STEP_RADIUS,
            2 * STEP_RADIUS,
        )


def _text_boxes(placement: Placement) -> list[tuple[str, Box]]:
    """Every line of words and every number but the titles, with what it belongs to."""
    found = [(str(node.node.id), _inset(line.box)) for node in placement.nodes for line in node.lines]
    for edge in placement.edges:
        found.extend((edge.edge.id, _inset(line.box)) for line in edge.label)
        found.extend((edge.edge.id, _inset(disc)) for disc in _step_boxes(edge))
    return found


def _overlapping_text(placement: Placement) -> Iterator[str]:
    words = _text_boxes(placement)
    titles = [(str(group.group.id), _inset(group.title_box)) for group in placement.groups]
    icons = [(node.node.id, _inset(node.icon_box)) for node in placement.nodes]
    for (one, a), (two, b) in combinations([*words, *titles], 2):
        if a.overlaps(b):
            yield f"words of {one} meet words of {two}"
    for name, box in [*words, *titles]:
        for icon, other in icons:
            if box.overlaps(other):
                yield f"words of {name} meet the icon of {icon}"
    for edge in placement.edges:
        pieces = path_segments(edge.points)
        for name, box in [*words, *titles]:
            if name != edge.edge.id and any(intersects(piece, box) for piece in pieces):
                yield f"words of {name} meet the edge {edge.edge.id}"
        for line in edge.label:
            if any(intersects(piece, _inset(line.box)) for piece in pieces):
                yield f"words of {edge.edge.id} meet their own path"
    for (one, a), (two, b) in combinations(icons, 2):
        if a.overlaps(b):
            yield f"the icons of {one} and {two} meet"


def _text_on_frames(placement: Placement) -> Iterator[str]:
    words = _text_boxes(placement)
    for group in placement.groups:
        sides = box_sides(group.box)
        for name, box in words:
            if any(intersects(side, box) for side in sides):
                yield f"words of {name} stand on the frame of {group.group.id}"
        for edge in placement.edges:
            pieces = path_segments(edge.points)
            if any(_run_side_by_side(piece, side, FRAME_DISTANCE) for piece in pieces for side in sides):
                yield f"the edge {edge.edge.id} runs along the frame of {group.group.id}"


def _ambiguous_labels(placement: Placement) -> Iterator[str]:
    paths = {edge.edge.id: path_segments(edge.points) for edge in placement.edges}
    for edge in placement.edges:
        if edge.label:
            words = bounding_box(line.box for line in edge.label)
            own = min(_distance(words, piece) for piece in paths[edge.edge.id])
            for name, pieces in paths.items():
                if name != edge.edge.id and min(_distance(words, piece) for piece in pieces) <= own:
                    yield f"words of {edge.edge.id} are as near to {name}"
        for disc in _step_boxes(edge):
            if any(disc.expanded(-1).overlaps(Box(*corner, 0, 0)) for corner in edge.points[1:-1]):
                yield f"the number of {edge.edge.id} sits on a corner"


def _distance(box: Box, piece: Segment) -> float:
    x, y, w, h = box
    if piece.vertical:
        across, along = max(x - piece.at, piece.at - x - w, 0.0), max(piece.low - y - h, y - piece.high, 0.0)
    else:
        across, along = max(y - piece.at, piece.at - y - h, 0.0), max(piece.low - x - w, x - piece.high, 0.0)
    return max(across, along)


def _enclosing_groups(placement: Placement) -> dict[str, set[GroupId]]:
    parents = {group.group.id: group.group.parent for group in placement.groups}
    surrounding: dict[str, set[GroupId]] = {}
    for node in placement.nodes:
        host = placement.node_by_id[node.node.attached_to].node if node.node.attached_to else node.node
        here, found = host.group, set()
        while here is not None:
            found.add(here)
            here = parents[here]
        surrounding[node.node.id] = found
    return surrounding


def _passes_through(placement: Placement) -> Iterator[str]:
    surrounding = _enclosing_groups(placement)
    hosts = {node.node.id: node.node.attached_to or node.node.id for node in placement.nodes}
    for edge in placement.edges:
        ends = (edge.edge.source, edge.edge.target)
        pieces = path_segments(edge.points)
        for node in placement.nodes:
            if hosts[node.node.id] not in ends and any(intersects(piece, _inset(node.outline)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses {node.node.id}"
        for end in ends:
            if any(intersects(piece, placement.node_by_id[end].icon_box.expanded(-1)) for piece in pieces):
                yield f"the edge {edge.edge.id} runs through its own end {end}"
        own = surrounding[ends[0]] | surrounding[ends[1]]
        for group in placement.groups:
            if group.group.id not in own and any(intersects(piece, _inset(group.box)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses the group {group.group.id}"
        for end, point in zip(ends, (edge.points[0], edge.points[-1]), strict=True):
            reach = _node_bounds(placement, end).expanded(2.5)
            if not reach.contains(Box(point.x, point.y, 0, 0)):
                yield f"the edge {edge.edge.id} does not reach {end}"


def _node_bounds(placement: Placement, name: str) -> Box:
    """A node's icon, words and companions together."""
    return bounding_box(
        box
        for node in placement.nodes
        if name in (node.node.id, node.node.attached_to)
        for box in (node.outline, *(line.box for line in node.lines))
    )


def _too_close(placement: Placement) -> Iterator[str]:
    for one, two in combinations(placement.edges, 2):
        if any(
            _run_side_by_side(a, b, PATH_SPACING - _TOLERANCE)
            for a in path_segments(one.points)
            for b in path_segments(two.points)
        ):
            yield f"the edges {one.edge.id} and {two.edge.id} run too close"
        if any(_ends_touch(a, b) for a in _ends(one) for b in _ends(two)):
            yield f"the ends of {one.edge.id} and {two.edge.id} touch"


def _ends(edge: PlacedEdge) -> tuple[Point, Point]:
    return edge.points[0], edge.points[-1]


def _ends_touch(a: Point, b: Point) -> bool:
    return max(abs(a.x - b.x), abs(a.y - b.y)) < PATH_SPACING - _TOLERANCE


def _run_side_by_side(a: Segment, b: Segment, least: float) -> bool:
    """Whether two pieces run side by side, closer than they may."""
    return a.vertical == b.vertical and abs(a.at - b.at) < least and a.low < b.high - 1 and b.low < a.high - 1


def _outside_group(placement: Placement) -> Iterator[str]:
    surrounding = _enclosing_groups(placement)
    frames = {group.group.id: group for group in placement.groups}
    for node in placement.nodes:
        parts = [node.outline, *(line.box for line in node.lines)]
        for name, frame in frames.items():
            inside = name in surrounding[node.node.id]
            if inside and not all(frame.box.contains(_inset(part)) for part in parts):
                yield f"{node.node.id} leaves its group {name}"
            if not inside and any(frame.box.overlaps(_inset(part)) for part in parts):
                yield f"{node.node.id} stands in the group {name}, where it does not belong"
    parents = {name: set(_group_ancestors(frame.group.parent, placement)) for name, frame in frames.items()}
    for name, frame in frames.items():
        parent = frame.group.parent
        if parent is not None and not frames[parent].box.contains(frame.box):
            yield f"the group {name} leaves its group {parent}"
        if not frame.box.contains(_inset(frame.title_box)):
            yield f"the title of {name} leaves its frame"
    for one, two in combinations(frames, 2):
        nested = one in parents[two] or two in parents[one]
        if not nested and frames[one].box.overlaps(frames[two].box):
            yield f"the groups {one} and {two} overlap"
    page = Box(0, 0, *placement.size)
    for edge in placement.edges:
        if not all(page.contains(Box(point.x, point.y, 0, 0)) for point in edge.points):
            yield f"the edge {edge.edge.id} leaves the page"


def _group_ancestors(group: GroupId | None, placement: Placement) -> Iterator[GroupId]:
    parents = {placed.group.id: placed.group.parent for placed in placement.groups}
    while group is not None:
        yield group
        group = parents[group]


def _out_of_order(placement: Placement) -> Iterator[str]:
    grid = ReadingGrid.from_architecture(placement.architecture)
    centre = {node.node.id: node.icon_box.center for node in placement.nodes}
    lines = [[centre[name].y for _, name in line] for line in grid.rows]
    stacks = [[centre[name].x for name in stack] for stack in grid.nodes_by_column]
    yield from _misaligned("line", lines)
    yield from _misaligned("column", stacks)


def _misaligned(what: str, places: Iterable[list[float]]) -> Iterator[str]:
    rows = list(places)
    for index, row in enumerate(rows):
        if max(row) - min(row) > _TOLERANCE:
            yield f"{what} {index} is not in line"
    for index, (before, after) in enumerate(pairwise(rows)):
        if max(before) >= min(after):
            yield f"{what} {index + 1} does not come after {what} {index}"


def _proportions(placement: Placement) -> Iterator[str]:
    count = count_crossings(placement)
    if count > MAX_CROSSINGS:
        yield f"{count} crossings"
    aspect = placement.size[0] / placement.size[1]
    if not ASPECT_LIMITS[0] - _TOLERANCE <= aspect <= ASPECT_LIMITS[1] + _TOLERANCE:
        yield f"{aspect:.2f} times as wide as high"
    smallest = smallest_text_on_slide(placement)
    if smallest < MIN_TEXT_ON_SLIDE:
        yield f"text of {smallest:.2f} points on a slide"


def _segments_cross(a: Segment, b: Segment) -> bool:
    if a.vertical == b.vertical:
        return abs(a.at - b.at) < 1 and a.low < b.high - 0.5 and b.low < a.high - 0.5
    return b.low < a.at < b.high and a.low < b.at < a.high
