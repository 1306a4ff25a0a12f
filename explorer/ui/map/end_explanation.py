"""Why the decision map ends where it does: said of the end that someone rests on, and of none other."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.session.workspace import Workspace
from explorer.engine.protocols import Desk
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)

REST_MS = 120
"""How long someone rests on an end before it is told."""


class Ends(QObject):
    """`told` gives the briefing on an end, None when nobody rests on one any more."""

    told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[Workspace, Mapping[str, str], str] | None = None
        self._tells = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        self._latest = Latest(self)
        self._latest.done.connect(self._tell)
        self._latest.failed.connect(self._shrug)
        self._latest.crashed.connect(self._shrug)

    def consider(self, workspace: Workspace, way: Mapping[str, str], title: str) -> None:
        """Someone rests on an end of that title, to which it takes these answers beside the present ones."""
        self._latest.drop()
        self._wanted = (workspace, way, title)
        self._rest.start()

    def drop(self) -> None:
        """Nobody rests on an end."""
        self._rest.stop()
        self._latest.drop()
        self._wanted = None
        if self._tells:
            self._tells = False
            self.told.emit(None)

    def close(self) -> None:
        """Leave no work behind."""
        self._rest.stop()
        self._latest.close()

    def _look(self) -> None:
        if self._wanted is not None:
            self._latest.request(partial(self._desk.scout.end, *self._wanted))

    def _tell(self, briefing: object) -> None:
        self._tells = True
        self.told.emit(briefing)

    def _shrug(self, error: Exception) -> None:
        """Whoever goes there is told; resting on it is no reason to complain."""
        log.warning("An end of the map could not be told.", exc_info=error)
