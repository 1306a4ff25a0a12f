"""The diagram follows the workspace: at once where its layout is known, else as soon as it is laid out."""

from __future__ import annotations

import logging
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.core.session.workspace import Workspace
from explorer.engine.protocols import Desk
from explorer.render.picture import Picture
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)


class Drawing(QObject):
    """Keeps the newest picture; one that cannot be drawn leaves the last one standing and says why."""

    drawn = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest = Latest(self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._report)
        self._latest.crashed.connect(self._report_crash)
        self.picture: Picture | None = None
        self._begun = 0.0
        self.waiting = False
        """Whether the newest picture is still being laid out."""

    def follow(self, workspace: Workspace, theme: str) -> None:
        """Draw this workspace next."""
        self._begun = perf_counter()
        known = self._desk.known_picture(workspace, theme)
        self.waiting = known is None
        if known is None:
            self._latest.request(partial(self._desk.picture, workspace, theme))
        else:
            self._latest.drop()
            self._show(known)

    def close(self) -> None:
        """Draw nothing any more."""
        self._latest.close()

    def _show(self, picture: Picture) -> None:
        self.waiting = False
        self.picture = picture
        log.debug(
            "a diagram of %d items in %.1f ms", len(picture.items), 1e3 * (perf_counter() - self._begun)
        )
        self.drawn.emit(picture)

    def _report(self, error: ExplorerError) -> None:
        self.waiting = False
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        self.waiting = False
        log.error("The diagram could not be drawn.", exc_info=error)
        self.failed.emit("The diagram could not be drawn, so the last one stands.")
