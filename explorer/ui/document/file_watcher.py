"""File watcher: reports when another program changes or removes the session's file, and locks it for this window."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from explorer.storage.sessions.autosave import FileVersion, sha256_of
from explorer.storage.sessions.session_file import read_session_bytes
from explorer.ui.document.autosave import try_lock
from explorer.ui.workers.debounce import Debounce
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

DEBOUNCE_MS = 150
"""How long the file must stay unchanged before it is read: programs write in several steps."""


class FileWatcher(QObject):
    """Watches one file. `changed`: it is not the version that was last read or written. `missing`: it is gone.

    Each state of the file is reported once.
    """

    changed = Signal()
    missing = Signal()

    def __init__(self, lock_folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._lock_folder = lock_folder
        self._file_version = FileVersion()
        self._last_sha256: str | None = ""
        self._lock: QLockFile | None = None
        self._watcher = QFileSystemWatcher(self)
        self._debounce = Debounce(DEBOUNCE_MS, self._hash_file, self)
        self._hasher = LatestOnlyWorker(self)
        self._watcher.fileChanged.connect(lambda _path: self._debounce.trigger())
        self._watcher.directoryChanged.connect(lambda _path: self._debounce.trigger())
        self._hasher.done.connect(self._on_hashed)
        self._hasher.failed.connect(lambda _error: self._on_hashed(None))
        self._hasher.crashed.connect(lambda error: log.error("Could not read the session's file.", exc_info=error))

    def acquire_lock(self, path: Path) -> bool:
        """Lock a file for this window; return False if another window has locked it."""
        if self._lock_folder is None:
            return True
        name = hashlib.sha256(_identity(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        lock = try_lock(self._lock_folder / f"{name}.lock")
        if lock is None:
            return False
        self._unlock()
        self._lock = lock
        return True

    def watch(self, file_version: FileVersion) -> None:
        """Watch this version of a file instead of the previous one."""
        self._file_version, self._last_sha256 = file_version, file_version.sha256
        self._hasher.cancel()
        if known := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(known)
        if file_version.path is None:
            self._debounce.cancel()
        else:  # the folder too: the watch on a file ends when another file replaces it
            self._watcher.addPaths([str(file_version.path), str(file_version.path.absolute().parent)])

    def unwatch(self) -> None:
        """Watch no file, and release its lock."""
        self.watch(FileVersion())
        self._unlock()

    def close(self) -> None:
        """Watch no file, and wait until no worker runs."""
        self.unwatch()
        self._hasher.close()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    def _hash_file(self) -> None:
        if self._file_version.path is not None:
            self._hasher.request(partial(_hash_of, self._file_version.path))

    def _on_hashed(self, sha256: str | None) -> None:
        """Compare the hash of the file with the expected one; None: the file cannot be read."""
        path = self._file_version.path
        if path is None:
            return
        if sha256 is not None and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))  # another file has replaced the watched one
        is_new, self._last_sha256 = sha256 != self._last_sha256, sha256
        if not is_new:
            return
        if sha256 is None:
            self.missing.emit()
        elif sha256 != self._file_version.sha256:
            self.changed.emit()


def _identity(path: Path) -> str:
    """The path without symbolic links; the path as it is if the links form a loop."""
    try:
        return str(path.resolve())
    except (OSError, RuntimeError, ValueError):
        return str(path.absolute())


def _hash_of(path: Path) -> str:
    return sha256_of(read_session_bytes(path))
