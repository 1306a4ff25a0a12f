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
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.storage.packs.catalog import PackInfo
from explorer.storage.packs.loader import PACK_FILES
from explorer.ui.pack.pack_watcher import PackWatcher
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PackProblems:
    """What is wrong with a pack, in a sentence and one by one."""

    summary: str
    problems: tuple[Problem, ...]


class VerificationTask(Protocol):
    """Something under way that can be given up."""

    def result(self) -> object:
        """Wait for what it comes to; None once it is given up."""

    def cancel(self) -> None:
        """Give it up."""


@dataclass(frozen=True)
class PackSource:
    """Whom the library asks, `prove` apart in other threads: plain functions, none of which knows a window.

    `read` raises PackError where a folder holds no sound pack; `prove` comes to the problems that show in no
    less than all combinations of answers; `shelf` lists the packs that come along.
    """

    read: Callable[[Path], LoadedPack]
    verify: Callable[[Path], VerificationTask]
    list_packs: Callable[[], tuple[PackInfo, ...]]


class PackLoader(QObject):
    """Knows which pack is open; whatever is asked last comes true, and a pack that is broken changes nothing.

    `packs_listed` sends the shipped packs. `opening` is emitted while the previous pack is still open; `opened` and
    `reloaded` send the previous pack. `invalid` sends the problems of a pack; `valid` says that there are none.
    """

    packs_listed = Signal(tuple)
    opening = Signal()
    opened = Signal(LoadedPack)
    reloaded = Signal(LoadedPack)
    invalid = Signal(object)
    valid = Signal()
    failed = Signal(str)

    def __init__(self, source: PackSource, open_pack: OpenPack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self.open_pack = source, open_pack
        self._reader = LatestOnlyWorker(self)
        self._reader.done.connect(self._on_read)
        self._reader.crashed.connect(self._report_crash)
        self._reader.failed.connect(self._report_failure)
        self._verifier = LatestOnlyWorker(self)
        self._verifier.done.connect(self._on_verified)
        self._verifier.crashed.connect(self._report_verify_crash)
        self._lister = LatestOnlyWorker(self)
        self._lister.done.connect(self.packs_listed)
        self._lister.crashed.connect(self._report_list_crash)
        self._lister.request(source.list_packs)
        self._verification: VerificationTask | None = None
        self._verification_problems: tuple[Problem, ...] | None = None
        self._requested_folder = self._folder
        self._watcher = PackWatcher(PACK_FILES, self)
        self._watcher.edited.connect(self._reload)
        self._watcher.watch(self._folder)
        if not open_pack.loaded.shipped:
            self._verify()

    @property
    def _folder(self) -> Path:
        folder = self.open_pack.folder
        assert folder is not None, "a pack made in memory has no loader"
        return folder

    def open(self, folder: Path) -> None:
        """Open the pack in a folder; the one that is open already is read again."""
        self._read(folder)

    def close(self) -> None:
        """Leave no work behind."""
        self._watcher.watch(None)
        self._lister.close()
        self._reader.close()
        self._cancel_verification()
        self._verifier.close()

    def _reload(self) -> None:
        self._read(self._folder)

    def _read(self, folder: Path) -> None:
        self._requested_folder = folder
        self._cancel_verification()
        self._reader.request(partial(self._source.read, folder))

    def _on_read(self, found: LoadedPack) -> None:
        before = self.open_pack.loaded
        another = before.folder != found.folder
        if another or before.pack != found.pack:
            self._verification_problems = None
        if another:
            self._watcher.watch(found.folder)
            self.opening.emit()
            self.open_pack.loaded = found
            self.opened.emit(before)
        else:
            self.open_pack.loaded = found
            if before.pack != found.pack:
                self.reloaded.emit(before)
        self._on_verified(self._verification_problems or ())  # till it is proved again, since lines may have moved
        if not (another and found.shipped):
            self._verify()

    def _verify(self) -> None:
        self._verification = self._source.verify(self._folder)
        self._verifier.request(self._verification.result)

    def _cancel_verification(self) -> None:
        self._verifier.cancel()
        if self._verification is not None:
            self._verification.cancel()
            self._verification = None

    def _report_failure(self, error: ExplorerError) -> None:
        if isinstance(error, PackError):
            self.invalid.emit(PackProblems(self._summarize(len(error.problems)), error.problems))
        else:
            self.failed.emit(str(error))

    def _on_verified(self, problems: tuple[Problem, ...] | None) -> None:
        if problems is None:
            return
        self._verification_problems = problems
        if problems:
            told = f"The pack works, but not for all answers: {_count_problems(len(problems))}."
            self.invalid.emit(PackProblems(told, problems))
        else:
            self.valid.emit()

    def _summarize(self, count: int) -> str:
        if self._requested_folder == self.open_pack.folder:
            return f"The pack as it is saved has {_count_problems(count)}; its last sound version stays in use."
        title = self.open_pack.pack.title
        return (
            f"The pack in “{self._requested_folder}” cannot be opened: {_count_problems(count)}. “{title}” stays open."
        )

    def _report_crash(self, error: Exception) -> None:
        log.error("The pack could not be read.", exc_info=error)
        if self._requested_folder == self.open_pack.folder:
            self.failed.emit("The pack could not be read again; its last sound version stays in use.")
        else:
            title = self.open_pack.pack.title
            self.failed.emit(f"The pack in “{self._requested_folder}” could not be read. “{title}” stays open.")

    def _report_list_crash(self, error: Exception) -> None:
        log.error("The packs that come along could not be listed.", exc_info=error)
        self.failed.emit("The packs that come along could not be listed; open a pack by its folder.")

    def _report_verify_crash(self, error: Exception) -> None:
        """The pack works: what could not be done here, “check” does."""
        log.warning("The pack could not be proved.", exc_info=error)


def _count_problems(count: int) -> str:
    return "one fault" if count == 1 else f"{count:,} faults"
