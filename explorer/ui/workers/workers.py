"""Workers: run slow functions in threads and deliver the results to the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, QThreadPool, Signal, Slot

from explorer.core.errors import ExplorerError

CLOSE_TIMEOUT_MS = 30_000
"""How long a closing window waits for running work, in milliseconds."""


class LatestOnlyWorker(QObject):
    """Runs functions; only the newest request is answered. Results of earlier requests are discarded.

    `done` sends a result, `failed` an ExplorerError, `crashed` any other exception.
    """

    done = Signal(object)
    failed = Signal(ExplorerError)
    crashed = Signal(Exception)
    _finished = Signal(int, object)

    def __init__(self, parent: QObject | None = None, *, background: bool = False) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._pool = QThreadPool(self)
        # Two threads: a request that hangs does not block the next one.
        self._pool.setMaxThreadCount(2)
        if background:
            self._pool.setThreadPriority(QThread.Priority.LowestPriority)
        self._finished.connect(self._deliver)

    def request(self, work: Callable[[], object]) -> None:
        """Run a function, and cancel earlier requests."""
        self.cancel()
        self._start(work)

    def cancel(self) -> None:
        """Discard the results of all requests so far."""
        self._ticket += 1
        self._pool.clear()

    def wait_until_idle(self, timeout_ms: int = 5000) -> bool:
        """Wait for all work; return whether it ended within the time."""
        return self._pool.waitForDone(timeout_ms)

    def close(self) -> bool:
        """Cancel all requests and wait until no work runs; return whether it ended in time."""
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
    """Runs functions one after the other and answers every request, as writing files requires."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool.setMaxThreadCount(1)

    def request(self, work: Callable[[], object]) -> None:
        """Run a function after all earlier requests."""
        self._start(work)

    def close(self) -> bool:
        """Finish all requests; return whether they ended in time."""
        return self.wait_until_idle(CLOSE_TIMEOUT_MS) and super().close()


def _result_of(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:
        return error
