"""Pack loader: reads and verifies packs in the background, and reloads the open pack when its files change."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.core.errors import ExplorerError, PackError, Problem
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.storage.packs.catalog import PackInfo
from explorer.storage.packs.loader import PACK_FILES
from explorer.ui.pack.pack_watcher import PackWatcher
from explorer.ui.shell.messages import Messages
from explorer.ui.workers.subprocess_worker import ProcessTask
from explorer.ui.workers.workers import LatestOnlyWorker

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PackProblems:
    """The problems of a pack, and one sentence that sums them up."""

    summary: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class PackSource:
    """The functions that the loader calls. They run in worker threads and use no widget.

    `read` loads a folder and raises PackError for an invalid pack. `verify` checks every combination of answers
    and results in a tuple of problems. `list_packs` finds the shipped packs.
    """

    read: Callable[[Path], LoadedPack]
    verify: Callable[[Path], ProcessTask]
    list_packs: Callable[[], tuple[PackInfo, ...]]


class PackLoader(QObject):
    """Loads packs; the newest request wins, and an invalid pack leaves the open one in place.

    `packs_listed` sends the shipped packs. `opening` is emitted while the previous pack is still open; `opened` and
    `reloaded` send the previous pack. `invalid` sends the problems of a pack, `valid` clears them.
    """

    packs_listed = Signal(tuple)
    opening = Signal()
    opened = Signal(LoadedPack)
    reloaded = Signal(LoadedPack)
    invalid = Signal(PackProblems)
    valid = Signal()

    def __init__(
        self, source: PackSource, open_pack: OpenPack, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._open_pack, self._messages = source, open_pack, messages
        self._reader = LatestOnlyWorker(self)
        self._reader.done.connect(self._on_read)
        self._reader.crashed.connect(self._report_crash)
        self._reader.failed.connect(self._report_failure)
        self._verifier = LatestOnlyWorker(self)
        self._verifier.done.connect(self._on_verified)
        self._verifier.crashed.connect(self._log_verify_crash)
        self._lister = LatestOnlyWorker(self)
        self._lister.done.connect(self.packs_listed)
        self._lister.crashed.connect(self._report_list_crash)
        self._lister.request(source.list_packs)
        self._verification: ProcessTask | None = None
        self._verification_problems: tuple[Problem, ...] | None = None
        self._requested_folder = self._folder
        self._watcher = PackWatcher(PACK_FILES, self)
        self._watcher.edited.connect(self._reload)
        self._watcher.watch(self._folder)
        if not open_pack.loaded.shipped:
            self._verify()

    @property
    def _folder(self) -> Path:
        folder = self._open_pack.folder
        assert folder is not None, "a pack made in memory has no loader"
        return folder

    def open(self, folder: Path) -> None:
        """Open the pack in a folder; reload it if it is open already."""
        self._requested_folder = folder
        self._cancel_verification()
        self._reader.request(partial(self._source.read, folder))

    def close(self) -> None:
        """Stop watching, and wait until no worker runs."""
        self._watcher.watch(None)
        self._lister.close()
        self._reader.close()
        self._cancel_verification()
        self._verifier.close()

    def _reload(self) -> None:
        self.open(self._folder)

    def _on_read(self, found: LoadedPack) -> None:
        before = self._open_pack.loaded
        is_other = before.folder != found.folder
        is_changed = before.pack != found.pack
        if is_other or is_changed:
            self._verification_problems = None
        if is_other:
            self._watcher.watch(found.folder)
            self.opening.emit()
        if is_other or is_changed:
            self._open_pack.loaded = found
        if is_other:
            self.opened.emit(before)
        elif is_changed:
            self.reloaded.emit(before)
        # Line numbers may have moved: hide problems of the previous version until verification ends.
        self._on_verified(self._verification_problems or ())
        if not (is_other and found.shipped):
            self._verify()

    def _verify(self) -> None:
        self._verification = self._source.verify(self._folder)
        self._verifier.request(self._verification.result)

    def _cancel_verification(self) -> None:
        self._verifier.cancel()
        if self._verification is not None:
            self._verification.cancel()
            self._verification = None

    def _on_verified(self, problems: tuple[Problem, ...] | None) -> None:
        if problems is None:
            return
        self._verification_problems = problems
        if problems:
            summary = f"The pack works, but some combinations of answers fail: {_count_problems(len(problems))}."
            self.invalid.emit(PackProblems(summary, problems))
        else:
            self.valid.emit()

    def _report_failure(self, error: ExplorerError) -> None:
        if isinstance(error, PackError):
            self.invalid.emit(PackProblems(self._summarize(len(error.problems)), error.problems))
        else:
            self._messages.error.emit(str(error))

    def _summarize(self, count: int) -> str:
        if self._requested_folder == self._folder:
            return f"The saved pack has {_count_problems(count)}. Berth keeps using the last valid version."
        return (
            f"Could not open the pack in “{self._requested_folder}”: {_count_problems(count)}. "
            f"“{self._open_pack.pack.title}” stays open."
        )

    def _report_crash(self, error: Exception) -> None:
        log.error("Could not read the pack.", exc_info=error)
        if self._requested_folder == self._folder:
            self._messages.error.emit("Could not reload the pack. Berth keeps using the last valid version.")
        else:
            title = self._open_pack.pack.title
            self._messages.error.emit(f"Could not read the pack in “{self._requested_folder}”. “{title}” stays open.")

    def _report_list_crash(self, error: Exception) -> None:
        log.error("Could not list the shipped packs.", exc_info=error)
        self._messages.error.emit("Could not list the shipped packs. Open a pack by its folder instead.")

    def _log_verify_crash(self, error: Exception) -> None:
        # The pack works without verification, and the command "check" verifies it too: no message.
        log.warning("Could not verify the pack.", exc_info=error)


def _count_problems(count: int) -> str:
    return "1 problem" if count == 1 else f"{count:,} problems"
