"""Where the words and numbers of edges stand: beside their own path, clear of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from explorer.core.architecture import Edge
from explorer.layout.placement import Box, Line, PlacedEdge, Point
from explorer.layout.ruler import Ruler
from explorer.layout.slots import SMALL_SIZE, broken, plain
from explorer.layout.ways import Segment, segments

BADGE = 9.0
"""The radius in points of the disc behind a number."""

OFF = 3.0
"""Points between words and their own path."""

NEXT = 3.0
"""How many points farther every other path is from words than their own."""

AIR = 3.0
"""Points between words or a number and whatever else they are not part of."""

_FROM_START = 17.0
_HEAD = 9.0
_WIDTHS = ((150.0, 1), (104.0, 2), (70.0, 3))
"""Widths in points and numbers of lines that are tried for a label, in this order."""

_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85)


class _Scene(NamedTuple):
    """What words and numbers must not meet: boxes, the pieces of paths, and frame lines."""

    solid: list[Box]
    pieces: Mapping[str, tuple[Segment, ...]]
    borders: Sequence[Segment]

    def foreign(self, edge: str) -> list[Segment]:
        """The pieces of all other paths."""
        return [piece for name, found in self.pieces.items() if name != edge for piece in found]


def label_edges(
    edges: Sequence[Edge],
    paths: Mapping[str, tuple[Point, ...]],
    solid: Sequence[Box],
    borders: Sequence[Segment],
    ruler: Ruler,
) -> tuple[PlacedEdge, ...]:
    """Every edge with its number on its path and its words beside it.

    `solid` and `borders` must not be met; where that cannot be, frame lines are met first.
    """
    pieces = {edge.id: segments(paths[edge.id]) for edge in edges}
    scene = _Scene([*solid], pieces, borders)
    badges: dict[str, Point] = {}
    for edge in edges:
        if edge.step is not None:
            badges[edge.id] = badge = _badge(edge, paths[edge.id], scene)
            scene.solid.append(_disc(badge))
    words: dict[str, tuple[Line, ...]] = {}
    for edge in sorted(edges, key=lambda edge: max(piece.high - piece.low for piece in pieces[edge.id])):
        if plain(edge.label):
            words[edge.id] = lines = _words(edge, badges.get(edge.id), scene, ruler)
            scene.solid.extend(line.box for line in lines)
    return tuple(
        PlacedEdge(edge, paths[edge.id], words.get(edge.id, ()), badges.get(edge.id)) for edge in edges
    )


def _badge(edge: Edge, points: tuple[Point, ...], scene: _Scene) -> Point:
    """The first place on the path, off its corners, that meets nothing."""
    foreign = scene.foreign(edge.id)
    for borders in (scene.borders, ()):
        for place in _along(points):
            room = _disc(place).grown(AIR)
            if not (_meets(room, scene.solid) or _cut(room, foreign) or _cut(room, borders)):
                return place
    middle = Point((points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2)
    return next(_along(points), middle)


def _along(points: tuple[Point, ...]) -> Iterator[Point]:
    """Places for a number on a path: from its start on, never on a corner or on its head."""
    last = len(points) - 2
    for index, (a, b) in enumerate(pairwise(points)):
        run = abs(a.x - b.x) + abs(a.y - b.y)
        first = _FROM_START if index == 0 else BADGE + 5
        stop = run - BADGE - (_HEAD if index == last else 5)
        at = first
        while at <= stop:
            yield Point(a.x + (b.x - a.x) * at / run, a.y + (b.y - a.y) * at / run)
            at += 6


def _disc(centre: Point) -> Box:
    return Box(centre.x - BADGE, centre.y - BADGE, 2 * BADGE, 2 * BADGE)


def _words(edge: Edge, badge: Point | None, scene: _Scene, ruler: Ruler) -> tuple[Line, ...]:
    foreign, mine = scene.foreign(edge.id), scene.pieces[edge.id]
    tried = []
    for width, most in _WIDTHS:
        texts = broken(ruler, edge.label, width, most, SMALL_SIZE)
        if texts not in tried:
            tried.append(texts)
    free = [run for piece in mine for run in _runs(piece, badge, [*foreign, *scene.borders])]
    free.sort(key=lambda run: (run.upright, run.low - run.high))
    for beside, near, crossed, runs in (
        (foreign, scene.borders, mine, free),
        (foreign, scene.borders, mine, mine),
        (foreign, [], mine, mine),
        ([], [], [*foreign, *mine], mine),
    ):
        for texts in tried:
            for box in _spots(_size(texts, ruler), runs):
                if not (
                    _meets(box.grown(AIR), scene.solid)
                    or _cut(box.grown(OFF + NEXT), beside)
                    or _cut(box.grown(AIR), near)
                    or _cut(box, crossed)
                ):
                    return _lines(texts, box, ruler)
    return _lines(tried[-1], next(_spots(_size(tried[-1], ruler), mine)), ruler)


def _runs(piece: Segment, badge: Point | None, lines: Iterable[Segment]) -> Iterator[Segment]:
    """What of a piece lies between the lines that cross it and its number."""
    upright, at, low, high = piece
    marks = [(other, other) for across, other, start, stop in lines if across != upright and start < at < stop]
    if badge is not None:
        along, across = (badge.y, badge.x) if upright else badge
        if across == at:
            marks.append((along - BADGE, along + BADGE))
    here = low
    for start, stop in sorted(marks):
        if start > here and start < high:
            yield Segment(upright, at, here, start)
        here = max(here, stop)
    if here < high:
        yield Segment(upright, at, here, high)


def _meets(box: Box, others: Iterable[Box]) -> bool:
    x, y, w, h = box
    right, bottom = x + w, y + h
    for left, top, wide, high in others:
        if x < left + wide and left < right and y < top + high and top < bottom:
            return True
    return False


def _cut(box: Box, pieces: Iterable[Segment]) -> bool:
    x, y, w, h = box
    right, bottom = x + w, y + h
    for upright, at, low, high in pieces:
        if upright:
            if x < at < right and low < bottom and y < high:
                return True
        elif y < at < bottom and low < right and x < high:
            return True
    return False


def _size(texts: Sequence[str], ruler: Ruler) -> tuple[float, float]:
    return max(ruler.width(text, SMALL_SIZE) for text in texts), ruler.height(SMALL_SIZE) * len(texts)


def _lines(texts: Sequence[str], box: Box, ruler: Ruler) -> tuple[Line, ...]:
    step = ruler.height(SMALL_SIZE)
    widths = [ruler.width(text, SMALL_SIZE) for text in texts]
    return tuple(
        Line(
            text,
            Box(box.centre.x - width / 2, box.y + index * step, width, step),
            SMALL_SIZE,
            bold=False,
            muted=False,
            centred=True,
        )
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    )


def _spots(size: tuple[float, float], runs: Iterable[Segment]) -> Iterator[Box]:
    """Places along straight runs, above before below and right before left."""
    w, h = size
    for upright, at, low, high in runs:
        for share in _SHARES:
            along = low + (high - low) * share
            if upright:
                yield Box(at + OFF + 1, along - h / 2, w, h)
                yield Box(at - OFF - 1 - w, along - h / 2, w, h)
            else:
                yield Box(along - w / 2, at - OFF - h, w, h)
                yield Box(along - w / 2, at + OFF, w, h)
