"""What a placed drawing must keep to, measured on the boxes and paths themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from explorer.core.pack import GroupId
from explorer.layout.labels import BADGE
from explorer.layout.placement import Box, PlacedGroup, Placement
from explorer.layout.route import Segment, segments

MOST_CROSSINGS = 2
ASPECTS = (1.3, 2.4)
SLIDE = (13.333 * 72, 7.5 * 72)
SMALLEST_ON_SLIDE = 9.0
_TOUCH = 0.05


def faults(placement: Placement) -> tuple[str, ...]:
    """Every way in which a drawing falls short, as sentences; none means that it is fit to show.

    No words meet other words, an icon, a title or a foreign edge; no edge crosses a
    node or a group that it has nothing to do with; nothing leaves its group; at most
    `MOST_CROSSINGS` edges cross; the shape suits a slide, and there the smallest text has
    `SMALLEST_ON_SLIDE` points.
    """
    return (
        *_overlaps(placement),
        *_trespasses(placement),
        *_strays(placement),
        *_proportions(placement),
    )


def crossings(placement: Placement) -> int:
    """How many times edges cross each other."""
    paths = [segments(edge.points) for edge in placement.edges]
    return sum(
        1 for one, two in combinations(paths, 2) for a in one for b in two if _cross(a, b)
    )


def smallest_on_slide(placement: Placement) -> float:
    """The size in points of the smallest text when the drawing fills a slide of 13.33 by 7.5 inches."""
    sizes = [line.size for node in placement.nodes for line in node.lines]
    sizes.extend(line.size for edge in placement.edges for line in edge.label)
    sizes.extend(group.title.size for group in placement.groups)
    scale = min(SLIDE[0] / placement.size[0], SLIDE[1] / placement.size[1])
    return min(sizes, default=SMALLEST_ON_SLIDE) * scale


def title_box(group: PlacedGroup) -> Box:
    """The room of a group's title, its tile included."""
    box = group.title.box
    if group.tile is None:
        return box
    return Box(group.tile.x, group.tile.y, box.right - group.tile.x, max(group.tile.h, box.h))


def _inset(box: Box) -> Box:
    return box.grown(-_TOUCH)


def _overlaps(placement: Placement) -> Iterator[str]:
    words: list[tuple[str, Box]] = []
    for node in placement.nodes:
        words.extend((node.node.id, _inset(line.box)) for line in node.lines)
    for edge in placement.edges:
        words.extend((edge.edge.id, _inset(line.box)) for line in edge.label)
        if edge.badge is not None:
            disc = Box(edge.badge.x - BADGE, edge.badge.y - BADGE, 2 * BADGE, 2 * BADGE)
            words.append((edge.edge.id, _inset(disc)))
    titles = [(group.group.id, _inset(title_box(group))) for group in placement.groups]
    for (one, a), (two, b) in combinations([*words, *titles], 2):
        if a.meets(b):
            yield f"words of {one} meet words of {two}"
    for name, box in words:
        for node in placement.nodes:
            if box.meets(_inset(node.box)):
                yield f"words of {name} meet the icon of {node.node.id}"
    for name, box in words:
        for edge in placement.edges:
            own = name == edge.edge.id
            if not own and any(_cuts(piece, box) for piece in segments(edge.points)):
                yield f"words of {name} meet the edge {edge.edge.id}"
    for name, box in titles:
        for edge in placement.edges:
            if any(_cuts(piece, box) for piece in segments(edge.points)):
                yield f"the title of {name} meets the edge {edge.edge.id}"
        for node in placement.nodes:
            if box.meets(_inset(node.box)):
                yield f"the title of {name} meets the icon of {node.node.id}"
    for one, two in combinations(placement.nodes, 2):
        if _inset(one.box).meets(_inset(two.box)):
            yield f"the icons of {one.node.id} and {two.node.id} meet"


def _groups_around(placement: Placement) -> dict[str, set[GroupId]]:
    parents = {group.group.id: group.group.parent for group in placement.groups}
    around: dict[str, set[GroupId]] = {}
    for node in placement.nodes:
        host = placement.node_by_id[node.node.at].node if node.node.at else node.node
        here, found = host.group, set()
        while here is not None:
            found.add(here)
            here = parents[here]
        around[node.node.id] = found
    return around


