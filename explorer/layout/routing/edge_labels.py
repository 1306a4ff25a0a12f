"""Edge labels: places the label of each edge beside its path and the step number on it, clear of other elements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from explorer.core.model.architecture import Edge
from explorer.layout.geometry import Box, PlacedEdge, Point, TextLine
from explorer.layout.measured_nodes import DETAIL_FONT_SIZE, single_line, wrap_text
from explorer.layout.routing.segments import BoxIndex, Segment, SegmentIndex, path_segments
from explorer.layout.text_metrics import TextMetrics

STEP_RADIUS = 9.0
"""Radius in points of the circle around a step number."""

LABEL_OFFSET = 3.0
"""Points between a label and its path."""

OTHER_PATH_MARGIN = 3.0
"""How many points nearer a label must be to its own path than to any other path."""

LABEL_CLEARANCE = 5.0
"""Points between a label or step number and other elements."""

MAX_LABEL_LINES = 3
MIN_LABEL_WIDTH = 60.0
"""The width in points that a shortened label keeps at least."""

MAX_POSITIONS = 150_000
"""Positions examined for the labels of one drawing; afterwards, labels get the first position of their path."""

_MIN_CLEARANCE = 1.5
"""The clearance in points where space is limited."""

_CORNER_MARGIN = 11.0
"""Points between a label and the corners at both ends of its segment."""

_STEP_FROM_START = 17.0
_STEP_FROM_CORNER = 5.0
_STEP_INTERVAL = 6
_ARROW_LENGTH = 9.0

_LABEL_SHAPES = ((150.0, 1), (104.0, 2), (150.0, 2), (76.0, 3), (112.0, 3))
"""Widths in points and numbers of lines, in the order in which they are tried."""

_SHORTENED_SHAPES = ((76.0, 2), (90.0, 1), (MIN_LABEL_WIDTH, 2), (MIN_LABEL_WIDTH, 1))
"""Shapes for labels that are shortened to stay off a frame line."""

_MAX_DISTANCE = 12
"""The most text lines between a label and its path, if no nearer position is free."""

_POSITIONS = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Positions on a segment, as shares of its length."""


def label_edges(
    edges: Sequence[Edge],
    paths: Mapping[str, tuple[Point, ...]],
    obstacles: Sequence[Box],
    frame_sides: Sequence[Segment],
    metrics: TextMetrics,
    max_positions: int = MAX_POSITIONS,
) -> tuple[PlacedEdge, ...]:
    """Return the edges with their labels and step numbers, in the given order.

    Labels and numbers avoid the obstacles and frame sides. If a label has no free position, it may be on a
    frame side, then on a path.
    """
    placer = _LabelPlacer(edges, paths, obstacles, frame_sides, metrics, max_positions)
    steps = {edge.id: placer.place_step(edge) for edge in edges if edge.step is not None}
    labels: dict[str, tuple[TextLine, ...]] = {}
    for edge in sorted(edges, key=lambda edge: max(segment.length for segment in placer.segments[edge.id])):
        if single_line(edge.label):
            labels[edge.id] = placer.place_label(edge, steps.get(edge.id))
    return tuple(PlacedEdge(edge, paths[edge.id], labels.get(edge.id, ()), steps.get(edge.id)) for edge in edges)


def label_variants(text: str, metrics: TextMetrics) -> tuple[tuple[str, ...], ...]:
    """Return the ways to wrap a label, best first; a variant is shortened only if all are too long."""
    variants = dict.fromkeys(wrap_text(metrics, text, width, lines, DETAIL_FONT_SIZE) for width, lines in _LABEL_SHAPES)
    complete = tuple(lines for lines in variants if not lines[-1].endswith("…"))
    return complete or tuple(variants)[-1:]


class _PlacementRule(NamedTuple):
    """One set of constraints for a label: its variants, the segments it may be beside, and what it avoids.

    `nearest_own_path` requires other paths to be farther away than the own path. `within_sides` keeps the
    label between the leftmost and the rightmost element. `distance` is the greatest distance in text lines.
    """

    variants: Sequence[tuple[str, ...]]
    segments: Sequence[Segment]
    clearance: float = LABEL_CLEARANCE
    distance: int = 1
    nearest_own_path: bool = True
    avoids_frames: bool = True
    avoids_own_path: bool = True
    avoids_other_paths: bool = False
    within_sides: bool = True


