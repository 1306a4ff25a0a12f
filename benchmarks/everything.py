"""Distinct architectures laid out and exported, one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from time import perf_counter

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.clock import Clock, medians, seconds
from benchmarks.pieces import Bare, drawn, lay_out, sample, space
from benchmarks.report import LeftOut, Report, Row, measured, shares
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.export.images.png import png_bytes
from explorer.export.request.request import Request
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.architecture import compose
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values

WATCHED = {
    "benchmarks.everything:lay_out": "layout around the program",
    "explorer.layout.graphviz.process:Graphviz.run": "the layout program",
    "benchmarks.everything:compose": "compose",
    "benchmarks.everything:made": "paint and pack the PNG",
}


def run(quick: bool) -> Report:
    """Pictures per second, beside the layout program alone on the same DOT."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    answers, told = _representative() if quick else _distinct()
    chosen = _different(answers, 200 if quick else 1000)
    if not chosen:
        raise LeftOut("the pack draws nothing")
    ruler, theme, clock = QtTextMetrics(), parse_theme(theme_values("light")), Clock()
    bare = Bare(ruler)
    ours: list[float] = []
    program: list[float] = []
    parts: list[dict[str, float]] = []
    size = 0
    for architecture in chosen:
        source = bare.source(architecture)
        program.append(seconds(lambda text=source: bare.run(text)))  # type: ignore[misc]
        with clock.watching(WATCHED):
            start = perf_counter()
            picture = compose(lay_out(architecture, ruler, bare.engine), theme)
            size += len(png_bytes(Request("", picture)))
            ours.append(perf_counter() - start)
        parts.append(clock.taken())
    each = sum(ours) / len(ours)
    return Report(
        (
            measured("one architecture, laid out and exported", median(ours), "the bare program", median(program)),
            Row(
                "  pictures a second",
                f"{1 / each:.1f}",
                f"placed by the program, {len(program) / sum(program):.1f}",
            ),
        ),
        (
            f"{len(chosen):,} distinct drawings, {told}; {size / len(chosen) / 1000:.0f} kB each",
            *shares("one picture", medians(parts)),
        ),
    )


def _representative() -> tuple[Iterator[Answers], str]:
    return sample(space().pack), "from a representative sample of answers"


def _distinct() -> tuple[Iterator[Answers], str]:
    """A spread of all that the pack can lead to, where the enumeration is there."""
    if find_spec("explorer.core.verification.drawings") is None:
        return _representative()
    drawings = import_module("explorer.core.verification.drawings").distinct_outcomes(space())
    chance = random.Random(3)

    def spread() -> Iterator[Answers]:
        for _ in range(100_000):
            found: dict[QuestionId, AnswerId] = {}
            for each in drawings.each:
                found.update(chance.choice(each))
            yield found

    return spread(), f"drawn by lot from all {drawings.count:,}"


def _different(answers: Iterable[Answers], most: int) -> tuple[Architecture, ...]:
    found: dict[Architecture, None] = {}
    for given in answers:
        architecture = drawn(space(), given)
        if architecture.nodes:
            found.setdefault(architecture)
        if len(found) == most:
            break
    return tuple(found)
