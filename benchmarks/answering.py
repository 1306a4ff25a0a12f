"""From an answer to the repainted diagram, in the real window."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from statistics import median
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from benchmarks.clock import Clock, medians, seconds, swapped
from benchmarks.pieces import Bare, Given, drawn, forget, random_answers, space
from benchmarks.report import LeftOut, Report, Row, limited, measured, ms, shares
from explorer import app
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.solver.decide import decide
from explorer.qt.text_metrics import QtTextMetrics
from explorer.ui.shell.commands import CommandId

FRAME_S = 0.016
WIDTH, HEIGHT = 1680, 1000

WATCHED = {
    "explorer.engine.pack_engine:decide": "decide",
    "explorer.engine.pack_engine:passed_over": "relevance",
    "explorer.engine.pack_engine:walk": "walk",
    "explorer.engine.pack_engine:brief": "briefing",
    "explorer.engine.pack_engine:draft": "draft",
    "explorer.engine.pack_engine:compose": "compose",
    "explorer.layout.lru_cache:place": "layout around the program",
    "explorer.layout.architecture.place:lay_out": "layout around the program",
    "explorer.layout.lru_cache:Layouts.known": "finding the layout",
    "explorer.layout.graphviz.process:Graphviz.run": "the layout program",
    "explorer.ui.questions.walk_panel:WalkPanel.show_walk": "walk panel",
    "explorer.ui.explanation.takeaway_panel:TakeawayPanel.show_briefing": "takeaways panel",
    "explorer.ui.explanation.outcome_bar:OutcomeBar.show_outcome": "outcome bar",
    "explorer.ui.diagram.canvas:Canvas.show_picture": "scene",
}


@dataclass
class Painted:
    """One answer: when the diagram stood there, then the frame, then every word; and where it went."""

    new: bool
    diagram: float
    frame: float
    words: float
    parts: dict[str, float] = field(default_factory=dict)


class Stage:
    """The window on a large screen, and someone who answers."""

    def __init__(self) -> None:
        self._known: list[object] = [import_module("explorer.layout.architecture.place")]
        with swapped({"explorer.app:Layouts": self._watch}, view_created=True):
            self.window = app.build_main_window(space())
        self.window.resize(WIDTH, HEIGHT)
        self._loop = QEventLoop()
        self._patience = QTimer(singleShot=True, interval=20_000)
        self._patience.timeout.connect(self._loop.quit)
        self._drawings = 0
        self.window.diagram_controller.drawn.connect(self._arrived)
        self.window.diagram_controller.failed.connect(self._loop.quit)
        self._await(self.window.show)
        self.window.canvas.set_animation_enabled(False)

    def _watch(self, real: Callable[..., object]) -> Callable[..., object]:
        """Layouts that can be made unknown again."""

        def kept(*arguments: object) -> object:
            self._known.append(real(*arguments))
            return self._known[-1]

        return kept

    def forget_layouts(self) -> None:
        """Make every layout new again, wherever it is remembered."""
        for owner in self._known:
            known = vars(owner).get("_known", {})
            (known if isinstance(known, dict) else vars(known)["_answers"]).clear()

    def _arrived(self, _picture: object) -> None:
        self._drawings += 1
        self._loop.quit()

    def _await(self, act: Callable[[], object]) -> bool:
        """Act, and wait until the diagram has followed; whether it had to be waited for."""
        before = self._drawings
        act()
        if self._drawings > before:
            return False
        self._patience.start()
        self._loop.exec()
        self._patience.stop()
        if self._drawings == before:
            raise LeftOut("a diagram could not be laid out")
        return True

    def _words(self) -> None:
        """Let what follows the picture follow: whatever the window left for its next idle moment."""
        QTimer.singleShot(0, self._loop.quit)
        self._loop.exec()
        settle()

    def start_over(self) -> None:
        """No answer, everything painted."""
        if self.window.command_actions.by_id[CommandId.UNDO].isEnabled():
            self._await(self.window.command_actions.by_id[CommandId.NEW].trigger)
        self._words()

    def answer(self, question: str, answer: str, clock: Clock) -> Painted:
        """Give an answer as the walk panel does, and see the window painted."""
        clock.taken()
        start = perf_counter()
        new = self._await(lambda: self.window.walk_panel.answered.emit(question, answer))
        shown = perf_counter()
        self.window.canvas.viewport().repaint()
        diagram = perf_counter()
        settle()
        frame = perf_counter()
        parts = clock.taken()
        parts["painting the canvas"] = diagram - shown
        parts["arranging and painting the panels"] = frame - diagram
        parts["waiting, events" if new else "the rest"] = max(0.0, frame - start - sum(parts.values()))
        self._words()
        return Painted(new, diagram - start, frame - start, perf_counter() - start, parts)

    def close(self) -> None:
        """Leave nothing behind."""
        self.window.close()
        self.window.deleteLater()
        settle()


def settle() -> None:
    """Have the window arrange and paint whatever waits for it."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()


