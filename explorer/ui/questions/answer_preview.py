"""Answer preview: shows the outcome of an answer while the pointer or the keyboard focus is on it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.workspace import Workspace
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.engine.previews import Preview
from explorer.ui.document.session_store import SessionStore
from explorer.ui.questions.current_walk import CurrentWalk
from explorer.ui.theme.theme_manager import ThemeManager
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

HOVER_DELAY_MS = 120
"""How long the pointer rests on an answer before its preview is shown."""

PRELOAD_DELAY_MS = 200
"""How long after a change the next previews are laid out. The diagram of the change comes first."""

MAX_PRELOADED = 8
"""The largest number of answers whose previews are laid out in advance."""


class AnswerPreview(QObject):
    """Owns the previewed answer: at most one preview is shown at a time.

    `shown` sends the preview. `ended` says that the session itself is to be shown again.
    """

    shown = Signal(Preview)
    ended = Signal()

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        theme_manager: ThemeManager,
        current_walk: CurrentWalk,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_pack, self._session, self._theme_manager = open_pack, session, theme_manager
        self._current_walk = current_walk
        self._request: tuple[Workspace, str, str, str] | None = None
        self._preview: Preview | None = None
        self._hover = Debounce(HOVER_DELAY_MS, self.show_requested, self)
        self._worker = LatestOnlyWorker(self)
        self._worker.done.connect(self._show)
        self._worker.failed.connect(self._log_error)
        self._worker.crashed.connect(self._log_error)
        self._preload = Debounce(PRELOAD_DELAY_MS, self.preload_now, self)
        self._preload_worker = LatestOnlyWorker(self, background=True)
        self._preload_number = 0

    @property
    def current(self) -> Preview | None:
        """The preview that is shown, or None."""
        return self._preview

    def hover(self, question: str, answer: str) -> None:
        """Preview an answer after the hover delay. The given answer of a question has no preview."""
        self.cancel()
        workspace = self._session.workspace
        if workspace.answers.get(QuestionId(question)) != answer:
            self._request = (workspace, question, answer, self._theme_manager.theme)
            self._hover.trigger()

    def cancel(self) -> None:
        """End the preview, shown or requested."""
        self._hover.cancel()
        self._worker.cancel()
        self._request = None
        if self._preview is not None:
            self._preview = None
            self.ended.emit()

    def refresh(self) -> None:
        """End the preview because the session changed.

        If the previewed answer was given, `ended` is not sent: the picture is already the right one.
        """
        if self._request is not None and self._preview is not None:
            before, question, answer, _ = self._request
            expected = {**before.answers, QuestionId(question): AnswerId(answer)}
            if dict(self._session.workspace.answers) == expected:
                self._preview = None
        self.cancel()

    def preload(self) -> None:
        """Lay out the previews of the current question's answers when the window is idle."""
        self._preload.trigger()

    def preload_now(self) -> None:
        """Lay out the previews of the current question's answers in a background thread."""
        step = self._current_walk.walk.current_step
        if step is None:
            return
        self._preload_number += 1
        loaded, workspace, question = self._open_pack.loaded, self._session.workspace, step.question
        answers = [answer.id for answer in question.answers if workspace.answers.get(question.id) != answer.id]
        tasks = [partial(_preload_answer, loaded, workspace, question.id, answer) for answer in answers[:MAX_PRELOADED]]
        self._preload_worker.request(partial(self._run_preload, tasks, self._preload_number))

    def show_requested(self) -> None:
        """Show the requested preview: immediately if its layout is cached, otherwise when it is laid out."""
        if self._request is None:
            return
        cached = self._open_pack.previews.cached_preview(*self._request)
        if cached is None:
            self._worker.request(partial(self._open_pack.previews.preview, *self._request))
        else:
            self._show(cached)

    def close(self) -> None:
        """Stop the timers and wait for the workers."""
        self._hover.cancel()
        self._preload.cancel()
        self._preload_number += 1
        self._worker.close()
        self._preload_worker.close()

    def _show(self, preview: Preview) -> None:
        if self._request is not None:
            self._preview = preview
            self.shown.emit(preview)

    def _run_preload(self, tasks: Sequence[Callable[[], None]], number: int) -> None:
        for task in tasks:
            if number != self._preload_number:  # Another thread has requested the answers of a newer question.
                return
            task()

    def _log_error(self, error: Exception) -> None:
        """Only log the error. The user gets a message when the answer itself is given."""
        log.warning("Cannot draw the preview of an answer.", exc_info=error)


def _preload_answer(loaded: LoadedPack, workspace: Workspace, question: str, answer: str) -> None:
    # `previews` is created here, in the worker, so that its imports do not delay the window.
    loaded.previews.preload(workspace, question, answer)
