"""Layered tree layout in linear time: places a layered graph from left to right, parents beside their children.

A spanning tree is laid out with the algorithm of Buchheim, Jünger and Leipert, extended by a size for each
node. Links outside of the tree get dummy nodes in every column that they pass, so that no link crosses a node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from explorer.layout.geometry import Box, Point

SIBLING_GAP, SUBTREE_GAP = 8.0, 16.0
"""Points between siblings, and between neighboring nodes of different parents."""

CHANNEL_WIDTH = 56.0
"""Width of the space between two columns, where links run."""

LANE_WIDTH = 7.0
"""Points by which a channel is wider for each link outside of the tree that runs vertically beside others."""

MAX_LANES = 24
"""The most lanes of a channel; further links share them."""

_ENTRY_OFFSET = 20.0
"""The most points between the top of a node and the point where a link enters it."""

_DUMMY_HEIGHT = 6.0
_BEND_RUN = CHANNEL_WIDTH * 0.3
_MIN_SLOPE = 0.5
"""A link with a smaller difference in height is drawn straight."""


@dataclass(frozen=True)
class LayoutNode:
    """A node to place: its width, height and column."""

    w: float
    h: float
    level: int


@dataclass(frozen=True)
class LayoutLink:
    """A link between two nodes by index. It leaves the source `port` points below its top, to a later column."""

    source: int
    target: int
    port: float


@dataclass(frozen=True)
class TreeLayout:
    """The boxes of the nodes and the paths of the links; the drawing starts at the origin."""

    size: tuple[float, float]
    boxes: tuple[Box, ...]
    paths: tuple[tuple[Point, ...], ...]


class _TreeNode:
    """A node of the spanning tree, or a dummy node of a link, with the fields of the algorithm."""

    __slots__ = (
        "ancestor", "change", "children", "height", "index", "level", "mod", "parent", "prelim", "shift",
        "thread", "y",
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
    """The dummy nodes that a link passes on its way to a column; links of the tree pass none."""

    level: int
    dummies: tuple[_TreeNode, ...]
    in_tree: bool


@dataclass(frozen=True)
class _Column:
    """The left side and the width of a column, and the width of the channel in front of it."""

    left: float
    width: float
    channel: float


def layout_layered_tree(nodes: Sequence[LayoutNode], links: Sequence[LayoutLink]) -> TreeLayout:
    """Lay out nodes, of which the first is the root; links must lead to later columns."""
    if not nodes:
        return TreeLayout((0, 0), (), ())
    tree_nodes = [_TreeNode(node.h, node.level) for node in nodes]
    routes = _build_tree(links, tree_nodes)
    _first_walk(tree_nodes[0])
    placed = _second_walk(tree_nodes[0])
    top = min(placed_node.y - placed_node.height / 2 for placed_node in placed)
    for placed_node in placed:
        placed_node.y -= top
    bottom = max(placed_node.y + placed_node.height / 2 for placed_node in placed)
    lanes, lane_counts = _assign_lanes(links, routes, tree_nodes)
    columns = _place_columns(nodes, lane_counts)
    boxes = tuple(
        Box(columns[node.level].left, tree_node.y - node.h / 2, node.w, node.h)
        for node, tree_node in zip(nodes, tree_nodes, strict=True)
    )
    paths = tuple(
        _link_path(link, boxes, route, columns, lanes.get(index))
        for index, (link, route) in enumerate(zip(links, routes, strict=True))
    )
    return TreeLayout((max(box.right for box in boxes), bottom), boxes, paths)


def _build_tree(links: Sequence[LayoutLink], tree_nodes: list[_TreeNode]) -> list[_LinkRoute]:
    """Make each node a child of its first neighbor in the previous column, and add dummy nodes for other links."""
    routes = []
    for link in links:
        last, target = tree_nodes[link.source], tree_nodes[link.target]
        if target.parent is None and target.level == last.level + 1:
            _add_child(target, last)
            routes.append(_LinkRoute(target.level, (), True))
            continue
        dummies: list[_TreeNode] = []
        for level in range(last.level + 1, target.level):
            dummies.append(_TreeNode(_DUMMY_HEIGHT, level))
            _add_child(dummies[-1], last)
            last = dummies[-1]
        routes.append(_LinkRoute(target.level, tuple(dummies), False))
    return routes


def _add_child(child: _TreeNode, parent: _TreeNode) -> None:
    child.parent, child.index = parent, len(parent.children)
    parent.children.append(child)


def _first_walk(root: _TreeNode) -> None:
    """Set the preliminary position of each node among its siblings, children before parents."""
    waiting: list[tuple[_TreeNode, int]] = [(root, 0)]
    leftmost: dict[int, _TreeNode] = {}  # the default ancestor of each parent whose children are being placed
    while waiting:
        node, at = waiting.pop()
        if at < len(node.children):
            waiting.append((node, at + 1))
            waiting.append((node.children[at], 0))
            continue
        _set_preliminary(node)
        parent = node.parent
        if parent is not None:
            default = leftmost.get(id(parent), parent.children[0])
            leftmost[id(parent)] = _apportion(node, default)


def _set_preliminary(node: _TreeNode) -> None:
    """Place a node below its previous sibling, or at the middle of its children."""
    before = _previous_sibling(node)
    if node.children:
        _execute_shifts(node)
        middle = (node.children[0].prelim + node.children[-1].prelim) / 2
        node.prelim = middle if before is None else before.prelim + _distance(before, node)
        node.mod = 0.0 if before is None else node.prelim - middle
    elif before is not None:
        node.prelim = before.prelim + _distance(before, node)


def _previous_sibling(node: _TreeNode) -> _TreeNode | None:
    return node.parent.children[node.index - 1] if node.parent is not None and node.index else None


def _distance(one: _TreeNode, other: _TreeNode) -> float:
    gap = SIBLING_GAP if one.parent is other.parent else SUBTREE_GAP
    return (one.height + other.height) / 2 + gap


def _apportion(node: _TreeNode, default: _TreeNode) -> _TreeNode:
    """Move a subtree down until it does not overlap the subtrees above it; return the new default ancestor."""
    before = _previous_sibling(node)
    if before is None or node.parent is None:
        return default
    inner_below = outer_below = node
    inner_above, outer_above = before, node.parent.children[0]
    sums = [inner_below.mod, outer_below.mod, inner_above.mod, outer_above.mod]
    while (low := _next_lower(inner_above)) is not None and (high := _next_upper(inner_below)) is not None:
        inner_above, inner_below = low, high
        outer_above = _next_upper(outer_above) or outer_above
        outer_below = _next_lower(outer_below) or outer_below
        outer_below.ancestor = node
        gap = _distance(inner_above, inner_below)
        shift = (inner_above.prelim + sums[2]) - (inner_below.prelim + sums[0]) + gap
        if shift > 0:
            upper = inner_above.ancestor if inner_above.ancestor.parent is node.parent else default
            _move_subtree(upper, node, shift)
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
        default = node
    return default


def _next_upper(node: _TreeNode) -> _TreeNode | None:
    """Return the next node on the upper contour of a subtree."""
    return node.children[0] if node.children else node.thread


def _next_lower(node: _TreeNode) -> _TreeNode | None:
    """Return the next node on the lower contour of a subtree."""
    return node.children[-1] if node.children else node.thread


def _move_subtree(upper: _TreeNode, node: _TreeNode, shift: float) -> None:
    """Move a subtree down, and distribute the shift over the siblings between it and the upper subtree."""
    count = node.index - upper.index
    node.change -= shift / count
    node.shift += shift
    upper.change += shift / count
    node.prelim += shift
    node.mod += shift


def _execute_shifts(node: _TreeNode) -> None:
    """Apply the distributed shifts to the children of a node."""
    shift = change = 0.0
    for child in reversed(node.children):
        child.prelim += shift
        child.mod += shift
        change += child.change
        shift += child.shift + change


def _second_walk(root: _TreeNode) -> list[_TreeNode]:
    """Set the final position of each node by adding the shifts of its ancestors; return all nodes."""
    nodes: list[_TreeNode] = []
    waiting = [(root, 0.0)]
    while waiting:
        node, shift = waiting.pop()
        node.y = node.prelim + shift
        nodes.append(node)
        waiting += [(child, shift + node.mod) for child in node.children]
    return nodes


def _assign_lanes(
    links: Sequence[LayoutLink], routes: Sequence[_LinkRoute], tree_nodes: Sequence[_TreeNode]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the lane of each link outside of the tree, by link index, and the number of lanes of each channel."""
    runs: dict[int, list[tuple[float, float, int]]] = {}
    for index, (link, route) in enumerate(zip(links, routes, strict=True)):
        if not route.in_tree:
            source, target = tree_nodes[link.source], tree_nodes[link.target]
            y = route.dummies[-1].y if route.dummies else source.y - source.height / 2 + link.port
            low, high = sorted((y, target.y))
            runs.setdefault(target.level, []).append((low, high, index))
    lanes: dict[int, int] = {}
    lane_counts: dict[int, int] = {}
    for level, channel_runs in runs.items():
        ends: list[tuple[float, int]] = []  # the end of each lane in use
        free: list[int] = []
        count = 0
        for low, high, index in sorted(channel_runs):
            while ends and ends[0][0] < low:
                heappush(free, heappop(ends)[1])
            if not free:
                free, count = [count], count + 1
            lanes[index] = heappop(free)
            heappush(ends, (high + LANE_WIDTH, lanes[index]))
        lane_counts[level] = count
    return lanes, lane_counts


