"""Bent connectors: turns a path of right angles into a preset connector of a presentation.

The presets `straightConnector1` and `bentConnector2` to `5` run from the top left to the bottom right
corner of their box, to the right first. Their adjustments set the bends, in 1/100,000 of the width and
the height of the box in turn. Flips and a rotation by 90° give all other directions (ECMA-376,
presetShapeDefinitions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from explorer.layout.geometry import Box, Point

MIN_SIZE = 0.1
"""Minimum width and height of a bent connector in points: its bends are fractions of these."""

_FULL_SHARE = 100_000
_MAX_BENDS = 4
_TOLERANCE = 0.01


@dataclass(frozen=True)
class BentConnector:
    """A preset connector: its box before flips and rotation, and its adjustments.

    `rotated` is a rotation by 90° clockwise about the center of the box, after the flips.
    """

    preset: str
    box: Box
    rotated: bool = False
    flip_h: bool = False
    flip_v: bool = False
    adjustments: tuple[int, ...] = ()


def bent_connector(points: Sequence[Point]) -> BentConnector:
    """Return the connector that follows a path.

    A path with other angles or more than four bends keeps only its ends and its first direction.
    """
    stops = _without_redundant_points(points)
    if len(stops) == 2:
        return _straight_connector(*stops)
    if not _is_right_angled(stops) or len(stops) - 2 > _MAX_BENDS:
        stops = _single_step(stops)
    vertical = stops[0].x == stops[1].x
    # With x and y swapped if the first segment is vertical, every path starts to the right.
    along = [Point(y, x) for x, y in stops] if vertical else stops
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
    if vertical:
        middle = Point(middle.y, middle.x)
    return BentConnector(
        f"bentConnector{len(along) - 1}",
        Box(middle.x - w / 2, middle.y - h / 2, w, h),
        rotated=vertical,
        flip_h=back,
        # A clockwise rotation by 90° moves what is below to the left.
        flip_v=up is not vertical,
        adjustments=tuple(adjustments),
    )


def _straight_connector(start: Point, end: Point) -> BentConnector:
    box = Box(min(start.x, end.x), min(start.y, end.y), abs(end.x - start.x), abs(end.y - start.y))
    return BentConnector("straightConnector1", box, flip_h=end.x < start.x, flip_v=end.y < start.y)


def _without_redundant_points(points: Sequence[Point]) -> list[Point]:
    """Return only the ends and the bends of a path."""
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
    vertical = [a.x == b.x for a, b in pairwise(stops)]
    horizontal = [a.y == b.y for a, b in pairwise(stops)]
    return all(one != other for one, other in zip(vertical, horizontal, strict=True)) and all(
        one != other for one, other in pairwise(vertical)
    )


def _single_step(stops: Sequence[Point]) -> list[Point]:
    (start, first), end = stops[:2], stops[-1]
    if abs(first.x - start.x) < abs(first.y - start.y):
        half = (start.y + end.y) / 2
        return [start, Point(start.x, half), Point(end.x, half), end]
    half = (start.x + end.x) / 2
    return [start, Point(half, start.y), Point(half, end.y), end]