class _LabelPlacer:
    """Places step numbers and labels one after another; each placed one is an obstacle for the next."""

    def __init__(
        self,
        edges: Sequence[Edge],
        paths: Mapping[str, tuple[Point, ...]],
        obstacles: Sequence[Box],
        frame_sides: Sequence[Segment],
        metrics: TextMetrics,
        max_positions: int,
    ) -> None:
        self.segments = {edge.id: path_segments(paths[edge.id]) for edge in edges}
        self._paths = paths
        self._metrics = metrics
        self._remaining_positions = max_positions
        self._boxes = BoxIndex(obstacles)
        self._path_segments = SegmentIndex(
            (edge_id, segment) for edge_id, segments in self.segments.items() for segment in segments
        )
        self._frame_sides = SegmentIndex(("", side) for side in frame_sides)
        vertical = [side.at for side in frame_sides if side.vertical]
        self._left = min([*vertical, *(box.x for box in obstacles)], default=-math.inf)
        self._right = max([*vertical, *(box.right for box in obstacles)], default=math.inf)

    def place_step(self, edge: Edge) -> Point:
        """Return the first free position on the path; on a frame side or a crossing if there is no other."""
        points = self._paths[edge.id]
        center = self._free_step_position(edge, points)
        if center is None:
            middle = Point((points[0].x + points[1].x) / 2, (points[0].y + points[1].y) / 2)
            center = next(_step_positions(points), middle)
        self._boxes.add(step_box(center))
        return center

    def _free_step_position(self, edge: Edge, points: tuple[Point, ...]) -> Point | None:
        for avoids_paths, avoids_frames in ((True, True), (True, False), (False, False)):
            for position in _step_positions(points):
                area = step_box(position).expanded(LABEL_CLEARANCE)
                if not (
                    self._boxes.overlaps(area)
                    or (avoids_paths and self._path_segments.intersects(area, edge.id))
                    or (avoids_frames and self._frame_sides.intersects(area))
                ):
                    return position
        return None

    def place_label(self, edge: Edge, step_center: Point | None) -> tuple[TextLine, ...]:
        """Return the lines of an edge's label at the best free position beside its path."""
        lines = self._free_label(edge, step_center)
        if lines is None:
            texts = label_variants(edge.label, self._metrics)[-1]
            _, box = next(_label_positions(self._text_size(texts), self.segments[edge.id], 1))
            lines = self._text_lines(texts, box)
        for line in lines:
            self._boxes.add(line.box)
        return lines

    def _free_label(self, edge: Edge, step_center: Point | None) -> tuple[TextLine, ...] | None:
        for rule in self._placement_rules(edge, step_center):
            for texts in rule.variants:
                size = self._text_size(texts)
                segments = _in_preferred_order(rule.segments, size)
                for offset, box in _label_positions(size, segments, rule.distance):
                    self._remaining_positions -= 1
                    if self._remaining_positions < 0:
                        return None
                    if self._is_free(edge, rule, offset, box):
                        return self._text_lines(texts, box)
        return None

    def _placement_rules(self, edge: Edge, step_center: Point | None) -> Iterator[_PlacementRule]:
        """Yield the rules for a label, strictest first."""
        own = self.segments[edge.id]
        free = [part for segment in own for part in self._uncrossed_parts(edge, segment, step_center)]
        variants = label_variants(edge.label, self._metrics)
        strict = _PlacementRule(variants, free)
        yield strict
        yield strict._replace(segments=own)
        close = strict._replace(segments=[*free, *own], clearance=_MIN_CLEARANCE, distance=2)
        yield close
        yield strict._replace(segments=own, within_sides=False)
        shortened = [
            wrap_text(self._metrics, edge.label, width, lines, DETAIL_FONT_SIZE) for width, lines in _SHORTENED_SHAPES
        ]
        yield close._replace(variants=[*variants, *shortened], within_sides=False)
        on_frames = strict._replace(segments=own, clearance=_MIN_CLEARANCE, avoids_frames=False, within_sides=False)
        yield on_frames
        yield on_frames._replace(nearest_own_path=False, avoids_other_paths=True)
        yield on_frames._replace(nearest_own_path=False, avoids_own_path=False, distance=_MAX_DISTANCE)

    def _is_free(self, edge: Edge, rule: _PlacementRule, offset: float, box: Box) -> bool:
        """Whether a position at an offset from the path satisfies a rule."""
        if rule.within_sides and not self._left <= box.x <= box.right <= self._right:
            return False
        if self._boxes.overlaps(box.expanded(rule.clearance)):
            return False
        if rule.nearest_own_path and self._path_segments.intersects(box.expanded(offset + OTHER_PATH_MARGIN), edge.id):
            return False
        if rule.avoids_frames and self._frame_sides.intersects(box.expanded(rule.clearance)):
            return False
        if rule.avoids_other_paths and self._path_segments.intersects(box):
            return False
        return not (rule.avoids_own_path and _intersects_any(box, self.segments[edge.id]))

    def _uncrossed_parts(self, edge: Edge, segment: Segment, step_center: Point | None) -> Iterator[Segment]:
        """Yield the parts of a segment between the paths and frame sides that cross it and its step number."""
        vertical, at, low, high = segment
        marks = [(other.at, other.at) for other in self._path_segments.crossing(segment, edge.id)]
        marks += [(side.at, side.at) for side in self._frame_sides.crossing(segment)]
        if step_center is not None:
            along, across = (step_center.y, step_center.x) if vertical else step_center
            if across == at:
                marks.append((along - STEP_RADIUS, along + STEP_RADIUS))
        start = low
        for mark_start, mark_end in sorted(marks):
            if mark_start > start:
                yield Segment(vertical, at, start, mark_start)
            start = max(start, mark_end)
        if start < high:
            yield Segment(vertical, at, start, high)

    def _text_size(self, texts: Sequence[str]) -> tuple[float, float]:
        width = max(self._metrics.width(text, DETAIL_FONT_SIZE) for text in texts)
        return width, self._metrics.height(DETAIL_FONT_SIZE) * len(texts)

    def _text_lines(self, texts: Sequence[str], box: Box) -> tuple[TextLine, ...]:
        height = self._metrics.height(DETAIL_FONT_SIZE)
        lines = []
        for index, text in enumerate(texts):
            width = self._metrics.width(text, DETAIL_FONT_SIZE)
            line_box = Box(box.center.x - width / 2, box.y + index * height, width, height)
            lines.append(TextLine(text, line_box, DETAIL_FONT_SIZE, bold=False, muted=False, centered=True))
        return tuple(lines)


