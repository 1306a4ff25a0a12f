"""Keeps the session after every change, so that nothing older than the last answer can be lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from explorer.core.errors import os_error_text
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
from explorer.storage.sessions.autosave import (
    AutosaveFile,
    AutosaveWriter,
    FileVersion,
    autosaves_in,
    expired,
    new_autosave,
)
from explorer.ui.workers.workers import LatestOnlyWorker

FSYNC_DELAY_MS = 2000
"""How long after a change it is forced onto the disk: a killed process loses nothing before that either."""


def try_lock(path: Path) -> QLockFile | None:
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


def recoverable_sessions(folder: Path | None, mine: AutosaveFile | None = None) -> tuple[AutosaveFile, ...]:
    """The drafts that nobody is at work on, the latest first; too old ones are dropped on the way."""
    if folder is None:
        return ()
    free = tuple(draft for draft in autosaves_in(folder) if draft != mine and _is_unlocked(draft))
    for draft in expired(free):
        draft.delete()
    return free[: len(free) - len(expired(free))]


def _is_unlocked(draft: AutosaveFile) -> bool:
    lock = try_lock(draft.lock_path)
    if lock is None:
        return False
    lock.unlock()
    return True


class Autosave(QObject):
    """Has one draft at a time and writes to it at once: a few microseconds, into the system's memory."""

    failed = Signal(str)

    def __init__(self, folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file: AutosaveFile | None = None
        self._writer: AutosaveWriter | None = None
        self._lock: QLockFile | None = None
        self._is_writable = True
        self._fsync_worker = LatestOnlyWorker(self, background=True)
        self._fsync_timer = QTimer(self, singleShot=True, interval=FSYNC_DELAY_MS)
        self._fsync_timer.timeout.connect(self._fsync)

    @property
    def file(self) -> AutosaveFile | None:
        """The draft at work, if there is one yet."""
        return self._file

    def resume(self, draft: AutosaveFile) -> bool:
        """Go on with a draft that was left; False when somebody else is at work on it."""
        lock = try_lock(draft.lock_path)
        if lock is None:
            return False
        self.release(drop=False)
        self._file, self._lock = draft, lock
        return True

    def write(self, pack: Pack, session: SessionState, origin: FileVersion) -> None:
        """Keep the session as it is now; says once when that cannot be done."""
        if self._folder is None:
            return
        try:
            if self._file is None:
                self._file = new_autosave(self._folder)
                self._lock = try_lock(self._file.lock_path)
            if self._writer is None:
                self._writer = AutosaveWriter(self._file, pack, session, origin)
            else:
                self._writer.save(pack, session, origin)
        except OSError as error:
            if self._is_writable:
                self._is_writable = False
                self.failed.emit(
                    f"Your answers cannot be kept in “{self._folder}” ({os_error_text(error)}): save them to a file."
                )
            return
        self._is_writable = True
        self._fsync_timer.start()

    def release(self, *, drop: bool) -> None:
        """Turn to another session; this one's draft is dropped, or stays for somebody to come back to."""
        self._fsync_timer.stop()
        if self._writer is not None:
            self._writer.close()
        if self._file is not None and drop:
            self._file.delete()
        if self._lock is not None:
            self._lock.unlock()
        self._file = self._writer = self._lock = None

    def recoverable_sessions(self) -> tuple[AutosaveFile, ...]:
        """What else was left and is at nobody's hands, the latest first."""
        return recoverable_sessions(self._folder, self._file)

    def close(self, *, drop: bool) -> None:
        """Leave no work behind."""
        if self._writer is not None and not drop:
            self._writer.fsync()
        self.release(drop=drop)
        self._fsync_worker.close()

    def _fsync(self) -> None:
        if self._writer is not None:
            self._fsync_worker.request(self._writer.fsync)
