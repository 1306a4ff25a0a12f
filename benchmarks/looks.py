"""How still drawings stand when one answer changes, and how clean their paths are beside gentle curves."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.pieces import drawn, space
from benchmarks.report import Report, Row
from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.geometry import Box, PlacedEdge, Placement, Point
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.text_metrics import QtTextMetrics

NEAR = 0.1
"""The share of the drawing's width that a node may move and still be said to keep its place."""

SLIDE = Box(0, 0, 960, 540)
_STEPS = 24
"""How many straight pieces stand for one curve."""


def run(quick: bool) -> Report:
    """Figures for the looks, over a seeded sample of answers with all that are one change away."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    layouts = LayoutCache(QtTextMetrics(), find_graphviz(), 20_000)
    stillness, paths, curves = _Stillness(), _Lines(), _Lines()
    seen: set[int] = set()
    for answers in _sample(20 if quick else 200):
        here = layouts.place(drawn(space(), answers))
        for other in _neighbours(answers):
            architecture = drawn(space(), other)
            if architecture != here.architecture:
                stillness.add(here, layouts.place(architecture))
        if id(here) not in seen:
            seen.add(id(here))
            paths.add(here, [edge.points for edge in here.edges])
            curves.add(here, [_curve(here, edge) for edge in here.edges])
    kept = stillness.kept
    return Report(
        (
            Row("kept nodes that move less than 10 % of the width", f"{stillness.near / kept:.1%}", ""),
            Row("  the same as fitted to a slide", f"{stillness.fitted / kept:.1%}", ""),
            Row("  that do not move at all", f"{stillness.still / kept:.1%}", ""),
            paths.against(curves, "crossings", "crossings of paths in a drawing"),
            paths.against(curves, "trespasses", "  things that paths run through but should not"),
            paths.against(curves, "bends", "  bends"),
            paths.against(curves, "length", "  length in points"),
        ),
        (
            f"{stillness.pairs:,} changes of one answer, {kept:,} nodes kept; {len(seen):,} drawings",
            "a curve leaves and reaches the icons level, as Graphviz's and most tools' do; nothing is routed",
        ),
    )


def _sample(count: int) -> Iterator[dict[QuestionId, AnswerId]]:
    chance, questions = random.Random(7), space().pack.questions
    for _ in range(count):
        some = chance.sample(questions, chance.randrange(len(questions)))
        yield {question.id: chance.choice(question.answers).id for question in some}


def _neighbours(answers: Answers) -> Iterator[dict[QuestionId, AnswerId]]:
    """All that differ in one answer: given, changed or taken back."""
    for question in space().pack.questions:
        others = {**answers}
        if others.pop(question.id, None) is not None:
            yield others
        for answer in question.answers:
            if answers.get(question.id) != answer.id:
                yield {**others, question.id: answer.id}


@dataclass
class _Stillness:
    """How many of the nodes that two drawings share stand where they stood."""

    pairs: int = 0
    kept: int = 0
    near: int = 0
    fitted: int = 0
    still: int = 0

    def add(self, before: Placement, after: Placement) -> None:
        self.pairs += 1
        for name, node in before.node_by_id.items():
            other = after.node_by_id.get(name)
            if other is None or node.is_companion or other.is_companion:
                continue
            one, two = node.icon_box.center, other.icon_box.center
            moved = math.dist(one, two)
            self.kept += 1
            self.near += moved < NEAR * before.size[0]
            self.still += moved < 1
            self.fitted += math.dist(_on_slide(one, before), _on_slide(two, after)) < NEAR * SLIDE.w


def _on_slide(point: Point, placement: Placement) -> Point:
    width, height = placement.size
    scale = min(SLIDE.w / width, SLIDE.h / height)
    return Point((point.x - width / 2) * scale, (point.y - height / 2) * scale)


@dataclass
class _Lines:
    """What is counted on the paths of drawings, whatever their form."""

    drawings: int = 0
    sums: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("crossings", "trespasses", "bends", "length"), 0.0)
    )

    def add(self, placement: Placement, paths: Sequence[Sequence[Point]]) -> None:
        self.drawings += 1
        pieces = [list(pairwise(path)) for path in paths]
        self.sums["crossings"] += sum(_cross(a, b) for one, two in combinations(pieces, 2) for a in one for b in two)
        self.sums["bends"] += sum(len(path) - 2 for path in paths if len(path) <= _STEPS)
        self.sums["length"] += sum(math.dist(*piece) for some in pieces for piece in some)
        for edge, some in zip(placement.edges, pieces, strict=True):
            self.sums["trespasses"] += sum(
                any(_through(piece, box) for piece in some) for box in _foreign(placement, edge)
            )

    def against(self, other: _Lines, what: str, name: str) -> Row:
        mine, theirs = self.sums[what] / self.drawings, other.sums[what] / other.drawings
        return Row(name, f"{mine:,.2f}", f"gentle curves, {theirs:,.2f}")


def _curve(placement: Placement, edge: PlacedEdge) -> tuple[Point, ...]:
    """A cubic Bézier curve between the sides of two icons that face each other, as a polyline."""
    a, b = (placement.node_by_id[name].icon_box for name in (edge.edge.source, edge.edge.target))
    onwards = a.center.x <= b.center.x
    start, end = (
        (Point(a.right, a.center.y), Point(b.x, b.center.y))
        if onwards
        else (Point(a.x, a.center.y), Point(b.right, b.center.y))
    )
    reach = max(40.0, abs(end.x - start.x) / 2) * (1 if onwards else -1)
    stops = (start, Point(start.x + reach, start.y), Point(end.x - reach, end.y), end)

    def at(share: float) -> Point:
        rest = 1 - share
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        return Point(*(sum(w * stop[axis] for w, stop in zip(weights, stops, strict=True)) for axis in (0, 1)))

    return tuple(at(step / _STEPS) for step in range(_STEPS + 1))


def _foreign(placement: Placement, edge: PlacedEdge) -> Iterator[Box]:
    """The icons, words, titles and frames that an edge has nothing to do with."""
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


_Piece = tuple[Point, Point]


def _side(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _cross(one: _Piece, two: _Piece) -> bool:
    (a, b), (c, d) = one, two
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _through(piece: _Piece, box: Box) -> bool:
    a, b = piece
    if any(box.x < p.x < box.right and box.y < p.y < box.bottom for p in piece):
        return True
    corners = (
        Point(box.x, box.y),
        Point(box.right, box.y),
        Point(box.right, box.bottom),
        Point(box.x, box.bottom),
    )
    return any(_cross((a, b), side) for side in zip(corners, (*corners[1:], corners[0]), strict=True))
