"""Where the words and numbers of edges stand: beside their own path, clear of everything else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.architecture import Edge
from explorer.layout.geometry import Box, PlacedEdge, Point, TextLine
from explorer.layout.measured_nodes import DETAIL_FONT_SIZE, single_line, wrap_text
from explorer.layout.routing.routing_grid import Segment, intersects, path_segments
from explorer.layout.text_metrics import TextMetrics

STEP_RADIUS = 9.0
"""The radius in points of the disc behind a number."""

LABEL_OFFSET = 3.0
"""Points between words and their own path."""

OTHER_PATH_MARGIN = 3.0
"""How many points farther every other path is from words than their own."""

LABEL_CLEARANCE = 5.0
"""Points between words or a number and whatever else they are not part of."""

_MIN_CLEARANCE = 1.5
"""The same where there is no more room."""

_CORNER_MARGIN = 11.0
"""Points that a stretch is longer than the words along it, at either end, lest they crowd its corners."""

_STEP_FROM_START = 17.0
_ARROW_LENGTH = 9.0
MAX_LABEL_LINES = 3
"""How many lines the words of an edge may take."""

_LABEL_SHAPES = ((150.0, 1), (104.0, 2), (150.0, 2), (76.0, 3), (112.0, 3))
"""Widths in points and numbers of lines that are tried for a label, in this order."""

MIN_LABEL_WIDTH = 60.0
"""Points that words of an edge take at least, cut short."""

_SHORTENED_SHAPES = ((76.0, 2), (90.0, 1), (MIN_LABEL_WIDTH, 2), (MIN_LABEL_WIDTH, 1))
"""The same for what is cut short rather than stand on a frame line."""

_MAX_DISTANCE = 12
"""How many lines of text away words may stand where there is no other room."""

_LOCAL_FROM = 150
_LOCAL_REACH = 12 * 14 + 150.0
"""Of more boxes than so many, only those within so many points of a path are looked at for its words."""

_POSITIONS = (0.5, 0.3, 0.7, 0.15, 0.85)


class _LabelObstacles(NamedTuple):
    """What words and numbers must not meet: boxes, the pieces of other paths, and frame lines."""

    boxes: Sequence[Box]
    other_paths: Sequence[Segment]
    frame_sides: Sequence[Segment]


def _obstacles_near(
    edge: str, solid: list[Box], pieces: Mapping[str, tuple[Segment, ...]], borders: Sequence[Segment]
) -> _LabelObstacles:
    """What the words of one edge must not meet; of very much only what is nearby."""
    foreign = [piece for name, found in pieces.items() if name != edge for piece in found]
    if len(solid) < _LOCAL_FROM:
        return _LabelObstacles(solid, foreign, borders)
    ends = [at for piece in pieces[edge] for at in _segment_ends(piece)]
    left, right = min(x for x, _ in ends) - _LOCAL_REACH, max(x for x, _ in ends) + _LOCAL_REACH
    top, bottom = min(y for _, y in ends) - _LOCAL_REACH, max(y for _, y in ends) + _LOCAL_REACH
    region = Box(left, top, right - left, bottom - top)
    return _LabelObstacles(
        [box for box in solid if region.overlaps(box)],
        [piece for piece in foreign if intersects(piece, region)],
        [piece for piece in borders if intersects(piece, region)],
    )


def _segment_ends(piece: Segment) -> tuple[tuple[float, float], tuple[float, float]]:
    upright, at, low, high = piece
    return ((at, low), (at, high)) if upright else ((low, at), (high, at))


def label_edges(
    edges: Sequence[Edge],
    paths: Mapping[str, tuple[Point, ...]],
    solid: Sequence[Box],
    borders: Sequence[Segment],
    ruler: TextMetrics,
) -> tuple[PlacedEdge, ...]:
    """Every edge with its number on its path and its words beside it.

    `solid` and `borders` must not be met; where that cannot be, frame lines are met first.
    """
    pieces = {edge.id: path_segments(paths[edge.id]) for edge in edges}
    taken = [*solid]
    badges: dict[str, Point] = {}
    for edge in edges:
        if edge.step is not None:
            badges[edge.id] = badge = _place_step(paths[edge.id], _obstacles_near(edge.id, taken, pieces, borders))
            taken.append(_step_box(badge))
    upright = [piece.at for piece in borders if piece.vertical]
    sides = (
        min([*upright, *(box.x for box in solid)], default=-math.inf),
        max([*upright, *(box.right for box in solid)], default=math.inf),
    )
    words: dict[str, tuple[TextLine, ...]] = {}
    for edge in sorted(edges, key=lambda edge: max(piece.high - piece.low for piece in pieces[edge.id])):
        if single_line(edge.label):
            scene = _obstacles_near(edge.id, taken, pieces, borders)
            words[edge.id] = lines = _place_label(edge, badges.get(edge.id), pieces[edge.id], scene, sides, ruler)
            taken.extend(line.box for line in lines)
    return tuple(PlacedEdge(edge, paths[edge.id], words.get(edge.id, ()), badges.get(edge.id)) for edge in edges)


def label_variants(text: str, ruler: TextMetrics) -> tuple[tuple[str, ...], ...]:
    """The ways to break the words of an edge into lines, best first; none drops a word if any need not."""
    tried = dict.fromkeys(wrap_text(ruler, text, width, most, DETAIL_FONT_SIZE) for width, most in _LABEL_SHAPES)
    whole = tuple(texts for texts in tried if not texts[-1].endswith("…"))
    return whole or tuple(tried)[-1:]


def _place_step(points: tuple[Point, ...], scene: _LabelObstacles) -> Point:
    """The first place on the path, off its corners, that meets nothing; frame lines and paths if it must."""
    for lines in ((*scene.other_paths, *scene.frame_sides), scene.other_paths, ()):
        for place in _step_positions(points):
            room = _step_box(place).expanded(LABEL_CLEARANCE)
            if not (_overlaps_any(room, scene.boxes) or _intersects_any(room, lines)):
                return place
    middle = Point((points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2)
    return next(_step_positions(points), middle)


def _step_positions(points: tuple[Point, ...]) -> Iterator[Point]:
    """Places for a number on a path: from its start on, never on a corner or on its head."""
    last = len(points) - 2
    for index, (a, b) in enumerate(pairwise(points)):
        run = abs(a.x - b.x) + abs(a.y - b.y)
        first = _STEP_FROM_START if index == 0 else STEP_RADIUS + 5
        stop = run - STEP_RADIUS - (_ARROW_LENGTH if index == last else 5)
        at = first
        while at <= stop:
            yield Point(a.x + (b.x - a.x) * at / run, a.y + (b.y - a.y) * at / run)
            at += 6


def _step_box(centre: Point) -> Box:
    return Box(centre.x - STEP_RADIUS, centre.y - STEP_RADIUS, 2 * STEP_RADIUS, 2 * STEP_RADIUS)


def _place_label(
    edge: Edge,
    badge: Point | None,
    mine: Sequence[Segment],
    scene: _LabelObstacles,
    sides: tuple[float, float],
    ruler: TextMetrics,
) -> tuple[TextLine, ...]:
    for attempt in _placement_rules(edge, badge, mine, scene, ruler):
        for texts in attempt.variants:
            size = _text_size(texts, ruler)
            for off, box in _label_positions(size, _preferred_order(attempt.runs, size), attempt.distance):
                if not (
                    (attempt.within_page and not sides[0] <= box.x <= box.right <= sides[1])
                    or _overlaps_any(box.expanded(attempt.clearance or _MIN_CLEARANCE), scene.boxes)
                    or _intersects_any(box.expanded(off + OTHER_PATH_MARGIN), attempt.other_paths)
                    or _intersects_any(box.expanded(attempt.clearance), attempt.frame_sides)
                    or _intersects_any(box, attempt.avoided)
                ):
                    return _text_lines(texts, box, ruler)
    texts = label_variants(edge.label, ruler)[-1]
    _, box = next(_label_positions(_text_size(texts, ruler), mine, 1))
    return _text_lines(texts, box, ruler)


class _PlacementRule(NamedTuple):
    """One way to look for room: the forms that words take, the runs they stand along, and what they keep off.

    `beside` are pieces that their own path must be nearer than, `borders` frame lines that they keep
    `air` from, `crossed` pieces that they must not lie on; `inside`, they make the page no wider.
    """

    variants: Sequence[tuple[str, ...]]
    runs: Sequence[Segment]
    other_paths: Sequence[Segment]
    frame_sides: Sequence[Segment]
    avoided: Sequence[Segment]
    clearance: float = LABEL_CLEARANCE
    distance: int = 1
    within_page: bool = True


def _placement_rules(
    edge: Edge, badge: Point | None, mine: Sequence[Segment], scene: _LabelObstacles, ruler: TextMetrics
) -> Iterator[_PlacementRule]:
    """Where words are looked for room, best first; what they need not keep off grows."""
    foreign, borders = scene.other_paths, scene.frame_sides
    free = [run for piece in mine for run in _free_runs(piece, badge, [*foreign, *borders])]
    whole = label_variants(edge.label, ruler)
    best = _PlacementRule(whole, free, foreign, borders, mine)
    yield best
    yield best._replace(runs=mine)
    tight = best._replace(runs=[*free, *mine], clearance=_MIN_CLEARANCE, distance=2)
    yield tight
    yield best._replace(runs=mine, within_page=False)
    cut = [wrap_text(ruler, edge.label, width, most, DETAIL_FONT_SIZE) for width, most in _SHORTENED_SHAPES]
    yield tight._replace(variants=[*whole, *cut], within_page=False)
    on_frames = best._replace(runs=mine, frame_sides=(), clearance=0.0, within_page=False)
    yield on_frames
    yield on_frames._replace(other_paths=(), avoided=[*foreign, *mine])
    yield on_frames._replace(other_paths=(), avoided=(), distance=_MAX_DISTANCE)


def _preferred_order(runs: Iterable[Segment], size: tuple[float, float]) -> list[Segment]:
    """Runs along which words of a size find room first, of those level ones first, and long ones first."""
    w, h = size

    def worth(run: Segment) -> tuple[bool, bool, float]:
        long = run.high - run.low
        return long < (h if run.vertical else w) + 2 * _CORNER_MARGIN, run.vertical, -long

    return sorted(runs, key=worth)


def _free_runs(piece: Segment, badge: Point | None, lines: Iterable[Segment]) -> Iterator[Segment]:
    """What of a piece lies between the lines that cross it and its number."""
    upright, at, low, high = piece
    crossing = (line for line in lines if line.vertical != upright and line.low < at < line.high)
    marks = [(line.at, line.at) for line in crossing if low < line.at < high]
    if badge is not None:
        along, across = (badge.y, badge.x) if upright else badge
        if across == at:
            marks.append((along - STEP_RADIUS, along + STEP_RADIUS))
    here = low
    for start, stop in sorted(marks):
        if start > here:
            yield Segment(upright, at, here, start)
        here = max(here, stop)
    if here < high:
        yield Segment(upright, at, here, high)


def _overlaps_any(box: Box, others: Iterable[Box]) -> bool:
    x, y, w, h = box
    right, bottom = x + w, y + h
    for left, top, wide, high in others:  # noqa: SIM110 - a generator is slower here
        if x < left + wide and left < right and y < top + high and top < bottom:
            return True
    return False


def _intersects_any(box: Box, pieces: Iterable[Segment]) -> bool:
    x, y, w, h = box
    right, bottom = x + w, y + h
    for upright, at, low, high in pieces:
        if upright:
            if x < at < right and low < bottom and y < high:
                return True
        elif y < at < bottom and low < right and x < high:
            return True
    return False


def _text_size(texts: Sequence[str], ruler: TextMetrics) -> tuple[float, float]:
    return max(ruler.width(text, DETAIL_FONT_SIZE) for text in texts), ruler.height(DETAIL_FONT_SIZE) * len(texts)


def _text_lines(texts: Sequence[str], box: Box, ruler: TextMetrics) -> tuple[TextLine, ...]:
    step = ruler.height(DETAIL_FONT_SIZE)
    widths = [ruler.width(text, DETAIL_FONT_SIZE) for text in texts]
    return tuple(
        TextLine(
            text,
            Box(box.center.x - width / 2, box.y + index * step, width, step),
            DETAIL_FONT_SIZE,
            bold=False,
            muted=False,
            centered=True,
        )
        for index, (text, width) in enumerate(zip(texts, widths, strict=True))
    )


def _label_positions(size: tuple[float, float], runs: Sequence[Segment], far: int) -> Iterator[tuple[float, Box]]:
    """Places along straight runs, above before below and right before left, and how far off each is.

    They are up to `far` steps off.
    """
    w, h = size
    for step in range(far):
        off = LABEL_OFFSET + step * h
        for upright, at, low, high in runs:
            for share in _POSITIONS:
                along = low + (high - low) * share
                if upright:
                    yield off, Box(at + off + 1, along - h / 2, w, h)
                    yield off, Box(at - off - 1 - w, along - h / 2, w, h)
                else:
                    yield off, Box(along - w / 2, at - off - h, w, h)
                    yield off, Box(along - w / 2, at + off, w, h)
