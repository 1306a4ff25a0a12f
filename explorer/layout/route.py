"""Paths for edges over placed boxes: right angles, clear of all that they have nothing to do with.

The layout program places, but knows no way around frames and titles. For each edge
the shapes that a draughtsman would try (straight, then one bend to four) are laid along
the free bands; of those that meet nothing, the one with the least length, bends and
crossings is taken. What cannot become better than the best so far is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explorer.core.architecture import Architecture, Edge
from explorer.layout.placement import Point
from explorer.layout.ways import APART, CLEAR, Site, Stretch, Track, Ways

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
_ROUND = 40.0
"""How much farther than a crossing is worth a path may go round it."""

_FARTHEST = 12
_NEAREST = 4


class _Port(NamedTuple):
    """Where a path may leave or enter a node: which way it leads, and what using it costs."""

    x: float
    y: float
    upright: bool
    forwards: bool
    cost: float


class _Way(NamedTuple):
    """A track that a port comes to: where, what it costs to run there, and the paths crossed on the way."""

    at: float
    cost: float
    crossed: int


def routes(architecture: Architecture, ways: Ways) -> dict[str, tuple[Point, ...]]:
    """A path for every edge, by the edge's id; the straightest are laid first."""

    def directness(edge: Edge) -> tuple[bool, float]:
        a, b = ways.sites[edge.source].icon.centre, ways.sites[edge.target].icon.centre
        aligned = a.y == b.y or a.x == b.x
        return not aligned, abs(a.x - b.x) + abs(a.y - b.y)

    found: dict[str, tuple[Point, ...]] = {}
    for edge in sorted(architecture.edges, key=directness):
        found[edge.id] = points = _Search(edge.source, edge.target, ways).path()
        ways.keep(points)
    return found


