"""A process that opens Berth's window, or an empty one, and says when it can be used: `-m benchmarks.child berth`."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

started = perf_counter()
SETTLED_MS = 1500
MAIN = Path(__file__).resolve().parents[1] / "main.py"


def say(word: str, **more: float) -> None:
    """One line to whoever measures."""
    print(json.dumps({"word": word, **more}), flush=True)


def used_from_now_on(stages: dict[str, float] | None = None) -> None:
    """The first paint is done: say so as soon as the window is free, and once more when all is quiet."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: say("usable", **(stages or {})))
    QTimer.singleShot(SETTLED_MS, lambda: say("settled", modules=len(sys.modules)))


def empty() -> int:
    """A window with nothing in it."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                used_from_now_on()

    application = QApplication(["Empty"])
    window = Window()
    window.show()
    return application.exec()


def berth() -> int:
    """The real window, by the way that a person takes, watched at its seams."""
    from explorer import app

    stages = {"imports": perf_counter() - started}
    begun = perf_counter()

    def timed[R](name: str, function: Callable[..., R]) -> Callable[..., R]: ...
    return 0