def _trespasses(placement: Placement) -> Iterator[str]:
    around = _groups_around(placement)
    hosts = {node.node.id: node.node.at or node.node.id for node in placement.nodes}
    for edge in placement.edges:
        ends = (edge.edge.source, edge.edge.target)
        pieces = segments(edge.points)
        for node in placement.nodes:
            if hosts[node.node.id] not in ends and any(_cuts(piece, _inset(node.frame)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses {node.node.id}"
        for end in ends:
            if any(_cuts(piece, placement.node_by_id[end].box.grown(-1)) for piece in pieces):
                yield f"the edge {edge.edge.id} runs through its own end {end}"
        own = around[ends[0]] | around[ends[1]]
        for group in placement.groups:
            if group.group.id not in own and any(_cuts(piece, _inset(group.box)) for piece in pieces):
                yield f"the edge {edge.edge.id} crosses the group {group.group.id}"
        for end, point in zip(ends, (edge.points[0], edge.points[-1]), strict=True):
            reach = _whole(placement, end).grown(2.5)
            if not reach.holds(Box(point.x, point.y, 0, 0)):
                yield f"the edge {edge.edge.id} does not reach {end}"


def _whole(placement: Placement, name: str) -> Box:
    """A node's icon, words and companions together."""
    boxes = [
        box
        for node in placement.nodes
        if name in (node.node.id, node.node.at)
        for box in (node.frame, *(line.box for line in node.lines))
    ]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _strays(placement: Placement) -> Iterator[str]:
    around = _groups_around(placement)
    frames = {group.group.id: group for group in placement.groups}
    for node in placement.nodes:
        parts = [node.frame, *(line.box for line in node.lines)]
        for name, frame in frames.items():
            inside = name in around[node.node.id]
            if inside and not all(frame.box.holds(_inset(part)) for part in parts):
                yield f"{node.node.id} leaves its group {name}"
            if not inside and any(frame.box.meets(_inset(part)) for part in parts):
                yield f"{node.node.id} stands in the group {name}, where it does not belong"
    for name, frame in frames.items():
        parent = frame.group.parent
        if parent is not None and not frames[parent].box.holds(frame.box):
            yield f"the group {name} leaves its group {parent}"
        if not frame.box.holds(_inset(title_box(frame))):
            yield f"the title of {name} leaves its frame"
    for one, two in combinations(placement.groups, 2):
        nested = one.group.id in _parents(placement, two) or two.group.id in _parents(placement, one)
        if not nested and one.box.meets(two.box):
            yield f"the groups {one.group.id} and {two.group.id} overlap"
    page = Box(0, 0, *placement.size)
    for edge in placement.edges:
        if not all(page.holds(Box(point.x, point.y, 0, 0)) for point in edge.points):
            yield f"the edge {edge.edge.id} leaves the page"


def _parents(placement: Placement, placed: PlacedGroup) -> set[GroupId]:
    parents = {group.group.id: group.group.parent for group in placement.groups}
    found: set[GroupId] = set()
    here = placed.group.parent
    while here is not None:
        found.add(here)
        here = parents[here]
    return found


def _proportions(placement: Placement) -> Iterator[str]:
    count = crossings(placement)
    if count > MOST_CROSSINGS:
        yield f"{count} crossings"
    aspect = placement.size[0] / placement.size[1]
    if not ASPECTS[0] <= aspect <= ASPECTS[1]:
        yield f"{aspect:.2f} times as wide as high"
    smallest = smallest_on_slide(placement)
    if smallest < SMALLEST_ON_SLIDE:
        yield f"text of {smallest:.2f} points on a slide"


def _cuts(piece: Segment, box: Box) -> bool:
    if piece.upright:
        return box.x < piece.at < box.right and piece.low < box.bottom and box.y < piece.high
    return box.y < piece.at < box.bottom and piece.low < box.right and box.x < piece.high


def _cross(a: Segment, b: Segment) -> bool:
    if a.upright == b.upright:
        return abs(a.at - b.at) < 1 and a.low < b.high - 0.5 and b.low < a.high - 0.5
    return b.low < a.at < b.high and a.low < b.at < a.high
