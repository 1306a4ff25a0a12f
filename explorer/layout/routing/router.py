"""Paths for edges over placed boxes: right angles, clear of all that they have nothing to do with.

The layout program places, but knows no way around frames and titles. For each edge
the shapes that a draughtsman would try (straight, then one bend to four) are laid along
the free bands; of those that meet nothing, the one with the least length, bends and
crossings is taken. What cannot become better than the best so far is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explorer.core.model.architecture import Architecture, Edge
from explorer.core.model.pack import NodeId
from explorer.layout.geometry import Point
from explorer.layout.routing.routing_grid import CLEARANCE, PATH_SPACING, Channel, Obstacle, RoutingGrid

BEND_COST = 26.0
CROSSING_COST = 160.0
BELOW_NAME_COST = 10.0
BELOW_COMPANIONS_COST = 45.0
"""What it costs, in points of length, to leave or enter below a node's words, and below its companions."""

BELOW_NAME_GAP = 2.0
"""Points beneath a node's words where a path starts or ends."""

PORT_SPACING = 14.0
"""Points between two ends at the same side of an icon."""

_OFF_CENTER_PORT_COST = 16.0
_SHORT_EDGE, _LONG_LABEL = 190.0, 10
"""Of a straight path between neighbours: with paths at both of its sides so long words would have no room."""

_DETOUR_ALLOWANCE = 40.0
"""How much farther than a crossing is worth a path may go round it."""

_MAX_THOROUGH_EDGES = 100
"""With more edges than these, what has no path of few bends is drawn as a plain step."""

_MAX_CHANNELS = 12
_MAX_OUTER_CHANNELS = 4


class _Port(NamedTuple):
    """Where a path may leave or enter a node: which way it leads, and what using it costs."""

    x: float
    y: float
    vertical: bool
    forward: bool
    cost: float


class _FreeSpan(NamedTuple):
    """How far a line is free around a point, and where laid paths cross it."""

    low: float
    high: float
    crossed_at: Sequence[float]

    def count_crossings(self, one: float, other: float) -> int:
        """The paths crossed between two points of the line."""
        if not self.crossed_at:
            return 0
        if one > other:
            one, other = other, one
        return sum([one < at < other for at in self.crossed_at])


_NO_SPAN = _FreeSpan(float("inf"), float("-inf"), ())

_ReachableChannel = tuple[float, float, int]
"""A track that a port comes to: where, what it costs to run there, and the paths crossed on the way."""


def route_edges(architecture: Architecture, ways: RoutingGrid) -> dict[str, tuple[Point, ...]]:
    """A path for every edge, by the edge's id; the straightest are laid first."""

    def directness(edge: Edge) -> tuple[bool, float]:
        a, b = ways.obstacles[edge.source].icon_box.center, ways.obstacles[edge.target].icon_box.center
        aligned = a.y == b.y or a.x == b.x
        return not aligned, abs(a.x - b.x) + abs(a.y - b.y)

    thorough = len(architecture.edges) <= _MAX_THOROUGH_EDGES
    found: dict[str, tuple[Point, ...]] = {}
    for edge in sorted(architecture.edges, key=directness):
        found[edge.id] = points = _PathSearch(edge.source, edge.target, ways, thorough).find_path()
        short = len(points) == 2 and abs(points[0].x - points[1].x) <= _SHORT_EDGE
        ways.add_path(points, worded=short and len(edge.label) >= _LONG_LABEL)
    return found


