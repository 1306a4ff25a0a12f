"""What a placed drawing must keep to, measured on the boxes and paths themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from explorer.core.model.pack import GroupId
from explorer.layout.architecture.place import title_box
from explorer.layout.geometry import Box, PlacedEdge, Placement, Point, around
from explorer.layout.reading_grid import Grid
from explorer.layout.routing.edge_labels import BADGE
from explorer.layout.routing.routing_grid import APART, Segment, border, cuts, segments

MOST_CROSSINGS = 2
ASPECTS = (1.3, 2.4)
SLIDE = (13.333 * 72, 7.5 * 72)
SMALLEST_ON_SLIDE = 9.0
BESIDE = 3.0
"""Points that a path stays away from a frame line that it runs along."""

_TOUCH = 0.05


def faults(placement: Placement) -> tuple[str, ...]:
    """Every way in which a drawing falls short, as sentences; none means that it is fit to show.

    No words meet other words, an icon, a title, a frame line or a foreign edge, and they
    are nearest to their own; no edge crosses a node or a group that it has nothing to do
    with, or runs close beside another; nothing leaves its group; lines and columns are in
    order and in line; at most `MOST_CROSSINGS` edges cross; the shape suits a slide, and
    there the smallest text has `SMALLEST_ON_SLIDE` points.
    """
    return (
        *_overlaps(placement),
        *_on_frame_lines(placement),
        *_ambiguous(placement),
        *_trespasses(placement),
        *_crowding(placement),
        *_strays(placement),
        *_disorder(placement),
        *_proportions(placement),
    )


def crossings(placement: Placement) -> int:
    """How many times edges cross each other."""
    paths = [segments(edge.points) for edge in placement.edges]
    return sum(1 for one, two in combinations(paths, 2) for a in one for b in two if _cross(a, b))


def smallest_on_slide(placement: Placement) -> float:
    """The size in points of the smallest text when the drawing fills a slide of 13.33 by 7.5 inches."""
    sizes = [line.size for node in placement.nodes for line in node.lines]
    sizes.extend(line.size for edge in placement.edges for line in edge.label)
    sizes.extend(group.title.size for group in placement.groups)
    scale = min(SLIDE[0] / placement.size[0], SLIDE[1] / placement.size[1])
    return min(sizes, default=SMALLEST_ON_SLIDE) * scale


def _inset(box: Box) -> Box:
    return box.grown(-_TOUCH)


def _disc(edge: PlacedEdge) -> Iterator[Box]:
    if edge.badge is not None:
        yield Box(edge.badge.x - BADGE, edge.badge.y - BADGE, 2 * BADGE, 2 * BADGE)


def _words(placement: Placement) -> list[tuple[str, Box]]:
    """Every line of words and every number but the titles, with what it belongs to."""
    found = [(str(node.node.id), _inset(line.box)) for node in placement.nodes for line in node.lines]
    for edge in placement.edges:
        found.extend((edge.edge.id, _inset(line.box)) for line in edge.label)
        found.extend((edge.edge.id, _inset(disc)) for disc in _disc(edge))
    return found


def _overlaps(placement: Placement) -> Iterator[str]:
    words = _words(placement)
    titles = [(str(group.group.id), _inset(title_box(group))) for group in placement.groups]
    icons = [(node.node.id, _inset(node.box)) for node in placement.nodes]
    for (one, a), (two, b) in combinations([*words, *titles], 2):
        if a.meets(b):
            yield f"words of {one} meet words of {two}"
    for name, box in [*words, *titles]:
        for icon, other in icons:
            if box.meets(other):
                yield f"words of {name} meet the icon of {icon}"
    for edge in placement.edges:
        pieces = segments(edge.points)
        for name, box in [*words, *titles]:
            if name != edge.edge.id and any(cuts(piece, box) for piece in pieces):
                yield f"words of {name} meet the edge {edge.edge.id}"
        for line in edge.label:
            if any(cuts(piece, _inset(line.box)) for piece in pieces):
                yield f"words of {edge.edge.id} meet their own path"
    for (one, a), (two, b) in combinations(icons, 2):
        if a.meets(b):
            yield f"the icons of {one} and {two} meet"


def _on_frame_lines(placement: Placement) -> Iterator[str]:
    words = _words(placement)
    for group in placement.groups:
        sides = border(group.box)
        for name, box in words:
            if any(cuts(side, box) for side in sides):
                yield f"words of {name} stand on the frame of {group.group.id}"
        for edge in placement.edges:
            pieces = segments(edge.points)
            if any(_beside(piece, side, BESIDE) for piece in pieces for side in sides):
                yield f"the edge {edge.edge.id} runs along the frame of {group.group.id}"


def _ambiguous(placement: Placement) -> Iterator[str]:
    paths = {edge.edge.id: segments(edge.points) for edge in placement.edges}
    for edge in placement.edges:
        if edge.label:
            words = around(line.box for line in edge.label)
            own = min(_distance(words, piece) for piece in paths[edge.edge.id])
            for name, pieces in paths.items():
                if name != edge.edge.id and min(_distance(words, piece) for piece in pieces) <= own:
                    yield f"words of {edge.edge.id} are as near to {name}"
        for disc in _disc(edge):
            if any(disc.grown(-1).meets(Box(*corner, 0, 0)) for corner in edge.points[1:-1]):
                yield f"the number of {edge.edge.id} sits on a corner"


def _distance(box: Box, piece: Segment) -> float:
    x, y, w, h = box
    if piece.upright:
        across, along = max(x - piece.at, piece.at - x - w, 0.0), max(piece.low - y - h, y - piece.high, 0.0)
    else:
        across, along = max(y - piece.at, piece.at - y - h, 0.0), max(piece.low - x - w, x - piece.high, 0.0)
    return max(across, along)


def _groups_around(placement: Placement) -> dict[str, set[GroupId]]:
    parents = {group.group.id: group.group.parent for group in placement.groups}
    surrounding: dict[str, set[GroupId]] = {}
    for node in placement.nodes:
        host = placement.node_by_id[node.node.at].node if node.node.at else node.node
        here, found = host.group, set()
        while here is not None:
            found.add(here)
            here = parents[here]
        surrounding[node.node.id] = found
    return surrounding


def _trespasses(placement: Placement) -> Iterator[str]:
    surrounding = _groups_around(placement)
    hosts = {node.node.id: node.node.at or node.node.id for node in placement.nodes}
    for edge in placement.edges:
        ends = (edge.edge.source, edge.edge.target)
        pieces = segments(edge.points)
        for node in placement.nodes:
            if hosts[node.node.id] not in ends and any(cuts(piece, _inset(node.frame)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses {node.node.id}"
        for end in ends:
            if any(cuts(piece, placement.node_by_id[end].box.grown(-1)) for piece in pieces):
                yield f"the edge {edge.edge.id} runs through its own end {end}"
        own = surrounding[ends[0]] | surrounding[ends[1]]
        for group in placement.groups:
            if group.group.id not in own and any(cuts(piece, _inset(group.box)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses the group {group.group.id}"
        for end, point in zip(ends, (edge.points[0], edge.points[-1]), strict=True):
            reach = _whole(placement, end).grown(2.5)
            if not reach.holds(Box(point.x, point.y, 0, 0)):
                yield f"the edge {edge.edge.id} does not reach {end}"


def _whole(placement: Placement, name: str) -> Box:
    """A node's icon, words and companions together."""
    return around(
        box
        for node in placement.nodes
        if name in (node.node.id, node.node.at)
        for box in (node.frame, *(line.box for line in node.lines))
    )


