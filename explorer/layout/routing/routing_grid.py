"""What paths must keep clear of, and the free bands between, in which they may run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Point

CLEARANCE = 5.0
"""Points that a path keeps from a box that it passes."""

PATH_SPACING = 9.0
"""Points that two parallel paths keep from each other."""

FRAME_CLEARANCE = 4.0
"""Points that a path keeps from the frames around its own ends, where it runs along them."""

OUTER_REACH = 27.0
"""How far outside of everything a path may run, in points."""

_MAX_CHANNELS_PER_SIDE = 2
_LABEL_REACH = 17.0
"""Points at each side of a path that leave room for its words; a narrower band costs what it lacks."""

_OFF_CENTER_COST = 0.3
"""What it costs, for each point, to run beside the middle of a band."""


class Segment(NamedTuple):
    """A straight piece of a path: at `at` across, from `low` to `high` along."""

    vertical: bool
    at: float
    low: float
    high: float


GroupAncestry = tuple[GroupId, ...]
"""The groups around a node, innermost first."""


class Obstacle(NamedTuple):
    """A node as paths see it: its icon, the room of the whole slot, and the groups around it."""

    icon_box: Box
    bounds: Box
    groups: GroupAncestry
    has_companions: bool


class Channel(NamedTuple):
    """A line that a path may run along, and what that costs."""

    at: float
    cost: float


BlockedSpan = tuple[float, float, str]
"""From where to where a line is not free, and because of what."""


def path_segments(points: Sequence[Point]) -> tuple[Segment, ...]:
    """The straight pieces of a path of right angles."""
    pieces = []
    for (ax, ay), (bx, by) in pairwise(points):
        if ax == bx:
            pieces.append(Segment(True, ax, min(ay, by), max(ay, by)))
        else:
            pieces.append(Segment(False, ay, min(ax, bx), max(ax, bx)))
    return tuple(pieces)


def box_sides(box: Box) -> tuple[Segment, ...]:
    """The four sides of a box: left, right, upper, lower."""
    x, y, w, h = box
    return (
        Segment(True, x, y, y + h),
        Segment(True, x + w, y, y + h),
        Segment(False, y, x, x + w),
        Segment(False, y + h, x, x + w),
    )


def intersects(piece: Segment, box: Box) -> bool:
    """Whether a piece runs through the inside of a box."""
    upright, at, low, high = piece
    x, y, w, h = box
    if upright:
        return x < at < x + w and low < y + h and y < high
    return y < at < y + h and low < x + w and x < high


@dataclass
class RoutingGrid:
    """The obstacles of one drawing, its tracks, and the paths laid so far.

    Room is kept around rooms, titles and foreign frames; a frame around a path's own
    end may be crossed, but not run along.
    """

    obstacles: Mapping[NodeId, Obstacle]
    frames: Collection[GroupId]
    vertical_channels: tuple[Channel, ...]
    horizontal_channels: tuple[Channel, ...]
    blocks: Sequence[tuple[float, float, float, float, str]]
    frame_sides: tuple[Sequence[tuple[float, float, float, str]], Sequence[tuple[float, float, float, str]]]
    routed_segments: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))
    used_ends: set[Point] = field(default_factory=set)
    labeled_ends: set[Point] = field(default_factory=set)
    blocked_span_cache: dict[tuple[bool, float], list[BlockedSpan]] = field(default_factory=dict)
    passable_cache: dict[tuple[GroupAncestry, GroupAncestry], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_boxes(
        cls, sites: Mapping[NodeId, Obstacle], titles: Iterable[Box], frames: Mapping[GroupId, Box]
    ) -> RoutingGrid:
        """The ways among placed nodes, titles and frames, before any path is laid."""
        blocks = [_padded_block(site.bounds, CLEARANCE, f"n:{name}") for name, site in sites.items()]
        blocks.extend(_padded_block(site.icon_box, -0.5, f"i:{name}") for name, site in sites.items())
        blocks.extend(_padded_block(box, CLEARANCE, "title") for box in titles)
        blocks.extend(_padded_block(box, CLEARANCE, f"g:{name}") for name, box in frames.items())
        upright = [(x, y, y + h, f"b:{n}") for n, (left, y, w, h) in frames.items() for x in (left, left + w)]
        level = [(y, x, x + w, f"b:{n}") for n, (x, top, w, h) in frames.items() for y in (top, top + h)]
        rooms = [site.bounds for site in sites.values()]
        return cls(
            obstacles=sites,
            frames=frames.keys(),
            vertical_channels=_channels_between([(b.x, b.right) for b in rooms], [at for at, *_ in upright]),
            horizontal_channels=_channels_between([(b.y, b.bottom) for b in rooms], [at for at, *_ in level]),
            blocks=blocks,
            frame_sides=(level, upright),
        )

    def blocked_spans(self, upright: bool, at: float) -> list[BlockedSpan]:
        """The stretches of a line that something stands on or, as a frame's side, beside."""
        key = (upright, at)
        found = self.blocked_span_cache.get(key)
        if found is None:
            if upright:
                found = [(y0, y1, what) for x0, y0, x1, y1, what in self.blocks if x0 < at < x1]
            else:
                found = [(x0, x1, what) for x0, y0, x1, y1, what in self.blocks if y0 < at < y1]
            for other, low, high, what in self.frame_sides[upright]:
                if -FRAME_CLEARANCE < other - at < FRAME_CLEARANCE:
                    found.append((low, high, what))
            self.blocked_span_cache[key] = found
        return found

    def passable_for(self, one: GroupAncestry, other: GroupAncestry) -> frozenset[str]:
        """What a path between nodes in those groups need not keep clear of."""
        found = self.passable_cache.get((one, other))
        if found is None:
            own = {*one, *other}
            far = [f"b:{name}" for name in self.frames if name not in own]
            self.passable_cache[one, other] = found = frozenset([*(f"g:{name}" for name in own), *far])
        return found

    def add_path(self, points: Sequence[Point], *, worded: bool = False) -> None:
        """Remember a path that has been laid; one side of a short `worded` one is left to its words."""
        if worded:
            self.labeled_ends.update((points[0], points[-1]))
        for piece in path_segments(points):
            self.routed_segments[piece.vertical].append(piece)
        self.used_ends.update((points[0], points[-1]))


