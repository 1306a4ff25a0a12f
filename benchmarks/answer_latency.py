"""Latency from an answer to the repainted diagram, in the real window."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from benchmarks.fixtures import (
    AnswerMap,
    BareGraphviz,
    architecture_for,
    clear_engine_caches,
    clear_layouts,
    compiled_pack,
    random_answers,
)
from benchmarks.results import BenchmarkSkipped, Report, Row, breakdown, compared, format_ms, with_limit
from benchmarks.timing import Profiler, median_parts, time_once
from explorer import app
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.solver.decide import decide
from explorer.qt.text_metrics import QtTextMetrics
from explorer.ui.shell.commands import CommandId

FRAME_S = 0.016
WIDTH, HEIGHT = 1680, 1000

PROFILED = {
    "explorer.engine.pack_engine:decide": "decide",
    "explorer.engine.pack_engine:irrelevant_questions": "relevance",
    "explorer.engine.pack_engine:build_walk": "walk",
    "explorer.engine.pack_engine:explain": "explanation",
    "explorer.engine.pack_engine:build_architecture": "architecture",
    "explorer.engine.pack_engine:compose": "compose",
    "explorer.layout.architecture.cache:layout_architecture": "layout without Graphviz",
    "explorer.layout.architecture.cache:LayoutCache.cached": "layout cache",
    "explorer.layout.graphviz.process:Graphviz.run": "Graphviz",
    "explorer.ui.questions.walk_panel:WalkPanel.show_walk": "walk panel",
    "explorer.ui.explanation.takeaway_panel:TakeawayPanel.show_explanation": "takeaway panel",
    "explorer.ui.explanation.outcome_bar:OutcomeBar.show_outcome": "outcome bar",
    "explorer.ui.diagram.canvas:Canvas.show_picture": "scene",
}


@dataclass
class AnswerTiming:
    """Seconds from one answer to the painted diagram, the full frame and all texts, and their parts."""

    is_new_layout: bool
    diagram: float
    frame: float
    texts: float
    parts: dict[str, float] = field(default_factory=dict)


class BenchmarkWindow:
    """The main window on a large screen, with answers given by signals."""

    def __init__(self) -> None:
        self.window = app.build_main_window(compiled_pack())
        self.window.resize(WIDTH, HEIGHT)
        self._loop = QEventLoop()
        self._timeout = QTimer(singleShot=True, interval=20_000)
        self._timeout.timeout.connect(self._loop.quit)
        self._drawings = 0
        self.window.diagram_controller.drawn.connect(self._count_drawing)
        self.window.messages.error.connect(self._loop.quit)
        self._wait_for_drawing(self.window.show)
        self.window.canvas.set_animation_enabled(False)

    def clear_layouts(self) -> None:
        """Remove all cached layouts."""
        clear_layouts(self.window.engine)

    def clear_outcomes(self) -> None:
        """Remove all cached outcomes."""
        clear_engine_caches(self.window.engine)

    def _count_drawing(self, _picture: object) -> None:
        self._drawings += 1
        self._loop.quit()

    def _wait_for_drawing(self, action: Callable[[], object]) -> bool:
        """Run an action and wait for the diagram; return whether waiting was necessary."""
        before = self._drawings
        action()
        if self._drawings > before:
            return False
        self._timeout.start()
        self._loop.exec()
        self._timeout.stop()
        if self._drawings == before:
            raise BenchmarkSkipped("a diagram could not be laid out")
        return True

    def _process_idle_work(self) -> None:
        """Let the window do what it postponed until it is idle."""
        QTimer.singleShot(0, self._loop.quit)
        self._loop.exec()
        process_posted_events()

    def reset(self) -> None:
        """Clear all answers and repaint."""
        if self.window.command_actions.by_id[CommandId.UNDO].isEnabled():
            self._wait_for_drawing(self.window.command_actions.by_id[CommandId.NEW].trigger)
        self._process_idle_work()

    def answer(self, question: str, answer: str, profiler: Profiler) -> AnswerTiming:
        """Give an answer as the walk panel does, and repaint the window."""
        profiler.take()
        start = perf_counter()
        is_new = self._wait_for_drawing(lambda: self.window.walk_panel.answered.emit(question, answer))
        shown = perf_counter()
        self.window.canvas.viewport().repaint()
        diagram = perf_counter()
        process_posted_events()
        frame = perf_counter()
        parts = profiler.take()
        parts["painting the canvas"] = diagram - shown
        parts["layout and painting of the panels"] = frame - diagram
        parts["waiting, events" if is_new else "other"] = max(0.0, frame - start - sum(parts.values()))
        self._process_idle_work()
        return AnswerTiming(is_new, diagram - start, frame - start, perf_counter() - start, parts)

    def close(self) -> None:
        """Close and delete the window."""
        self.window.close()
        self.window.deleteLater()
        process_posted_events()


def process_posted_events() -> None:
    """Process posted layout and paint events."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()


