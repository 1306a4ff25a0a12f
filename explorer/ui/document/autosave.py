"""Keeps the session after every change, so that nothing older than the last answer can be lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from explorer.core.errors import refusal
from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession
from explorer.storage.sessions.autosave import Draft, OpenDraft, Origin, drafts_in, new_draft, surplus
from explorer.ui.workers.workers import Latest

SETTLE_MS = 2000
"""How long after a change it is forced onto the disk: a killed process loses nothing before that either."""


def locked(path: Path) -> QLockFile | None:
    """The lock in a file, held until it is unlocked or its process is gone; None while another holds it.

    Where no lock can be written there is nobody to keep away.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return QLockFile(str(path))
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # a lock is as old as its session: only a dead owner makes it void
    if lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError:
        return lock
    return None


def left_drafts(folder: Path | None, mine: Draft | None = None) -> tuple[Draft, ...]:
    """The drafts that nobody is at work on, the latest first; too old ones are dropped on the way."""
    if folder is None:
        return ()
    free = tuple(draft for draft in drafts_in(folder) if draft != mine and _is_free(draft))
    for draft in surplus(free):
        draft.drop()
    return free[: len(free) - len(surplus(free))]


def _is_free(draft: Draft) -> bool:
    lock = locked(draft.lock)
    if lock is None:
        return False
    lock.unlock()
    return True


class Keeper(QObject):
    """Has one draft at a time and writes to it at once: a few microseconds, into the system's memory."""

    failed = Signal(str)

    def __init__(self, folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._draft: Draft | None = None
        self._open: OpenDraft | None = None
        self._lock: QLockFile | None = None
        self._works = True
        self._settling = Latest(self, background=True)
        self._pause = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._pause.timeout.connect(self._settle)

    @property
    def draft(self) -> Draft | None:
        """The draft at work, if there is one yet."""
        return self._draft

    def take_over(self, draft: Draft) -> bool:
        """Go on with a draft that was left; False when somebody else is at work on it."""
        lock = locked(draft.lock)
        if lock is None:
            return False
        self.leave(drop=False)
        self._draft, self._lock = draft, lock
        return True

    def keep(self, pack: Pack, session: SavedSession, origin: Origin) -> None:
        """Keep the session as it is now; says once when that cannot be done."""
        if self._folder is None:
            return
        try:
            if self._draft is None:
                self._draft = new_draft(self._folder)
                self._lock = locked(self._draft.lock)
            if self._open is None:
                self._open = OpenDraft(self._draft, pack, session, origin)
            else:
                self._open.keep(pack, session, origin)
        except OSError as error:
            if self._works:
                self._works = False
                self.failed.emit(
                    f"Your answers cannot be kept in “{self._folder}” ({refusal(error)}): "
                    "save them to a file."
                )
            return
        self._works = True
        self._pause.start()

    def leave(self, *, drop: bool) -> None:
        """Turn to another session; this one's draft is dropped, or stays for somebody to come back to."""
        self._pause.stop()
        if self._open is not None:
            self._open.close()
        if self._draft is not None and drop:
            self._draft.drop()
        if self._lock is not None:
            self._lock.unlock()
        self._draft = self._open = self._lock = None

    def left(self) -> tuple[Draft, ...]:
        """What else was left and is at nobody's hands, the latest first."""
        return left_drafts(self._folder, self._draft)

    def close(self, *, drop: bool) -> None:
        """Leave no work behind."""
        if self._open is not None and not drop:
            self._open.settle()
        self.leave(drop=drop)
        self._settling.close()

    def _settle(self) -> None:
        if self._open is not None:
            self._settling.request(self._open.settle)
