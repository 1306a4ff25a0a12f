"""A tidy drawing of a layered graph in linear time: from left to right, parents amid their children.

A spanning tree is drawn by Buchheim, Jünger and Leipert's algorithm with a size for each
node. Links beside the tree get places of their own in every column that they pass, so
that no link ever crosses a node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from explorer.layout.geometry import Box, Point

SIBLING_GAP, SUBTREE_GAP = 8.0, 16.0
"""The gap between siblings, and between the nearest of different parents."""

CHANNEL_WIDTH = 56.0
"""The width of the space between two columns, where links run."""

LANE_WIDTH = 7.0
"""What a channel is wider for each link beside the tree that runs up or down it next to others."""

MAX_LANES = 24
"""A channel has no more lanes than this; further links share them."""

_ENTRY_OFFSET = 20.0  # how far below a cell's top a link comes in, at most
_DUMMY_HEIGHT = 6.0  # how high a place is that a passing link takes
_BEND_RUN = CHANNEL_WIDTH * 0.3


@dataclass(frozen=True)
class LayoutNode:
    """A node to be placed: its size and its column."""

    w: float
    h: float
    level: int


@dataclass(frozen=True)
class LayoutLink:
    """A link from a cell, which it leaves `port` below its top, to a cell of a later column."""

    source: int
    target: int
    port: float


@dataclass(frozen=True)
class TreeLayout:
    """Where the cells stand and how the links run; the drawing begins at the origin."""

    size: tuple[float, float]
    boxes: tuple[Box, ...]
    paths: tuple[tuple[Point, ...], ...]


class _TreeNode:
    """A cell or a passing link on its way through a column, with what the algorithm keeps of it."""

    __slots__ = (
        "ancestor",
        "change",
        "children",
        "height",
        "index",
        "level",
        "mod",
        "parent",
        "prelim",
        "shift",
        "thread",
        "y",
    )  # fmt: skip

    def __init__(self, height: float, level: int) -> None:
        self.height, self.level = height, level
        self.parent: _TreeNode | None = None
        self.children: list[_TreeNode] = []
        self.thread: _TreeNode | None = None
        self.ancestor: _TreeNode = self
        self.index = 0
        self.y = self.prelim = self.mod = self.shift = self.change = 0.0


@dataclass(frozen=True, eq=False)
class _LinkRoute:
    """The places that a link passes on its way to a column; a link of the tree passes none."""

    level: int
    dummies: tuple[_TreeNode, ...]
    in_tree: bool


@dataclass(frozen=True)
class _Column:
    """Where a column begins, how wide it is, and how wide the channel before it."""

    left: float
    width: float
    channel: float


def layout_layered_tree(cells: Sequence[LayoutNode], links: Sequence[LayoutLink]) -> TreeLayout:
    """The tidy drawing of cells, of which the first is the root; links lead to later columns only."""
    if not cells:
        return TreeLayout((0, 0), (), ())
    knots = [_TreeNode(cell.h, cell.level) for cell in cells]
    routes = _build_tree(links, knots)
    _first_walk(knots[0])
    every = _second_walk(knots[0])
    top = min(knot.y - knot.height / 2 for knot in every)
    for knot in every:
        knot.y -= top
    bottom = max(knot.y + knot.height / 2 for knot in every)
    lanes, most = _assign_lanes(links, routes, knots)
    columns = _place_columns(cells, most)
    boxes = tuple(
        Box(columns[cell.level].left, knot.y - cell.h / 2, cell.w, cell.h)
        for cell, knot in zip(cells, knots, strict=True)
    )
    paths = tuple(
        _link_path(link, boxes, route, columns, lanes.get(index))
        for index, (link, route) in enumerate(zip(links, routes, strict=True))
    )
    return TreeLayout((max(box.right for box in boxes), bottom), boxes, paths)


def _build_tree(links: Sequence[LayoutLink], knots: list[_TreeNode]) -> list[_LinkRoute]:
    """Hang every cell below its first neighbour in the column before, and passing links beside the cells."""
    routes = []
    for link in links:
        last, target = knots[link.source], knots[link.target]
        if target.parent is None and target.level == last.level + 1:
            _add_child(target, last)
            routes.append(_LinkRoute(target.level, (), True))
            continue
        through: list[_TreeNode] = []
        for level in range(last.level + 1, target.level):
            through.append(_TreeNode(_DUMMY_HEIGHT, level))
            _add_child(through[-1], last)
            last = through[-1]
        routes.append(_LinkRoute(target.level, tuple(through), False))
    return routes


def _add_child(child: _TreeNode, parent: _TreeNode) -> None:
    child.parent, child.index = parent, len(parent.children)
    parent.children.append(child)


def _first_walk(root: _TreeNode) -> None:
    """Give every knot its place among its siblings, children before parents."""
    waiting: list[tuple[_TreeNode, int]] = [(root, 0)]
    leftmost: dict[int, _TreeNode] = {}  # of each knot whose children are under way, the default ancestor
    while waiting:
        knot, at = waiting.pop()
        if at < len(knot.children):
            waiting.append((knot, at + 1))
            waiting.append((knot.children[at], 0))
            continue
        _set_preliminary(knot)
        parent = knot.parent
        if parent is not None:
            default = leftmost.get(id(parent), parent.children[0])
            leftmost[id(parent)] = _apportion(knot, default)


def _set_preliminary(knot: _TreeNode) -> None:
    before = _previous_sibling(knot)
    if knot.children:
        _execute_shifts(knot)
        middle = (knot.children[0].prelim + knot.children[-1].prelim) / 2
        knot.prelim = middle if before is None else before.prelim + _distance(before, knot)
        knot.mod = 0.0 if before is None else knot.prelim - middle
    elif before is not None:
        knot.prelim = before.prelim + _distance(before, knot)


def _previous_sibling(knot: _TreeNode) -> _TreeNode | None:
    return knot.parent.children[knot.index - 1] if knot.parent is not None and knot.index else None


def _distance(one: _TreeNode, other: _TreeNode) -> float:
    gap = SIBLING_GAP if one.parent is other.parent else SUBTREE_GAP
    return (one.height + other.height) / 2 + gap


def _apportion(knot: _TreeNode, default: _TreeNode) -> _TreeNode:
    """Push a subtree down until it clears those above it."""
    before = _previous_sibling(knot)
    if before is None or knot.parent is None:
        return default
    inner_below = outer_below = knot
    inner_above, outer_above = before, knot.parent.children[0]
    sums = [inner_below.mod, outer_below.mod, inner_above.mod, outer_above.mod]
    while (low := _next_lower(inner_above)) is not None and (high := _next_upper(inner_below)) is not None:
        inner_above, inner_below = low, high
        outer_above = _next_upper(outer_above) or outer_above
        outer_below = _next_lower(outer_below) or outer_below
        outer_below.ancestor = knot
        gap = _distance(inner_above, inner_below)
        shift = (inner_above.prelim + sums[2]) - (inner_below.prelim + sums[0]) + gap
        if shift > 0:
            mover = inner_above.ancestor if inner_above.ancestor.parent is knot.parent else default
            _move_subtree(mover, knot, shift)
            sums[0] += shift
            sums[1] += shift
        sums[0] += inner_below.mod
        sums[1] += outer_below.mod
        sums[2] += inner_above.mod
        sums[3] += outer_above.mod
    below, above = _next_lower(inner_above), _next_upper(inner_below)
    if below is not None and _next_lower(outer_below) is None:
        outer_below.thread = below
        outer_below.mod += sums[2] - sums[1]
    if above is not None and _next_upper(outer_above) is None:
        outer_above.thread = above
        outer_above.mod += sums[0] - sums[3]
        default = knot
    return default


def _next_upper(knot: _TreeNode) -> _TreeNode | None:
    return knot.children[0] if knot.children else knot.thread


def _next_lower(knot: _TreeNode) -> _TreeNode | None:
    return knot.children[-1] if knot.children else knot.thread


def _move_subtree(mover: _TreeNode, knot: _TreeNode, shift: float) -> None:
    between = knot.index - mover.index
    knot.change -= shift / between
    knot.shift += shift
    mover.change += shift / between
    knot.prelim += shift
    knot.mod += shift


def _execute_shifts(knot: _TreeNode) -> None:
    shift = change = 0.0
    for child in reversed(knot.children):
        child.prelim += shift
        child.mod += shift
        change += child.change
        shift += child.shift + change


def _second_walk(root: _TreeNode) -> list[_TreeNode]:
    """Add up what the parents were moved by; every knot of the tree."""
    found: list[_TreeNode] = []
    waiting = [(root, 0.0)]
    while waiting:
        knot, moved = waiting.pop()
        knot.y = knot.prelim + moved
        found.append(knot)
        waiting += [(child, moved + knot.mod) for child in knot.children]
    return found


def _assign_lanes(
    links: Sequence[LayoutLink], routes: Sequence[_LinkRoute], knots: Sequence[_TreeNode]
) -> tuple[dict[int, int], dict[int, int]]:
    """The lane in which each link beside the tree reaches its target, and how many lanes each channel has."""
    runs: dict[int, list[tuple[float, float, int]]] = {}
    for index, (link, route) in enumerate(zip(links, routes, strict=True)):
        if not route.in_tree:
            source, target = knots[link.source], knots[link.target]
            y = route.dummies[-1].y if route.dummies else source.y - source.height / 2 + link.port
            low, high = sorted((y, target.y))
            runs.setdefault(target.level, []).append((low, high, index))
    lanes: dict[int, int] = {}
    most: dict[int, int] = {}
    for level, found in runs.items():
        ends: list[tuple[float, int]] = []  # where the lanes in use end
        free: list[int] = []
        count = 0
        for low, high, index in sorted(found):
            while ends and ends[0][0] < low:
                heappush(free, heappop(ends)[1])
            if not free:
                free, count = [count], count + 1
            lanes[index] = heappop(free)
            heappush(ends, (high + LANE_WIDTH, lanes[index]))
        most[level] = count
    return lanes, most


def _place_columns(cells: Sequence[LayoutNode], lanes: Mapping[int, int]) -> list[_Column]:
    widths = [0.0] * (max(cell.level for cell in cells) + 1)
    for cell in cells:
        widths[cell.level] = max(widths[cell.level], cell.w)
    columns: list[_Column] = []
    for level, width in enumerate(widths):
        channel = CHANNEL_WIDTH + LANE_WIDTH * min(lanes.get(level, 0), MAX_LANES)
        left = columns[-1].left + columns[-1].width + channel if columns else 0.0
        columns.append(_Column(left, width, channel))
    return columns


def _link_path(
    link: LayoutLink, boxes: Sequence[Box], route: _LinkRoute, columns: Sequence[_Column], lane: int | None
) -> tuple[Point, ...]:
    """From the port through the places it passes to the target: level in columns, turning between them."""
    source, target = boxes[link.source], boxes[link.target]
    path = [Point(source.right, source.y + link.port)]
    for knot in route.dummies:
        column = columns[knot.level]
        path += _turn_points(path[-1], Point(column.left, knot.y), column, None)
        path.append(Point(column.left + column.width, knot.y))
    end = Point(target.x, target.y + min(target.h / 2, _ENTRY_OFFSET))
    path += _turn_points(path[-1], end, columns[route.level], lane)
    return tuple(path)


def _turn_points(start: Point, end: Point, column: _Column, lane: int | None) -> Iterator[Point]:
    """On through the channel before a column: sloping, or straight up or down in a lane."""
    if abs(start.y - end.y) > 0.5:
        if lane is None:
            before = column.left - column.channel
            yield Point(max(start.x, before) + _BEND_RUN, start.y)
            yield Point(end.x - _BEND_RUN, end.y)
        else:
            x = column.left - column.channel + _BEND_RUN + LANE_WIDTH * (lane % MAX_LANES + 1)
            yield Point(x, start.y)
            yield Point(x, end.y)
    yield end
