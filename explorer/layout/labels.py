"""Where the words and numbers of edges stand: beside their own path, clear of everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.core.architecture import Edge
from explorer.layout.placement import Box, Line, PlacedEdge, Point
from explorer.layout.route import Segment, segments
from explorer.layout.ruler import Ruler
from explorer.layout.slots import SMALL_SIZE, broken

BADGE = 9.0
"""The radius in points of the disc behind a number."""

_OFF = 3.0
_FROM_START = 17.0
_WIDTHS = ((150.0, 1), (104.0, 2), (70.0, 3))
"""Widths in points and numbers of lines that are tried for a label, in this order."""


def label_edges(
    edges: Sequence[Edge],
    paths: dict[str, tuple[Point, ...]],
    solid: Sequence[Box],
    borders: Sequence[Segment],
    ruler: Ruler,
) -> tuple[PlacedEdge, ...]:
    """Every edge with its number on its path and its words beside it.

    `solid` must not be met, `borders` only if there is no other way.
    """
    pieces = {edge.id: segments(paths[edge.id]) for edge in edges}
    badges = {edge.id: _badge(paths[edge.id]) for edge in edges if edge.step is not None}
    taken: list[Box] = [*solid, *(_disc(badge) for badge in badges.values())]
    words: dict[str, tuple[Line, ...]] = {}
    for edge in sorted(edges, key=lambda edge: max(piece.high - piece.low for piece in pieces[edge.id])):
        if edge.label:
            words[edge.id] = lines = _words(edge, pieces, taken, borders, ruler)
            taken.extend(line.box.grown(1) for line in lines)
    return tuple(
        PlacedEdge(edge, paths[edge.id], words.get(edge.id, ()), badges.get(edge.id)) for edge in edges
    )


def _badge(points: tuple[Point, ...]) -> Point:
    """A place on the path near its start; past the first corner where that comes at once."""
    for a, b in zip(points, points[1:], strict=False):
        run = abs(a.x - b.x) + abs(a.y - b.y)
        if run >= _FROM_START + BADGE:
            share = _FROM_START / run
            return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    return Point((points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2)


def _disc(centre: Point) -> Box:
    return Box(centre.x - BADGE, centre.y - BADGE, 2 * BADGE, 2 * BADGE)


def _words(
    edge: Edge,
    pieces: dict[str, tuple[Segment, ...]],
    taken: Sequence[Box],
    borders: Sequence[Segment],
    ruler: Ruler,
) -> tuple[Line, ...]:
    foreign = [piece for name, found in pieces.items() if name != edge.id for piece in found]
    mine = pieces[edge.id]
    tried = []
    for width, most in _WIDTHS:
        texts = broken(ruler, edge.label, width, most, SMALL_SIZE)
        if texts not in tried:
            tried.append(texts)
    for avoided in ([*foreign, *mine, *borders], [*foreign, *mine], foreign):
        for texts in tried:
            for box in _spots(_size(texts, ruler), mine):
                if not any(box.meets(other) for other in taken) and not any(_cuts(p, box) for p in avoided):
                    return _lines(texts, box, ruler)
    return _lines(tried[-1], next(_spots(_size(tried[-1], ruler), mine)), ruler)


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


def _spots(size: tuple[float, float], pieces: Sequence[Segment]) -> Iterator[Box]:
    """Places along the path, the longest level pieces first, above before below."""
    w, h = size
    for piece in sorted(pieces, key=lambda p: (p.upright, -(p.high - p.low))):
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            along = piece.low + (piece.high - piece.low) * share
            if piece.upright:
                yield Box(piece.at + _OFF + 1, along - h / 2, w, h)
                yield Box(piece.at - _OFF - 1 - w, along - h / 2, w, h)
            else:
                yield Box(along - w / 2, piece.at - _OFF - h, w, h)
                yield Box(along - w / 2, piece.at + _OFF, w, h)


def _cuts(piece: Segment, box: Box) -> bool:
    if piece.upright:
        return box.x < piece.at < box.right and piece.low < box.bottom and box.y < piece.high
    return box.y < piece.at < box.bottom and piece.low < box.right and box.x < piece.high
