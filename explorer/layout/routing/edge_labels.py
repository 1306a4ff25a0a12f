"""Where the words and numbers of edges stand: beside their own path, clear of everything else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.architecture import Edge
from explorer.layout.geometry import Box, Line, PlacedEdge, Point
from explorer.layout.measured_nodes import SMALL_SIZE, broken, plain
from explorer.layout.routing.routing_grid import Segment, cuts, segments
from explorer.layout.text_metrics import Ruler

BADGE = 9.0
"""The radius in points of the disc behind a number."""

OFF = 3.0
"""Points between words and their own path."""

NEXT = 3.0
"""How many points farther every other path is from words than their own."""

AIR = 5.0
"""Points between words or a number and whatever else they are not part of."""

_TIGHT = 1.5
"""The same where there is no more room."""

_AT_EITHER_END = 11.0
"""Points that a stretch is longer than the words along it, at either end, lest they crowd its corners."""

_FROM_START = 17.0
_HEAD = 9.0
MOST_LINES = 3
"""How many lines the words of an edge may take."""

_WIDTHS = ((150.0, 1), (104.0, 2), (150.0, 2), (76.0, 3), (112.0, 3))
"""Widths in points and numbers of lines that are tried for a label, in this order."""

SHORTEST = 60.0
"""Points that words of an edge take at least, cut short."""

_SHORT = ((76.0, 2), (90.0, 1), (SHORTEST, 2), (SHORTEST, 1))
"""The same for what is cut short rather than stand on a frame line."""

_FARTHEST = 12
"""How many lines of text away words may stand where there is no other room."""

_MANY = 150
_NEARBY = 12 * 14 + 150.0
"""Of more boxes than so many, only those within so many points of a path are looked at for its words."""

_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85)


class _Scene(NamedTuple):
    """What words and numbers must not meet: boxes, the pieces of other paths, and frame lines."""

    solid: Sequence[Box]
    foreign: Sequence[Segment]
    borders: Sequence[Segment]


def _scene(
    edge: str, solid: list[Box], pieces: Mapping[str, tuple[Segment, ...]], borders: Sequence[Segment]
) -> _Scene:
    """What the words of one edge must not meet; of very much only what is nearby."""
    foreign = [piece for name, found in pieces.items() if name != edge for piece in found]
    if len(solid) < _MANY:
        return _Scene(solid, foreign, borders)
    ends = [at for piece in pieces[edge] for at in _ends(piece)]
    left, right = min(x for x, _ in ends) - _NEARBY, max(x for x, _ in ends) + _NEARBY
    top, bottom = min(y for _, y in ends) - _NEARBY, max(y for _, y in ends) + _NEARBY
    region = Box(left, top, right - left, bottom - top)
    return _Scene(
        [box for box in solid if region.meets(box)],
        [piece for piece in foreign if cuts(piece, region)],
        [piece for piece in borders if cuts(piece, region)],
    )


def _ends(piece: Segment) -> tuple[tuple[float, float], tuple[float, float]]:
    upright, at, low, high = piece
    return ((at, low), (at, high)) if upright else ((low, at), (high, at))


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
    taken = [*solid]
    badges: dict[str, Point] = {}
    for edge in edges:
        if edge.step is not None:
            badges[edge.id] = badge = _badge(paths[edge.id], _scene(edge.id, taken, pieces, borders))
            taken.append(_disc(badge))
    upright = [piece.at for piece in borders if piece.upright]
    sides = (
        min([*upright, *(box.x for box in solid)], default=-math.inf),
        max([*upright, *(box.right for box in solid)], default=math.inf),
    )
    words: dict[str, tuple[Line, ...]] = {}
    for edge in sorted(edges, key=lambda edge: max(piece.high - piece.low for piece in pieces[edge.id])):
        if plain(edge.label):
            scene = _scene(edge.id, taken, pieces, borders)
            words[edge.id] = lines = _words(edge, badges.get(edge.id), pieces[edge.id], scene, sides, ruler)
            taken.extend(line.box for line in lines)
    return tuple(
        PlacedEdge(edge, paths[edge.id], words.get(edge.id, ()), badges.get(edge.id)) for edge in edges
    )


def forms(text: str, ruler: Ruler) -> tuple[tuple[str, ...], ...]:
    """The ways to break the words of an edge into lines, best first; none drops a word if any need not."""
    tried = dict.fromkeys(broken(ruler, text, width, most, SMALL_SIZE) for width, most in _WIDTHS)
    whole = tuple(texts for texts in tried if not texts[-1].endswith("…"))
    return whole or tuple(tried)[-1:]


def _badge(points: tuple[Point, ...], scene: _Scene) -> Point:
    """The first place on the path, off its corners, that meets nothing; frame lines and paths if it must."""
    for lines in ((*scene.foreign, *scene.borders), scene.foreign, ()):
        for place in _along(points):
            room = _disc(place).grown(AIR)
            if not (_meets(room, scene.solid) or _cut(room, lines)):
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


def _words(
    edge: Edge,
    badge: Point | None,
    mine: Sequence[Segment],
    scene: _Scene,
    sides: tuple[float, float],
    ruler: Ruler,
) -> tuple[Line, ...]:
    for attempt in _attempts(edge, badge, mine, scene, ruler):
        for texts in attempt.forms:
            size = _size(texts, ruler)
            for off, box in _spots(size, _roomiest(attempt.runs, size), attempt.far):
                if not (
                    (attempt.inside and not sides[0] <= box.x <= box.right <= sides[1])
                    or _meets(box.grown(attempt.air or _TIGHT), scene.solid)
                    or _cut(box.grown(off + NEXT), attempt.beside)
                    or _cut(box.grown(attempt.air), attempt.borders)
                    or _cut(box, attempt.crossed)
                ):
                    return _lines(texts, box, ruler)
    texts = forms(edge.label, ruler)[-1]
    _, box = next(_spots(_size(texts, ruler), mine, 1))
    return _lines(texts, box, ruler)


class _Attempt(NamedTuple):
    """One way to look for room: the forms that words take, the runs they stand along, and what they keep off.

    `beside` are pieces that their own path must be nearer than, `borders` frame lines that they keep
    `air` from, `crossed` pieces that they must not lie on; `inside`, they make the page no wider.
    """

    forms: Sequence[tuple[str, ...]]
    runs: Sequence[Segment]
    beside: Sequence[Segment]
    borders: Sequence[Segment]
    crossed: Sequence[Segment]
    air: float = AIR
    far: int = 1
    inside: bool = True


def _attempts(
    edge: Edge, badge: Point | None, mine: Sequence[Segment], scene: _Scene, ruler: Ruler
) -> Iterator[_Attempt]:
    """Where words are looked for room, best first; what they need not keep off grows."""
    foreign, borders = scene.foreign, scene.borders
    free = [run for piece in mine for run in _runs(piece, badge, [*foreign, *borders])]
    whole = forms(edge.label, ruler)
    best = _Attempt(whole, free, foreign, borders, mine)
    yield best
    yield best._replace(runs=mine)
    tight = best._replace(runs=[*free, *mine], air=_TIGHT, far=2)
    yield tight
    yield best._replace(runs=mine, inside=False)
    cut = [broken(ruler, edge.label, width, most, SMALL_SIZE) for width, most in _SHORT]
    yield tight._replace(forms=[*whole, *cut], inside=False)
    on_frames = best._replace(runs=mine, borders=(), air=0.0, inside=False)
    yield on_frames
    yield on_frames._replace(beside=(), crossed=[*foreign, *mine])
    yield on_frames._replace(beside=(), crossed=(), far=_FARTHEST)


def _roomiest(runs: Iterable[Segment], size: tuple[float, float]) -> list[Segment]:
    """Runs along which words of a size find room first, of those level ones first, and long ones first."""
    w, h = size

    def worth(run: Segment) -> tuple[bool, bool, float]:
        long = run.high - run.low
        return long < (h if run.upright else w) + 2 * _AT_EITHER_END, run.upright, -long

    return sorted(runs, key=worth)


def _runs(piece: Segment, badge: Point | None, lines: Iterable[Segment]) -> Iterator[Segment]:
    """What of a piece lies between the lines that cross it and its number."""
    upright, at, low, high = piece
    crossing = (line for line in lines if line.upright != upright and line.low < at < line.high)
    marks = [(line.at, line.at) for line in crossing if low < line.at < high]
    if badge is not None:
        along, across = (badge.y, badge.x) if upright else badge
        if across == at:
            marks.append((along - BADGE, along + BADGE))
    here = low
    for start, stop in sorted(marks):
        if start > here:
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


def _spots(size: tuple[float, float], runs: Sequence[Segment], far: int) -> Iterator[tuple[float, Box]]:
    """Places along straight runs, above before below and right before left, and how far off each is.

    They are up to `far` steps off.
    """
    w, h = size
    for step in range(far):
        off = OFF + step * h
        for upright, at, low, high in runs:
            for share in _SHARES:
                along = low + (high - low) * share
                if upright:
                    yield off, Box(at + off + 1, along - h / 2, w, h)
                    yield off, Box(at - off - 1 - w, along - h / 2, w, h)
                else:
                    yield off, Box(along - w / 2, at - off - h, w, h)
                    yield off, Box(along - w / 2, at + off, w, h)
