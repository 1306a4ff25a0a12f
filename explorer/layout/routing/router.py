"""Edge router: an orthogonal path for each edge, clear of all nodes, titles and frames that it does not belong to.

Graphviz places boxes, but cannot route around frames and titles. For each edge, the router tries simple
shapes (straight, then one to four bends) along the free channels between the boxes. Of the shapes that
are not blocked, it takes the one with the least cost of length, bends and crossings.
"""

from __future__ import annotations

from explorer.core.model.architecture import Architecture, Edge
from explorer.core.model.pack import NodeId
from explorer.layout.geometry import Point
from explorer.layout.routing.free_spans import BOTH_ENDS, FreeSpans
from explorer.layout.routing.path_search import PathSearch
from explorer.layout.routing.ports import BELOW_NAME_GAP, PORT_SPACING, free_ports
from explorer.layout.routing.routing_grid import Obstacle, RoutingGrid
from explorer.layout.routing.search_budget import SearchBudget

MAX_SEARCH_STEPS = 3_000_000
"""Search steps for one drawing, about two seconds; afterwards, edges get a simple path that may cross nodes."""

_SHORT_EDGE, _LONG_LABEL = 190.0, 10
"""A straight path up to this length in points, with a label of at least so many characters, reserves one
side for the label: with paths on both sides, the label would have no space."""

_MAX_THOROUGH_EDGES = 100
"""With more edges than this, paths with four bends are not searched."""


def route_edges(
    architecture: Architecture, grid: RoutingGrid, max_search_steps: int = MAX_SEARCH_STEPS
) -> dict[str, tuple[Point, ...]]:
    """Return a path for each edge, by edge id; aligned and short edges are routed first."""

    def directness(edge: Edge) -> tuple[bool, float]:
        a, b = grid.obstacles[edge.source].icon_box.center, grid.obstacles[edge.target].icon_box.center
        is_aligned = a.y == b.y or a.x == b.x
        return not is_aligned, abs(a.x - b.x) + abs(a.y - b.y)

    thorough = len(architecture.edges) <= _MAX_THOROUGH_EDGES
    budget = SearchBudget(max_search_steps)
    paths: dict[str, tuple[Point, ...]] = {}
    for edge in sorted(architecture.edges, key=directness):
        paths[edge.id] = points = _route_edge(edge.source, edge.target, grid, budget, thorough)
        is_short = len(points) == 2 and abs(points[0].x - points[1].x) <= _SHORT_EDGE
        grid.add_path(points, reserves_label=is_short and len(edge.label) >= _LONG_LABEL)
    return paths


def _route_edge(
    source_id: NodeId, target_id: NodeId, grid: RoutingGrid, budget: SearchBudget, thorough: bool
) -> tuple[Point, ...]:
    """Return the best path between two nodes, or a simple path if all others are blocked."""
    source, target = grid.obstacles[source_id], grid.obstacles[target_id]
    if source_id == target_id:
        return _self_loop(source)
    spans = FreeSpans(grid, source_id, target_id, budget)
    straight = _straight_path(source, target, grid, spans)
    if straight:
        return straight
    search = PathSearch(grid, spans, budget)
    for ports_per_side in (2, 3) if thorough else (2,):
        starts = free_ports(source, target, ports_per_side, grid)
        ends = free_ports(target, source, ports_per_side, grid)
        path = search.find_path(starts, ends, thorough=thorough)
        if path:
            return path
    return _fallback_path(source, target)


def _straight_path(source: Obstacle, target: Obstacle, grid: RoutingGrid, spans: FreeSpans) -> tuple[Point, ...]:
    """Return the straight path between aligned neighbors, or an empty path if it is blocked or crosses a path."""
    a, b = source.icon_box, target.icon_box
    if a.y == b.y:
        y = a.y + a.h / 2
        start, end = (Point(a.right, y), Point(b.x, y)) if a.x < b.x else (Point(a.x, y), Point(b.right, y))
        crossings = spans.crossings(False, y, start.x, end.x, BOTH_ENDS)
    elif a.x == b.x:
        x = a.x + a.w / 2
        if a.y < b.y:
            start, end = Point(x, source.bounds.bottom + BELOW_NAME_GAP), Point(x, b.y)
        else:
            start, end = Point(x, a.y), Point(x, target.bounds.bottom + BELOW_NAME_GAP)
        crossings = spans.crossings(True, x, start.y, end.y, BOTH_ENDS)
    else:
        return ()
    is_free = crossings == 0 and grid.used_ends.isdisjoint((start, end))
    return (start, end) if is_free else ()


def _self_loop(node: Obstacle) -> tuple[Point, ...]:
    """Return a loop around the upper right corner of an icon."""
    icon = node.icon_box
    (x, y), right, top = icon.center, icon.right + 1.5 * PORT_SPACING, icon.y - PORT_SPACING
    return Point(icon.right, y), Point(right, y), Point(right, top), Point(x, top), Point(x, icon.y)


def _fallback_path(source: Obstacle, target: Obstacle) -> tuple[Point, ...]:
    """Return a path with at most two bends that ignores all obstacles."""
    a, b = source.icon_box, target.icon_box
    leftwards = b.center.x < a.center.x
    start = Point(a.x if leftwards else a.right, a.center.y)
    end = Point(b.right if leftwards else b.x, b.center.y)
    if start.y == end.y:
        return start, end
    middle = (start.x + end.x) / 2
    return start, Point(middle, start.y), Point(middle, end.y), end
