"""Notices that somebody has saved a file of a pack, in whatever way their editor writes files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

DEBOUNCE_MS = 120
"""Quiet for so long, an edit is over: one save is several changes, and several files are one edit."""

_FileStamp = tuple[int, int, int] | None
"""What tells one state of a file from another without reading it; None where there is no file."""


class PackWatcher(QObject):
    """Watches the files of one folder; `edited` once they may differ and have come to rest.

    Editors write in place, or another file and rename it, or delete and create: a watch on a file goes
    with the old file, so every watch is renewed once an edit has come to rest, and the folder is watched
    beside its files, and the folder above beside it, should it be put in the place of another. What else
    happens in those two is no edit: to read and to prove a pack is too dear for that.
    """

    edited = Signal()

    def __init__(self, names: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._folder: Path | None = None
        self._last_stamps: tuple[_FileStamp, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self._on_quiet)
        self._watcher.fileChanged.connect(self._start_debounce)
        self._watcher.directoryChanged.connect(self._start_debounce)

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        self._debounce.stop()
        self._folder = folder
        self._renew_watches()
        self._last_stamps = self._read_stamps()

    def _start_debounce(self, _path: str) -> None:
        self._debounce.start()  # and no more: Qt is still going through the watches, and crashes over a change

    def _on_quiet(self) -> None:
        self._renew_watches()
        before, self._last_stamps = self._last_stamps, self._read_stamps()
        if self._last_stamps != before:
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