def _crowding(placement: Placement) -> Iterator[str]:
    for one, two in combinations(placement.edges, 2):
        if any(_beside(a, b, APART - _TOUCH) for a in segments(one.points) for b in segments(two.points)):
            yield f"the edges {one.edge.id} and {two.edge.id} run too close"
        if any(_near(a, b) for a in _ends(one) for b in _ends(two)):
            yield f"the ends of {one.edge.id} and {two.edge.id} touch"


def _ends(edge: PlacedEdge) -> tuple[Point, Point]:
    return edge.points[0], edge.points[-1]


def _near(a: Point, b: Point) -> bool:
    return max(abs(a.x - b.x), abs(a.y - b.y)) < APART - _TOUCH


def _beside(a: Segment, b: Segment, least: float) -> bool:
    """Whether two pieces run side by side, closer than they may."""
    return a.upright == b.upright and abs(a.at - b.at) < least and a.low < b.high - 1 and b.low < a.high - 1


def _strays(placement: Placement) -> Iterator[str]:
    surrounding = _groups_around(placement)
    frames = {group.group.id: group for group in placement.groups}
    for node in placement.nodes:
        parts = [node.frame, *(line.box for line in node.lines)]
        for name, frame in frames.items():
            inside = name in surrounding[node.node.id]
            if inside and not all(frame.box.holds(_inset(part)) for part in parts):
                yield f"{node.node.id} leaves its group {name}"
            if not inside and any(frame.box.meets(_inset(part)) for part in parts):
                yield f"{node.node.id} stands in the group {name}, where it does not belong"
    parents = {name: set(_above(frame.group.parent, placement)) for name, frame in frames.items()}
    for name, frame in frames.items():
        parent = frame.group.parent
        if parent is not None and not frames[parent].box.holds(frame.box):
            yield f"the group {name} leaves its group {parent}"
        if not frame.box.holds(_inset(title_box(frame))):
            yield f"the title of {name} leaves its frame"
    for one, two in combinations(frames, 2):
        nested = one in parents[two] or two in parents[one]
        if not nested and frames[one].box.meets(frames[two].box):
            yield f"the groups {one} and {two} overlap"
    page = Box(0, 0, *placement.size)
    for edge in placement.edges:
        if not all(page.holds(Box(point.x, point.y, 0, 0)) for point in edge.points):
            yield f"the edge {edge.edge.id} leaves the page"


