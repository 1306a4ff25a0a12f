"""Autosave: writes the session to a file after every change, and finds the files of unsaved sessions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject

from explorer.core.errors import os_error_text
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
from explorer.storage.private_files import make_private_folder, set_aside_unless_regular
from explorer.storage.sessions.autosave import (
    AutosaveFile,
    AutosaveWriter,
    FileVersion,
    autosaves_in,
    new_autosave,
)
from explorer.ui.shell.messages import Messages
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

FSYNC_DELAY_MS = 2000
"""Delay between a change and fsync. A killed process loses nothing; a power failure at most this much."""


def try_lock(path: Path) -> QLockFile | None:
    """Lock a file until it is unlocked or the process ends; return None if another process holds the lock.

    If the folder is not writable, no other window can have locked the file: return a lock without effect.
    """
    try:
        make_private_folder(path.parent)
        set_aside_unless_regular(path)
    except OSError:
        return QLockFile(str(path))
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # never by age: a session may be open for days
    if lock.tryLock(0) or lock.error() is not QLockFile.LockError.LockFailedError:
        return lock
    return None


def recoverable_sessions(folder: Path | None, own: AutosaveFile | None = None) -> tuple[AutosaveFile, ...]:
    """Return the autosaves that no window has open, newest first; none is deleted."""
    if folder is None:
        return ()
    return tuple(file for file in autosaves_in(folder) if file != own and _is_unlocked(file))


def _is_unlocked(file: AutosaveFile) -> bool:
    lock = try_lock(file.lock_path)
    if lock is None:
        return False
    lock.unlock()
    return True


class Autosave(QObject):
    """Writes one autosave file at a time, in the window's thread: appending a change takes microseconds.

    Without a folder, nothing is written.
    """

    def __init__(self, folder: Path | None, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._messages = folder, messages
        self._file: AutosaveFile | None = None
        self._writer: AutosaveWriter | None = None
        self._lock: QLockFile | None = None
        self._is_writable = True
        self._fsync_worker = LatestOnlyWorker(self, background=True)
        self._fsync_timer = Debounce(FSYNC_DELAY_MS, self._fsync, self)

    @property
    def file(self) -> AutosaveFile | None:
        """The file of the current session; None before its first change."""
        return self._file

    def resume(self, file: AutosaveFile) -> bool:
        """Continue an existing autosave; return False if another window has it open."""
        lock = try_lock(file.lock_path)
        if lock is None:
            return False
        self.release(discard=False)
        self._file, self._lock = file, lock
        return True

    def write(self, pack: Pack, session: SessionState, file_version: FileVersion) -> None:
        """Write the session and the file that it belongs to. Report an error once, until writing works again."""
        if self._folder is None:
            return
        try:
            if self._file is None:
                self._file = new_autosave(self._folder)
                self._lock = try_lock(self._file.lock_path)
            if self._writer is None:
                self._writer = AutosaveWriter(self._file, pack, session, file_version)
            else:
                self._writer.save(pack, session, file_version)
        except OSError as error:
            if self._is_writable:
                self._is_writable = False
                self._messages.error.emit(
                    f"Autosave to “{self._folder}” failed ({os_error_text(error)}). Save your session to a file."
                )
            return
        self._is_writable = True
        self._fsync_timer.trigger()

    def release(self, *, discard: bool) -> None:
        """Close the file; delete it, or leave it so that the session can be restored."""
        self._fsync_timer.cancel()
        if self._writer is not None:
            self._writer.close()
        if self._file is not None and discard:
            self._file.delete()
        if self._lock is not None:
            self._lock.unlock()
        self._file = self._writer = self._lock = None

    def recoverable_sessions(self) -> tuple[AutosaveFile, ...]:
        """Unsaved sessions that no window has open, newest first."""
        return recoverable_sessions(self._folder, self._file)

    def close(self, *, discard: bool) -> None:
        """Release the file and wait until no worker runs."""
        if self._writer is not None and not discard:
            self._writer.fsync()
        self.release(discard=discard)
        self._fsync_worker.close()

    def _fsync(self) -> None:
        if self._writer is not None:
            self._fsync_worker.request(self._writer.fsync)
