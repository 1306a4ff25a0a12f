"""End explanation: explains an end of the decision map while the pointer or the keyboard focus is on it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from explorer.core.explanation.explanation import Explanation
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import OpenPack
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

HOVER_DELAY_MS = 120
"""How long the pointer rests on an end before the end is explained."""


class EndExplainer(QObject):
    """Explains one end at a time: `explained` sends the explanation, `ended` says that it no longer applies."""

    explained = Signal(Explanation)
    ended = Signal()

    def __init__(self, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack = open_pack
        self._request: tuple[Workspace, Mapping[str, str], str] | None = None
        self._is_shown = False
        self._hover = Debounce(HOVER_DELAY_MS, self._request_explanation, self)
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._emit_explained)
        self._worker.failed.connect(self._log_error)
        self._worker.crashed.connect(self._log_error)

    def hover(self, workspace: Workspace, changes: Mapping[str, str], title: str) -> None:
        """Explain the end with this title after the delay. `changes` are the answers that lead there."""
        self._worker.cancel()
        self._request = (workspace, changes, title)
        self._hover.trigger()

    def cancel(self) -> None:
        """End the explanation, shown or requested."""
        self._hover.cancel()
        self._worker.cancel()
        self._request = None
        if self._is_shown:
            self._is_shown = False
            self.ended.emit()

    def close(self) -> None:
        """Stop the timer and wait for the worker."""
        self._hover.cancel()
        self._worker.close()

    def _request_explanation(self) -> None:
        if self._request is not None:
            self._worker.request(partial(self._open_pack.previews.explain_end, *self._request))

    def _emit_explained(self, explanation: Explanation) -> None:
        self._is_shown = True
        self.explained.emit(explanation)

    def _log_error(self, error: Exception) -> None:
        """Only log the error. The user gets a message when the answers themselves are given."""
        log.warning("Cannot explain an end of the decision map.", exc_info=error)
