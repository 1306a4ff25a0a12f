"""Why the decision map ends where it does: said of the end that someone rests on, and of none other."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import OpenPack
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

HOVER_DELAY_MS = 120
"""How long someone rests on an end before it is told."""


class EndExplainer(QObject):
    """`told` gives the briefing on an end, None when nobody rests on one any more."""

    explained = Signal(object)

    def __init__(self, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack = open_pack
        self._request: tuple[Workspace, Mapping[str, str], str] | None = None
        self._is_shown = False
        self._hover_timer = QTimer(self, singleShot=True, interval=HOVER_DELAY_MS)
        self._hover_timer.timeout.connect(self._request_explanation)
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._emit_explained)
        self._worker.failed.connect(self._log_error)
        self._worker.crashed.connect(self._log_error)

    def hover(self, workspace: Workspace, way: Mapping[str, str], title: str) -> None:
        """Someone rests on an end of that title, to which it takes these answers beside the present ones."""
        self._worker.cancel()
        self._request = (workspace, way, title)
        self._hover_timer.start()

    def cancel(self) -> None:
        """Nobody rests on an end."""
        self._hover_timer.stop()
        self._worker.cancel()
        self._request = None
        if self._is_shown:
            self._is_shown = False
            self.explained.emit(None)

    def close(self) -> None:
        """Leave no work behind."""
        self._hover_timer.stop()
        self._worker.close()

    def _request_explanation(self) -> None:
        if self._request is not None:
            self._worker.request(partial(self._open_pack.previews.explain_end, *self._request))

    def _emit_explained(self, briefing: object) -> None:
        self._is_shown = True
        self.explained.emit(briefing)

    def _log_error(self, error: Exception) -> None:
        """Whoever goes there is told; resting on it is no reason to complain."""
        log.warning("An end of the map could not be told.", exc_info=error)
