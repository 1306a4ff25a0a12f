"""Routing grid: the obstacles of a drawing, the free channels between them, and the paths laid so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Point
from explorer.layout.routing.segments import Segment, path_segments

CLEARANCE = 5.0
"""Least points between a path and an obstacle that it passes."""

PATH_SPACING = 9.0
"""Least points between two parallel paths."""

FRAME_CLEARANCE = 4.0
"""Least points between a path and a parallel frame side around one of its ends."""

OUTER_REACH = 27.0
"""How far outside of all obstacles a path may run, in points."""

_MAX_CHANNELS_PER_SIDE = 2
_LABEL_REACH = 17.0
"""Points on each side of a path that a label needs; a narrower channel costs the difference."""

_OFF_CENTER_COST = 0.3
"""Cost for each point between a channel and the middle of its gap."""


GroupAncestry = tuple[GroupId, ...]
"""The groups around a node, innermost first."""


class Obstacle(NamedTuple):
    """A node in the routing grid: its icon, its whole area, and the groups around it."""

    icon_box: Box
    bounds: Box
    groups: GroupAncestry
    has_companions: bool


class Channel(NamedTuple):
    """A straight line that a path can follow: its position and the cost of using it."""

    at: float
    cost: float


class Block(NamedTuple):
    """An area that paths avoid, and the key of its owner: `n:` node, `i:` icon, `g:` group or `title`."""

    left: float
    top: float
    right: float
    bottom: float
    owner: str


FrameSide = tuple[float, float, float, str]
"""Position, start and end of a frame side, and its owner: `b:` and the group id."""

BlockedSpan = tuple[float, float, str]
"""The start and end of a blocked part of a line, and the key of its owner."""


def node_key(node_id: NodeId) -> str:
    """Return the owner key of a node's area."""
    return f"n:{node_id}"


