"""Look-ahead: compiles the lookup tables of the open pack in a worker, after the window has shown its first picture."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.engine.open_pack import OpenPack
from explorer.engine.pack_engine import PackEngine
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

DELAY_MS = 300
"""The first picture of the window comes first."""


class _CanceledError(Exception):
    """Ends a compilation that is no longer needed."""


class LookAhead(QObject):
    """Sends `ready` when the engine of the open pack can tell which questions are irrelevant.

    `unavailable` sends why that is not possible: the rules connect too many parts.
    """

    ready = Signal()
    unavailable = Signal(str)

    def __init__(self, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack = open_pack
        self._requested: PackEngine | None = None
        self._start = Debounce(DELAY_MS, self._compile, self)
        self._worker = LatestOnlyWorker(self, background=True)
        self._worker.done.connect(self.ready)
        self._worker.failed.connect(self._report)
        self._worker.crashed.connect(self._log_crash)

    def request(self) -> None:
        """Compile the tables of the open pack soon, once for each pack."""
        self._start.trigger()

    def _compile(self) -> None:
        engine = self._open_pack.engine
        if engine is not self._requested and not engine.can_look_ahead:
            self._requested = engine
            self._worker.request(partial(engine.prepare_look_ahead, partial(self._cancel_unless_requested, engine)))

    def close(self) -> None:
        """Cancel the compilation and wait until it ends."""
        self._start.cancel()
        self._requested = None
        self._worker.close()

    def _cancel_unless_requested(self, engine: PackEngine, _created_nodes: int) -> None:
        """Called in the worker: the window may be closed, or have another pack open."""
        if engine is not self._requested or engine is not self._open_pack.engine:
            raise _CanceledError

    def _report(self, error: ExplorerError) -> None:
        self.unavailable.emit(str(error))

    def _log_crash(self, error: Exception) -> None:
        # The window works without lookup tables: no message.
        if not isinstance(error, _CanceledError):
            log.error("Could not compile the lookup tables.", exc_info=error)
