"""Two thousand things done to the real window in any order: what it shows, decides and keeps stays one.

Hypothesis chooses the things and, where something breaks, shortens the story to what breaks it.
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

STORIES, STEPS = 42, 50
PHASES = (Phase.generate, Phase.shrink)  # to explain as well, every line that is run would be followed
PATIENCE_MS = 20_000
MOST_GROWN = 48 * 2**20
"""How much memory may be kept for what was laid out and worked out once; what leaks grows with every step."""

SPACE = load_compiled_pack(default_pack_folder())
PACK = SPACE.pack
ANSWERS = [(question.id, answer.id) for question in PACK.questions for answer in question.answers]
RARELY = st.integers(0, 11).map(lambda number: number == 0)
LOOKS = (
    CommandId.FIT,
    CommandId.ZOOM_IN,
    CommandId.ZOOM_OUT,
    CommandId.ALTERNATIVES,
    CommandId.PRESENT,
    CommandId.STOP_PRESENTING,
    CommandId.PIN,
)
PLACES = (CommandId.ARCHITECTURE, CommandId.MAP, CommandId.COMPARE, CommandId.MATRIX)
THEMES = (CommandId.THEME_LIGHT, CommandId.THEME_DARK, CommandId.THEME_SYSTEM)
KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)


class Flaky:
    """The layout program, which fails as long as it is told to."""

    def __init__(self) -> None:
        self.broken = False
        self._real = InstalledGraphviz()

    def run(self, source):
        if self.broken:
            raise LayoutError("The layout program stopped in the middle.")
        return self._real.run(source)


class Stage:
    """One window for all stories, and what Qt and Python complained about."""

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.pack = folder / "pack"
        shutil.copytree(default_pack_folder(), self.pack)
        self.program = Flaky()
        self.complaints: list[str] = []
        self.done: Counter[str] = Counter()
        self.memory = Settings(folder / "home")

    def open(self) -> None:
        self.window = build_main_window(load_compiled_pack(self.pack), folder=self.pack, settings=self.memory)
        self.window.canvas.set_animation_enabled(False)
        self.qtbot.addWidget(self.window)
        self.window.show()
        self.wait(lambda: self.window.diagram_controller.picture is not None)

    def wait(self, holds) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def let_work_end(self, owner) -> None:
        for worker in owner.findChildren(LatestOnlyWorker):
            assert worker.wait()
        self.qtbot.wait(1)

    def hear(self, _kind, _context, message: str) -> None:
        if "plugin does not support" not in message:  # the offscreen platform says so of much
            self.complaints.append(message)


class Monkey(RuleBasedStateMachine):
    """What may be done, and what the answers must then be."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.window = self.stage.window
        self.answers: Given = {}
        self.past: list[Given] = []
        self.future: list[Given] = []
        self.saved: dict[Path, Given] = {}
        self.left: dict[Path, Given] = {}

    def do(self, command: CommandId) -> None:
        self.stage.done[command.name] += 1
        self.window.command_actions.by_id[command].trigger()

    def become(self, answers: Given) -> None:
        if answers != self.answers:
            self.past.append(self.answers)
            self.answers, self.future = answers, []

    @initialize()
    def begin(self):
        self.stage.program.broken = False
        self.do(CommandId.STOP_PRESENTING)
        self.do(CommandId.NEW)
        self.answers, self.past, self.future = {}, [], []

    # Deciding

    @rule(given=st.sampled_from(ANSWERS))
    def answer(self, given):
        question, value = given
        self.window.walk_panel.answered.emit(question, value)
        self.become({**self.answers, question: value})

    @rule(number=st.integers(1, 5))
    def answer_by_key(self, number):
        step = self.window.current_walk.walk.current_step
        QTest.keyClick(self.window, Qt.Key(Qt.Key.Key_0 + number))
        if step is not None and number <= len(step.question.answers):
            self.become({**self.answers, step.question.id: step.question.answers[number - 1].id})

    @rule(question=st.sampled_from([question.id for question in PACK.questions]))
    def clear(self, question):
        self.window.walk_panel.cleared.emit(question)
        self.become({q: a for q, a in self.answers.items() if q != question})

    @precondition(lambda self: self.past)
    @rule()
    def undo(self):
        self.do(CommandId.UNDO)
        self.future.append(self.answers)
        self.answers = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.do(CommandId.REDO)
        self.past.append(self.answers)
        self.answers = self.future.pop()

    @rule(given=st.sampled_from(ANSWERS))
    def consider(self, given):
        self.window.walk_panel.answer_hovered.emit(*given)
        self.window.answer_preview.show_requested()

    @rule(way=st.sampled_from((CommandId.PREVIOUS_QUESTION, CommandId.NEXT_QUESTION)))
    def walk(self, way):
        self.do(way)

    @rule(most_informative_first=st.booleans())
    def order(self, shortest):
        self.window.walk_panel.shortest_order_requested.emit(shortest)

    # Looking

    @rule(at=st.integers(0, 40))
    def select(self, at):
        items = sorted(self.window.canvas.drawn_items())
        self.window.canvas.selected.emit(items[at % len(items)] if items and at else "")

    @rule(choice=st.sampled_from([choice.id for choice in PACK.choices]))
    def look_at(self, choice):
        self.window.outcome_bar.choice_selected.emit(choice)

    @rule(x=st.integers(0, 900), y=st.integers(0, 600))
    def click(self, x, y):
        QTest.mouseClick(self.window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))

    @rule(look=st.sampled_from(LOOKS))
    def look(self, look):
        self.do(look)

    @rule(place=st.sampled_from(PLACES))
    def turn(self, place):
        self.do(place)

    @rule(theme=st.sampled_from(THEMES))
    def wear(self, theme):
        self.do(theme)

    @rule(key=st.sampled_from(KEYS))
    def press_in_the_diagram(self, key):
        QTest.keyClick(self.window.canvas, key)

    @rule(width=st.integers(880, 2400), height=st.integers(560, 1400))
    def resize(self, width, height):
        self.window.resize(width, height)

    @rule(study_guide_view=st.booleans())
    def read_page(self, as_page):
        self.window.takeaway_panel.study_guide_requested.emit(as_page)

    @rule(words=st.text(max_size=40))
    def annotate(self, words):
        self.window.session.set_notes(words)

    # Files

    @rule(name=st.sampled_from("abc"))
    def save(self, name):
        path = self.stage.folder / f"{self.stage.done['NEW']}-{name}.berth"
        with self.stage.qtbot.waitSignal(self.window.document.message, timeout=PATIENCE_MS):
            self.window.document.save_to(path)
        self.saved[path] = self.answers
        assert json.loads(path.read_text("utf-8"))["answers"] == self.answers

    @rule(at=st.integers(0, 2))
    def open(self, at):
        if self.saved:
            path = sorted(self.saved)[at % len(self.saved)]
            again = self.window.document.path == path
            self.leave()
            self.window.document.open(path)
            self.stage.let_work_end(self.window.document)
            assert self.window.document.path == path
            # What was not saved when the file was left comes back with it.
            found = dict(self.window.session.workspace.answers)
            assert found in ([self.answers] if again else [self.saved[path], self.left.get(path)])
            self.answers, self.past, self.future = found, [], []

    def leave(self):
        if self.window.document.path in self.saved:
            self.left[self.window.document.path] = self.answers

    @rule(now=RARELY, number=st.integers(0, 99))
    def edit_the_pack(self, now, number):
        if now:
            file = self.stage.pack / "pack.toml"
            title = f"Containers {number}"
            lines = file.read_text("utf-8").splitlines()
            at = next(index for index, line in enumerate(lines) if line.startswith("title"))
            lines[at] = f'title = "{title}"'
            file.write_text("\n".join(lines), "utf-8")
            self.stage.wait(lambda: self.window.engine.title == title)

    @rule(now=RARELY)
    def break_the_pack(self, now):
        if now:
            library, file = self.window.pack_controller.loader, self.stage.pack / "rules.toml"
            whole = file.read_text("utf-8")
            assert library is not None
            with self.stage.qtbot.waitSignal(library.invalid, timeout=PATIENCE_MS):
                file.write_text(whole + "\n[[rule", "utf-8")
            with self.stage.qtbot.waitSignal(library.valid, timeout=PATIENCE_MS):
                file.write_text(whole, "utf-8")

    @rule(broken=st.booleans())
    def meddle_with_the_layout_program(self, broken):
        self.stage.program.broken = broken

    # What always holds

    @invariant()
    def all_agree(self):
        self.stage.done["steps"] += 1
        with capture_exceptions() as raised:
            self.stage.qtbot.wait(1)
            self.stage.wait(lambda: not self.window.diagram_controller.is_pending)
        assert not raised
        assert not self.stage.complaints
        workspace = self.window.session.workspace
        assert dict(workspace.answers) == self.answers
        self.the_bar_tells_the_outcome()
        self.the_canvas_shows_the_picture()
        self.the_answers_are_kept()

    def the_bar_tells_the_outcome(self):
        if self.window.answer_preview.current is not None:
            return
        outcome = decide(SPACE, self.answers)
        items = self.window.outcome_bar.findChildren(OutcomeItem)
        told = [item.accessibleName() for item in items]
        entries, summary = self.window.engine.outcome_summary(self.window.session.workspace)
        assert self.window.outcome_bar.accessibleName() == f"Outcome: {summary}"
        assert len(told) == len(entries)
        for words, entry in zip(told, entries, strict=True):
            assert entry.value in words
            assert entry.status is outcome.choice_by_id[entry.id].status

    def the_canvas_shows_the_picture(self):
        if self.window.answer_preview.current is not None:
            return
        picture = self.window.diagram_controller.picture
        assert picture is not None
        assert set(self.window.canvas.drawn_items()) == set(picture.item_by_id)
        known = self.window.engine.cached_picture(self.window.session.workspace, self.window.theme_manager.theme)
        assert known == picture or self.stage.program.broken or known is None

    def the_answers_are_kept(self):
        """In the file as it was saved, or else in a draft."""
        sources = [self.window.document.path, *autosaves_in(self.stage.folder / "home" / "drafts")[:3]]
        kept = [dict(open_with_pack(source, PACK).session.answers) for source in sources if source]
        assert self.answers in ({}, *kept)


@pytest.fixture
def stage(qtbot, tmp_path, monkeypatch):
    stage = Stage(qtbot, tmp_path)
    monkeypatch.setattr("explorer.app.Installed", lambda: stage.program)
    monkeypatch.setattr(QFileDialog, "exec", lambda *_: 0)
    before = qInstallMessageHandler(stage.hear)
    yield stage
    qInstallMessageHandler(before)


def grown_at_last(memory: list[int]) -> int:
    """How much the second half of the time took more than the first."""
    half = len(memory) // 2
    return max(memory[half:]) - max(memory[:half])


def test_whatever_is_done_window_outcome_and_file_agree(stage):
    stage.open()
    memory: list[int] = []

    class Here(Monkey):
        def teardown(self) -> None:
            memory.append(psutil.Process().memory_info().rss)

    Here.stage = stage
    random.seed(11)
    run_state_machine_as_test(
        Here,
        settings=settings(max_examples=STORIES, stateful_step_count=STEPS, phases=PHASES, print_blob=True),
    )

    assert stage.done["steps"] >= 2_000
    assert grown_at_last(memory) < MOST_GROWN
    threads = QThreadPool.globalInstance()
    stage.window.close()
    assert threads.activeThreadCount() == 0
    assert threading.active_count() == 1
