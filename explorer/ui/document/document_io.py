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
from explorer.core.session.session import SavedSession
from explorer.storage.atomic_write import write_whole
from explorer.storage.sessions.autosave import Draft, Origin, fingerprint
from explorer.storage.sessions.opening import Beginning, Elsewhere, Opening, find, open_file, open_with
from explorer.storage.sessions.session_file import session_bytes, session_file_bytes
from explorer.ui.workers.workers import InTurn, Latest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """What a file holds from now on; `whose` is as whoever had it written gave it."""

    session: SavedSession
    origin: Origin
    whose: object


@dataclass(frozen=True)
class Clash:
    """A file that is another than the one that was read, and so was not written; `whose` as above."""

    path: Path
    whose: object


@dataclass(frozen=True)
class _Beside:
    """What a file holds by now, to be compared with."""

    found: Opening


class FileWork(QObject):
    """One reading at a time, the newest; writings in the order in which they were asked for.

    `opened` and `compared` bring an Opening, `belongs` what another pack is needed for, `written` what a file
    holds now; `clashed` brings a Clash.
    """

    opened = Signal(object)
    belongs = Signal(object)
    compared = Signal(object)
    written = Signal(object)
    clashed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reading = Latest(self)
        self._writing = InTurn(self)
        for worker, unforeseen in (
            (self._reading, "The session could not be opened; what is here stays as it is."),
            (self._writing, "The session could not be saved; the file is as it was."),
        ):
            worker.done.connect(self._tell)
            worker.failed.connect(self._tell_failure)
            worker.crashed.connect(partial(self._tell_crash, unforeseen))

    def find(self, source: Beginning, pack: Pack, left: Iterable[Draft]) -> None:
        """Open a file, a draft or a code, with the pack or the one that it asks for."""
        self._reading.request(partial(find, source, pack, left))

    def open_with(self, source: Beginning, pack: Pack, left: Iterable[Draft]) -> None:
        """Open it with this very pack."""
        self._reading.request(partial(open_with, source, pack, left))

    def load(self, path: Path, pack: Pack) -> None:
        """Open what the file holds, whatever was not saved to it."""
        self._reading.request(partial(open_file, path, pack))

    def compare(self, path: Path, pack: Pack) -> None:
        """Find out what the file holds, to compare with it."""
        self._reading.request(lambda: _Beside(open_file(path, pack)))

    def write(self, path: Path, pack: Pack, session: SavedSession, whose: object, expected: str = "") -> None:
        """Write the session, unless the file is another than `expected`; "" expects nothing."""
        self._writing.request(partial(_written, path, pack, session, whose, expected))

    def forget(self) -> None:
        """Want nothing that is still being read; what is being written is written."""
        self._reading.drop()

    def close(self) -> None:
        """Finish what is being written, and leave no work behind."""
        self._writing.close()
        self._reading.close()

    def _tell(self, result: Opening | Elsewhere | _Beside | Written | Clash) -> None:
        match result:
            case Opening():
                self.opened.emit(result)
            case Elsewhere():
                self.belongs.emit(result)
            case _Beside(found):
                self.compared.emit(found)
            case Written():
                self.written.emit(result)
            case Clash():
                self.clashed.emit(result)

    def _tell_failure(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _tell_crash(self, told: str, error: Exception) -> None:
        log.error(told, exc_info=error)
        self.failed.emit(told)


def _written(path: Path, pack: Pack, session: SavedSession, whose: object, expected: str) -> Written | Clash:
    if expected and path.exists() and fingerprint(session_file_bytes(path)) != expected:
        return Clash(path, whose)
    data = session_bytes(pack, session)
    write_whole(path, data)
    return Written(session, Origin(path.absolute(), fingerprint(data)), whose)
