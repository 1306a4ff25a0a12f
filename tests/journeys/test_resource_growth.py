"""Resource growth: many random user events in a real event loop leave no widgets, threads or files behind.

Run more events with the environment variable BERTH_EVENTS, for example BERTH_EVENTS=20000.
"""

import gc
import os
import random
import sys
from dataclasses import dataclass

import psutil
import pytest
from PySide6.QtCore import QEventLoop, QObject, QPoint, QTimer
from PySide6.QtTest import QTest

from explorer.ui.questions.answer_button import AnswerButton
from explorer.ui.shell.commands import CommandId

EVENTS = int(os.environ.get("BERTH_EVENTS", "400"))
MAX_NEW_OBJECTS = 1_500
"""The views that are created on first use, and one set of cards that the event loop has not deleted yet."""

MAX_NEW_THREADS = 24
MAX_NEW_FILES = 30
MAX_GROWTH_MB = 120
"""In the second half of the events: the caches are bounded, but may still fill."""


@dataclass(frozen=True)
class Resources:
    objects: int
    threads: int
    files: int
    megabytes: float


def resources(window) -> Resources:
    gc.collect()
    process = psutil.Process()
    if sys.platform == "win32":
        files = process.num_handles()
    else:
        files = process.num_fds()
    objects = len(window.findChildren(QObject))
    return Resources(objects, process.num_threads(), files, process.memory_info().rss / 1e6)


class RandomUser:
    """Sends one random event to the window for each call."""

    def __init__(self, window, pack):
        self._window, self._questions = window, pack.questions
        self._random = random.Random(7)
        self._weights = {
            self._answer: 30,
            self._clear: 5,
            self._hover: 40,
            self._resize: 6,
            self._change_view: 8,
            self._change_theme: 2,
            self._undo_or_redo: 6,
            self._copy: 2,
        }

    def act(self):
        self._random.choices(list(self._weights), list(self._weights.values()))[0]()

    def _answer(self):
        question = self._random.choice(self._questions)
        self._window.walk_panel.answered.emit(question.id, self._random.choice(question.answers).id)

    def _clear(self):
        self._window.walk_panel.cleared.emit(self._random.choice(self._questions).id)

    def _hover(self):
        buttons = [button for button in self._window.findChildren(AnswerButton) if button.isVisible()]
        if buttons:
            button = self._random.choice(buttons)
            QTest.mouseMove(button, QPoint(self._random.randint(5, max(6, button.width() - 5)), 10))

    def _resize(self):
        self._window.resize(self._random.randint(900, 1600), self._random.randint(600, 1000))

    def _change_view(self):
        self._trigger(CommandId.ARCHITECTURE, CommandId.MAP, CommandId.COMPARE, CommandId.MATRIX)

    def _change_theme(self):
        self._trigger(CommandId.THEME_LIGHT, CommandId.THEME_DARK)

    def _undo_or_redo(self):
        self._trigger(CommandId.UNDO, CommandId.REDO)

    def _copy(self):
        self._trigger(CommandId.COPY_DESCRIPTION, CommandId.COPY_PICTURE)

    def _trigger(self, *commands):
        self._window.command_actions.by_id[self._random.choice(commands)].trigger()


def run_events(user, count):
    """Send events from a timer inside an event loop: only there does Qt delete objects."""
    loop, left = QEventLoop(), [count]
    timer = QTimer(interval=0)

    def act():
        if left[0] == 0:
            timer.stop()
            QTimer.singleShot(1_000, loop.quit)  # Until the workers have reported.
            return
        left[0] -= 1
        user.act()

    timer.timeout.connect(act)
    timer.start()
    loop.exec()


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_random_events_leave_no_objects_threads_or_files_behind(window, space):
    user = RandomUser(window, space.pack)
    start = resources(window)
    run_events(user, EVENTS // 2)
    half = resources(window)
    run_events(user, EVENTS - EVENTS // 2)
    end = resources(window)

    assert end.objects - start.objects < MAX_NEW_OBJECTS, (start, half, end)
    assert end.threads - start.threads < MAX_NEW_THREADS, (start, half, end)
    assert end.files - start.files < MAX_NEW_FILES, (start, half, end)
    assert end.megabytes - half.megabytes < MAX_GROWTH_MB, (start, half, end)
