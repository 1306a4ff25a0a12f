"""Reads and writes session files beside the window, and says what came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError
from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState
from explorer.storage.atomic_write import write_atomically
from explorer.storage.sessions.autosave import AutosaveFile, FileVersion, sha256_of
from explorer.storage.sessions.opening import (
    NeedsOtherPack,
    OpenResult,
    SessionSource,
    open_file,
    open_session,
    open_with_pack,
)
from explorer.storage.sessions.session_file import read_session_bytes, session_bytes
from explorer.ui.workers.workers import LatestOnlyWorker, QueuedWorker

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """What a file holds from now on; `whose` is as whoever had it written gave it."""

    session: SessionState
    file_version: FileVersion
    session_token: object


@dataclass(frozen=True)
class WriteConflict:
    """A file that is another than the one that was read, and so was not written; `whose` as above."""

    path: Path
    session_token: object


@dataclass(frozen=True)
class _FileContent:
    """What a file holds by now, to be compared with."""

    opened: OpenResult


class DocumentIo(QObject):
    """One reading at a time, the newest; writings in the order in which they were asked for.

    `opened` and `compared` bring an Opening, `belongs` what another pack is needed for, `written` what a file
    holds now; `clashed` brings a Clash.
    """

    opened = Signal(object)
    other_pack_needed = Signal(object)
    compared = Signal(object)
    written = Signal(object)
    conflicted = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = LatestOnlyWorker(self)
        self._writer = QueuedWorker(self)
        for worker, unforeseen in (
            (self._reader, "The session could not be opened; what is here stays as it is."),
            (self._writer, "The session could not be saved; the file is as it was."),
        ):
            worker.done.connect(self._deliver)
            worker.failed.connect(self._report_failure)
            worker.crashed.connect(partial(self._report_crash, unforeseen))

    def open(self, source: SessionSource, pack: Pack, left: Iterable[AutosaveFile]) -> None:
        """Open a file, a draft or a code, with the pack or the one that it asks for."""
        self._reader.request(partial(open_session, source, pack, left))

    def open_with_pack(self, source: SessionSource, pack: Pack, left: Iterable[AutosaveFile]) -> None:
        """Open it with this very pack."""
        self._reader.request(partial(open_with_pack, source, pack, left))

    def load(self, path: Path, pack: Pack) -> None:
        """Open what the file holds, whatever was not saved to it."""
        self._reader.request(partial(open_file, path, pack))

    def compare(self, path: Path, pack: Pack) -> None:
        """Find out what the file holds, to compare with it."""
        self._reader.request(lambda: _FileContent(open_file(path, pack)))

    def write(self, path: Path, pack: Pack, session: SessionState, whose: object, expected: str = "") -> None:
        """Write the session, unless the file is another than `expected`; "" expects nothing."""
        self._writer.request(partial(_write_session, path, pack, session, whose, expected))

    def cancel_reads(self) -> None:
        """Want nothing that is still being read; what is being written is written."""
        self._reader.cancel()

    def close(self) -> None:
        """Finish what is being written, and leave no work behind."""
        self._writer.close()
        self._reader.close()

    def _deliver(self, result: OpenResult | NeedsOtherPack | _FileContent | Written | WriteConflict) -> None:
        match result:
            case OpenResult():
                self.opened.emit(result)
            case NeedsOtherPack():
                self.other_pack_needed.emit(result)
            case _FileContent(found):
                self.compared.emit(found)
            case Written():
                self.written.emit(result)
            case WriteConflict():
                self.conflicted.emit(result)

    def _report_failure(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, told: str, error: Exception) -> None:
        log.error(told, exc_info=error)
        self.failed.emit(told)


def _write_session(
    path: Path, pack: Pack, session: SessionState, whose: object, expected: str
) -> Written | WriteConflict:
    if expected and path.exists() and sha256_of(read_session_bytes(path)) != expected:
        return WriteConflict(path, whose)
    data = session_bytes(pack, session)
    write_atomically(path, data)
    return Written(session, FileVersion(path.absolute(), sha256_of(data)), whose)