def step_box(center: Point) -> Box:
    """Return the box around the circle of a step number."""
    return Box(center.x - STEP_RADIUS, center.y - STEP_RADIUS, 2 * STEP_RADIUS, 2 * STEP_RADIUS)


def _step_positions(points: tuple[Point, ...]) -> Iterator[Point]:
    """Yield positions for a step number from the start of a path, not on a corner or on the arrow head."""
    last = len(points) - 2
    for index, (a, b) in enumerate(pairwise(points)):
        length = abs(a.x - b.x) + abs(a.y - b.y)
        at = _STEP_FROM_START if index == 0 else STEP_RADIUS + _STEP_FROM_CORNER
        stop = length - STEP_RADIUS - (_ARROW_LENGTH if index == last else _STEP_FROM_CORNER)
        while at <= stop:
            yield Point(a.x + (b.x - a.x) * at / length, a.y + (b.y - a.y) * at / length)
            at += _STEP_INTERVAL


def _in_preferred_order(segments: Iterable[Segment], size: tuple[float, float]) -> list[Segment]:
    """Order segments for a label: first those long enough for it, then horizontal ones, then the longest."""
    width, height = size

    def preference(segment: Segment) -> tuple[bool, bool, float]:
        needed = (height if segment.vertical else width) + 2 * _CORNER_MARGIN
        return segment.length < needed, segment.vertical, -segment.length

    return sorted(segments, key=preference)


def _label_positions(
    size: tuple[float, float], segments: Sequence[Segment], max_distance: int
) -> Iterator[tuple[float, Box]]:
    """Yield boxes beside segments with their offset: above before below, right before left, nearest first."""
    w, h = size
    for step in range(max_distance):
        offset = LABEL_OFFSET + step * h
        for vertical, at, low, high in segments:
            for share in _POSITIONS:
                along = low + (high - low) * share
                if vertical:
                    yield offset, Box(at + offset + 1, along - h / 2, w, h)
                    yield offset, Box(at - offset - 1 - w, along - h / 2, w, h)
                else:
                    yield offset, Box(along - w / 2, at - offset - h, w, h)
                    yield offset, Box(along - w / 2, at + offset, w, h)


def _intersects_any(box: Box, segments: Iterable[Segment]) -> bool:
    x, y, w, h = box
    right, bottom = x + w, y + h
    for vertical, at, low, high in segments:
        if vertical:
            if x < at < right and low < bottom and y < high:
                return True
        elif y < at < bottom and low < right and x < high:
            return True
    return False
