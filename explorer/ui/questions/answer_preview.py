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
from explorer.engine.preview_protocol import Preview
from explorer.engine.protocols import Desk
from explorer.ui.widgets.basic import Elided, spaced, tone
from explorer.ui.widgets.status_icons import Mark, Sign
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)

REST_MS = 120
"""How long someone looks into an answer before it is shown."""

MOST_AHEAD = 8
"""The most answers that are laid out before anyone looks into them."""


class WhatIf(QObject):
    """Previews one answer at a time: `shown` says what it comes to, `ended` that nobody looks any more."""

    shown = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[Workspace, str, str, str] | None = None
        self._shows: Workspace | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.look)
        self._latest = Latest(self)
        self._latest.done.connect(self._show)
        self._latest.failed.connect(self._shrug)
        self._latest.crashed.connect(self._shrug)
        self._ahead = Latest(self, background=True)
        self._round = 0

    @property
    def shows(self) -> bool:
        """Whether a preview is shown."""
        return self._shows is not None

    def consider(self, workspace: Workspace, question: str, answer: str, theme: str) -> None:
        """Someone looks into an answer, or with two empty words into none."""
        self._end()
        if question and answer and workspace.answers.get(QuestionId(question)) != answer:
            self._wanted = (workspace, question, answer, theme)
            self._rest.start()

    def follow(self, workspace: Workspace) -> None:
        """Something else is the case now: what was previewed is so, or is no longer asked."""
        if self._shows is not None and dict(self._shows.answers) == dict(workspace.answers):
            self._shows = None  # it has come true, and stays as it is
        self._end()

    def look_ahead(self, workspace: Workspace, question: str, answers: Sequence[str]) -> None:
        """Lay out what the answers to a question would come to while there is nothing else to do."""
        self._round += 1
        wanted = [answer for answer in answers if workspace.answers.get(QuestionId(question)) != answer]
        works = [partial(self._prepare, workspace, question, answer) for answer in wanted[:MOST_AHEAD]]
        self._ahead.request(partial(self._do, works, self._round))

    def close(self) -> None:
        """Look into nothing any more, and leave no work behind."""
        self._rest.stop()
        self._round += 1
        self._latest.close()
        self._ahead.close()

    def _do(self, works: Sequence[Callable[[], None]], round_: int) -> None:
        for work in works:
            if round_ != self._round:  # in another thread: the newest question is what matters
                return
            work()

    def _prepare(self, workspace: Workspace, question: str, answer: str) -> None:
        self._desk.scout.prepare(workspace, question, answer)  # the scout comes into being beside the window

    def look(self) -> None:
        """Show what is looked into, now or as soon as it is laid out."""
        if self._wanted is None:
            return
        known = self._desk.scout.known_preview(*self._wanted)
        if known is None:
            self._latest.request(partial(self._desk.scout.preview, *self._wanted))
        else:
            self._show(known)

    def _show(self, preview: Preview) -> None:
        if self._wanted is not None:
            workspace, question, answer, _ = self._wanted
            answers = {**workspace.answers, QuestionId(question): AnswerId(answer)}
            self._shows = replace(workspace, answers=answers)
            self.shown.emit(preview)

    def _end(self) -> None:
        self._rest.stop()
        self._latest.drop()
        self._wanted = None
        if self._shows is not None:
            self._shows = None
            self.ended.emit()

    def _shrug(self, error: Exception) -> None:
        """Whoever gives the answer is told; looking into it is no reason to complain."""
        log.warning("A preview could not be drawn.", exc_info=error)


class PreviewStrip(QFrame):
    """A strip at the foot of the diagram that says what is previewed, and names what is gone from it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = over
        self._title = Elided("", "strong")
        self._told = Elided("", "note")
        self._gone = Elided("", "note")
        tone(self._gone, "warn")
        words = QVBoxLayout()
        spaced(words, gap=2)
        for label in (self._title, self._told, self._gone):
            words.addWidget(label)
        mark = Mark(Sign.DOTTED, 20)
        tone(mark, "accent")
        row = QHBoxLayout(self)
        spaced(row, (14, 9, 16, 10), 12)
        row.addWidget(mark)
        row.addLayout(words, 1)
        over.installEventFilter(self)
        self.hide()

    def show_preview(self, preview: Preview | None) -> None:
        """Say what is previewed, or go."""
        if preview is not None:
            self._title.show_text(preview.title)
            self._told.show_text(f"In the diagram: {preview.told}")
            self._gone.show_text(f"Gone: {preview.gone}")
            self._gone.setVisible(bool(preview.gone))
            self._place()
        self.setVisible(preview is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        room = self._over.size()
        width = min(max(self.sizeHint().width(), 320), room.width() - 32)
        height = self.sizeHint().height()
        self.setGeometry((room.width() - width) // 2, room.height() - height - 12, width, height)
