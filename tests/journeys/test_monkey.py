"""Random test of the real window: 5,000 actions in any order keep answers, outcome, diagram and files consistent.

Hypothesis chooses the actions and shrinks a failing run.
"""

from __future__ import annotations

import json
import random
import shutil
import threading
from collections import Counter
from pathlib import Path

import psutil
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QPoint, Qt, QThreadPool, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.exceptions import capture_exceptions

from explorer.app import build_main_window
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.solver.decide import decide
from explorer.layout.graphviz.process import InstalledGraphviz, LayoutError
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder
from explorer.storage.sessions.autosave import autosaves_in
from explorer.storage.sessions.opening import open_with_pack
from explorer.ui.explanation.outcome_bar import OutcomeItem
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings
from explorer.ui.workers.workers import LatestOnlyWorker

Given = dict[QuestionId, AnswerId]

RUNS, STEPS = 112, 50
PHASES = (Phase.generate, Phase.shrink)  # the explain phase would trace every line
TIMEOUT_MS = 20_000
MAX_GROWTH = 48 * 2**20
"""Bytes that caches may add in the second half of the run. A leak grows with every step."""

COMPILED_PACK = load_compiled_pack(default_pack_folder())
PACK = COMPILED_PACK.pack
ANSWERS = [(question.id, answer.id) for question in PACK.questions for answer in question.answers]
RARELY = st.integers(0, 11).map(lambda number: number == 0)
VIEW_COMMANDS = (
    CommandId.FIT,
    CommandId.ZOOM_IN,
    CommandId.ZOOM_OUT,
    CommandId.ALTERNATIVES,
    CommandId.PRESENT,
    CommandId.STOP_PRESENTING,
    CommandId.PIN,
)
TABS = (CommandId.ARCHITECTURE, CommandId.MAP, CommandId.COMPARE, CommandId.MATRIX)
THEMES = (CommandId.THEME_LIGHT, CommandId.THEME_DARK, CommandId.THEME_SYSTEM)
KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)


class FlakyGraphviz:
    """The layout program; it fails while `broken` is set."""

    def __init__(self) -> None:
        self.broken = False
        self._real = InstalledGraphviz()

    def run(self, source):
        if self.broken:
            raise LayoutError("The layout program failed.")
        return self._real.run(source)


class Stage:
    """One window for all runs, and the messages of Qt."""

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.pack = folder / "pack"
        shutil.copytree(default_pack_folder(), self.pack)
        self.program = FlakyGraphviz()
        self.qt_messages: list[str] = []
        self.counts: Counter[str] = Counter()
        self.settings = Settings(folder / "settings")

    def open(self) -> None:
        self.window = build_main_window(load_compiled_pack(self.pack), folder=self.pack, settings=self.settings)
        self.window.canvas.set_animation_enabled(False)
        self.qtbot.addWidget(self.window)
        self.window.show()
        self.wait(lambda: self.window.diagram_controller.picture is not None)

    def wait(self, is_true) -> None:
        self.qtbot.waitUntil(is_true, timeout=TIMEOUT_MS)

    def wait_for_workers(self, owner) -> None:
        for worker in owner.findChildren(LatestOnlyWorker):
            assert worker.wait_until_idle()
        self.qtbot.wait(1)

    def record_qt_message(self, _kind, _context, message: str) -> None:
        if "plugin does not support" not in message:  # of the offscreen platform
            self.qt_messages.append(message)


