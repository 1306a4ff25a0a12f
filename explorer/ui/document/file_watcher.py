"""Notices when another program changes the session's file, and when another window has it open."""

from __future__ import annotations

import hashlib
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from explorer.storage.sessions.autosave import Origin, fingerprint
from explorer.storage.sessions.session_file import session_file_bytes
from explorer.ui.document.autosave import locked
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)

CALM_MS = 150
"""How long a file must be left alone before it is looked at: programs write in several steps."""


class Watch(QObject):
    """Watches one file; `changed` tells that it is another than the one last read or written here.

    Each state of the file is told of once, whatever else goes on in its folder.
    """

    changed = Signal()
    vanished = Signal()

    def __init__(self, locks: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._locks = locks
        self._origin = Origin()
        self._told: str | None = ""
        self._lock: QLockFile | None = None
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._looking = Latest(self)
        self._watcher.fileChanged.connect(lambda _path: self._calm.start())
        self._watcher.directoryChanged.connect(lambda _path: self._calm.start())
        self._calm.timeout.connect(self._look)
        self._looking.done.connect(self._compare)
        self._looking.failed.connect(lambda _error: self._compare(None))
        self._looking.crashed.connect(
            lambda error: log.error("The session's file could not be looked at.", exc_info=error)
        )

    def claim(self, path: Path) -> bool:
        """Take a file for this window; False while another window has it."""
        if self._locks is None:
            return True
        name = hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        lock = locked(self._locks / f"{name}.lock")
        if lock is None:
            return False
        self._unlock()
        self._lock = lock
        return True

    def follow(self, origin: Origin) -> None:
        """Watch this file as it is now, or none."""
        self._origin, self._told = origin, origin.print
        self._looking.drop()
        if known := self._watcher.files() + self._watcher.directories():
            self._watcher.removePaths(known)
        if origin.path is None:
            self._calm.stop()
        else:  # its folder too: a file that is replaced as a whole is no longer the one that is watched
            self._watcher.addPaths([str(origin.path), str(origin.path.absolute().parent)])

    def leave(self) -> None:
        """Turn to another session, or none."""
        self.follow(Origin())
        self._unlock()

    def close(self) -> None:
        """Leave no work behind."""
        self.leave()
        self._looking.close()

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    def _look(self) -> None:
        if self._origin.path is not None:
            self._looking.request(partial(_print_of, self._origin.path))

    def _compare(self, found: str | None) -> None:
        """Whether the file is another by now; None where it is gone."""
        path = self._origin.path
        if path is None:
            return
        if found is not None and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))  # put in the place of the one that was watched
        news, self._told = found != self._told, found
        if not news:
            return
        if found is None:
            self.vanished.emit()
        elif found != self._origin.print:
            self.changed.emit()


def _print_of(path: Path) -> str:
    return fingerprint(session_file_bytes(path))
