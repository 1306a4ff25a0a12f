"""Debounce: runs a function once the calls for it have paused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Debounce(QObject):
    """Runs `function` in the window's thread, `delay_ms` after the last call of `trigger`."""

    def __init__(self, delay_ms: int, function: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._function = function
        self._delay_ms = delay_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._run)

    @property
    def is_pending(self) -> bool:
        """Whether the function is due to run."""
        return self._timer.isActive()

    def trigger(self, delay_ms: int | None = None) -> None:
        """Run the function after the delay, counted from now; `delay_ms` replaces the usual delay this time."""
        self._timer.start(self._delay_ms if delay_ms is None else delay_ms)

    def cancel(self) -> None:
        """Do not run the function."""
        self._timer.stop()

    def flush(self) -> None:
        """Run the function now if it is due."""
        if self.is_pending:
            self._timer.stop()
            self._run()

    def _run(self) -> None:
        self._function()
