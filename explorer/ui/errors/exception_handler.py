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

from explorer.core.session.workspace import WorkspaceChange
from explorer.diagnostics.crash_files import (
    FaultHandlerLog,
    enable_faulthandler,
    take_fault_logs,
    write_crash_report,
)
from explorer.diagnostics.crash_report import CrashReport, build_crash_report, build_native_crash_report

if TYPE_CHECKING:
    from explorer.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_MAX_ACTIONS = 40


@dataclass(frozen=True)
class ReportedError:
    """A fault, and the file that its report is in; None where none could be written."""

    crash_report: CrashReport
    path: Path | None


class ActionLog:
    """The names of what was done last, and how long ago; never what was typed or chosen."""

    def __init__(self) -> None:
        self._entries: deque[tuple[float, str]] = deque(maxlen=_MAX_ACTIONS)

    def add(self, step: str) -> None:
        """Something was done."""
        log.debug("%s", step)
        self._entries.append((monotonic(), step))

    @property
    def entries(self) -> tuple[str, ...]:
        """What was done, the newest at the end."""
        now = monotonic()
        return tuple(f"{now - when:6.1f} s before: {step}" for when, step in self._entries)


class ExceptionHandler(QObject):
    """Reports every error that nobody caught, or that was logged as one, whatever thread it comes from.

    `reported` tells of each kind of fault once, in the window's thread.
    """

    error_reported = Signal(object)
    _error_raised = Signal(object)

    def __init__(self, folder: Path | None, versions: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._folder, self._versions = folder, versions
        self._reported_signatures: set[str] = set()
        self._log_handler = _LogHandler(self)
        self._faulthandler_log: FaultHandlerLog | None = None
        self.action_log = ActionLog()
        self._error_raised.connect(self._on_error)

    def install(self) -> None:
        """Listen wherever an error ends up that nobody caught."""
        logging.getLogger("explorer").addHandler(self._log_handler)
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda met: self._on_uncaught(met.exc_type, met.exc_value, met.exc_traceback)
        sys.unraisablehook = lambda met: self._on_uncaught(met.exc_type, met.exc_value, met.exc_traceback)

    def start_crash_log(self) -> None:
        """Report what ended Berth last time, if anything did, and write down what might end it now."""
        if self._folder is None:
            return
        now = datetime.now().astimezone()
        for dump in take_fault_logs(self._folder):
            self._emit_report(build_native_crash_report(dump, self._versions(), now.isoformat(timespec="seconds")), now)
        self._faulthandler_log = enable_faulthandler(self._folder)

    def stop_crash_log(self) -> None:
        """Berth ends in peace."""
        if self._faulthandler_log is not None:
            self._faulthandler_log.close()

    def uninstall(self) -> None:
        """Listen no longer."""
        logging.getLogger("explorer").removeHandler(self._log_handler)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def record_actions(self, window: MainWindow) -> None:
        """Note what is done in a window."""
        for do, action in window.command_actions.by_id.items():
            action.triggered.connect(partial(self._record_command, do.name))
        window.session.changed.connect(self._record_change)

    def report(self, error: BaseException) -> None:
        """An error has been met; may be called from any thread."""
        self._error_raised.emit(error)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or not isinstance(error, Exception):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.critical("An unexpected fault.", exc_info=(kind, error, trace))

    def _on_error(self, error: BaseException) -> None:
        now = datetime.now().astimezone()
        self._emit_report(
            build_crash_report(error, self._versions(), self.action_log.entries, now.isoformat(timespec="seconds")),
            now,
        )

    def _emit_report(self, met: CrashReport, now: datetime) -> None:
        if met.signature not in self._reported_signatures:
            self._reported_signatures.add(met.signature)
            self.error_reported.emit(ReportedError(met, write_crash_report(met.text, self._folder, now)))

    def _record_command(self, name: str) -> None:
        self.action_log.add(name.lower().replace("_", " "))

    def _record_change(self, change: WorkspaceChange) -> None:
        self.action_log.add(f"changed: {', '.join(kind.name.lower() for kind in change if kind.name)}")


class _LogHandler(logging.Handler):
    """Passes on the errors that are logged."""

    def __init__(self, faults: ExceptionHandler) -> None:
        super().__init__(logging.ERROR)
        self._exception_handler = faults

    def emit(self, record: logging.LogRecord) -> None:
        """Only what has an error with it is a fault."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._exception_handler.report(error)
