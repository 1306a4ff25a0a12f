"""Notices when another program changes the session's file, and when another window has it open."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from explorer.storage.sessions.autosave import FileVersion, sha256_of
from explorer.storage.sessions.session_file import read_session_bytes
from explorer.ui.document.autosave import try_lock
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)

DEBOUNCE_MS = 150
"""How long a file must be left alone before it is looked at: programs write in several steps."""


class FileWatcher(QObject):
    """Watches one file; `changed` tells that it is another than the one last read or written here.

    Each state of the file is told of once, whatever else goes on in its folder.
    """

    changed = Signal()
    missing = Signal()

    def __init__(self, locks: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._lock_folder = locks
        self._file_version = FileVersion()
        self._last_sha256: str | None = ""
        self._lock: QLockFile | None = None
        self._watcher = QFileSystemWatcher(self)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._hasher = LatestOnlyWorker(self)
        self._watcher.fileChanged.connect(lambda _path: self._debounce.start())
        self._watcher.directoryChanged.connect(lambda _path: self._debounce.start())
        self._debounce.timeout.connect(self._hash_file)
        self._hasher.done.connect(self._on_hashed)
        self._hasher.failed.connect(lambda _error: self._on_hashed(None))
        self._hasher.crashed.connect(
            lambda error: log.error("The session's file could not be looked at.", exc_info=error)
        )

    def acquire_lock(self, path: Path) -> bool:
        """Take a file for this window; False while another window has it."""
        if self._lock_folder is None:
            return True
        name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        lock = try_lock(self._lock_folder / f"{name}.lock")
        if lock is None:
            return False
        self._unlock()
        self._lock = lock
        return True

    def watch(self, origin: FileVersion) -> None:
        """Watch this file as it is now, or none."""
        self._file_version, self._last_sha256 = origin, origin.sha256
        self._hasher.cancel()
        if known := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(known)
        if origin.path is None:
            self._debounce.stop()
        else:  # its folder too: a file that is replaced as a whole is no longer the one that is watched
            self._watcher.addPaths([str(origin.path), str(origin.path.absolute().parent)])

    def unwatch(self) -> None:
        """Turn to another session, or none."""
        self.watch(FileVersion())
        self._unlock()

    def close(self) -> None:
        """Leave no work behind."""
        self.unwatch()
        self._hasher.close()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    def _hash_file(self) -> None:
        if self._file_version.path is not None:
            self._hasher.request(partial(_hash_of, self._file_version.path))

    def _on_hashed(self, found: str | None) -> None:
        """Whether the file is another by now; None where it is gone."""
        path = self._file_version.path
        if path is None:
            return
        if found is not None and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))  # put in the place of the one that was watched
        news, self._last_sha256 = found != self._last_sha256, found
        if not news:
            return
        if found is None:
            self.missing.emit()
        elif found != self._file_version.sha256:
            self.changed.emit()


def _hash_of(path: Path) -> str:
    return sha256_of(read_session_bytes(path))