class _Search:
    """The search for one edge's path among all that it must keep clear of.

    It is made twice: first for a path that crosses none, then, if there is none or
    only one by a long way round, for one that crosses some. So either search gives
    up early on whatever cannot win.
    """

    def __init__(self, source: str, target: str, ways: Ways) -> None:
        self.ways = ways
        self.source, self.target = ways.sites[source], ways.sites[target]
        own = {*self.source.groups, *self.target.groups}
        self.passed = {f"g:{group}" for group in own}
        self.ends = (f"n:{source}", f"n:{target}")
        self.own_sides = {f"b:{group}" for group in own}
        self.lines: dict[tuple[bool, float], tuple[list[Stretch], list[float]]] = {}
        self.pieces: dict[tuple[bool, float, float, float, int], int] = {}
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
        for most in (2, 5):
            starts = self._ports(self.source, self.target, most)
            ends = self._ports(self.target, self.source, most)
            pairs = sorted((self._least(a, b), a, b) for a in starts for b in ends)
            for shapes in (self._few_bends, self._many_bends):
                for self.crossing in (False, True):
                    self.reached.clear()
                    self.best = min(self.best, float("inf") if self.crossing else pairs[0][0] + CROSSING + _ROUND)
                    shapes(pairs)
                    if self.found and self.best <= pairs[0][0] + CROSSING:
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
        across = (ax, ay, by) if upright else (ay, ax, bx)
        if self.ways.taken.isdisjoint(points) and self._piece(upright, *across, 3) == 0:
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
        bottoms = [(x + by, room.bottom + BELOW) for by in (0.0, across, -across, 2 * across, -2 * across)]
        found: list[_Port] = []
        for places, upright, forwards, cost in (
            (sides[:3], False, True, 0.0),
            (sides[3:], False, False, 0.0),
            (tops, True, False, 0.0),
            (bottoms, True, True, under),
        ):
            free = [_Port(*at, upright, forwards, cost + _BESIDE * n) for n, at in enumerate(places) if at not in taken]
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
        ahead = (
            [t for t in tracks if t.at > here + CLEAR]
            if forwards
            else [t for t in reversed(tracks) if t.at < here - CLEAR]
        )
        for at, cost in ahead[:_FARTHEST]:
            crossed = self._piece(upright, across, here, at, end)
            if crossed is None:
                return
            yield _Way(at, cost, crossed)

    def _short(self, a: _Port, b: _Port) -> None:
        """Straight paths, and those with one or two bends."""
        ax, ay, up, _, _ = a
        bx, by, other, _, _ = b
        cost = a.cost + b.cost + abs(ax - bx) + abs(ay - by)
        if up != other:
            x, y = (ax, by) if up else (bx, ay)
            if _ahead(a, x, y) and _ahead(b, x, y):
                self._offer(cost + BEND, (a, b), ((x, y),))
        elif a.forwards != b.forwards and (ax == bx if up else ay == by):
            if _ahead(a, bx, by):
                self._offer(cost, (a, b), ())
        else:
            self._zigzag(a, b)

    def _zigzag(self, a: _Port, b: _Port) -> None:
        """One track between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 2 * BEND
        far = {way.at: way.crossed for way in self._reach(b, 2)}
        for at, cost, crossed in self._reach(a, 1):
            if at not in far:
                continue
            run = abs(ay - at) + abs(ax - bx) + abs(by - at) if up else abs(ax - at) + abs(ay - by) + abs(bx - at)
            total, known = base + run + cost, crossed + far[at]
            if total + CROSSING * (known or self.crossing) < self.best:
                more = self._piece(not up, at, *((ax, bx) if up else (ay, by)), 0)
                if more is not None:
                    corners = ((ax, at), (bx, at)) if up else ((at, ay), (at, by))
                    self._take(total + CROSSING * (known + more), a, b, corners)

    def _three(self, a: _Port, b: _Port) -> None:
        """Two tracks between ports that lead across each other."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 3 * BEND
        for near, cost, crossed in self._reach(a, 1):
            least = abs(ay - near) + abs(by - near) if up else abs(ax - near) + abs(bx - near)
            least += base + cost + CROSSING * (crossed or self.crossing) + abs((ax - bx) if up else (ay - by))
            if least >= self.best:
                continue
            for far, more, again in self._reach(b, 2):
                x, y = (far, near) if up else (near, far)
                total = base + cost + more + abs(ax - x) + abs(ay - y) + abs(bx - x) + abs(by - y)
                known = crossed + again
                if total + CROSSING * (known or self.crossing) >= self.best:
                    continue
                one = self._piece(not up, near, ax if up else ay, far, 0)
                if one is None:
                    continue
                two = self._piece(up, far, near, by if up else bx, 0)
                if two is not None:
                    corners = ((ax, y), (x, y), (x, by)) if up else ((x, ay), (x, y), (bx, y))
                    self._take(total + CROSSING * (known + one + two), a, b, corners)

    def _four(self, a: _Port, b: _Port) -> None:
        """Three tracks between two ports that lead along the same direction."""
        ax, ay, up, _, _ = a
        bx, by, _, _, _ = b
        base = a.cost + b.cost + 4 * BEND
        middle: Sequence[Track] = self.ways.columns if up else self.ways.rows
        for near, cost, crossed in self._reach(a, 1)[:_NEAREST]:
            for far, more, again in self._reach(b, 2)[:_NEAREST]:
                if abs(near - far) < APART:
                    continue
                known = crossed + again
                part = base + cost + more + CROSSING * (known or self.crossing)
                part += abs((ay if up else ax) - near) + abs(near - far) + abs((by if up else bx) - far)
                for at, extra in middle:
                    total = part + extra + abs((ax if up else ay) - at) + abs((bx if up else by) - at)
                    if total >= self.best:
                        continue
                    new = self._three_pieces(
                        (not up, near, ax if up else ay, at),
                        (up, at, near, far),
                        (not up, far, at, bx if up else by),
                    )
                    if new is not None:
                        corners = (
                            ((ax, near), (at, near), (at, far), (bx, far))
                            if up
                            else ((near, ay), (near, at), (far, at), (far, by))
                        )
                        counted = known or self.crossing
                        self._take(total + CROSSING * (known + new - counted), a, b, corners)

    def _three_pieces(self, *pieces: tuple[bool, float, float, float]) -> int | None:
        count = 0
        for upright, at, low, high in pieces:
            crossed = self._piece(upright, at, low, high, 0)
            if crossed is None:
                return None
            count += crossed
        return count

    def _offer(self, cost: float, ports: tuple[_Port, _Port], corners: tuple[tuple[float, float], ...]) -> None:
        """A path of one or two pieces, taken if it is free and better than the best so far."""
        if cost + CROSSING * self.crossing >= self.best:
            return
        a, b = ports
        if not corners:
            crossed = self._piece(a.upright, *((a.x, a.y, b.y) if a.upright else (a.y, a.x, b.x)), 3)
        else:
            x, y = corners[0]
            crossed = self._piece(a.upright, *((a.x, a.y, y) if a.upright else (a.y, a.x, x)), 1)
            if crossed is not None:
                more = self._piece(b.upright, *((b.x, y, b.y) if b.upright else (b.y, x, b.x)), 2)
                crossed = None if more is None else crossed + more
        if crossed is not None:
            self._take(cost + CROSSING * crossed, a, b, corners)

    def _take(self, cost: float, a: _Port, b: _Port, corners: tuple[tuple[float, float], ...]) -> None:
        if cost < self.best:
            self.best = cost
            self.found = (Point(a.x, a.y), *(Point(x, y) for x, y in corners), Point(b.x, b.y))

    def _piece(self, upright: bool, at: float, low: float, high: float, end: int) -> int | None:
        """How many laid paths a piece crosses, or None when it meets something it must not.

        `end` says which ends it may start at: 1 the source, 2 the target, 3 both, 0 neither.
        """
        if low > high:
            low, high = high, low
        key = (upright, at, low, high, end)
        found = self.pieces.get(key)
        if found is None:
            self.pieces[key] = found = self._met(upright, at, low, high, end)
        if found < 0 or (found and not self.crossing):
            return None
        return found

    def _met(self, upright: bool, at: float, low: float, high: float, end: int) -> int:
        line = self.lines.get((upright, at))
        if line is None:
            self.lines[upright, at] = line = self._line(upright, at)
        source, target = self.ends
        for start, stop, what in line[0]:
            if low < stop and start < high:
                if end and ((end & 1 and what == source) or (end & 2 and what == target)):
                    continue
                return -1
        return sum([low < across < high for across in line[1]])

    def _line(self, upright: bool, at: float) -> tuple[list[Stretch], list[float]]:
        """What is not free of a line, and where laid paths cross it."""
        taken = [s for s in self.ways.stretches(upright, at) if self._minds(s[2])]
        for _, other, start, stop in self.ways.routed[upright]:
            if -APART < other - at < APART:
                taken.append((start - CLEAR, stop + CLEAR, ""))
        return taken, [across for _, across, low, high in self.ways.routed[not upright] if low < at < high]

    def _minds(self, what: str) -> bool:
        """Whether this search must keep clear of something: not of the frames around its own ends."""
        if what.startswith("b:"):
            return what in self.own_sides
        return what not in self.passed

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
