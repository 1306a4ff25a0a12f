"""Paths for edges over placed boxes: right angles, clear of all that they have nothing to do with.

The layout program places, but knows no way around frames and titles. For each edge
the shapes that a draughtsman would try (straight, then one bend to four) are laid along
the free bands between columns and rows; of those that meet nothing, the one with the
least length, bends and crossings is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from explorer.core.architecture import Architecture, Edge
from explorer.core.pack import GroupId
from explorer.layout.placement import Box, Point

BEND = 26.0
CROSSING = 260.0
UNDERNEATH = 40.0
"""What it costs, in points of length, to leave or enter below a node's words."""

CLEAR = 5.0
"""Points that a path keeps from a box it passes."""

APART = 7.0
"""Points that two parallel paths keep from each other."""

_STEP = 9.0
_FARTHEST = 6
_SIDE_OFFSETS = (0.0, -12.0, 12.0)
_TOP_OFFSETS = (0.0, -14.0, 14.0)
_BOTTOM_OFFSETS = (0.0, -16.0, 16.0, -32.0, 32.0)


class Segment(NamedTuple):
    """A straight piece of a path: at `at` across, from `low` to `high` along."""

    upright: bool
    at: float
    low: float
    high: float


class Port(NamedTuple):
    """Where a path may leave or enter a node: which way it leads, and what using it costs."""

    point: Point
    upright: bool
    forwards: bool
    cost: float


@dataclass(frozen=True)
class Site:
    """A node as paths see it: its icon, the room of the whole slot, and the groups around it."""

    icon: Box
    room: Box
    groups: tuple[GroupId, ...]


@dataclass
class Ways:
    """What is in the way, what has been routed, and where the free bands lie."""

    sites: Mapping[str, Site]
    titles: Sequence[Box]
    frames: Mapping[GroupId, Box]
    columns: tuple[float, ...] = ()
    rows: tuple[float, ...] = ()
    routed: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))
    taken: set[Point] = field(default_factory=set)

    def __post_init__(self) -> None:
        rooms = [site.room for site in self.sites.values()]
        self.columns = _tracks([(box.x, box.right) for box in rooms])
        self.rows = _tracks([(box.y, box.bottom) for box in rooms])

    def keep(self, points: Sequence[Point]) -> None:
        """Remember a path that has been laid."""
        for piece in segments(points):
            self.routed[piece.upright].append(piece)
        self.taken.update((points[0], points[-1]))


