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
CROSSING = 200.0
UNDERNEATH = 40.0
"""What it costs, in points of length, to leave or enter below a node's words."""

CLEAR = 5.0
"""Points that a path keeps from a box it passes."""

BELOW = 2.0
"""Points beneath a node's words where a path starts or ends."""

APART = 7.0
"""Points that two parallel paths keep from each other."""

BESIDE_FRAME = 4.0
"""Points that a path keeps from the frames around its own ends, where it runs along them."""

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


_Sides = tuple[float, float, float, float]


@dataclass
class Ways:
    """What is in the way, what has been routed, and where the free bands lie.

    Boxes are kept as left, top, right, bottom, with the room that paths leave around them.
    """

    sites: Mapping[str, Site]
    rooms: Mapping[str, _Sides]
    titles: Sequence[_Sides]
    walls: Mapping[GroupId, _Sides]
    borders: Mapping[GroupId, tuple[Sequence[Segment], Sequence[Segment]]]
    columns: tuple[float, ...]
    rows: tuple[float, ...]
    routed: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))
    taken: set[Point] = field(default_factory=set)

    @classmethod
    def among(cls, sites: Mapping[str, Site], titles: Iterable[Box], frames: Mapping[GroupId, Box]) -> Ways:
        """The ways among placed nodes, titles and frames, before any path is laid."""
        rooms = [site.room for site in sites.values()]
        return cls(
            sites=sites,
            rooms={name: _sides(site.room.grown(CLEAR)) for name, site in sites.items()},
            titles=[_sides(box.grown(2)) for box in titles],
            walls={name: _sides(box.grown(CLEAR)) for name, box in frames.items()},
            borders={name: (border(box)[2:], border(box)[:2]) for name, box in frames.items()},
            columns=_tracks([(box.x, box.right) for box in rooms]),
            rows=_tracks([(box.y, box.bottom) for box in rooms]),
        )

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
        self.own = {*self.source.groups, *self.target.groups}
        self.boxes = [
            box for name, box in ways.rooms.items() if name not in (edge.source, edge.target)
        ]
        self.boxes.extend(ways.titles)
        self.boxes.extend(box for name, box in ways.walls.items() if name not in self.own)
        self.boxes.extend(_sides(site.icon.grown(-0.5)) for site in (self.source, self.target))
        self.ends = [_sides(site.room.grown(-1)) for site in (self.source, self.target)]
        self.blocked: dict[tuple[bool, float, bool], list[tuple[float, float]]] = {}
        self.reached: dict[Port, list[float]] = {}

    def path(self) -> tuple[Point, ...]:
        """The best path found, the first without crossings; a plain step when nothing is free."""
        direct = self._direct()
        if direct is not None:
            return direct
        best: _Best | None = None
        for widen in (False, True):
            starts, ends = self._ports(self.source, widen), self._ports(self.target, widen)
            for candidates in (self._short, self._long):
                best = self._best(candidates(starts, ends), best)
                if best is not None and not best[1]:
                    return best[2]
        return best[2] if best is not None else self._straight()

    def _direct(self) -> tuple[Point, ...] | None:
        """The straight path between neighbours in line, where it is free and crosses nothing."""
        a, b = self.source.icon, self.target.icon
        if a.y == b.y:
            ends = (Point(a.right, a.centre.y), Point(b.x, a.centre.y))
            points = ends if a.x < b.x else (Point(a.x, a.centre.y), Point(b.right, a.centre.y))
        elif a.x == b.x and a.y < b.y:
            points = (Point(a.centre.x, self.source.room.bottom + BELOW), Point(a.centre.x, b.y))
        else:
            return None
        if self.ways.taken.isdisjoint(points) and self._crossings(points) == 0:
            return points
        return None

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
        below = room.bottom + BELOW
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
        pieces = []
        last = len(points) - 2
        for index in range(last + 1):
            (ax, ay), (bx, by) = points[index], points[index + 1]
            upright = ax == bx
            at, low, high = (ax, ay, by) if upright else (ay, ax, bx)
            if low > high:
                low, high = high, low
            if not self._clear(upright, at, low, high, 0 < index < last):
                return None
            pieces.append((upright, at, low, high))
        count = 0
        for upright, at, low, high in pieces:
            for _, across, start, stop in self.ways.routed[not upright]:
                if start < at < stop and low < across < high:
                    count += 1
        return count

    def _clear(self, upright: bool, at: float, low: float, high: float, inner: bool = False) -> bool:
        key = (upright, at, inner)
        stretches = self.blocked.get(key)
        if stretches is None:
            self.blocked[key] = stretches = self._stretches(upright, at, inner)
        for start, stop in stretches:
            if low < stop and start < high:
                return False
        return True

    def _stretches(self, upright: bool, at: float, inner: bool) -> list[tuple[float, float]]:
        """The stretches of one line that are not free; an inner piece keeps off the path's own ends too."""
        boxes = [*self.boxes, *self.ends] if inner else self.boxes
        if upright:
            found = [(y0, y1) for x0, y0, x1, y1 in boxes if x0 < at < x1]
        else:
            found = [(x0, x1) for x0, y0, x1, y1 in boxes if y0 < at < y1]
        found.extend(
            (start, stop) for _, other, start, stop in self.ways.routed[upright] if -APART < other - at < APART
        )
        for name in self.own:
            found.extend(
                (start, stop)
                for _, other, start, stop in self.ways.borders[name][upright]
                if -BESIDE_FRAME < other - at < BESIDE_FRAME
            )
        return found

    def _straight(self) -> tuple[Point, ...]:
        a, b = self.source.icon, self.target.icon
        leftwards = b.centre.x < a.centre.x
        start = Point(a.x if leftwards else a.right, a.centre.y)
        end = Point(b.right if leftwards else b.x, b.centre.y)
        middle = (start.x + end.x) / 2
        return start, Point(middle, start.y), Point(middle, end.y), end


def _sides(box: Box) -> tuple[float, float, float, float]:
    x, y, w, h = box
    return x, y, x + w, y + h


def _ahead(port: Port, point: Point) -> bool:
    """Whether a point lies the way that a port leads, with room to turn."""
    run = point.y - port.point.y if port.upright else point.x - port.point.x
    return run > CLEAR if port.forwards else run < -CLEAR
