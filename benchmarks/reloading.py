"""A pack whose files are saved while it is open: from the last byte on disk to the window that shows it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.clock import Work, seconds
from benchmarks.report import LeftOut, Report, limited, ms
from explorer.app import build_main_window
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.storage.resources import default_pack_folder
from explorer.ui.main_window import MainWindow
from explorer.ui.pack.pack_watcher import DEBOUNCE_MS

RELOAD_S = 0.5
READ_S = 0.2
PATIENCE_S = 20


def run(quick: bool) -> Report:
    """The shipped pack, copied, with a question renamed, then broken, then mended, over and over."""
    app = QApplication.instance() or QApplication([])
    assert app is not None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(default_pack_folder(), Path(place) / "copy"))
        read = [seconds(lambda: load_compiled_pack(folder)) for _ in range(5)]
        window = build_main_window(load_compiled_pack(folder), folder=folder)
        window.show()
        try:
            _until(lambda: window.diagram_controller.picture is not None)
            rounds = [_round(window, folder, number) for number in range(3 if quick else 11)]
        finally:
            window.close()
    renamed, broken, mended = (median(times) for times in zip(*rounds, strict=True))
    return Report(
        (
            limited("a pack's files → read, checked, made ready", median(read), READ_S),
            limited("a question renamed and saved → seen in the walk", renamed, RELOAD_S),
            limited("a file broken and saved → its fault listed", broken, RELOAD_S),
            limited("the file mended and saved → the list gone", mended, RELOAD_S),
        ),
        (f"of each, {ms(DEBOUNCE_MS / 1000)} are the pause in which more files may be saved",),
    )


def _round(window: MainWindow, folder: Path, number: int) -> tuple[float, float, float]:
    questions, rules = folder / "questions.toml", folder / "rules.toml"
    problems = window.pack_controller.problem_list
    title = window.walk.steps[0].question.title
    text, sound = questions.read_text("utf-8"), rules.read_text("utf-8")
    wanted = f"Round {number}"
    renamed = _timed(
        lambda: questions.write_text(text.replace(f'"{title}"', f'"{wanted}"', 1), "utf-8"),
        lambda: window.walk.steps[0].question.title == wanted,
    )
    broken = _timed(lambda: rules.write_text(f"{sound}\n[[rule]]\n", "utf-8"), lambda: bool(problems.problems))
    mended = _timed(lambda: rules.write_text(sound, "utf-8"), lambda: not problems.problems)
    return renamed, broken, mended


def _timed(save: Work, seen: Callable[[], bool]) -> float:
    start = perf_counter()
    save()
    _until(seen)
    return perf_counter() - start


def _until(fact: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    loop, begun = QEventLoop(), perf_counter()
    look = QTimer(interval=1)
    look.timeout.connect(lambda: loop.quit() if fact() or perf_counter() - begun > PATIENCE_S else None)
    look.start()
    loop.exec()
    look.stop()
    if not fact():
        raise LeftOut(f"nothing was seen of it within {PATIENCE_S} s")