def _tracks(spans: Iterable[tuple[float, float]]) -> tuple[float, ...]:
    """Lines along the gaps between spans, and just outside of all, in order."""
    merged: list[list[float]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    if not merged:
        return ()
    found = [merged[0][0] - 12, merged[-1][1] + 12]
    for (_, low), (high, _) in zip(merged, merged[1:], strict=False):
        middle = (low + high) / 2
        reach = (high - low) / 2 - CLEAR
        steps = min(2, int(reach / _STEP))
        found.extend(middle + _STEP * step for step in range(-steps, steps + 1))
    return tuple(sorted(found))


def routes(architecture: Architecture, ways: Ways) -> dict[str, tuple[Point, ...]]:
    """A path for every edge, by the edge's id; the straightest are laid first."""

    def directness(edge: Edge) -> tuple[bool, float]:
        a, b = ways.sites[edge.source].icon.centre, ways.sites[edge.target].icon.centre
        aligned = a.y == b.y or a.x == b.x
        return not aligned, abs(a.x - b.x) + abs(a.y - b.y)

    found: dict[str, tuple[Point, ...]] = {}
    for edge in sorted(architecture.edges, key=directness):
        found[edge.id] = points = _Search(edge, ways).path()
        ways.keep(points)
    return found


def segments(points: Sequence[Point]) -> tuple[Segment, ...]:
    """The straight pieces of a path of right angles."""
    pieces = []
    for (ax, ay), (bx, by) in zip(points, points[1:], strict=False):
        if ax == bx:
            pieces.append(Segment(True, ax, min(ay, by), max(ay, by)))
        else:
            pieces.append(Segment(False, ay, min(ax, bx), max(ax, bx)))
    return tuple(pieces)


def border(box: Box) -> tuple[Segment, ...]:
    """The four sides of a box."""
    x, y, w, h = box
    return (
        Segment(True, x, y, y + h),
        Segment(True, x + w, y, y + h),
        Segment(False, y, x, x + w),
        Segment(False, y + h, x, x + w),
    )


class _Candidate(NamedTuple):
    """A path that may be laid: its cost without crossings, its ends, and where it turns between them.

    `turns` are the x or y of the tracks in turn; `upright` says which way the first piece leads.
    """

    cost: float
    start: Point
    end: Point
    upright: bool
    turns: tuple[float, ...]

    def points(self) -> tuple[Point, ...]:
        """The path, corner by corner."""
        x, y = self.start
        corners = [self.start]
        upright = self.upright
        for turn in self.turns:
            x, y = (x, turn) if upright else (turn, y)
            corners.append(Point(x, y))
            upright = not upright
        if len(self.turns) or (x != self.end.x and y != self.end.y):
            corners.append(Point(x, self.end.y) if upright else Point(self.end.x, y))
        if corners[-1] != self.end:
            corners.append(self.end)
        return tuple(corners)


_Best = tuple[float, int, tuple[Point, ...]]


class _Search:
    """The search for one edge's path among all that it must keep clear of."""

    def __init__(self, edge: Edge, ways: Ways) -> None:
        self.ways = ways
        self.source, self.target = ways.sites[edge.source], ways.sites[edge.target]
        own = {*self.source.groups, *self.target.groups}
        boxes = [
            site.room.grown(CLEAR)
            for name, site in ways.sites.items()
            if name not in (edge.source, edge.target)
        ]
        boxes.extend(box.grown(2) for box in ways.titles)
        boxes.extend(box.grown(CLEAR) for name, box in ways.frames.items() if name not in own)
        boxes.extend((self.source.icon.grown(-0.5), self.target.icon.grown(-0.5)))
        self.boxes = [(x, y, x + w, y + h) for x, y, w, h in boxes]
        ends = (self.source.room.grown(-1), self.target.room.grown(-1))
        self.ends = [(x, y, x + w, y + h) for x, y, w, h in ends]
        self.borders: tuple[list[Segment], list[Segment]] = ([], [])
        for name in own:
            for side in border(ways.frames[name]):
                self.borders[side.upright].append(side)
        self.reached: dict[Port, list[float]] = {}

    def path(self) -> tuple[Point, ...]:
        """The best path found, the first without crossings; a plain step when nothing is free."""
        best: _Best | None = None
        for widen in (False, True):
            starts, ends = self._ports(self.source, widen), self._ports(self.target, widen)
            for candidates in (self._short, self._long):
                best = self._best(candidates(starts, ends), best)
                if best is not None and not best[1]:
                    return best[2]
        return best[2] if best is not None else self._straight()

    def _best(self, candidates: list[_Candidate], best: _Best | None) -> _Best | None:
        candidates.sort()
        for candidate in candidates:
            if best is not None and candidate.cost >= best[0]:
                break
            points = candidate.points()
            crossed = self._crossings(points)
            if crossed is not None:
                total = candidate.cost + CROSSING * crossed
                if best is None or total < best[0]:
                    best = (total, crossed, points)
        return best

    def _ports(self, site: Site, widen: bool) -> list[Port]:
        icon, room, taken = site.icon, site.room, self.ways.taken
        centre = icon.centre
        most = None if widen else 1
        found: list[Port] = []
        for x, forwards in ((icon.right, True), (icon.x, False)):
            points = (Point(x, centre.y + offset) for offset in _SIDE_OFFSETS)
            found.extend([Port(p, False, forwards, 0.0) for p in points if p not in taken][:most])
        tops = (Point(centre.x + offset, icon.y) for offset in _TOP_OFFSETS)
        found.extend([Port(p, True, False, 0.0) for p in tops if p not in taken][:most])
        below = room.bottom + 2
        bottoms = (Point(centre.x + offset, below) for offset in _BOTTOM_OFFSETS if abs(offset) < room.w / 2)
        found.extend([Port(p, True, True, UNDERNEATH) for p in bottoms if p not in taken][:most])
        return found

    def _reach(self, port: Port) -> list[float]:
        """The tracks that a straight path from the port comes to, the nearest first."""
        if port not in self.reached:
            self.reached[port] = self._walked(port)
        return self.reached[port]

    def _walked(self, port: Port) -> list[float]:
        tracks = self.ways.rows if port.upright else self.ways.columns
        across, here = port.point if port.upright else (port.point.y, port.point.x)
        ahead = (
            [t for t in tracks if t > here + CLEAR]
            if port.forwards
            else [t for t in reversed(tracks) if t < here - CLEAR]
        )
        found: list[float] = []
        for track in ahead:
            if len(found) == _FARTHEST or not self._clear(
                port.upright, across, min(here, track), max(here, track)
            ):
                break
            found.append(track)
        return found

    def _short(self, starts: list[Port], ends: list[Port]) -> list[_Candidate]:
        """Straight paths, and those with one or two bends."""
        found: list[_Candidate] = []
        for a in starts:
            (ax, ay), up = a.point, a.upright
            for b in ends:
                (bx, by), cost = b.point, a.cost + b.cost
                if up != b.upright:
                    turn = Point(ax, by) if up else Point(bx, ay)
                    if _ahead(a, turn) and _ahead(b, turn):
                        run = abs(ax - bx) + abs(ay - by)
                        found.append(_Candidate(cost + run + BEND, a.point, b.point, up, ()))
                elif a.forwards != b.forwards and (ax == bx if up else ay == by):
                    if _ahead(a, b.point):
                        found.append(_Candidate(cost + abs(ax - bx) + abs(ay - by), a.point, b.point, up, ()))
                elif up and ax != bx:
                    for y in self._reach(a):
                        if _ahead(b, Point(bx, y)):
                            run = abs(ay - y) + abs(ax - bx) + abs(by - y)
                            found.append(_Candidate(cost + run + 2 * BEND, a.point, b.point, up, (y,)))
                elif not up and ay != by:
                    for x in self._reach(a):
                        if _ahead(b, Point(x, by)):
                            run = abs(ax - x) + abs(ay - by) + abs(bx - x)
                            found.append(_Candidate(cost + run + 2 * BEND, a.point, b.point, up, (x,)))
        return found

    def _long(self, starts: list[Port], ends: list[Port]) -> list[_Candidate]:
        """Paths with three or four bends, over tracks that both ends come to."""
        found: list[_Candidate] = []
        for a in starts:
            (ax, ay), up = a.point, a.upright
            for b in ends:
                (bx, by), cost = b.point, a.cost + b.cost
                if up != b.upright:
                    for near in self._reach(a):
                        for far in self._reach(b):
                            x, y = (far, near) if up else (near, far)
                            run = abs(ax - x) + abs(ay - y) + abs(bx - x) + abs(by - y)
                            found.append(_Candidate(cost + run + 3 * BEND, a.point, b.point, up, (near, far)))
                elif not up:
                    for near in self._reach(a)[:3]:
                        for far in self._reach(b)[:3]:
                            if near == far:
                                continue
                            along = abs(ax - near) + abs(near - far) + abs(bx - far)
                            for y in self.ways.rows:
                                run = along + abs(ay - y) + abs(by - y)
                                found.append(
                                    _Candidate(cost + run + 4 * BEND, a.point, b.point, up, (near, y, far))
                                )
        return found

    def _crossings(self, points: Sequence[Point]) -> int | None:
        """How many laid paths this one crosses, or None when it meets something it must not."""
        count = 0
        last = len(points) - 2
        for index in range(last + 1):
            (ax, ay), (bx, by) = points[index], points[index + 1]
            upright = ax == bx
            at, low, high = (ax, min(ay, by), max(ay, by)) if upright else (ay, min(ax, bx), max(ax, bx))
            if not self._clear(upright, at, low, high):
                return None
            if 0 < index < last and _blocked(upright, at, low, high, self.ends):
                return None
            for _, across, start, stop in self.ways.routed[not upright]:
                if start < at < stop and low < across < high:
                    count += 1
        return count

    def _clear(self, upright: bool, at: float, low: float, high: float) -> bool:
        if _blocked(upright, at, low, high, self.boxes):
            return False
        for _, other, start, stop in self.ways.routed[upright]:
            if -APART < other - at < APART and low < stop and start < high:
                return False
        for _, other, start, stop in self.borders[upright]:
            if -4 < other - at < 4 and low < stop and start < high:
                return False
        return True

    def _straight(self) -> tuple[Point, ...]:
        a, b = self.source.icon, self.target.icon
        leftwards = b.centre.x < a.centre.x
        start = Point(a.x if leftwards else a.right, a.centre.y)
        end = Point(b.right if leftwards else b.x, b.centre.y)
        middle = (start.x + end.x) / 2
        return start, Point(middle, start.y), Point(middle, end.y), end


def _ahead(port: Port, point: Point) -> bool:
    """Whether a point lies the way that a port leads, with room to turn."""
    run = point.y - port.point.y if port.upright else point.x - port.point.x
    return run > CLEAR if port.forwards else run < -CLEAR


def _blocked(
    upright: bool, at: float, low: float, high: float, boxes: Iterable[tuple[float, float, float, float]]
) -> bool:
    if upright:
        return any(x0 < at < x1 and low < y1 and y0 < high for x0, y0, x1, y1 in boxes)
    return any(y0 < at < y1 and low < x1 and x0 < high for x0, y0, x1, y1 in boxes)