def _padded_block(box: Box, by: float, what: str) -> tuple[float, float, float, float, str]:
    x, y, w, h = box
    return x - by, y - by, x + w + by, y + h + by, what


def _channels_between(spans: Sequence[tuple[float, float]], borders: Sequence[float]) -> tuple[Channel, ...]:
    """Lines in the bands that spans and borders leave free, and outside of all, in order."""
    if not spans:
        return ()
    edges = [*borders, *(low for low, _ in spans), *(high for _, high in spans)]
    gaps = _free_gaps(spans, min(edges) - OUTER_REACH, max(edges) + OUTER_REACH)
    found: list[Channel] = []
    sides = sorted(borders)
    for low, high in gaps:
        marks = [low, *(side for side in sides if low + 1 < side < high - 1), high]
        for start, stop in pairwise(marks):
            middle, reach = (start + stop) / 2, (stop - start) / 2 - CLEARANCE
            if reach < 0:
                continue
            steps = min(_MAX_CHANNELS_PER_SIDE, int(reach / PATH_SPACING))
            crowded = max(0.0, _LABEL_REACH - reach)
            for step in range(-steps, steps + 1):
                found.append(
                    Channel(middle + PATH_SPACING * step, crowded + abs(step) * PATH_SPACING * _OFF_CENTER_COST)
                )
    return tuple(sorted(found))


def _free_gaps(spans: Sequence[tuple[float, float]], first: float, last: float) -> list[tuple[float, float]]:
    """What the spans leave free between two ends; where they leave nothing, the gap between any two."""
    merged: list[list[float]] = [[first, first]]
    for low, high in sorted(spans):
        if low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    merged.append([last, last])
    return [(low, high) for (_, low), (high, _) in pairwise(merged)]