class _PathSearch:
    """The search for one edge's path among all that it must keep clear of.

    It is made twice: first for a path that crosses none, then, if there is none or
    only one by a long way round, for one that crosses some. So either search gives
    up early on whatever cannot win.
    """

    def __init__(self, source: NodeId, target: NodeId, ways: RoutingGrid, thorough: bool = True) -> None:
        self.grid = ways
        self.thorough = thorough
        self.source, self.target = ways.obstacles[source], ways.obstacles[target]
        self.passable = ways.passable_for(self.source.groups, self.target.groups)
        self.ends = (f"n:{source}", f"n:{target}")
        self.span_cache: dict[tuple[bool, float, float, int], _FreeSpan] = {}
        self.channel_cache: dict[tuple[_Port, int], list[_ReachableChannel]] = {}
        self.allow_crossings = False
        self.best_cost = float("inf")
        self.best_path: tuple[Point, ...] = ()

    def find_path(self) -> tuple[Point, ...]:
        """The best path there is; a plain step when nothing is free."""
        if self.source is self.target:
            return self._self_loop()
        direct = self._straight_path()
        if direct:
            return direct
        for most in (2, 3) if self.thorough else (2,):
            starts = self._free_ports(self.source, self.target, most)
            ends = self._free_ports(self.target, self.source, most)
            pairs = sorted((self._min_cost(a, b), a, b) for a in starts for b in ends)
            for shapes in (
                (self._search_few_bends, self._search_many_bends) if self.thorough else (self._search_few_bends,)
            ):
                for self.allow_crossings in (False, True):
                    self.channel_cache.clear()
                    worth = pairs[0][0] + CROSSING_COST
                    self.best_cost = min(
                        self.best_cost, float("inf") if self.allow_crossings else worth + _DETOUR_ALLOWANCE
                    )
                    shapes(pairs)
                    if self.best_path and self.best_cost <= worth:
                        break
                    if not self.best_path:
                        self.best_cost = float("inf")
                if self.best_path:
                    return self.best_path
        return self._fallback_path()

    def _search_few_bends(self, pairs: Sequence[tuple[float, _Port, _Port]]) -> None:
        extra = CROSSING_COST if self.allow_crossings else 0.0
        for least, a, b in pairs:
            if least + extra >= self.best_cost:
                break
            self._try_up_to_two_bends(a, b)
        for least, a, b in pairs:
            if least + extra >= self.best_cost:
                break
            if a.vertical != b.vertical:
                self._try_three_bends(a, b)

    def _search_many_bends(self, pairs: Sequence[tuple[float, _Port, _Port]]) -> None:
        for _, a, b in pairs:
            if a.vertical == b.vertical:
                self._try_four_bends(a, b)

    def _straight_path(self) -> tuple[Point, ...]:
        """The straight path between neighbours in line, where it is free and crosses nothing."""
        a, b = self.source.icon_box, self.target.icon_box
        if a.y == b.y:
            middle = a.y + a.h / 2
            ends = (a.right, b.x) if a.x < b.x else (a.x, b.right)
            points = (Point(ends[0], middle), Point(ends[1], middle))
        elif a.x == b.x:
            middle = a.x + a.w / 2
            if a.y < b.y:
                points = (Point(middle, self.source.bounds.bottom + BELOW_NAME_GAP), Point(middle, b.y))
            else:
                points = (Point(middle, a.y), Point(middle, self.target.bounds.bottom + BELOW_NAME_GAP))
        else:
            return ()
        (ax, ay), (bx, by) = points
        upright = ax == bx
        at, here, there = (ax, ay, by) if upright else (ay, ax, bx)
        if self.grid.used_ends.isdisjoint(points) and self._crossings_on(upright, at, here, there, 3) == 0:
            return points
        return ()

    def _free_ports(self, site: Obstacle, other: Obstacle, most: int) -> list[_Port]:
        """The first free places at each side, from the middle towards the other end."""
        icon, room, taken = site.icon_box, site.bounds, self.grid.used_ends
        x, y = icon.center
        across = PORT_SPACING if other.icon_box.center.x > x else -PORT_SPACING
        down = PORT_SPACING if other.icon_box.center.y > y else -PORT_SPACING
        sides = [(at, y + by) for at in (icon.right, icon.x) for by in (0.0, down, -down)]
        tops = [(x + by, icon.y) for by in (0.0, across, -across)]
        under = room.bottom - y + (BELOW_COMPANIONS_COST if site.has_companions else BELOW_NAME_COST)
        bottoms = [(x + by, room.bottom + BELOW_NAME_GAP) for by in (0.0, across, -across)]
        found: list[_Port] = []
        for places, upright, forwards, cost in (
            (sides[:3], False, True, 0.0),
            (sides[3:], False, False, 0.0),
            (tops, True, False, 0.0),
            (bottoms, True, True, under),
        ):
            if places[0] in self.grid.labeled_ends and not taken.isdisjoint(places[1:]):
                continue
            free = [
                _Port(*at, upright, forwards, cost + _OFF_CENTER_PORT_COST * index)
                for index, at in enumerate(places)
                if at not in taken
            ]
            found.extend(free[: 1 if free and most == 2 and free[0].cost == cost else most])
        return found

    def _min_cost(self, a: _Port, b: _Port) -> float:
        """What a path between two ports costs at least."""
        dx, dy = b.x - a.x, b.y - a.y
        run = abs(dx) + abs(dy) + a.cost + b.cost
        if a.vertical != b.vertical:
            ahead = _is_ahead(a, b.x, b.y) and _is_ahead(b, a.x, a.y)
            return run + (BEND_COST if ahead else 3 * BEND_COST)
        if a.forward == b.forward:
            return run + 2 * BEND_COST
        if _is_ahead(a, b.x, b.y):
            return run + (0 if (dx if a.vertical else dy) == 0 else 2 * BEND_COST)
        return run + 4 * BEND_COST

    def _reachable_channels(self, port: _Port, end: int) -> list[_ReachableChannel]:
        """The tracks that a straight path from the port comes to, the nearest first."""
        key = (port, end)
        found = self.channel_cache.get(key)
        if found is None:
            self.channel_cache[key] = found = list(self._scan_channels(port, end))
        return found

    def _scan_channels(self, port: _Port, end: int) -> Iterator[_ReachableChannel]:
        x, y, upright, forwards, _ = port
        tracks = self.grid.horizontal_channels if upright else self.grid.vertical_channels
        across, here = (x, y) if upright else (y, x)
        way = self._free_span(upright, across, here, end)
        if forwards:
            ahead = [track for track in tracks if here + CLEARANCE < track.at <= way.high]
        else:
            ahead = [track for track in reversed(tracks) if here - CLEARANCE > track.at >= way.low]
        for at, cost in ahead[:_MAX_CHANNELS]:
            yield at, cost, way.count_crossings(here, at)

    def _try_up_to_two_bends(self, a: _Port, b: _Port) -> None:
        """Straight paths, and those with one or two bends."""
        ax, ay, up, _, _ = a
        bx, by, other, _, _ = b
        cost = a.cost + b.cost + abs(ax - bx) + abs(ay - by)
        if up != other:
            x, y = (ax, by) if up else (bx, ay)
            if _is_ahead(a, x, y) and _is_ahead(b, x, y) and self._can_improve(cost + BEND_COST, 0):
                one = self._crossings_on(up, *((ax, ay, y) if up else (ay, ax, x)), 1)
                two = self._crossings_on(other, *((bx, by, y) if other else (by, bx, x)), 2)
                if one is not None and two is not None:
                    self._record(cost + BEND_COST, one + two, a, b, ((x, y),))
        elif a.forward != b.forward and (ax == bx if up else ay == by):
            if _is_ahead(a, bx, by) and self._can_improve(cost, 0):
                one = self._crossings_on(up, *((ax, ay, by) if up else (ay, ax, bx)), 3)
                if one is not None:
                    self._record(cost, one, a, b, ())
        else:
            self._try_two_bends(a, b)

    def _try_two_bends(self, a: _Port, b: _Port) -> None:
        """One track between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 2 * BEND_COST
        here, there = (ax, bx) if up else (ay, by)
        far = {at: crossed for at, _, crossed in self._reachable_channels(b, 2)}
        for at, cost, crossed in self._reachable_channels(a, 1):
            run = abs(here - there) + (abs(ay - at) + abs(by - at) if up else abs(ax - at) + abs(bx - at))
            if at in far and self._can_improve(base + run + cost, crossed):
                across = self._crossings_on(not up, at, here, there, 0)
                if across is not None:
                    corners = ((ax, at), (bx, at)) if up else ((at, ay), (at, by))
                    self._record(base + run + cost, crossed + far[at] + across, a, b, corners)

    def _try_three_bends(self, a: _Port, b: _Port) -> None:
        """Two tracks between ports that lead across each other."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 3 * BEND_COST
        here, ahead = (ax, ay) if up else (ay, ax)
        there, last = (by, bx) if up else (bx, by)
        ends = self._reachable_channels(b, 2)
        for near, cost, crossed in self._reachable_channels(a, 1):
            least = base + cost + abs(ahead - near) + abs(near - there)
            if not self._can_improve(least + abs(here - last), crossed):
                continue
            one = self._free_span(not up, near, here, 0)
            for far, more, again in ends:
                total = least + more + abs(here - far) + abs(far - last)
                if one.low <= far <= one.high and self._can_improve(total, crossed + again):
                    across = self._crossings_on(up, far, there, near, 0)
                    if across is not None:
                        x, y = (far, near) if up else (near, far)
                        corners = ((ax, y), (x, y), (x, by)) if up else ((x, ay), (x, y), (bx, y))
                        self._record(total, crossed + again + one.count_crossings(here, far) + across, a, b, corners)

    def _try_four_bends(self, a: _Port, b: _Port) -> None:
        """Three tracks between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 4 * BEND_COST
        here, ahead = (ax, ay) if up else (ay, ax)
        there, last = (bx, by) if up else (by, bx)
        middle: Sequence[Channel] = self.grid.vertical_channels if up else self.grid.horizontal_channels
        for near, cost, crossed in self._reachable_channels(a, 1)[:_MAX_OUTER_CHANNELS]:
            one = self._free_span(not up, near, here, 0)
            for far, more, again in self._reachable_channels(b, 2)[:_MAX_OUTER_CHANNELS]:
                if abs(near - far) < PATH_SPACING:
                    continue
                two = self._free_span(not up, far, there, 0)
                part = base + cost + more + abs(ahead - near) + abs(near - far) + abs(far - last)
                low, high = max(one.low, two.low), min(one.high, two.high)
                for at, extra in middle:
                    total = part + extra + abs(here - at) + abs(at - there)
                    if low <= at <= high and self._can_improve(total, crossed + again):
                        across = self._crossings_on(up, at, near, far, 0)
                        if across is not None:
                            known = (
                                crossed
                                + again
                                + one.count_crossings(here, at)
                                + two.count_crossings(at, there)
                                + across
                            )
                            corners = ((ax, near), (at, near), (at, far), (bx, far))
                            if not up:
                                corners = ((near, ay), (near, at), (far, at), (far, by))
                            self._record(total, known, a, b, corners)

    def _can_improve(self, cost: float, crossed: int) -> bool:
        """Whether a path may still win that costs so much, and crosses at least so many."""
        return cost + CROSSING_COST * (crossed or self.allow_crossings) < self.best_cost

    def _record(self, cost: float, crossed: int, a: _Port, b: _Port, corners: tuple[tuple[float, float], ...]) -> None:
        cost += CROSSING_COST * crossed
        if cost < self.best_cost:
            self.best_cost = cost
            self.best_path = (Point(a.x, a.y), *(Point(x, y) for x, y in corners), Point(b.x, b.y))

    def _crossings_on(self, upright: bool, at: float, here: float, there: float, end: int) -> int | None:
        """How many laid paths a piece crosses, or None when it is not free.

        `end` says which ends it may start at: 1 the source, 2 the target, 3 both, 0 neither.
        """
        way = self._free_span(upright, at, here, end)
        return way.count_crossings(here, there) if way.low <= there <= way.high else None

    def _free_span(self, upright: bool, at: float, here: float, end: int) -> _FreeSpan:
        """How far a line is free around a point; while crossing is not allowed, up to the next path."""
        key = (upright, at, here, end)
        found = self.span_cache.get(key)
        if found is None:
            self.span_cache[key] = found = self._compute_free_span(upright, at, here, end)
        if self.allow_crossings or not found.crossed_at:
            return found
        low, high, crossed = found
        for across in crossed:
            if across <= here:
                low = max(low, across)
            else:
                high = min(high, across)
        return _FreeSpan(low, high, ())

    def _compute_free_span(self, upright: bool, at: float, here: float, end: int) -> _FreeSpan:
        low, high = float("-inf"), float("inf")
        source, target = self.ends
        for start, stop, what in self.grid.blocked_spans(upright, at):
            if what in self.passable or (what == source and end & 1) or (what == target and end & 2):
                continue
            if stop <= here:
                low = max(low, stop)
            elif start >= here:
                high = min(high, start)
            else:
                return _NO_SPAN
        for _, other, start, stop in self.grid.routed_segments[upright]:
            if -PATH_SPACING < other - at < PATH_SPACING:
                if stop + CLEARANCE <= here:
                    low = max(low, stop + CLEARANCE)
                elif start - CLEARANCE >= here:
                    high = min(high, start - CLEARANCE)
                else:
                    return _NO_SPAN
        crossing = self.grid.routed_segments[not upright]
        return _FreeSpan(low, high, [x for _, x, start, stop in crossing if start < at < stop and low < x < high])

    def _self_loop(self) -> tuple[Point, ...]:
        icon = self.source.icon_box
        (x, y), right, top = icon.center, icon.right + 1.5 * PORT_SPACING, icon.y - PORT_SPACING
        return Point(icon.right, y), Point(right, y), Point(right, top), Point(x, top), Point(x, icon.y)

    def _fallback_path(self) -> tuple[Point, ...]:
        a, b = self.source.icon_box, self.target.icon_box
        leftwards = b.center.x < a.center.x
        start = Point(a.x if leftwards else a.right, a.center.y)
        end = Point(b.right if leftwards else b.x, b.center.y)
        if start.y == end.y:
            return start, end
        middle = (start.x + end.x) / 2
        return start, Point(middle, start.y), Point(middle, end.y), end


def _is_ahead(port: _Port, x: float, y: float) -> bool:
    """Whether a point lies the way that a port leads, with room to turn."""
    run = y - port.y if port.vertical else x - port.x
    return run > CLEARANCE if port.forward else run < -CLEARANCE
