"""Latency of answer previews, the matrix and comparisons."""

from __future__ import annotations

import random
from functools import partial
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.answer_latency import FRAME_S, HEIGHT, WIDTH, process_posted_events
from benchmarks.fixtures import AnswerMap, clear_cache, compiled_pack, random_answers
from benchmarks.results import Report, with_limit
from benchmarks.timing import time_once
from explorer import app
from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import diff_outcomes
from explorer.core.search.what_if_matrix import matrix
from explorer.core.session.scenarios import Scenario
from explorer.core.session.workspace import Workspace
from explorer.core.solver.decide import decide
from explorer.engine.comparisons import Comparisons
from explorer.engine.previews import Previews
from explorer.ui.main_window import MainWindow
from explorer.ui.shell.commands import CommandId

MATRIX_S = 0.1


def run(quick: bool) -> Report:
    """Measure previews with a cached layout, whole matrices, and comparisons."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    window = app.build_main_window(compiled_pack())
    window.resize(WIDTH, HEIGHT)
    window.canvas.set_animation_enabled(False)
    loop = QEventLoop()
    window.diagram_controller.drawn.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    window.show()
    loop.exec()  # Qt paints only exposed windows
    assert window.isVisible()
    assert window.diagram_controller.picture is not None
    process_posted_events()
    try:
        return _measure(window, 3 if quick else 10)
    finally:
        window.close()
        window.deleteLater()
        process_posted_events()


def _partial_answers(rng: random.Random) -> AnswerMap:
    whole = random_answers(compiled_pack().pack, rng)
    return {question: answer for question, answer in whole.items() if rng.random() < 0.5}


def _measure(window: MainWindow, rounds: int) -> Report:
    rng, pack = random.Random(11), compiled_pack()
    previews, comparisons = Previews(window.engine), Comparisons(window.engine)
    cold: list[float] = []
    cached: list[float] = []
    diagram: list[float] = []
    frame: list[float] = []
    diffs: list[float] = []
    compared: list[float] = []
    filled: list[float] = []
    for _ in range(rounds):
        answers = _partial_answers(rng)
        clear_cache(pack)
        cold.append(time_once(partial(matrix, pack, answers)))
        cached.append(time_once(partial(matrix, pack, answers)))
        filled.append(time_once(partial(window.further_views.matrix.page.show_matrix, matrix(pack, answers))))
        window.command_actions.by_id[CommandId.NEW].trigger()
        for question, answer in answers.items():
            window.walk_panel.answered.emit(question, answer)
        process_posted_events()
        asked = rng.choice(pack.pack.questions)
        for option in asked.answers:
            previews.preload(Workspace(answers=answers), asked.id, option.id)
            one, other = _preview(window, asked.id, option.id)
            diagram.append(one)
            frame.append(other)
        others = _partial_answers(rng)
        before, after = (
            (outcome, build_architecture(pack.pack, outcome))
            for outcome in (decide(pack, given) for given in (answers, others))
        )
        diffs.append(time_once(partial(diff_outcomes, pack.pack, before, after)))
        sides = (Scenario("A", answers), Scenario("B", others), "light")
        comparisons.comparison(*sides)
        compared.append(time_once(partial(comparisons.cached_comparison, *sides)))
    return Report(
        (
            with_limit("preview, cached layout → diagram with badges", median(diagram), FRAME_S),
            with_limit("  95th percentile", _percentile_95(diagram), FRAME_S),
            with_limit("  → full frame without the right pane", median(frame), FRAME_S),
            with_limit("matrix, nothing cached", median(cold), MATRIX_S),
            with_limit("  slowest", max(cold), MATRIX_S),
            with_limit("  cached", median(cached), MATRIX_S),
            with_limit("  filling the table", median(filled), FRAME_S),
            with_limit("difference of two outcomes", median(diffs), FRAME_S),
            with_limit("comparison, cached layout", median(compared), FRAME_S),
        ),
        (f"window of {WIDTH} × {HEIGHT}, {len(diagram)} previews from {rounds} random sets of answers",),
    )


def _preview(window: MainWindow, question: str, answer: str) -> tuple[float, float]:
    """Return the seconds until the diagram of a preview is painted, and until the whole window is."""
    window.answer_preview.hover(question, answer)
    start = perf_counter()
    window.answer_preview.show_requested()  # the timer calls this after the hover delay
    window.canvas.viewport().repaint()
    diagram = perf_counter() - start
    process_posted_events()
    frame = perf_counter() - start
    window.answer_preview.hover("", "")
    process_posted_events()
    return diagram, frame


def _percentile_95(times: list[float]) -> float:
    return sorted(times)[len(times) * 19 // 20]