def random_walks(count: int) -> list[AnswerMap]:
    """Return complete sets of random answers, the same in every run."""
    rng = random.Random(5)
    return [random_answers(compiled_pack().pack, rng) for _ in range(count)]


def run(quick: bool) -> Report:
    """Measure cached layouts, with new and repeated answers, and new layouts beside Graphviz alone."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    before = qInstallMessageHandler(lambda *_: None)  # the offscreen platform reports missing features
    window, profiler = BenchmarkWindow(), Profiler()
    try:
        with profiler.profile(PROFILED):
            return _measure(window, profiler, random_walks(2 if quick else 6), 1 if quick else 2)
    finally:
        window.close()
        qInstallMessageHandler(before)


def _measure(window: BenchmarkWindow, profiler: Profiler, walks: list[AnswerMap], repeats: int) -> Report:
    graphviz = BareGraphviz(QtTextMetrics())
    baseline: list[float] = []
    new: list[AnswerTiming] = []
    unseen: list[AnswerTiming] = []
    warm_up: list[AnswerTiming] = []
    seen: list[AnswerTiming] = []
    animated: list[AnswerTiming] = []
    for walk in walks:
        window.clear_layouts()
        window.reset()
        for question, answer in walk.items():
            timing = window.answer(question, answer, profiler)
            if timing.is_new_layout:
                source = graphviz.source(architecture_for(compiled_pack(), _prefix(walk, question)))
                profiler.take()
                baseline.append(time_once(lambda text=source: graphviz.run(text)))  # type: ignore[misc]
                new.append(timing)
        for _ in range(repeats):
            window.reset()
            so_far: AnswerMap = {}
            for question, answer in walk.items():
                window.clear_outcomes()
                irrelevant_questions(compiled_pack(), decide(compiled_pack(), so_far))
                so_far[question] = answer
                unseen.append(window.answer(question, answer, profiler))
            for timings in (warm_up, seen):
                window.reset()
                timings.extend(window.answer(question, answer, profiler) for question, answer in walk.items())
            window.reset()
            window.window.canvas.set_animation_enabled(True)
            animated.extend(window.answer(question, answer, profiler) for question, answer in walk.items())
            window.window.canvas.set_animation_enabled(False)
    assert not any(timing.is_new_layout for timing in (*unseen, *seen, *animated))
    texts, frame = median(t.texts for t in seen), median(t.frame for t in seen)
    return Report(
        (
            compared("new layout: answer → diagram", _diagram(new), "Graphviz alone", median(baseline), 1.5),
            with_limit("cached layout: answer → diagram", _diagram(seen), FRAME_S),
            with_limit("  → full frame with panels", frame, FRAME_S),
            with_limit("  → full frame, 95th percentile", _percentile_95(seen), FRAME_S),
            Row("  → takeaways, after the frame", format_ms(texts), f"the frame, {format_ms(frame)}", texts / frame),
            with_limit("cached layout, new answers → diagram", _diagram(unseen), FRAME_S),
            with_limit("  → full frame with panels", median(t.frame for t in unseen), FRAME_S),
            with_limit("with animation: answer → first full frame", median(t.frame for t in animated), FRAME_S),
        ),
        (
            f"window of {WIDTH} × {HEIGHT}, {len(new)} new and {len(seen)} cached diagrams from "
            f"{len(walks)} random walks; 'new answers': no outcome is cached",
            *breakdown("new layout", median_parts([t.parts for t in new])),
            *breakdown("cached layout", median_parts([t.parts for t in seen])),
            *breakdown("cached layout, new answers", median_parts([t.parts for t in unseen])),
        ),
    )


def _prefix(walk: AnswerMap, last: str) -> AnswerMap:
    """Return the answers up to and including a question."""
    answers: AnswerMap = {}
    for question, answer in walk.items():
        answers[question] = answer
        if question == last:
            break
    return answers


def _diagram(timings: list[AnswerTiming]) -> float:
    return median(timing.diagram for timing in timings)


def _percentile_95(timings: list[AnswerTiming]) -> float:
    times = sorted(timing.frame for timing in timings)
    return times[len(times) * 19 // 20]