def _above(group: GroupId | None, placement: Placement) -> Iterator[GroupId]:
    parents = {placed.group.id: placed.group.parent for placed in placement.groups}
    while group is not None:
        yield group
        group = parents[group]


def _disorder(placement: Placement) -> Iterator[str]:
    grid = Grid.of(placement.architecture)
    centre = {node.node.id: node.box.centre for node in placement.nodes}
    lines = [[centre[name].y for _, name in line] for line in grid.lines]
    stacks = [[centre[name].x for name in stack] for stack in grid.stacks]
    yield from _uneven("line", lines)
    yield from _uneven("column", stacks)


def _uneven(what: str, places: Iterable[list[float]]) -> Iterator[str]:
    rows = list(places)
    for index, row in enumerate(rows):
        if max(row) - min(row) > _TOUCH:
            yield f"{what} {index} is not in line"
    for index, (before, after) in enumerate(pairwise(rows)):
        if max(before) >= min(after):
            yield f"{what} {index + 1} does not come after {what} {index}"


def _proportions(placement: Placement) -> Iterator[str]:
    count = crossings(placement)
    if count > MOST_CROSSINGS:
        yield f"{count} crossings"
    aspect = placement.size[0] / placement.size[1]
    if not ASPECTS[0] - _TOUCH <= aspect <= ASPECTS[1] + _TOUCH:
        yield f"{aspect:.2f} times as wide as high"
    smallest = smallest_on_slide(placement)
    if smallest < SMALLEST_ON_SLIDE:
        yield f"text of {smallest:.2f} points on a slide"


def _cross(a: Segment, b: Segment) -> bool:
    if a.upright == b.upright:
        return abs(a.at - b.at) < 1 and a.low < b.high - 0.5 and b.low < a.high - 0.5
    return b.low < a.at < b.high and a.low < b.at < a.high
