"""What paths must keep clear of, and the free bands between, in which they may run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Point

CLEAR = 5.0
"""Points that a path keeps from a box that it passes."""

APART = 9.0
"""Points that two parallel paths keep from each other."""

BESIDE_FRAME = 4.0
"""Points that a path keeps from the frames around its own ends, where it runs along them."""

OUTSIDE = 27.0
"""How far outside of everything a path may run, in points."""

_MOST_IN_BAND = 2
_ROOMY = 17.0
"""Points at each side of a path that leave room for its words; a narrower band costs what it lacks."""

_OFF_CENTRE = 0.3
"""What it costs, for each point, to run beside the middle of a band."""


class Segment(NamedTuple):
    """A straight piece of a path: at `at` across, from `low` to `high` along."""

    upright: bool
    at: float
    low: float
    high: float


Around = tuple[GroupId, ...]
"""The groups around a node, innermost first."""


class Site(NamedTuple):
    """A node as paths see it: its icon, the room of the whole slot, and the groups around it."""

    icon: Box
    room: Box
    groups: Around
    companions: bool


class Track(NamedTuple):
    """A line that a path may run along, and what that costs."""

    at: float
    cost: float


Stretch = tuple[float, float, str]
"""From where to where a line is not free, and because of what."""


def segments(points: Sequence[Point]) -> tuple[Segment, ...]:
    """The straight pieces of a path of right angles."""
    pieces = []
    for (ax, ay), (bx, by) in pairwise(points):
        if ax == bx:
            pieces.append(Segment(True, ax, min(ay, by), max(ay, by)))
        else:
            pieces.append(Segment(False, ay, min(ax, bx), max(ax, bx)))
    return tuple(pieces)


def border(box: Box) -> tuple[Segment, ...]:
    """The four sides of a box: left, right, upper, lower."""
    x, y, w, h = box
    return (
        Segment(True, x, y, y + h),
        Segment(True, x + w, y, y + h),
        Segment(False, y, x, x + w),
        Segment(False, y + h, x, x + w),
    )


def cuts(piece: Segment, box: Box) -> bool:
    """Whether a piece runs through the inside of a box."""
    upright, at, low, high = piece
    x, y, w, h = box
    if upright:
        return x < at < x + w and low < y + h and y < high
    return y < at < y + h and low < x + w and x < high


@dataclass
class Ways:
    """The obstacles of one drawing, its tracks, and the paths laid so far.

    Room is kept around rooms, titles and foreign frames; a frame around a path's own
    end may be crossed, but not run along.
    """

    sites: Mapping[NodeId, Site]
    frames: Collection[GroupId]
    columns: tuple[Track, ...]
    rows: tuple[Track, ...]
    blocks: Sequence[tuple[float, float, float, float, str]]
    sides: tuple[Sequence[tuple[float, float, float, str]], Sequence[tuple[float, float, float, str]]]
    routed: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))
    taken: set[Point] = field(default_factory=set)
    worded: set[Point] = field(default_factory=set)
    known: dict[tuple[bool, float], list[Stretch]] = field(default_factory=dict)
    passes: dict[tuple[Around, Around], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def among(
        cls, sites: Mapping[NodeId, Site], titles: Iterable[Box], frames: Mapping[GroupId, Box]
    ) -> Ways:
        """The ways among placed nodes, titles and frames, before any path is laid."""
        blocks = [_block(site.room, CLEAR, f"n:{name}") for name, site in sites.items()]
        blocks.extend(_block(site.icon, -0.5, f"i:{name}") for name, site in sites.items())
        blocks.extend(_block(box, CLEAR, "title") for box in titles)
        blocks.extend(_block(box, CLEAR, f"g:{name}") for name, box in frames.items())
        upright = [(x, y, y + h, f"b:{n}") for n, (left, y, w, h) in frames.items() for x in (left, left + w)]
        level = [(y, x, x + w, f"b:{n}") for n, (x, top, w, h) in frames.items() for y in (top, top + h)]
        rooms = [site.room for site in sites.values()]
        return cls(
            sites=sites,
            frames=frames.keys(),
            columns=_tracks([(b.x, b.right) for b in rooms], [at for at, *_ in upright]),
            rows=_tracks([(b.y, b.bottom) for b in rooms], [at for at, *_ in level]),
            blocks=blocks,
            sides=(level, upright),
        )

    def stretches(self, upright: bool, at: float) -> list[Stretch]:
        """The stretches of a line that something stands on or, as a frame's side, beside."""
        key = (upright, at)
        found = self.known.get(key)
        if found is None:
            if upright:
                found = [(y0, y1, what) for x0, y0, x1, y1, what in self.blocks if x0 < at < x1]
            else:
                found = [(x0, x1, what) for x0, y0, x1, y1, what in self.blocks if y0 < at < y1]
            for other, low, high, what in self.sides[upright]:
                if -BESIDE_FRAME < other - at < BESIDE_FRAME:
                    found.append((low, high, what))
            self.known[key] = found
        return found

    def passed(self, one: Around, other: Around) -> frozenset[str]:
        """What a path between nodes in those groups need not keep clear of."""
        found = self.passes.get((one, other))
        if found is None:
            own = {*one, *other}
            far = [f"b:{name}" for name in self.frames if name not in own]
            self.passes[one, other] = found = frozenset([*(f"g:{name}" for name in own), *far])
        return found

    def keep(self, points: Sequence[Point], *, worded: bool = False) -> None:
        """Remember a path that has been laid; one side of a short `worded` one is left to its words."""
        if worded:
            self.worded.update((points[0], points[-1]))
        for piece in segments(points):
            self.routed[piece.upright].append(piece)
        self.taken.update((points[0], points[-1]))


def _block(box: Box, by: float, what: str) -> tuple[float, float, float, float, str]:
    x, y, w, h = box
    return x - by, y - by, x + w + by, y + h + by, what


def _tracks(spans: Sequence[tuple[float, float]], borders: Sequence[float]) -> tuple[Track, ...]:
    """Lines in the bands that spans and borders leave free, and outside of all, in order."""
    if not spans:
        return ()
    edges = [*borders, *(low for low, _ in spans), *(high for _, high in spans)]
    gaps = _gaps(spans, min(edges) - OUTSIDE, max(edges) + OUTSIDE)
    found: list[Track] = []
    sides = sorted(borders)
    for low, high in gaps:
        marks = [low, *(side for side in sides if low + 1 < side < high - 1), high]
        for start, stop in pairwise(marks):
            middle, reach = (start + stop) / 2, (stop - start) / 2 - CLEAR
            if reach < 0:
                continue
            steps = min(_MOST_IN_BAND, int(reach / APART))
            crowded = max(0.0, _ROOMY - reach)
            for step in range(-steps, steps + 1):
                found.append(Track(middle + APART * step, crowded + abs(step) * APART * _OFF_CENTRE))
    return tuple(sorted(found))


def _gaps(spans: Sequence[tuple[float, float]], first: float, last: float) -> list[tuple[float, float]]:
    """What the spans leave free between two ends; where they leave nothing, the gap between any two."""
    merged: list[list[float]] = [[first, first]]
    for low, high in sorted(spans):
        if low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    merged.append([last, last])
    return [(low, high) for (_, low), (high, _) in pairwise(merged)]
