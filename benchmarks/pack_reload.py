"""Reload latency: from saving a file of an open pack to the updated window."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.results import BenchmarkSkipped, Report, format_ms, with_limit
from benchmarks.timing import Work, time_once
from explorer.app import build_main_window
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder
from explorer.ui.main_window import MainWindow
from explorer.ui.pack.pack_watcher import DEBOUNCE_MS

RELOAD_S = 0.5
LOAD_S = 0.2
TIMEOUT_S = 20


def run(quick: bool) -> Report:
    """In a copy of the shipped pack: rename a question, introduce an error, and fix it, repeatedly."""
    app = QApplication.instance() or QApplication([])
    assert app is not None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(default_pack_folder(), Path(temporary) / "copy"))
        load_times = [time_once(lambda: load_compiled_pack(folder)) for _ in range(5)]
        window = build_main_window(load_compiled_pack(folder), folder=folder)
        window.show()
        try:
            _wait_until(lambda: window.diagram_controller.picture is not None)
            rounds = [_round(window, folder, number) for number in range(3 if quick else 11)]
        finally:
            window.close()
    renamed, broken, fixed = (median(times) for times in zip(*rounds, strict=True))
    return Report(
        (
            with_limit("load, validate and compile a pack", median(load_times), LOAD_S),
            with_limit("rename a question → shown in the walk", renamed, RELOAD_S),
            with_limit("save an error → listed", broken, RELOAD_S),
            with_limit("fix the error → list closed", fixed, RELOAD_S),
        ),
        (f"each includes {format_ms(DEBOUNCE_MS / 1000)} of waiting for further saved files",),
    )


def _round(window: MainWindow, folder: Path, number: int) -> tuple[float, float, float]:
    questions, rules = folder / "questions.toml", folder / "rules.toml"
    problems = window.pack_controller.problem_list
    title = window.current_walk.walk.steps[0].question.title
    questions_text, rules_text = questions.read_text("utf-8"), rules.read_text("utf-8")
    new_title = f"Round {number}"
    renamed = _duration(
        lambda: questions.write_text(questions_text.replace(f'"{title}"', f'"{new_title}"', 1), "utf-8"),
        lambda: window.current_walk.walk.steps[0].question.title == new_title,
    )
    broken = _duration(lambda: rules.write_text(f"{rules_text}\n[[rule]]\n", "utf-8"), lambda: bool(problems.problems))
    fixed = _duration(lambda: rules.write_text(rules_text, "utf-8"), lambda: not problems.problems)
    return renamed, broken, fixed


def _duration(save: Work, is_shown: Callable[[], bool]) -> float:
    start = perf_counter()
    save()
    _wait_until(is_shown)
    return perf_counter() - start


def _wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds."""
    loop, start = QEventLoop(), perf_counter()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if condition() or perf_counter() - start > TIMEOUT_S else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not condition():
        raise BenchmarkSkipped(f"no update within {TIMEOUT_S} s")
