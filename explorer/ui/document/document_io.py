"""Document I/O: reads and writes session files in worker threads."""

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
from explorer.ui.shell.messages import Messages
from explorer.ui.workers.workers import LatestOnlyWorker, QueuedWorker

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """The session that was written and its file; `session_token` is the one that was passed to `write`."""

    session: SessionState
    file_version: FileVersion
    session_token: object


@dataclass(frozen=True)
class WriteConflict:
    """A file that was not written since it is no longer the version that was read."""

    path: Path
    session_token: object


@dataclass(frozen=True)
class _FileContent:
    """The present content of a file, for comparison with the session."""

    opened: OpenResult


class DocumentIo(QObject):
    """Reads one source at a time: the newest request wins. Writes in the order of the requests.

    `opened`: the source was read. `other_pack_needed`: its pack must be opened first. `compared`: the file was read
    for comparison. `written`: the session was saved. `conflicted`: the file had changed and was not written.
    """

    opened = Signal(OpenResult)
    other_pack_needed = Signal(NeedsOtherPack)
    compared = Signal(OpenResult)
    written = Signal(Written)
    conflicted = Signal(WriteConflict)

    def __init__(self, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._reader = LatestOnlyWorker(self)
        self._writer = QueuedWorker(self)
        for worker, crash_message in (
            (self._reader, "Could not open the session. The current session is unchanged."),
            (self._writer, "Could not save the session. The file is unchanged."),
        ):
            worker.done.connect(self._deliver)
            worker.failed.connect(self._report_failure)
            worker.crashed.connect(partial(self._report_crash, crash_message))

    def open(self, source: SessionSource, pack: Pack, autosaves: Iterable[AutosaveFile]) -> None:
        """Open a file, an autosave or a share code, unless it needs another shipped pack."""
        self._reader.request(partial(open_session, source, pack, autosaves))

    def open_with_pack(self, source: SessionSource, pack: Pack, autosaves: Iterable[AutosaveFile]) -> None:
        """Open the source with this pack, whatever pack it names."""
        self._reader.request(partial(open_with_pack, source, pack, autosaves))

    def load(self, path: Path, pack: Pack) -> None:
        """Open the file without its autosaved changes."""
        self._reader.request(partial(open_file, path, pack))

    def compare(self, path: Path, pack: Pack) -> None:
        """Read the file for comparison with the session."""
        self._reader.request(lambda: _FileContent(open_file(path, pack)))

    def write(
        self, path: Path, pack: Pack, session: SessionState, session_token: object, expected_sha256: str = ""
    ) -> None:
        """Write the session. An existing file must have the expected hash; "" accepts any content."""
        self._writer.request(partial(_write_session, path, pack, session, session_token, expected_sha256))

    def cancel_reads(self) -> None:
        """Discard what is still being read. Writes continue."""
        self._reader.cancel()

    def close(self) -> None:
        """Finish all writes and wait until no worker runs."""
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
        self._messages.error.emit(str(error))

    def _report_crash(self, text: str, error: Exception) -> None:
        log.error(text, exc_info=error)
        self._messages.error.emit(text)


def _write_session(
    path: Path, pack: Pack, session: SessionState, session_token: object, expected_sha256: str
) -> Written | WriteConflict:
    if expected_sha256 and path.exists() and sha256_of(read_session_bytes(path)) != expected_sha256:
        return WriteConflict(path, session_token)
    data = session_bytes(pack, session)
    write_atomically(path, data)
    return Written(session, FileVersion(path.absolute(), sha256_of(data)), session_token)
