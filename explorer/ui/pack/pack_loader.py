"""Opens packs beside the window, reads the open one again when it is edited, and has it proved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError, PackError, Problem
from explorer.core.model.pack import Pack
from explorer.engine.protocols import Desk
from explorer.storage.packs.catalog import PackLabel
from explorer.storage.packs.loader import FILES
from explorer.ui.pack.pack_watcher import PackWatch
from explorer.ui.workers.workers import Latest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenPack:
    """A pack that can be used: where it lies, what it says, and the desk that answers for it.

    One that is `shipped` was proved before it was.
    """

    folder: Path
    pack: Pack
    desk: Desk
    shipped: bool = False


@dataclass(frozen=True)
class Faults:
    """What is wrong with a pack, in a sentence and one by one."""

    told: str
    problems: tuple[Problem, ...]


class Job(Protocol):
    """Something under way that can be given up."""

    def outcome(self) -> object:
        """Wait for what it comes to; None once it is given up."""

    def stop(self) -> None:
        """Give it up."""


@dataclass(frozen=True)
class Source:
    """Whom the library asks, `prove` apart in other threads: plain functions, none of which knows a window.

    `read` raises PackError where a folder holds no sound pack; `prove` comes to the problems that show in no
    less than all combinations of answers; `shelf` lists the packs that come along.
    """

    read: Callable[[Path], OpenPack]
    prove: Callable[[Path], Job]
    shelf: Callable[[], tuple[PackLabel, ...]]


class Library(QObject):
    """Knows which pack is open; whatever is asked last comes true, and a pack that is broken changes nothing.

    `listed` tells what comes along, `opened` and `reread` of a pack that can be used, `faulty` of what is
    wrong with one, `sound` that nothing is (any more).
    """

    listed = Signal(tuple)
    opened = Signal(object)
    reread = Signal(object)
    faulty = Signal(object)
    sound = Signal()
    failed = Signal(str)

    def __init__(self, source: Source, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self.now = source, open_pack
        self._reading = Latest(self)
        self._reading.done.connect(self._take)
        self._reading.crashed.connect(self._report_crash)
        self._reading.failed.connect(self._refuse)
        self._proving = Latest(self)
        self._proving.done.connect(self._tell_proof)
        self._proving.crashed.connect(self._report_unproved)
        self._listing = Latest(self)
        self._listing.done.connect(self.listed)
        self._listing.crashed.connect(self._report_unlisted)
        self._listing.request(source.shelf)
        self._job: Job | None = None
        self._unproved: tuple[Problem, ...] | None = None
        self._wanted = open_pack.folder
        self._watch = PackWatch(FILES, self)
        self._watch.edited.connect(self._read_again)
        self._watch.follow(open_pack.folder)
        if not open_pack.shipped:
            self._prove()

    def open(self, folder: Path) -> None:
        """Open the pack in a folder; the one that is open already is read again."""
        self._read(folder)

    def close(self) -> None:
        """Leave no work behind."""
        self._watch.follow(None)
        self._listing.close()
        self._reading.close()
        self._give_up()
        self._proving.close()

    def _read_again(self) -> None:
        self._read(self.now.folder)

    def _read(self, folder: Path) -> None:
        self._wanted = folder
        self._give_up()
        self._reading.request(partial(self._source.read, folder))

    def _take(self, found: OpenPack) -> None:
        before, self.now = self.now, found
        another = before.folder != found.folder
        if another or before.pack != found.pack:
            self._unproved = None
        if another:
            self._watch.follow(found.folder)
            self.opened.emit(found)
        elif before.pack != found.pack:
            self.reread.emit(found)
        self._tell_proof(self._unproved or ())  # till it is proved again, since lines may have moved
        if not (another and found.shipped):
            self._prove()

    def _prove(self) -> None:
        self._job = self._source.prove(self.now.folder)
        self._proving.request(self._job.outcome)

    def _give_up(self) -> None:
        self._proving.drop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _refuse(self, error: ExplorerError) -> None:
        if isinstance(error, PackError):
            self.faulty.emit(Faults(self._told(len(error.problems)), error.problems))
        else:
            self.failed.emit(str(error))

    def _tell_proof(self, problems: tuple[Problem, ...] | None) -> None:
        if problems is None:
            return
        self._unproved = problems
        if problems:
            told = f"The pack works, but not for all answers: {_faults(len(problems))}."
            self.faulty.emit(Faults(told, problems))
        else:
            self.sound.emit()

    def _told(self, count: int) -> str:
        if self._wanted == self.now.folder:
            return f"The pack as it is saved has {_faults(count)}; its last sound version stays in use."
        title = self.now.pack.title
        return f"The pack in “{self._wanted}” cannot be opened: {_faults(count)}. “{title}” stays open."

    def _report_crash(self, error: Exception) -> None:
        log.error("The pack could not be read.", exc_info=error)
        if self._wanted == self.now.folder:
            self.failed.emit("The pack could not be read again; its last sound version stays in use.")
        else:
            title = self.now.pack.title
            self.failed.emit(f"The pack in “{self._wanted}” could not be read. “{title}” stays open.")

    def _report_unlisted(self, error: Exception) -> None:
        log.error("The packs that come along could not be listed.", exc_info=error)
        self.failed.emit("The packs that come along could not be listed; open a pack by its folder.")

    def _report_unproved(self, error: Exception) -> None:
        """The pack works: what could not be done here, “check” does."""
        log.warning("The pack could not be proved.", exc_info=error)


def _faults(count: int) -> str:
    return "one fault" if count == 1 else f"{count:,} faults"