def walks(count: int) -> list[Given]:
    """Whole walks with answers at random, the same in every run."""
    chance = random.Random(5)
    return [random_answers(space().pack, chance) for _ in range(count)]


def run(quick: bool) -> Report:
    """Known layouts, with answers seen before or not, and new ones beside the bare program."""
    application = QApplication.instance() or QApplication(["Berth"])
    assert application is not None
    before = qInstallMessageHandler(lambda *_: None)  # the offscreen platform complains about what it lacks
    stage, clock = Stage(), Clock()
    try:
        with clock.watching(WATCHED):
            return _measured(stage, clock, walks(2 if quick else 6), 1 if quick else 2)
    finally:
        stage.close()
        qInstallMessageHandler(before)


def _measured(stage: Stage, clock: Clock, given: list[Given], repeats: int) -> Report:
    bare = Bare(QtTextMetrics())
    program: list[float] = []
    new: list[Painted] = []
    unseen: list[Painted] = []
    first: list[Painted] = []
    seen: list[Painted] = []
    moving: list[Painted] = []
    for whole in given:
        stage.forget_layouts()
        stage.start_over()
        for question, answer in whole.items():
            done = stage.answer(question, answer, clock)
            if done.new:
                source = bare.source(drawn(space(), _until(whole, question)))
                clock.taken()
                program.append(seconds(lambda text=source: bare.run(text)))  # type: ignore[misc]
                new.append(done)
        for _ in range(repeats):
            stage.start_over()
            so_far: Given = {}
            for question, answer in whole.items():
                forget(space())
                irrelevant_questions(space(), decide(space(), so_far))
                so_far[question] = answer
                unseen.append(stage.answer(question, answer, clock))
            for kept in (first, seen):  # the first time through, the answers are seen
                stage.start_over()
                kept.extend(stage.answer(question, answer, clock) for question, answer in whole.items())
            stage.start_over()
            stage.window.canvas.set_animation_enabled(True)
            moving.extend(stage.answer(question, answer, clock) for question, answer in whole.items())
            stage.window.canvas.set_animation_enabled(False)
    assert not any(done.new for done in (*unseen, *seen, *moving))
    return Report(
        (
            measured(
                "new layout: answer → diagram",
                _median(new),
                "the bare layout program",
                median(program),
                1.5,
            ),
            limited("known layout: answer → diagram", _median(seen), FRAME_S),
            limited("  → whole frame, panels painted too", median(p.frame for p in seen), FRAME_S),
            limited("  → whole frame, the slowest of 20", _slow(seen), FRAME_S),
            Row(
                "  → the takeaways, which follow the frame",
                ms(words := median(p.words for p in seen)),
                f"the frame, {ms(frame := median(p.frame for p in seen))}",
                words / frame,
            ),
            limited("known layout, new answers → diagram", _median(unseen), FRAME_S),
            limited("  → whole frame, panels painted too", median(p.frame for p in unseen), FRAME_S),
            limited("with motion: answer → first whole frame", median(p.frame for p in moving), FRAME_S),
        ),
        (
            f"a window of {WIDTH} × {HEIGHT}, {len(new)} new and {len(seen)} known diagrams on "
            f"{len(given)} random walks; 'new answers': nothing about them was worked out before",
            *shares("new layout", medians([p.parts for p in new])),
            *shares("known layout", medians([p.parts for p in seen])),
            *shares("known layout, new answers", medians([p.parts for p in unseen])),
        ),
    )


def _until(whole: Given, last: str) -> Given:
    found: Given = {}
    for question, answer in whole.items():
        found[question] = answer
        if question == last:
            break
    return found


def _median(done: list[Painted]) -> float:
    return median(painted.diagram for painted in done)


def _slow(done: list[Painted]) -> float:
    times = sorted(painted.frame for painted in done)
    return times[len(times) * 19 // 20]
