"""Looking ahead: from an answer that someone rests on to its preview, the matrix, and a comparison."""

from __future__ import annotations

import random
from functools import partial
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.answering import FRAME_S, HEIGHT, WIDTH, settle
from benchmarks.clock import seconds
from benchmarks.pieces import Given, forget, random_answers, space
from benchmarks.report import Report, limited
from explorer import app
from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import diff_outcomes
from explorer.core.search.what_if_matrix import matrix
from explorer.core.session.scenarios import Scenario
from explorer.core.session.workspace import Workspace
from explorer.core.solver.decide import decide
from explorer.ui.main_window import MainWindow
from explorer.ui.shell.commands import CommandId

MATRIX_S = 0.1


def run(quick: bool) -> Report:
    """Previews whose layout is known, whole matrices, and comparisons."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    window = app.build_main_window(space())
    window.resize(WIDTH, HEIGHT)
    window.canvas.set_animation_enabled(False)
    loop = QEventLoop()
    window.diagram_controller.drawn.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    window.show()
    loop.exec()  # until it stands on the screen: what is not exposed is not painted
    assert window.isVisible()
    assert window.diagram_controller.picture is not None
    settle()
    try:
        return _measured(window, 3 if quick else 10)
    finally:
        window.close()
        window.deleteLater()
        settle()


def _somewhere(chance: random.Random) -> Given:
    whole = random_answers(space().pack, chance)
    return {question: answer for question, answer in whole.items() if chance.random() < 0.5}


def _measured(window: MainWindow, rounds: int) -> Report:
    chance = random.Random(11)
    cold: list[float] = []
    warm: list[float] = []
    diagram: list[float] = []
    whole: list[float] = []
    deltas: list[float] = []
    beside: list[float] = []
    filled: list[float] = []
    for _ in range(rounds):
        here = _somewhere(chance)
        forget(space())
        cold.append(seconds(partial(matrix, space(), here)))
        warm.append(seconds(partial(matrix, space(), here)))
        found = matrix(space(), here)
        filled.append(seconds(partial(window.further_views.matrix.page.show_matrix, found)))
        window.command_actions.by_id[CommandId.NEW].trigger()
        for question, answer in here.items():
            window.walk_panel.answered.emit(question, answer)
        settle()
        asked = chance.choice(space().pack.questions)
        for option in asked.answers:
            window.engine.previews.preload(Workspace(answers=here), asked.id, option.id)
            one, other = _preview(window, asked.id, option.id)
            diagram.append(one)
            whole.append(other)
        there = _somewhere(chance)
        one_side, other_side = (
            (o, build_architecture(space().pack, o)) for o in (decide(space(), a) for a in (here, there))
        )
        deltas.append(seconds(partial(diff_outcomes, space().pack, one_side, other_side)))
        sides = (Scenario("A", here), Scenario("B", there), "light")
        window.engine.previews.comparison(*sides)
        beside.append(seconds(partial(window.engine.previews.cached_comparison, *sides)))
    return Report(
        (
            limited("what if, known layout: → diagram with its badges", median(diagram), FRAME_S),
            limited("  the slowest of 20", _slow(diagram), FRAME_S),
            limited("  → everything but the words at the right", median(whole), FRAME_S),
            limited("matrix, nothing worked out before", median(cold), MATRIX_S),
            limited("  the slowest", max(cold), MATRIX_S),
            limited("  seen before", median(warm), MATRIX_S),
            limited("  put into its table", median(filled), FRAME_S),
            limited("difference of two outcomes", median(deltas), FRAME_S),
            limited("comparison, known layout", median(beside), FRAME_S),
        ),
        (f"a window of {WIDTH} × {HEIGHT}, {len(diagram)} previews from {rounds} random sets of answers",),
    )


def _preview(window: MainWindow, question: str, answer: str) -> tuple[float, float]:
    """How long until the diagram of a preview is painted, and until the whole window is."""
    what_if = window.answer_preview.preview
    window.answer_preview.hover(question, answer)
    start = perf_counter()
    what_if.show_requested()  # what the timer does once someone has rested on the answer
    window.canvas.viewport().repaint()
    diagram = perf_counter() - start
    settle()
    end = perf_counter() - start
    window.answer_preview.hover("", "")
    settle()
    return diagram, end


def _slow(times: list[float]) -> float:
    return sorted(times)[len(times) * 19 // 20]
