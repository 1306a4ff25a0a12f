"""What an answer would come to, while someone looks into it: after a moment's rest, and gone at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import OpenPack
from explorer.engine.previews import Preview
from explorer.ui.widgets.basic import ElidedLabel, set_margins, set_tone
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

HOVER_DELAY_MS = 120
"""How long someone looks into an answer before it is shown."""

MAX_PRELOADED = 8
"""The most answers that are laid out before anyone looks into them."""


class AnswerPreview(QObject):
    """Previews one answer at a time: `shown` says what it comes to, `ended` that nobody looks any more."""

    shown = Signal(object)
    ended = Signal()

    def __init__(self, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_pack = open_pack
        self._request: tuple[Workspace, str, str, str] | None = None
        self._shown_workspace: Workspace | None = None
        self._hover_timer = QTimer(self, singleShot=True, interval=HOVER_DELAY_MS)
        self._hover_timer.timeout.connect(self.show_requested)
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show_preview)
        self._worker.failed.connect(self._log_error)
        self._worker.crashed.connect(self._log_error)
        self._preload_worker = LatestOnlyWorker(self, background=True)
        self._preload_number = 0

    @property
    def is_shown(self) -> bool:
        """Whether a preview is shown."""
        return self._shown_workspace is not None

    def hover(self, workspace: Workspace, question: str, answer: str, theme: str) -> None:
        """Someone looks into an answer, or with two empty words into none."""
        self._hide_preview()
        if question and answer and workspace.answers.get(QuestionId(question)) != answer:
            self._request = (workspace, question, answer, theme)
            self._hover_timer.start()

    def refresh(self, workspace: Workspace) -> None:
        """Something else is the case now: what was previewed is so, or is no longer asked."""
        if self._shown_workspace is not None and dict(self._shown_workspace.answers) == dict(workspace.answers):
            self._shown_workspace = None  # it has come true, and stays as it is
        self._hide_preview()

    def preload(self, workspace: Workspace, question: str, answers: Sequence[str]) -> None:
        """Lay out what the answers to a question would come to while there is nothing else to do."""
        self._preload_number += 1
        wanted = [answer for answer in answers if workspace.answers.get(QuestionId(question)) != answer]
        works = [partial(self._preload_answer, workspace, question, answer) for answer in wanted[:MAX_PRELOADED]]
        self._preload_worker.request(partial(self._run_preload, works, self._preload_number))

    def close(self) -> None:
        """Look into nothing any more, and leave no work behind."""
        self._hover_timer.stop()
        self._preload_number += 1
        self._worker.close()
        self._preload_worker.close()

    def _run_preload(self, works: Sequence[Callable[[], None]], round_: int) -> None:
        for work in works:
            if round_ != self._preload_number:  # in another thread: the newest question is what matters
                return
            work()

    def _preload_answer(self, workspace: Workspace, question: str, answer: str) -> None:
        self._open_pack.previews.preload(workspace, question, answer)  # the scout comes into being beside the window

    def show_requested(self) -> None:
        """Show what is looked into, now or as soon as it is laid out."""
        if self._request is None:
            return
        known = self._open_pack.previews.cached_preview(*self._request)
        if known is None:
            self._worker.request(partial(self._open_pack.previews.preview, *self._request))
        else:
            self._show_preview(known)

    def _show_preview(self, preview: Preview) -> None:
        if self._request is not None:
            workspace, question, answer, _ = self._request
            answers = {**workspace.answers, QuestionId(question): AnswerId(answer)}
            self._shown_workspace = replace(workspace, answers=answers)
            self.shown.emit(preview)

    def _hide_preview(self) -> None:
        self._hover_timer.stop()
        self._worker.cancel()
        self._request = None
        if self._shown_workspace is not None:
            self._shown_workspace = None
            self.ended.emit()

    def _log_error(self, error: Exception) -> None:
        """Whoever gives the answer is told; looking into it is no reason to complain."""
        log.warning("A preview could not be drawn.", exc_info=error)


class PreviewStrip(QFrame):
    """A strip at the foot of the diagram that says what is previewed, and names what is gone from it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._host = over
        self._title = ElidedLabel("", "strong")
        self._summary = ElidedLabel("", "note")
        self._removed = ElidedLabel("", "note")
        set_tone(self._removed, "warn")
        words = QVBoxLayout()
        set_margins(words, gap=2)
        for label in (self._title, self._summary, self._removed):
            words.addWidget(label)
        mark = StatusIcon(StatusShape.DOTTED, 20)
        set_tone(mark, "accent")
        row = QHBoxLayout(self)
        set_margins(row, (14, 9, 16, 10), 12)
        row.addWidget(mark)
        row.addLayout(words, 1)
        over.installEventFilter(self)
        self.hide()

    def show_preview(self, preview: Preview | None) -> None:
        """Say what is previewed, or go."""
        if preview is not None:
            self._title.show_text(preview.title)
            self._summary.show_text(f"In the diagram: {preview.change_summary}")
            self._removed.show_text(f"Gone: {preview.removed}")
            self._removed.setVisible(bool(preview.removed))
            self._update_geometry()
        self.setVisible(preview is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._update_geometry()
        return super().eventFilter(watched, event)

    def _update_geometry(self) -> None:
        self.adjustSize()
        room = self._host.size()
        width = min(max(self.sizeHint().width(), 320), room.width() - 32)
        height = self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, room.height() - height - 12, width, height)
