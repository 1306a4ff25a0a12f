"""Throughput: distinct architectures laid out and exported as PNG, one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from statistics import median
from time import perf_counter

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import BareGraphviz, architecture_for, compiled_pack, random_answers, sample_answers
from benchmarks.results import BenchmarkSkipped, Report, Row, breakdown, compared
from benchmarks.timing import Profiler, median_parts, time_once
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import Answers
from explorer.export.images.png import png_bytes
from explorer.export.request.request import Request
from explorer.layout.architecture.place import layout_architecture
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.architecture import compose
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values

PROFILED = {
    "benchmarks.throughput:layout_architecture": "layout without Graphviz",
    "explorer.layout.graphviz.process:Graphviz.run": "Graphviz",
    "benchmarks.throughput:compose": "compose",
    "benchmarks.throughput:png_bytes": "paint and compress the PNG",
}


def run(quick: bool) -> Report:
    """Measure pictures per second, beside Graphviz alone with the same DOT text."""
    application = QGuiApplication.instance() or QApplication(["Berth"])
    assert application is not None
    answer_sets, description = _sample() if quick else _random_outcomes()
    architectures = _distinct_architectures(answer_sets, 200 if quick else 1000)
    if not architectures:
        raise BenchmarkSkipped("the pack draws no components")
    ruler, theme, profiler = QtTextMetrics(), parse_theme(theme_values("light")), Profiler()
    graphviz = BareGraphviz(ruler)
    durations: list[float] = []
    baseline: list[float] = []
    parts: list[dict[str, float]] = []
    size = 0
    for architecture in architectures:
        source = graphviz.source(architecture)
        baseline.append(time_once(lambda text=source: graphviz.run(text)))  # type: ignore[misc]
        with profiler.profile(PROFILED):
            start = perf_counter()
            picture = compose(layout_architecture(architecture, ruler, graphviz.engine), theme)
            size += len(png_bytes(Request("", picture)))
            durations.append(perf_counter() - start)
        parts.append(profiler.take())
    mean = sum(durations) / len(durations)
    return Report(
        (
            compared("one architecture, laid out and exported", median(durations), "Graphviz alone", median(baseline)),
            Row(
                "  pictures per second",
                f"{1 / mean:.1f}",
                f"Graphviz alone, {len(baseline) / sum(baseline):.1f}",
            ),
        ),
        (
            f"{len(architectures):,} distinct drawings, {description}; {size / len(architectures) / 1000:.0f} kB each",
            *breakdown("one picture", median_parts(parts)),
        ),
    )


def _sample() -> tuple[Iterator[Answers], str]:
    return sample_answers(compiled_pack().pack), "from a representative sample of answers"


def _random_outcomes() -> tuple[Iterator[Answers], str]:
    """Yield random answers to the questions of the pack."""
    rng = random.Random(3)
    pack = compiled_pack().pack
    return (random_answers(pack, rng) for _ in range(100_000)), "random"


def _distinct_architectures(answer_sets: Iterable[Answers], limit: int) -> tuple[Architecture, ...]:
    found: dict[Architecture, None] = {}
    for answers in answer_sets:
        architecture = architecture_for(compiled_pack(), answers)
        if architecture.nodes:
            found.setdefault(architecture)
        if len(found) == limit:
            break
    return tuple(found)
