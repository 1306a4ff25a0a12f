"""A process that opens an empty window, and says when it can be used: what Berth is compared with."""

from __future__ import annotations

import sys

SETTLED_MS = 1500


def say(word: str, stages: dict[str, float] | None = None) -> None:
    """One line to whoever measures."""
    print("\t".join([word, *(f"{name}\t{seconds}" for name, seconds in (stages or {}).items())]), flush=True)


def used_from_now_on(stages: dict[str, float] | None = None) -> None:
    """The first paint is done: say so as soon as the window is free, and once more when all is quiet."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: say("usable", stages))
    QTimer.singleShot(SETTLED_MS, lambda: say("settled"))


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


if __name__ == "__main__":
    sys.exit(empty())