def _place_columns(nodes: Sequence[LayoutNode], lane_counts: Mapping[int, int]) -> list[_Column]:
    widths = [0.0] * (max(node.level for node in nodes) + 1)
    for node in nodes:
        widths[node.level] = max(widths[node.level], node.w)
    columns: list[_Column] = []
    for level, width in enumerate(widths):
        channel = CHANNEL_WIDTH + LANE_WIDTH * min(lane_counts.get(level, 0), MAX_LANES)
        left = columns[-1].left + columns[-1].width + channel if columns else 0.0
        columns.append(_Column(left, width, channel))
    return columns


def _link_path(
    link: LayoutLink, boxes: Sequence[Box], route: _LinkRoute, columns: Sequence[_Column], lane: int | None
) -> tuple[Point, ...]:
    """Return the path of a link: horizontal inside the columns, with its turns in the channels between them."""
    source, target = boxes[link.source], boxes[link.target]
    path = [Point(source.right, source.y + link.port)]
    for dummy in route.dummies:
        column = columns[dummy.level]
        path += _turn_points(path[-1], Point(column.left, dummy.y), column, None)
        path.append(Point(column.left + column.width, dummy.y))
    end = Point(target.x, target.y + min(target.h / 2, _ENTRY_OFFSET))
    path += _turn_points(path[-1], end, columns[route.level], lane)
    return tuple(path)


def _turn_points(start: Point, end: Point, column: _Column, lane: int | None) -> Iterator[Point]:
    """Yield the points of a turn in the channel in front of a column: sloped, or vertical in a lane."""
    if abs(start.y - end.y) > _MIN_SLOPE:
        if lane is None:
            channel_left = column.left - column.channel
            yield Point(max(start.x, channel_left) + _BEND_RUN, start.y)
            yield Point(end.x - _BEND_RUN, end.y)
        else:
            x = column.left - column.channel + _BEND_RUN + LANE_WIDTH * (lane % MAX_LANES + 1)
            yield Point(x, start.y)
            yield Point(x, end.y)
    yield end
