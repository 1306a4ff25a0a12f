"""Pack watcher: reports when an editor has saved files of the open pack."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from explorer.ui.workers.debounce import Debounce

DEBOUNCE_MS = 120
"""How long the files must stay unchanged: one save causes several events, and one edit may save several files."""

_FileStamp = tuple[int, int, int] | None
"""Modification time, size and inode of a file; None if there is no file."""


class PackWatcher(QObject):
    """Watches the files of one folder and emits `edited` once they have changed and are stable again.

    Editors write in place, rename a new file over the old one, or delete and create. A watch follows the old file,
    so the watcher renews every watch after each edit. It also watches the folder and the parent folder, which may
    be replaced as a whole. Reading and verifying a pack is expensive, so other events in these folders are ignored.
    """

    edited = Signal()

    def __init__(self, names: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._folder: Path | None = None
        self._last_stamps: tuple[_FileStamp, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._debounce = Debounce(DEBOUNCE_MS, self._on_quiet, self)
        self._watcher.fileChanged.connect(self._on_event)
        self._watcher.directoryChanged.connect(self._on_event)

    def watch(self, folder: Path | None) -> None:
        """Watch this folder instead of the previous one; None watches nothing."""
        self._debounce.cancel()
        self._folder = folder
        self._renew_watches()
        self._last_stamps = self._read_stamps()

    def _on_event(self, _path: str) -> None:
        # Only start the timer: Qt is iterating over its watches here, and crashes if they change.
        self._debounce.trigger()

    def _on_quiet(self) -> None:
        self._renew_watches()
        previous, self._last_stamps = self._last_stamps, self._read_stamps()
        if self._last_stamps != previous:
            self.edited.emit()

    def _renew_watches(self) -> None:
        if old := [*self._watcher.files(), *self._watcher.directories()]:
            self._watcher.removePaths(old)
        if self._folder is not None:
            folder = self._folder.absolute()
            wanted = (folder.parent, folder, *(folder / name for name in self._names))
            if found := [str(path) for path in wanted if path.exists()]:
                self._watcher.addPaths(found)

    def _read_stamps(self) -> tuple[_FileStamp, ...]:
        folder = self._folder
        return tuple(_read_stamp(folder / name) for name in self._names) if folder is not None else ()


def _read_stamp(file: Path) -> _FileStamp:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
