"""The one door for what nobody foresaw: a report in a file, one sentence, and the window stays up."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.core.session.workspace import Change
from explorer.diagnostics.crash_files import LastWords, last_words, listen_for_last_words, write_report
from explorer.diagnostics.crash_report import Fault, crash, fault

if TYPE_CHECKING:
    from explorer.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_STEPS = 40


@dataclass(frozen=True)
class Reported:
    """A fault, and the file that its report is in; None where none could be written."""

    fault: Fault
    path: Path | None


class Trail:
    """The names of what was done last, and how long ago; never what was typed or chosen."""

    def __init__(self) -> None:
        self._steps: deque[tuple[float, str]] = deque(maxlen=_STEPS)

    def note(self, step: str) -> None:
        """Something was done."""
        log.debug("%s", step)
        self._steps.append((monotonic(), step))

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done, the newest at the end."""
        now = monotonic()
        return tuple(f"{now - when:6.1f} s before: {step}" for when, step in self._steps)


class Faults(QObject):
    """Reports every error that nobody caught, or that was logged as one, whatever thread it comes from.

    `reported` tells of each kind of fault once, in the window's thread.
    """

    reported = Signal(object)
    _met = Signal(object)

    def __init__(self, folder: Path | None, versions: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._folder, self._versions = folder, versions
        self._seen: set[str] = set()
        self._listener = _Listener(self)
        self._last_words: LastWords | None = None
        self.trail = Trail()
        self._met.connect(self._report)

    def install(self) -> None:
        """Listen wherever an error ends up that nobody caught."""
        logging.getLogger("explorer").addHandler(self._listener)
        sys.excepthook = self._uncaught
        threading.excepthook = lambda met: self._uncaught(met.exc_type, met.exc_value, met.exc_traceback)
        sys.unraisablehook = lambda met: self._uncaught(met.exc_type, met.exc_value, met.exc_traceback)

    def begin(self) -> None:
        """Report what ended Berth last time, if anything did, and write down what might end it now."""
        if self._folder is None:
            return
        now = datetime.now().astimezone()
        for dump in last_words(self._folder):
            self._tell(crash(dump, self._versions(), now.isoformat(timespec="seconds")), now)
        self._last_words = listen_for_last_words(self._folder)

    def end(self) -> None:
        """Berth ends in peace."""
        if self._last_words is not None:
            self._last_words.close()

    def remove(self) -> None:
        """Listen no longer."""
        logging.getLogger("explorer").removeHandler(self._listener)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def follow(self, window: MainWindow) -> None:
        """Note what is done in a window."""
        for do, action in window.actions_.of.items():
            action.triggered.connect(partial(self._note_command, do.name))
        window.session.changed.connect(self._note_change)

    def meet(self, error: BaseException) -> None:
        """An error has been met; may be called from any thread."""
        self._met.emit(error)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or not isinstance(error, Exception):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.critical("An unexpected fault.", exc_info=(kind, error, trace))

    def _report(self, error: BaseException) -> None:
        now = datetime.now().astimezone()
        self._tell(fault(error, self._versions(), self.trail.steps, now.isoformat(timespec="seconds")), now)

    def _tell(self, met: Fault, now: datetime) -> None:
        if met.signature not in self._seen:
            self._seen.add(met.signature)
            self.reported.emit(Reported(met, write_report(met.report, self._folder, now)))

    def _note_command(self, name: str) -> None:
        self.trail.note(name.lower().replace("_", " "))

    def _note_change(self, change: Change) -> None:
        self.trail.note(f"changed: {', '.join(kind.name.lower() for kind in change if kind.name)}")


class _Listener(logging.Handler):
    """Passes on the errors that are logged."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        """Only what has an error with it is a fault."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._faults.meet(error)
