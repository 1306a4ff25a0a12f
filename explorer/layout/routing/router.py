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
from explorer.layout.routing.routing_grid import APART, CLEAR, Site, Track, Ways

BEND = 26.0
CROSSING = 160.0
UNDERNEATH = 10.0
UNDER_COMPANIONS = 45.0
"""What it costs, in points of length, to leave or enter below a node's words, and below its companions."""

BELOW = 2.0
"""Points beneath a node's words where a path starts or ends."""

PORTS = 14.0
"""Points between two ends at the same side of an icon."""

_BESIDE = 16.0
_SHORT, _MANY_LETTERS = 190.0, 10
"""Of a straight path between neighbours: with paths at both of its sides so long words would have no room."""

_ROUND = 40.0
"""How much farther than a crossing is worth a path may go round it."""

_MANY = 100
"""With more edges than these, what has no path of few bends is drawn as a plain step."""

_FARTHEST = 12
_NEAREST = 4


class _Port(NamedTuple):
    """Where a path may leave or enter a node: which way it leads, and what using it costs."""

    x: float
    y: float
    upright: bool
    forwards: bool
    cost: float


class _Open(NamedTuple):
    """How far a line is free around a point, and where laid paths cross it."""

    low: float
    high: float
    crossed: Sequence[float]

    def crossings(self, one: float, other: float) -> int:
        """The paths crossed between two points of the line."""
        if not self.crossed:
            return 0
        if one > other:
            one, other = other, one
        return sum([one < at < other for at in self.crossed])


_SHUT = _Open(float("inf"), float("-inf"), ())

_Way = tuple[float, float, int]
"""A track that a port comes to: where, what it costs to run there, and the paths crossed on the way."""


def routes(architecture: Architecture, ways: Ways) -> dict[str, tuple[Point, ...]]:
    """A path for every edge, by the edge's id; the straightest are laid first."""

    def directness(edge: Edge) -> tuple[bool, float]:
        a, b = ways.sites[edge.source].icon.centre, ways.sites[edge.target].icon.centre
        aligned = a.y == b.y or a.x == b.x
        return not aligned, abs(a.x - b.x) + abs(a.y - b.y)

    thorough = len(architecture.edges) <= _MANY
    found: dict[str, tuple[Point, ...]] = {}
    for edge in sorted(architecture.edges, key=directness):
        found[edge.id] = points = _Search(edge.source, edge.target, ways, thorough).path()
        short = len(points) == 2 and abs(points[0].x - points[1].x) <= _SHORT
        ways.keep(points, worded=short and len(edge.label) >= _MANY_LETTERS)
    return found


