"""Layout stability when one answer changes, and quality of orthogonal paths beside curves."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import architecture_for, compiled_pack
from benchmarks.results import Report, Row
from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.geometry import Box, PlacedEdge, Placement, Point
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.text_metrics import QtTextMetrics

SMALL_MOVE = 0.1
"""A move below this share of the drawing's width counts as small."""

SLIDE = Box(0, 0, 960, 540)
_CURVE_SEGMENTS = 24
"""Number of straight segments that approximate a curve."""


def run(quick: bool) -> Report:
    """Measure a seeded sample of answers, with all sets of answers that differ in one answer."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    layouts = LayoutCache(QtTextMetrics(), find_graphviz(), 20_000)
    stability, paths, curves = _Stability(), _PathStatistics(), _PathStatistics()
    seen: set[int] = set()
    for answers in _random_answer_sets(20 if quick else 200):
        before = layouts.place(architecture_for(compiled_pack(), answers))
        for other in _one_change_away(answers):
            architecture = architecture_for(compiled_pack(), other)
            if architecture != before.architecture:
                stability.add(before, layouts.place(architecture))
        if id(before) not in seen:
            seen.add(id(before))
            paths.add(before, [edge.points for edge in before.edges])
            curves.add(before, [_curve(before, edge) for edge in before.edges])
    kept = stability.kept
    return Report(
        (
            Row("remaining nodes that move less than 10 % of the width", f"{stability.small / kept:.1%}", ""),
            Row("  the same, scaled to a slide", f"{stability.fitted / kept:.1%}", ""),
            Row("  nodes that do not move", f"{stability.unmoved / kept:.1%}", ""),
            paths.row(curves, "crossings", "crossings per drawing"),
            paths.row(curves, "collisions", "  unrelated elements that paths run through"),
            paths.row(curves, "bends", "  bends"),
            paths.row(curves, "length", "  length in points"),
        ),
        (
            f"{stability.pairs:,} changes of one answer, {kept:,} remaining nodes; {len(seen):,} drawings",
            "curves start and end horizontally at the icons, as in Graphviz and most tools, without routing",
        ),
    )


def _random_answer_sets(count: int) -> Iterator[dict[QuestionId, AnswerId]]:
    rng, questions = random.Random(7), compiled_pack().pack.questions
    for _ in range(count):
        some = rng.sample(questions, rng.randrange(len(questions)))
        yield {question.id: rng.choice(question.answers).id for question in some}


def _one_change_away(answers: Answers) -> Iterator[dict[QuestionId, AnswerId]]:
    """Yield all sets of answers that differ in one answer: given, changed or cleared."""
    for question in compiled_pack().pack.questions:
        others = {**answers}
        if others.pop(question.id, None) is not None:
            yield others
        for answer in question.answers:
            if answers.get(question.id) != answer.id:
                yield {**others, question.id: answer.id}


@dataclass
class _Stability:
    """Counts how far nodes move that two drawings share."""

    pairs: int = 0
    kept: int = 0
    small: int = 0
    fitted: int = 0
    unmoved: int = 0

    def add(self, before: Placement, after: Placement) -> None:
        self.pairs += 1
        for name, node in before.node_by_id.items():
            other = after.node_by_id.get(name)
            if other is None or node.is_companion or other.is_companion:
                continue
            one, two = node.icon_box.center, other.icon_box.center
            moved = math.dist(one, two)
            self.kept += 1
            self.small += moved < SMALL_MOVE * before.size[0]
            self.unmoved += moved < 1
            self.fitted += math.dist(_on_slide(one, before), _on_slide(two, after)) < SMALL_MOVE * SLIDE.w


def _on_slide(point: Point, placement: Placement) -> Point:
    width, height = placement.size
    scale = min(SLIDE.w / width, SLIDE.h / height)
    return Point((point.x - width / 2) * scale, (point.y - height / 2) * scale)


@dataclass
class _PathStatistics:
    """Sums of crossings, collisions, bends and length over drawings."""

    drawings: int = 0
    sums: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("crossings", "collisions", "bends", "length"), 0.0)
    )

    def add(self, placement: Placement, paths: Sequence[Sequence[Point]]) -> None:
        self.drawings += 1
        pieces = [list(pairwise(path)) for path in paths]
        self.sums["crossings"] += sum(
            _segments_cross(a, b) for one, two in combinations(pieces, 2) for a in one for b in two
        )
        self.sums["bends"] += sum(len(path) - 2 for path in paths if len(path) <= _CURVE_SEGMENTS)
        self.sums["length"] += sum(math.dist(*piece) for some in pieces for piece in some)
        for edge, some in zip(placement.edges, pieces, strict=True):
            self.sums["collisions"] += sum(
                any(_intersects(piece, box) for piece in some) for box in _unrelated_boxes(placement, edge)
            )

    def row(self, other: _PathStatistics, key: str, name: str) -> Row:
        mine, theirs = self.sums[key] / self.drawings, other.sums[key] / other.drawings
        return Row(name, f"{mine:,.2f}", f"curves, {theirs:,.2f}")


def _curve(placement: Placement, edge: PlacedEdge) -> tuple[Point, ...]:
    """Return a cubic Bézier curve between the facing sides of two icons, as a polyline."""
    a, b = (placement.node_by_id[name].icon_box for name in (edge.edge.source, edge.edge.target))
    to_the_right = a.center.x <= b.center.x
    start, end = (
        (Point(a.right, a.center.y), Point(b.x, b.center.y))
        if to_the_right
        else (Point(a.x, a.center.y), Point(b.right, b.center.y))
    )
    reach = max(40.0, abs(end.x - start.x) / 2) * (1 if to_the_right else -1)
    stops = (start, Point(start.x + reach, start.y), Point(end.x - reach, end.y), end)

    def at(share: float) -> Point:
        rest = 1 - share
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        return Point(*(sum(w * stop[axis] for w, stop in zip(weights, stops, strict=True)) for axis in (0, 1)))

    return tuple(at(step / _CURVE_SEGMENTS) for step in range(_CURVE_SEGMENTS + 1))


def _unrelated_boxes(placement: Placement, edge: PlacedEdge) -> Iterator[Box]:
    """Yield the icons, texts, titles and groups that are unrelated to an edge."""
    ends = {edge.edge.source, edge.edge.target}
    architecture = placement.architecture
    for node in placement.nodes:
        if not ends & {node.node.id, node.node.attached_to}:
            yield node.icon_box
            yield from (line.box for line in node.lines)
    own = {group for name in ends for group in architecture.ancestors(architecture.node_by_id[name].group)}
    for group in placement.groups:
        yield group.title_box
        if group.group.id not in own:
            yield group.box


_Segment = tuple[Point, Point]


def _orientation(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _segments_cross(one: _Segment, two: _Segment) -> bool:
    (a, b), (c, d) = one, two
    return _orientation(a, b, c) * _orientation(a, b, d) < 0 and _orientation(c, d, a) * _orientation(c, d, b) < 0


def _intersects(piece: _Segment, box: Box) -> bool:
    a, b = piece
    if any(box.x < p.x < box.right and box.y < p.y < box.bottom for p in piece):
        return True
    corners = (
        Point(box.x, box.y),
        Point(box.right, box.y),
        Point(box.right, box.bottom),
        Point(box.x, box.bottom),
    )
    return any(_segments_cross((a, b), side) for side in zip(corners, (*corners[1:], corners[0]), strict=True))
