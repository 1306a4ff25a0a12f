"""What an answer would come to, while someone looks into it, and what could be looked into next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.walk import Walk
from explorer.core.session.workspace import Change
from explorer.engine.protocols import Desk
from explorer.ui.document.session_store import Session
from explorer.ui.questions.answer_preview import PreviewStrip, WhatIf
from explorer.ui.theme.theme_manager import Dress

PAUSE_MS = 200
"""How long after an answer the next ones are laid out: the diagram of this one comes first."""


class Prospects(QObject):
    """Keeps previews in step with the session.

    `previewed` tells what an answer would come to, None when what is so is to be seen again.
    """

    previewed = Signal(object)

    def __init__(self, desk: Desk, session: Session, dress: Dress, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._session, self._dress = session, dress
        self.what_if = WhatIf(desk, self)
        self.strip = PreviewStrip(canvas)
        self._walk = Walk((), None)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look_ahead)
        self.what_if.shown.connect(self.previewed)
        self.what_if.ended.connect(partial(self.previewed.emit, None))
        self.previewed.connect(self.strip.show_preview)

    def consider(self, question: str, answer: str) -> None:
        """Someone looks into an answer; two empty words: into none."""
        self.what_if.consider(self._session.workspace, question, answer, self._dress.theme)

    def plan(self, walk: Walk) -> None:
        """Someone stands at a question: what its answers would come to is laid out once there is time."""
        self._walk = walk
        self._pause.start()

    def follow(self, _change: Change) -> None:
        """The session has changed."""
        self.what_if.follow(self._session.workspace)
        self.strip.show_preview(None)

    def drop(self) -> None:
        """Nobody looks into an answer any more."""
        self.consider("", "")

    def close(self) -> None:
        """Leave no work behind."""
        self._pause.stop()
        self.what_if.close()

    def _look_ahead(self) -> None:
        if self._walk.step is not None:
            question = self._walk.step.question
            self.what_if.look_ahead(
                self._session.workspace, question.id, [answer.id for answer in question.answers]
            )
