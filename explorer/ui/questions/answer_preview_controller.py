"""What an answer would come to, while someone looks into it, and what could be looked into next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.questions.answer_preview import AnswerPreview, PreviewStrip
from explorer.ui.theme.theme_manager import ThemeManager

PRELOAD_DELAY_MS = 200
"""How long after an answer the next ones are laid out: the diagram of this one comes first."""


class AnswerPreviewController(QObject):
    """Keeps previews in step with the session.

    `previewed` tells what an answer would come to, None when what is so is to be seen again.
    """

    previewed = Signal(object)

    def __init__(self, open_pack: OpenPack, session: SessionStore, dress: ThemeManager, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._session, self._theme_manager = session, dress
        self.preview = AnswerPreview(open_pack, self)
        self.strip = PreviewStrip(canvas)
        self._walk = Walk((), None)
        self._preload_timer = QTimer(self, singleShot=True, interval=PRELOAD_DELAY_MS)
        self._preload_timer.timeout.connect(self._start_preload)
        self.preview.shown.connect(self.previewed)
        self.preview.ended.connect(partial(self.previewed.emit, None))
        self.previewed.connect(self.strip.show_preview)

    def hover(self, question: str, answer: str) -> None:
        """Someone looks into an answer; two empty words: into none."""
        self.preview.hover(self._session.workspace, question, answer, self._theme_manager.theme)

    def preload(self, walk: Walk) -> None:
        """Someone stands at a question: what its answers would come to is laid out once there is time."""
        self._walk = walk
        self._preload_timer.start()

    def refresh(self, _change: WorkspaceChange) -> None:
        """The session has changed."""
        self.preview.refresh(self._session.workspace)
        self.strip.show_preview(None)

    def cancel(self) -> None:
        """Nobody looks into an answer any more."""
        self.hover("", "")

    def close(self) -> None:
        """Leave no work behind."""
        self._preload_timer.stop()
        self.preview.close()

    def _start_preload(self) -> None:
        if self._walk.current_step is not None:
            question = self._walk.current_step.question
            self.preview.preload(self._session.workspace, question.id, [answer.id for answer in question.answers])
