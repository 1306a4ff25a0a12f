"""Segments of orthogonal paths, and an index that finds the segments and boxes near a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from explorer.layout.geometry import Box, Point

_CELL = 128.0
"""The side in points of an index cell: about the width of a label."""


class Segment(NamedTuple):
    """A straight piece of a path: at `at` on one axis, from `low` to `high` on the other."""

    vertical: bool
    at: float
    low: float
    high: float

    @property
    def length(self) -> float:
        """The length in points."""
        return self.high - self.low

    @property
    def bounds(self) -> Box:
        """The box around the segment, without width or without height."""
        if self.vertical:
            return Box(self.at, self.low, 0, self.high - self.low)
        return Box(self.low, self.at, self.high - self.low, 0)


def path_segments(points: Sequence[Point]) -> tuple[Segment, ...]:
    """Return the segments of an orthogonal path."""
    segments = []
    for (ax, ay), (bx, by) in pairwise(points):
        if ax == bx:
            segments.append(Segment(True, ax, min(ay, by), max(ay, by)))
        else:
            segments.append(Segment(False, ay, min(ax, bx), max(ax, bx)))
    return tuple(segments)


def box_sides(box: Box) -> tuple[Segment, ...]:
    """Return the four sides of a box: left, right, upper, lower."""
    x, y, w, h = box
    return (
        Segment(True, x, y, y + h),
        Segment(True, x + w, y, y + h),
        Segment(False, y, x, x + w),
        Segment(False, y + h, x, x + w),
    )


def intersects(segment: Segment, box: Box) -> bool:
    """Whether a segment passes through the inside of a box; touching a side does not count."""
    vertical, at, low, high = segment
    x, y, w, h = box
    if vertical:
        return x < at < x + w and low < y + h and y < high
    return y < at < y + h and low < x + w and x < high


class SegmentIndex:
    """Segments by grid cell, each with the id of its owner, so that a query reads nearby segments only."""

    def __init__(self, segments: Iterable[tuple[str, Segment]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[str, Segment]]] = {}
        for owner, segment in segments:
            for cell in _cells(segment.bounds):
                self._cells.setdefault(cell, []).append((owner, segment))

    def intersects(self, box: Box, ignored_owner: str | None = None) -> bool:
        """Whether a segment passes through the inside of a box, except segments of the ignored owner."""
        x, y, w, h = box
        right, bottom = x + w, y + h
        for cell in _cells(box):
            for owner, (vertical, at, low, high) in self._cells.get(cell, ()):
                if vertical:
                    hit = x < at < right and low < bottom and y < high
                else:
                    hit = y < at < bottom and low < right and x < high
                if hit and owner != ignored_owner:
                    return True
        return False

    def crossing(self, segment: Segment, ignored_owner: str | None = None) -> Iterator[Segment]:
        """Yield the segments that cross a segment; a long one may be yielded more than once."""
        vertical, at, low, high = segment
        for cell in _cells(segment.bounds):
            for owner, other in self._cells.get(cell, ()):
                if (
                    other.vertical != vertical
                    and owner != ignored_owner
                    and other.low < at < other.high
                    and low < other.at < high
                ):
                    yield other


class BoxIndex:
    """Boxes by grid cell, so that a query reads nearby boxes only."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Add a box."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def overlaps(self, box: Box) -> bool:
        """Whether any box shares area with the given one."""
        x, y, w, h = box
        right, bottom = x + w, y + h
        for cell in _cells(box):
            for left, top, width, height in self._cells.get(cell, ()):
                if x < left + width and left < right and y < top + height and top < bottom:
                    return True
        return False


def _cells(box: Box) -> list[tuple[int, int]]:
    """Return the index cells that a box touches."""
    x, y, w, h = box
    rows = range(int(y // _CELL), int((y + h) // _CELL) + 1)
    return [(column, row) for column in range(int(x // _CELL), int((x + w) // _CELL) + 1) for row in rows]
