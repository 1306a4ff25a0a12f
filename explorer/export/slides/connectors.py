"""A path of right angles as one of the connectors of a presentation, which can be glued and dragged.

A connector of the presets `straightConnector1` and `bentConnector2` to `5` runs from the top left to the
bottom right corner of its box: to the right first, bending where its adjustments say (in hundred
thousandths of the box's width and height, by turns). Flips and a quarter turn bring it into every
other position (ECMA-376, presetShapeDefinitions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.layout.geometry import Box, Point

MIN_SIZE = 0.1
"""Points that a bent connector is at least wide and high: its bends are told in shares of that."""

_FULL_SHARE = 100_000
_MAX_BENDS = 4
_TOLERANCE = 0.01


@dataclass(frozen=True)
class BentConnector:
    """A connector as a presentation wants it: the preset, its box before any turn, and how it is turned.

    `turned` is a quarter turn clockwise about the middle of the box, after the flips.
    """

    preset: str
    box: Box
    rotated: bool = False
    flip_h: bool = False
    flip_v: bool = False
    adjustments: tuple[int, ...] = ()


def bent_connector(points: Sequence[Point]) -> BentConnector:
    """The connector that runs along a path.

    What is not made of right angles, or has more than four bends, keeps its ends and its first
    direction only.
    """
    stops = _without_redundant_points(points)
    if len(stops) == 2:
        return _straight_connector(*stops)
    if not _is_right_angled(stops) or len(stops) - 2 > _MAX_BENDS:
        stops = _single_step(stops)
    upright = stops[0].x == stops[1].x
    # Seen along its first piece every path starts to the right.
    along = [Point(y, x) for x, y in stops] if upright else stops
    start, end = along[0], along[-1]
    w, h = max(abs(end.x - start.x), MIN_SIZE), max(abs(end.y - start.y), MIN_SIZE)
    back, up = end.x < start.x, end.y < start.y
    adjustments = []
    for index, point in enumerate(along[1:-2]):
        if index % 2 == 0:
            share = (start.x - point.x if back else point.x - start.x) / w
        else:
            share = (start.y - point.y if up else point.y - start.y) / h
        adjustments.append(round(share * _FULL_SHARE))
    middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
    if upright:
        middle = Point(middle.y, middle.x)
    return BentConnector(
        f"bentConnector{len(along) - 1}",
        Box(middle.x - w / 2, middle.y - h / 2, w, h),
        rotated=upright,
        flip_h=back,
        # A quarter turn clockwise takes what lies below to the left.
        flip_v=up is not upright,
        adjustments=tuple(adjustments),
    )


def connector_path(shape: BentConnector) -> tuple[Point, ...]:
    """Where a connector runs: the reverse of `elbow`, as a presentation program reads it."""
    w, h = shape.box.w, shape.box.h
    if shape.preset == "straightConnector1":
        corners = [(0.0, 0.0), (w, h)]
    else:
        corners = [(0.0, 0.0)]
        for index, share in enumerate(shape.adjustments):
            before = corners[-1]
            at = share / _FULL_SHARE
            corners.append((w * at, before[1]) if index % 2 == 0 else (before[0], h * at))
        before = corners[-1]
        level = len(shape.adjustments) % 2 == 0
        corners += [(w, before[1]) if level else (before[0], h), (w, h)]
    centre = shape.box.center
    found = []
    for u, v in corners:
        across = (w - u if shape.flip_h else u) - w / 2
        down = (h - v if shape.flip_v else v) - h / 2
        if shape.rotated:
            across, down = -down, across
        found.append(Point(centre.x + across, centre.y + down))
    return tuple(found)


def _straight_connector(start: Point, end: Point) -> BentConnector:
    box = Box(min(start.x, end.x), min(start.y, end.y), abs(end.x - start.x), abs(end.y - start.y))
    return BentConnector("straightConnector1", box, flip_h=end.x < start.x, flip_v=end.y < start.y)


def _without_redundant_points(points: Sequence[Point]) -> list[Point]:
    """The ends and the bends alone."""
    stops: list[Point] = []
    for point in points:
        if stops and abs(point.x - stops[-1].x) < _TOLERANCE and abs(point.y - stops[-1].y) < _TOLERANCE:
            continue
        while len(stops) > 1 and _are_collinear(stops[-2], stops[-1], point):
            stops.pop()
        stops.append(point)
    return stops if len(stops) > 1 else [points[0], points[-1]]


def _are_collinear(a: Point, b: Point, c: Point) -> bool:
    return abs((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)) < _TOLERANCE * _TOLERANCE


def _is_right_angled(stops: Sequence[Point]) -> bool:
    upright = [a.x == b.x for a, b in pairwise(stops)]
    level = [a.y == b.y for a, b in pairwise(stops)]
    return all(one != other for one, other in zip(upright, level, strict=True)) and all(
        one != other for one, other in pairwise(upright)
    )


def _single_step(stops: Sequence[Point]) -> list[Point]:
    (start, first), end = stops[:2], stops[-1]
    if abs(first.x - start.x) < abs(first.y - start.y):
        half = (start.y + end.y) / 2
        return [start, Point(start.x, half), Point(end.x, half), end]
    half = (start.x + end.x) / 2
    return [start, Point(half, start.y), Point(half, end.y), end]
