"""Diagram controller: draws the architecture of the workspace, immediately if cached, otherwise in a worker."""

from __future__ import annotations

import logging
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import OpenPack
from explorer.render.picture import Picture
from explorer.ui.shell.messages import Messages
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


class DiagramController(QObject):
    """Keeps the newest picture. If a picture cannot be drawn, the previous one stays and the user gets a message."""

    drawn = Signal(Picture)

    def __init__(self, open_pack: OpenPack, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack, self._messages = open_pack, messages
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_picture)
        self._worker.failed.connect(self._report_error)
        self._worker.crashed.connect(self._report_crash)
        self.picture: Picture | None = None
        self._started_at = 0.0
        self.is_pending = False
        """Whether the newest picture is still in the worker."""
        self.is_stale = False
        """Whether the newest workspace could not be drawn, so that the picture shows an earlier one."""

    def draw(self, workspace: Workspace, theme: str) -> None:
        """Draw this workspace; an older request that is not finished is dropped."""
        self._started_at = perf_counter()
        cached = self._open_pack.engine.cached_picture(workspace, theme)
        self.is_pending = cached is None
        if cached is None:
            self._worker.request(partial(self._open_pack.engine.picture, workspace, theme))
        else:
            self._worker.cancel()
            self._show_picture(cached)

    def close(self) -> None:
        """Wait for the worker."""
        self._worker.close()

    def _show_picture(self, picture: Picture) -> None:
        self.is_pending = self.is_stale = False
        self.picture = picture
        log.debug("diagram of %d items in %.1f ms", len(picture.items), 1e3 * (perf_counter() - self._started_at))
        self.drawn.emit(picture)

    def _report_error(self, error: ExplorerError) -> None:
        self.is_pending, self.is_stale = False, True
        self._messages.error.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        self.is_pending, self.is_stale = False, True
        log.error("Could not draw the diagram.", exc_info=error)
        self._messages.error.emit("Could not draw the diagram. Showing the previous one.")
