"""Look-ahead: compiles the lookup tables of the open pack in a worker, after the window has shown its first picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.engine.open_pack import OpenPack
from explorer.engine.pack_engine import PackEngine
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

DELAY_MS = 300
"""The first picture of the window comes first."""


class LookAhead(QObject):
    """Sends `ready` when the engine of the open pack can tell which questions are irrelevant.

    `unavailable` sends why it never will: the rules are too entangled.
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

    def request(self) -> None:
        """Compile the tables of the open pack soon, once for each pack."""
        self._start.trigger()

    def _compile(self) -> None:
        engine = self._open_pack.engine
        if engine is not self._requested and not engine.can_look_ahead:
            self._requested = engine
            self._worker.request(engine.prepare_look_ahead)

    def close(self) -> None:
        """Wait until no compilation runs."""
        self._start.cancel()
        self._worker.close()

    def _report(self, error: ExplorerError) -> None:
        self.unavailable.emit(str(error))