class _Search:
    """The search for one edge's path among all that it must keep clear of.

    It is made twice: first for a path that crosses none, then, if there is none or
    only one by a long way round, for one that crosses some. So either search gives
    up early on whatever cannot win.
    """

    def __init__(self, source: NodeId, target: NodeId, ways: Ways, thorough: bool = True) -> None:
        self.ways = ways
        self.thorough = thorough
        self.source, self.target = ways.sites[source], ways.sites[target]
        self.passed = ways.passed(self.source.groups, self.target.groups)
        self.ends = (f"n:{source}", f"n:{target}")
        self.opened: dict[tuple[bool, float, float, int], _Open] = {}
        self.reached: dict[tuple[_Port, int], list[_Way]] = {}
        self.crossing = False
        self.best = float("inf")
        self.found: tuple[Point, ...] = ()

    def path(self) -> tuple[Point, ...]:
        """The best path there is; a plain step when nothing is free."""
        if self.source is self.target:
            return self._loop()
        direct = self._direct()
        if direct:
            return direct
        for most in (2, 3) if self.thorough else (2,):
            starts = self._ports(self.source, self.target, most)
            ends = self._ports(self.target, self.source, most)
            pairs = sorted((self._least(a, b), a, b) for a in starts for b in ends)
            for shapes in (self._few_bends, self._many_bends) if self.thorough else (self._few_bends,):
                for self.crossing in (False, True):
                    self.reached.clear()
                    worth = pairs[0][0] + CROSSING
                    self.best = min(self.best, float("inf") if self.crossing else worth + _ROUND)
                    shapes(pairs)
                    if self.found and self.best <= worth:
                        break
                    if not self.found:
                        self.best = float("inf")
                if self.found:
                    return self.found
        return self._step()

    def _few_bends(self, pairs: Sequence[tuple[float, _Port, _Port]]) -> None:
        extra = CROSSING if self.crossing else 0.0
        for least, a, b in pairs:
            if least + extra >= self.best:
                break
            self._short(a, b)
        for least, a, b in pairs:
            if least + extra >= self.best:
                break
            if a.upright != b.upright:
                self._three(a, b)

    def _many_bends(self, pairs: Sequence[tuple[float, _Port, _Port]]) -> None:
        for _, a, b in pairs:
            if a.upright == b.upright:
                self._four(a, b)

    def _direct(self) -> tuple[Point, ...]:
        """The straight path between neighbours in line, where it is free and crosses nothing."""
        a, b = self.source.icon, self.target.icon
        if a.y == b.y:
            middle = a.y + a.h / 2
            ends = (a.right, b.x) if a.x < b.x else (a.x, b.right)
            points = (Point(ends[0], middle), Point(ends[1], middle))
        elif a.x == b.x:
            middle = a.x + a.w / 2
            if a.y < b.y:
                points = (Point(middle, self.source.room.bottom + BELOW), Point(middle, b.y))
            else:
                points = (Point(middle, a.y), Point(middle, self.target.room.bottom + BELOW))
        else:
            return ()
        (ax, ay), (bx, by) = points
        upright = ax == bx
        at, here, there = (ax, ay, by) if upright else (ay, ax, bx)
        if self.ways.taken.isdisjoint(points) and self._crossed(upright, at, here, there, 3) == 0:
            return points
        return ()

    def _ports(self, site: Site, other: Site, most: int) -> list[_Port]:
        """The first free places at each side, from the middle towards the other end."""
        icon, room, taken = site.icon, site.room, self.ways.taken
        x, y = icon.centre
        across = PORTS if other.icon.centre.x > x else -PORTS
        down = PORTS if other.icon.centre.y > y else -PORTS
        sides = [(at, y + by) for at in (icon.right, icon.x) for by in (0.0, down, -down)]
        tops = [(x + by, icon.y) for by in (0.0, across, -across)]
        under = room.bottom - y + (UNDER_COMPANIONS if site.companions else UNDERNEATH)
        bottoms = [(x + by, room.bottom + BELOW) for by in (0.0, across, -across)]
        found: list[_Port] = []
        for places, upright, forwards, cost in (
            (sides[:3], False, True, 0.0),
            (sides[3:], False, False, 0.0),
            (tops, True, False, 0.0),
            (bottoms, True, True, under),
        ):
            if places[0] in self.ways.worded and not taken.isdisjoint(places[1:]):
                continue
            free = [
                _Port(*at, upright, forwards, cost + _BESIDE * index)
                for index, at in enumerate(places)
                if at not in taken
            ]
            found.extend(free[: 1 if free and most == 2 and free[0].cost == cost else most])
        return found

    def _least(self, a: _Port, b: _Port) -> float:
        """What a path between two ports costs at least."""
        dx, dy = b.x - a.x, b.y - a.y
        run = abs(dx) + abs(dy) + a.cost + b.cost
        if a.upright != b.upright:
            ahead = _ahead(a, b.x, b.y) and _ahead(b, a.x, a.y)
            return run + (BEND if ahead else 3 * BEND)
        if a.forwards == b.forwards:
            return run + 2 * BEND
        if _ahead(a, b.x, b.y):
            return run + (0 if (dx if a.upright else dy) == 0 else 2 * BEND)
        return run + 4 * BEND

    def _reach(self, port: _Port, end: int) -> list[_Way]:
        """The tracks that a straight path from the port comes to, the nearest first."""
        key = (port, end)
        found = self.reached.get(key)
        if found is None:
            self.reached[key] = found = list(self._walked(port, end))
        return found

    def _walked(self, port: _Port, end: int) -> Iterator[_Way]:
        x, y, upright, forwards, _ = port
        tracks = self.ways.rows if upright else self.ways.columns
        across, here = (x, y) if upright else (y, x)
        way = self._open(upright, across, here, end)
        if forwards:
            ahead = [track for track in tracks if here + CLEAR < track.at <= way.high]
        else:
            ahead = [track for track in reversed(tracks) if here - CLEAR > track.at >= way.low]
        for at, cost in ahead[:_FARTHEST]:
            yield at, cost, way.crossings(here, at)

    def _short(self, a: _Port, b: _Port) -> None:
        """Straight paths, and those with one or two bends."""
        ax, ay, up, _, _ = a
        bx, by, other, _, _ = b
        cost = a.cost + b.cost + abs(ax - bx) + abs(ay - by)
        if up != other:
            x, y = (ax, by) if up else (bx, ay)
            if _ahead(a, x, y) and _ahead(b, x, y) and self._worth(cost + BEND, 0):
                one = self._crossed(up, *((ax, ay, y) if up else (ay, ax, x)), 1)
                two = self._crossed(other, *((bx, by, y) if other else (by, bx, x)), 2)
                if one is not None and two is not None:
                    self._take(cost + BEND, one + two, a, b, ((x, y),))
        elif a.forwards != b.forwards and (ax == bx if up else ay == by):
            if _ahead(a, bx, by) and self._worth(cost, 0):
                one = self._crossed(up, *((ax, ay, by) if up else (ay, ax, bx)), 3)
                if one is not None:
                    self._take(cost, one, a, b, ())
        else:
            self._zigzag(a, b)

    def _zigzag(self, a: _Port, b: _Port) -> None:
        """One track between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 2 * BEND
        here, there = (ax, bx) if up else (ay, by)
        far = {at: crossed for at, _, crossed in self._reach(b, 2)}
        for at, cost, crossed in self._reach(a, 1):
            run = abs(here - there) + (abs(ay - at) + abs(by - at) if up else abs(ax - at) + abs(bx - at))
            if at in far and self._worth(base + run + cost, crossed):
                across = self._crossed(not up, at, here, there, 0)
                if across is not None:
                    corners = ((ax, at), (bx, at)) if up else ((at, ay), (at, by))
                    self._take(base + run + cost, crossed + far[at] + across, a, b, corners)

    def _three(self, a: _Port, b: _Port) -> None:
        """Two tracks between ports that lead across each other."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 3 * BEND
        here, ahead = (ax, ay) if up else (ay, ax)
        there, last = (by, bx) if up else (bx, by)
        ends = self._reach(b, 2)
        for near, cost, crossed in self._reach(a, 1):
            least = base + cost + abs(ahead - near) + abs(near - there)
            if not self._worth(least + abs(here - last), crossed):
                continue
            one = self._open(not up, near, here, 0)
            for far, more, again in ends:
                total = least + more + abs(here - far) + abs(far - last)
                if one.low <= far <= one.high and self._worth(total, crossed + again):
                    across = self._crossed(up, far, there, near, 0)
                    if across is not None:
                        x, y = (far, near) if up else (near, far)
                        corners = ((ax, y), (x, y), (x, by)) if up else ((x, ay), (x, y), (bx, y))
                        self._take(total, crossed + again + one.crossings(here, far) + across, a, b, corners)

    def _four(self, a: _Port, b: _Port) -> None:
        """Three tracks between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 4 * BEND
        here, ahead = (ax, ay) if up else (ay, ax)
        there, last = (bx, by) if up else (by, bx)
        middle: Sequence[Track] = self.ways.columns if up else self.ways.rows
        for near, cost, crossed in self._reach(a, 1)[:_NEAREST]:
            one = self._open(not up, near, here, 0)
            for far, more, again in self._reach(b, 2)[:_NEAREST]:
                if abs(near - far) < APART:
                    continue
                two = self._open(not up, far, there, 0)
                part = base + cost + more + abs(ahead - near) + abs(near - far) + abs(far - last)
                low, high = max(one.low, two.low), min(one.high, two.high)
                for at, extra in middle:
                    total = part + extra + abs(here - at) + abs(at - there)
                    if low <= at <= high and self._worth(total, crossed + again):
                        across = self._crossed(up, at, near, far, 0)
                        if across is not None:
                            known = (
                                crossed + again + one.crossings(here, at) + two.crossings(at, there) + across
                            )
                            corners = ((ax, near), (at, near), (at, far), (bx, far))
                            if not up:
                                corners = ((near, ay), (near, at), (far, at), (far, by))
                            self._take(total, known, a, b, corners)

    def _worth(self, cost: float, crossed: int) -> bool:
        """Whether a path may still win that costs so much, and crosses at least so many."""
        return cost + CROSSING * (crossed or self.crossing) < self.best

    def _take(
        self, cost: float, crossed: int, a: _Port, b: _Port, corners: tuple[tuple[float, float], ...]
    ) -> None:
        cost += CROSSING * crossed
        if cost < self.best:
            self.best = cost
            self.found = (Point(a.x, a.y), *(Point(x, y) for x, y in corners), Point(b.x, b.y))

    def _crossed(self, upright: bool, at: float, here: float, there: float, end: int) -> int | None:
        """How many laid paths a piece crosses, or None when it is not free.

        `end` says which ends it may start at: 1 the source, 2 the target, 3 both, 0 neither.
        """
        way = self._open(upright, at, here, end)
        return way.crossings(here, there) if way.low <= there <= way.high else None

    def _open(self, upright: bool, at: float, here: float, end: int) -> _Open:
        """How far a line is free around a point; while crossing is not allowed, up to the next path."""
        key = (upright, at, here, end)
        found = self.opened.get(key)
        if found is None:
            self.opened[key] = found = self._opened(upright, at, here, end)
        if self.crossing or not found.crossed:
            return found
        low, high, crossed = found
        for across in crossed:
            if across <= here:
                low = max(low, across)
            else:
                high = min(high, across)
        return _Open(low, high, ())

    def _opened(self, upright: bool, at: float, here: float, end: int) -> _Open:
        low, high = float("-inf"), float("inf")
        source, target = self.ends
        for start, stop, what in self.ways.stretches(upright, at):
            if what in self.passed or (what == source and end & 1) or (what == target and end & 2):
                continue
            if stop <= here:
                low = max(low, stop)
            elif start >= here:
                high = min(high, start)
            else:
                return _SHUT
        for _, other, start, stop in self.ways.routed[upright]:
            if -APART < other - at < APART:
                if stop + CLEAR <= here:
                    low = max(low, stop + CLEAR)
                elif start - CLEAR >= here:
                    high = min(high, start - CLEAR)
                else:
                    return _SHUT
        crossing = self.ways.routed[not upright]
        return _Open(low, high, [x for _, x, start, stop in crossing if start < at < stop and low < x < high])

    def _loop(self) -> tuple[Point, ...]:
        icon = self.source.icon
        (x, y), right, top = icon.centre, icon.right + 1.5 * PORTS, icon.y - PORTS
        return Point(icon.right, y), Point(right, y), Point(right, top), Point(x, top), Point(x, icon.y)

    def _step(self) -> tuple[Point, ...]:
        a, b = self.source.icon, self.target.icon
        leftwards = b.centre.x < a.centre.x
        start = Point(a.x if leftwards else a.right, a.centre.y)
        end = Point(b.right if leftwards else b.x, b.centre.y)
        if start.y == end.y:
            return start, end
        middle = (start.x + end.x) / 2
        return start, Point(middle, start.y), Point(middle, end.y), end


def _ahead(port: _Port, x: float, y: float) -> bool:
    """Whether a point lies the way that a port leads, with room to turn."""
    run = y - port.y if port.upright else x - port.x
    return run > CLEAR if port.forwards else run < -CLEAR
