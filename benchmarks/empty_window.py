"""Child process: opens an empty window and prints when it is usable; the baseline of Berth's start."""

from __future__ import annotations

import sys

SETTLE_MS = 1500


def print_message(keyword: str, stages: dict[str, float] | None = None) -> None:
    """Print one tab-separated line for the parent process."""
    print("\t".join([keyword, *(f"{name}\t{seconds}" for name, seconds in (stages or {}).items())]), flush=True)


def report_when_usable(stages: dict[str, float] | None = None) -> None:
    """After the first paint: print `usable` when the event loop is free, and `settled` later."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, lambda: print_message("usable", stages))
    QTimer.singleShot(SETTLE_MS, lambda: print_message("settled"))


def main() -> int:
    """Open the window."""
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        is_painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.is_painted:
                self.is_painted = True
                report_when_usable()

    application = QApplication(["Empty"])
    window = Window()
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