@dataclass
class RoutingGrid:
    """Obstacles, channels and laid paths of one drawing. Paths keep `CLEARANCE` from all obstacles.

    A path may cross a frame around one of its ends, but not run along its sides. `frame_sides` and
    `routed_segments` hold horizontal ones first, then vertical ones.
    """

    obstacles: Mapping[NodeId, Obstacle]
    frames: Collection[GroupId]
    vertical_channels: tuple[Channel, ...]
    horizontal_channels: tuple[Channel, ...]
    blocks: Sequence[Block]
    frame_sides: tuple[Sequence[FrameSide], Sequence[FrameSide]]
    routed_segments: tuple[list[Segment], list[Segment]] = field(default_factory=lambda: ([], []))
    used_ends: set[Point] = field(default_factory=set)
    labeled_ends: set[Point] = field(default_factory=set)
    blocked_span_cache: dict[tuple[bool, float], list[BlockedSpan]] = field(default_factory=dict)
    passable_cache: dict[tuple[GroupAncestry, GroupAncestry], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_boxes(
        cls, obstacles: Mapping[NodeId, Obstacle], titles: Iterable[Box], frames: Mapping[GroupId, Box]
    ) -> RoutingGrid:
        """Build the grid of placed nodes, titles and frames, without any path."""
        blocks = [_block(node.bounds, CLEARANCE, node_key(node_id)) for node_id, node in obstacles.items()]
        blocks.extend(_block(node.icon_box, -0.5, f"i:{node_id}") for node_id, node in obstacles.items())
        blocks.extend(_block(box, CLEARANCE, "title") for box in titles)
        blocks.extend(_block(box, CLEARANCE, f"g:{group_id}") for group_id, box in frames.items())
        vertical: list[FrameSide] = [
            (x, box.y, box.bottom, f"b:{group_id}") for group_id, box in frames.items() for x in (box.x, box.right)
        ]
        horizontal: list[FrameSide] = [
            (y, box.x, box.right, f"b:{group_id}") for group_id, box in frames.items() for y in (box.y, box.bottom)
        ]
        areas = [node.bounds for node in obstacles.values()]
        return cls(
            obstacles=obstacles,
            frames=frames.keys(),
            vertical_channels=_channels_between([(b.x, b.right) for b in areas], [at for at, *_ in vertical]),
            horizontal_channels=_channels_between([(b.y, b.bottom) for b in areas], [at for at, *_ in horizontal]),
            blocks=blocks,
            frame_sides=(horizontal, vertical),
        )

    def blocked_spans(self, vertical: bool, at: float) -> list[BlockedSpan]:
        """Return the parts of a line that an obstacle blocks, or that a parallel frame side is too close to."""
        key = (vertical, at)
        spans = self.blocked_span_cache.get(key)
        if spans is None:
            if vertical:
                spans = [(top, bottom, owner) for left, top, right, bottom, owner in self.blocks if left < at < right]
            else:
                spans = [(left, right, owner) for left, top, right, bottom, owner in self.blocks if top < at < bottom]
            for side, low, high, owner in self.frame_sides[vertical]:
                if -FRAME_CLEARANCE < side - at < FRAME_CLEARANCE:
                    spans.append((low, high, owner))
            self.blocked_span_cache[key] = spans
        return spans

    def passable_for(self, source_groups: GroupAncestry, target_groups: GroupAncestry) -> frozenset[str]:
        """Return the owner keys that do not block a path between nodes in these groups.

        These are the areas of the groups themselves, and the sides of all other groups.
        """
        passable = self.passable_cache.get((source_groups, target_groups))
        if passable is None:
            own = {*source_groups, *target_groups}
            foreign_sides = [f"b:{group_id}" for group_id in self.frames if group_id not in own]
            passable = frozenset([*(f"g:{group_id}" for group_id in own), *foreign_sides])
            self.passable_cache[source_groups, target_groups] = passable
        return passable

    def add_path(self, points: Sequence[Point], *, reserves_label: bool = False) -> None:
        """Add a laid path. With `reserves_label`, one side of the short path stays free for its label."""
        ends = (points[0], points[-1])
        if reserves_label:
            self.labeled_ends.update(ends)
        for segment in path_segments(points):
            self.routed_segments[segment.vertical].append(segment)
        self.used_ends.update(ends)


def _block(box: Box, padding: float, owner: str) -> Block:
    x, y, w, h = box
    return Block(x - padding, y - padding, x + w + padding, y + h + padding, owner)


def _channels_between(spans: Sequence[tuple[float, float]], sides: Sequence[float]) -> tuple[Channel, ...]:
    """Return the channels in the gaps between node spans and frame sides, and outside of all, in order."""
    if not spans:
        return ()
    edges = [*sides, *(low for low, _ in spans), *(high for _, high in spans)]
    channels: list[Channel] = []
    ordered_sides = sorted(sides)
    for low, high in _free_gaps(spans, min(edges) - OUTER_REACH, max(edges) + OUTER_REACH):
        limits = [low, *(side for side in ordered_sides if low + 1 < side < high - 1), high]
        for start, stop in pairwise(limits):
            middle, reach = (start + stop) / 2, (stop - start) / 2 - CLEARANCE
            if reach < 0:
                continue
            steps = min(_MAX_CHANNELS_PER_SIDE, int(reach / PATH_SPACING))
            narrowness = max(0.0, _LABEL_REACH - reach)
            for step in range(-steps, steps + 1):
                cost = narrowness + abs(step) * PATH_SPACING * _OFF_CENTER_COST
                channels.append(Channel(middle + PATH_SPACING * step, cost))
    return tuple(sorted(channels))


def _free_gaps(spans: Sequence[tuple[float, float]], first: float, last: float) -> list[tuple[float, float]]:
    """Return the gaps that the spans leave between two limits."""
    merged: list[list[float]] = [[first, first]]
    for low, high in sorted(spans):
        if low <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    merged.append([last, last])
    return [(low, high) for (_, low), (high, _) in pairwise(merged)]
