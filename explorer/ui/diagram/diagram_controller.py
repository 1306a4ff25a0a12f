"""The diagram follows the workspace: at once where its layout is known, else as soon as it is laid out."""

from __future__ import annotations

import logging
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import OpenPack
from explorer.render.picture import Picture
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


class DiagramController(QObject):
    """Keeps the newest picture; one that cannot be drawn leaves the last one standing and says why."""

    drawn = Signal(object)
    failed = Signal(str)

    def __init__(self, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack = open_pack
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_picture)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)
        self.picture: Picture | None = None
        self._started_at = 0.0
        self.is_pending = False
        """Whether the newest picture is still being laid out."""

    def draw(self, workspace: Workspace, theme: str) -> None:
        """Draw this workspace next."""
        self._started_at = perf_counter()
        known = self._open_pack.engine.cached_picture(workspace, theme)
        self.is_pending = known is None
        if known is None:
            self._worker.request(partial(self._open_pack.engine.picture, workspace, theme))
        else:
            self._worker.cancel()
            self._show_picture(known)

    def close(self) -> None:
        """Draw nothing any more."""
        self._worker.close()

    def _show_picture(self, picture: Picture) -> None:
        self.is_pending = False
        self.picture = picture
        log.debug("a diagram of %d items in %.1f ms", len(picture.items), 1e3 * (perf_counter() - self._started_at))
        self.drawn.emit(picture)

    def _report_error(self, error: ExplorerError) -> None:
        self.is_pending = False
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        self.is_pending = False
        log.error("The diagram could not be drawn.", exc_info=error)
        self.failed.emit("The diagram could not be drawn, so the last one stands.")