class Monkey(RuleBasedStateMachine):
    """The actions, and a model of the answers that must result."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.window = self.stage.window
        self.answers: Given = {}
        self.past: list[Given] = []
        self.future: list[Given] = []
        self.saved: dict[Path, Given] = {}
        self.unsaved: dict[Path, Given] = {}

    def run(self, command: CommandId) -> None:
        self.stage.counts[command.name] += 1
        self.window.command_actions.by_id[command].trigger()

    def set_answers(self, answers: Given) -> None:
        if answers != self.answers:
            self.past.append(self.answers)
            self.answers, self.future = answers, []

    @initialize()
    def begin(self):
        self.stage.program.broken = False
        self.run(CommandId.STOP_PRESENTING)
        self.run(CommandId.NEW)
        self.answers, self.past, self.future = {}, [], []

    # Answers

    @rule(given=st.sampled_from(ANSWERS))
    def answer(self, given):
        question, value = given
        self.window.walk_panel.answered.emit(question, value)
        self.set_answers({**self.answers, question: value})

    @rule(number=st.integers(1, 5))
    def answer_by_key(self, number):
        step = self.window.current_walk.walk.current_step
        QTest.keyClick(self.window, Qt.Key(Qt.Key.Key_0 + number))
        if step is not None and number <= len(step.question.answers):
            self.set_answers({**self.answers, step.question.id: step.question.answers[number - 1].id})

    @rule(question=st.sampled_from([question.id for question in PACK.questions]))
    def clear(self, question):
        self.window.walk_panel.cleared.emit(question)
        self.set_answers({q: a for q, a in self.answers.items() if q != question})

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.run(CommandId.UNDO)
        self.future.append(self.answers)
        self.answers = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.run(CommandId.REDO)
        self.past.append(self.answers)
        self.answers = self.future.pop()

    @rule(given=st.sampled_from(ANSWERS))
    def preview(self, given):
        self.window.walk_panel.answer_hovered.emit(*given)
        self.window.answer_preview.show_requested()

    @rule(command=st.sampled_from((CommandId.PREVIOUS_QUESTION, CommandId.NEXT_QUESTION)))
    def step(self, command):
        self.run(command)

    @rule(enabled=st.booleans())
    def order_questions(self, enabled):
        self.window.walk_panel.shortest_order_requested.emit(enabled)

    # View

    @rule(at=st.integers(0, 40))
    def select(self, at):
        items = sorted(self.window.canvas.drawn_items())
        self.window.canvas.selected.emit(items[at % len(items)] if items and at else "")

    @rule(choice=st.sampled_from([choice.id for choice in PACK.choices]))
    def focus_choice(self, choice):
        self.window.outcome_bar.choice_selected.emit(choice)

    @rule(x=st.integers(0, 900), y=st.integers(0, 600))
    def click(self, x, y):
        QTest.mouseClick(self.window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))

    @rule(command=st.sampled_from(VIEW_COMMANDS))
    def change_view(self, command):
        self.run(command)

    @rule(command=st.sampled_from(TABS))
    def show_tab(self, command):
        self.run(command)

    @rule(command=st.sampled_from(THEMES))
    def set_theme(self, command):
        self.run(command)

    @rule(key=st.sampled_from(KEYS))
    def press_in_the_diagram(self, key):
        QTest.keyClick(self.window.canvas, key)

    @rule(width=st.integers(880, 2400), height=st.integers(560, 1400))
    def resize(self, width, height):
        self.window.resize(width, height)

    @rule(enabled=st.booleans())
    def show_study_guide(self, enabled):
        self.window.takeaway_panel.study_guide_requested.emit(enabled)

    @rule(notes=st.text(max_size=40))
    def set_notes(self, notes):
        self.window.session.set_notes(notes)

    # Files

    @rule(name=st.sampled_from("abc"))
    def save(self, name):
        path = self.stage.folder / f"{self.stage.counts['NEW']}-{name}.berth"
        with self.stage.qtbot.waitSignal(self.window.messages.info, timeout=TIMEOUT_MS):
            self.window.document.save_to(path)
        self.saved[path] = self.answers
        assert json.loads(path.read_text("utf-8"))["answers"] == self.answers

    @rule(at=st.integers(0, 2))
    def open(self, at):
        if self.saved:
            path = sorted(self.saved)[at % len(self.saved)]
            is_open = self.window.document.path == path
            self.remember_unsaved()
            self.window.document.open(path)
            self.stage.wait_for_workers(self.window.document)
            assert self.window.document.path == path
            # Unsaved changes are restored with their file.
            found = dict(self.window.session.workspace.answers)
            assert found in ([self.answers] if is_open else [self.saved[path], self.unsaved.get(path)])
            self.answers, self.past, self.future = found, [], []

    def remember_unsaved(self):
        if self.window.document.path in self.saved:
            self.unsaved[self.window.document.path] = self.answers

    @rule(happens=RARELY, number=st.integers(0, 99))
    def edit_the_pack(self, happens, number):
        if happens:
            file = self.stage.pack / "pack.toml"
            title = f"Containers {number}"
            lines = file.read_text("utf-8").splitlines()
            at = next(index for index, line in enumerate(lines) if line.startswith("title"))
            lines[at] = f'title = "{title}"'
            file.write_text("\n".join(lines), "utf-8")
            self.stage.wait(lambda: self.window.engine.title == title)

    @rule(happens=RARELY)
    def break_the_pack(self, happens):
        if happens:
            loader, file = self.window.pack_controller.loader, self.stage.pack / "rules.toml"
            text = file.read_text("utf-8")
            assert loader is not None
            with self.stage.qtbot.waitSignal(loader.invalid, timeout=TIMEOUT_MS):
                file.write_text(text + "\n[[rule", "utf-8")
            with self.stage.qtbot.waitSignal(loader.valid, timeout=TIMEOUT_MS):
                file.write_text(text, "utf-8")

    @rule(broken=st.booleans())
    def break_the_layout_program(self, broken):
        self.stage.program.broken = broken

    # Invariants

    @invariant()
    def everything_is_consistent(self):
        self.stage.counts["steps"] += 1
        with capture_exceptions() as raised:
            self.stage.qtbot.wait(1)
            self.stage.wait(lambda: not self.window.diagram_controller.is_pending)
        assert not raised
        assert not self.stage.qt_messages
        workspace = self.window.session.workspace
        assert dict(workspace.answers) == self.answers
        self.check_outcome_bar()
        self.check_canvas()
        self.check_that_answers_are_stored()

    def check_outcome_bar(self):
        if self.window.answer_preview.current is not None:
            return
        outcome = decide(COMPILED_PACK, self.answers)
        items = self.window.outcome_bar.findChildren(OutcomeItem)
        names = [item.accessibleName() for item in items]
        summary = self.window.engine.outcome_summary(self.window.session.workspace.answers)
        assert self.window.outcome_bar.accessibleName() == f"Outcome: {summary.sentence}"
        assert len(names) == len(summary.entries)
        for name, entry in zip(names, summary.entries, strict=True):
            assert entry.value in name
            assert entry.status is outcome.choice_by_id[entry.id].status

    def check_canvas(self):
        if self.window.answer_preview.current is not None:
            return
        picture = self.window.diagram_controller.picture
        assert picture is not None
        assert set(self.window.canvas.drawn_items()) == set(picture.item_by_id)
        cached = self.window.engine.cached_picture(self.window.session.workspace, self.window.theme_manager.theme)
        assert cached == picture or self.window.diagram_controller.is_stale or cached is None

    def check_that_answers_are_stored(self):
        """They are in the saved file, or else in an autosave."""
        sources = [self.window.document.path, *autosaves_in(self.stage.folder / "settings" / "drafts")[:3]]
        stored = [dict(open_with_pack(source, PACK).session.answers) for source in sources if source]
        assert self.answers in ({}, *stored)


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    stage = Stage(qtbot, tmp_path)
    monkeypatch.setattr("explorer.export.request.engine.InstalledGraphviz", lambda: stage.program)
    monkeypatch.setattr(QFileDialog, "exec", lambda *_: 0)
    before = qInstallMessageHandler(stage.record_qt_message)
    yield stage
    qInstallMessageHandler(before)


def late_growth(memory: list[int]) -> int:
    """The growth of the maximum from the first to the second half."""
    half = len(memory) // 2
    return max(memory[half:]) - max(memory[:half])


@pytest.mark.slow
def test_random_actions_keep_window_outcome_and_files_consistent(stage):
    stage.open()
    memory: list[int] = []

    class MeasuredMonkey(Monkey):
        def teardown(self) -> None:
            memory.append(psutil.Process().memory_info().rss)

    MeasuredMonkey.stage = stage
    random.seed(11)
    run_state_machine_as_test(
        MeasuredMonkey,
        settings=settings(max_examples=RUNS, stateful_step_count=STEPS, phases=PHASES, print_blob=True),
    )

    assert stage.counts["steps"] >= 5_000
    assert late_growth(memory) < MAX_GROWTH
    threads = QThreadPool.globalInstance()
    stage.window.close()
    assert threads.activeThreadCount() == 0
    # A dummy is the record of a thread of Qt's that ran Python code. Python 3.11 never removes it.
    python_threads = [each for each in threading.enumerate() if not each.name.startswith("Dummy-")]
    assert python_threads == [threading.main_thread()]
