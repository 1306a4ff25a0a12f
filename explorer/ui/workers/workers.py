"""Slow work happens beside the window: the newest request is answered, or each in its turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, QThreadPool, Signal, Slot

from explorer.core.errors import ExplorerError

CLOSE_TIMEOUT_MS = 30_000
"""How long the window waits for what is under way when it closes."""


class LatestOnlyWorker(QObject):
    """Runs plain functions and reports on the newest; what older ones come to is dropped by its ticket."""

    done = Signal(object)
    failed = Signal(object)
    crashed = Signal(object)
    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, background: bool = False) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._pool = QThreadPool(self)
        # Two, so that one request that hangs does not hold up the next.
        self._pool.setMaxThreadCount(2)
        if background:
            self._pool.setThreadPriority(QThread.Priority.LowestPriority)
        self._finished.connect(self._deliver)

    def request(self, work: Callable[[], object]) -> None:
        """Have the work done; what was requested before is no longer wanted."""
        self.cancel()
        self._start(work)

    def cancel(self) -> None:
        """Want nothing of what was requested so far."""
        self._ticket += 1
        self._pool.clear()

    def wait_until_idle(self, patience_ms: int = 5000) -> bool:
        """Whether all work has ended within that time."""
        return self._pool.waitForDone(patience_ms)

    def close(self) -> bool:
        """Drop everything and wait until no work is under way: nothing outlives its window."""
        self.cancel()
        return self.wait_until_idle(CLOSE_TIMEOUT_MS)

    def _start(self, work: Callable[[], object]) -> None:
        ticket = self._ticket
        self._pool.start(lambda: self._finished.emit(ticket, _result_of(work)))

    @Slot(int, object)
    def _deliver(self, ticket: int, result: object) -> None:
        if ticket != self._ticket:
            return
        match result:
            case ExplorerError():
                self.failed.emit(result)
            case Exception():
                self.crashed.emit(result)
            case _:
                self.done.emit(result)


class QueuedWorker(LatestOnlyWorker):
    """Runs plain functions one after the other and reports on each: no writing of a file is passed over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool.setMaxThreadCount(1)

    def request(self, work: Callable[[], object]) -> None:
        """Have the work done, once that is done which was requested before."""
        self._start(work)

    def close(self) -> bool:
        """Finish everything that was requested; nothing outlives its window."""
        return self.wait_until_idle(CLOSE_TIMEOUT_MS) and super().close()


def _result_of(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:
        return error
