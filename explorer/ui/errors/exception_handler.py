"""Global exception handler: writes a crash report for each unexpected error and keeps the window open."""

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

from PySide6.QtCore import QObject, Signal

from explorer.core.session.workspace import WorkspaceChange
from explorer.diagnostics.crash_files import (
    FaultHandlerLog,
    enable_faulthandler,
    take_fault_logs,
    write_crash_report,
)
from explorer.diagnostics.crash_report import CrashReport, build_crash_report, build_native_crash_report
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.commands import CommandActions

log = logging.getLogger(__name__)

_MAX_ACTIONS = 40


@dataclass(frozen=True)
class ReportedError:
    """A crash report and its file; None if no file could be written."""

    crash_report: CrashReport
    path: Path | None


class ActionLog:
    """The names of the last commands and changes with their age; never what the user typed or answered."""

    def __init__(self) -> None:
        self._entries: deque[tuple[float, str]] = deque(maxlen=_MAX_ACTIONS)

    def add(self, action: str) -> None:
        """Record an action."""
        log.debug("%s", action)
        self._entries.append((monotonic(), action))

    @property
    def entries(self) -> tuple[str, ...]:
        """The recorded actions, newest last."""
        now = monotonic()
        return tuple(f"{now - when:6.1f} s before: {action}" for when, action in self._entries)


class ExceptionHandler(QObject):
    """Reports every uncaught exception, and every exception that is logged as an error, from any thread.

    `error_reported` is emitted in the window's thread, once for each error signature.
    """

    error_reported = Signal(ReportedError)
    _error_raised = Signal(BaseException)

    def __init__(self, folder: Path | None, versions: Callable[[], Mapping[str, str]]) -> None:
        super().__init__()
        self._folder, self._versions = folder, versions
        self._reported_signatures: set[str] = set()
        self._log_handler = _LogHandler(self)
        self._faulthandler_log: FaultHandlerLog | None = None
        self.action_log = ActionLog()
        self._error_raised.connect(self._on_error)

    def install(self) -> None:
        """Install the hooks for uncaught exceptions and the log handler."""
        logging.getLogger("explorer").addHandler(self._log_handler)
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda hook: self._on_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
        sys.unraisablehook = lambda hook: self._on_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def start_crash_log(self) -> None:
        """Report a native crash of the previous run, and enable faulthandler for this run."""
        if self._folder is None:
            return
        now = datetime.now().astimezone()
        for dump in take_fault_logs(self._folder):
            self._emit_report(build_native_crash_report(dump, self._versions(), now.isoformat(timespec="seconds")), now)
        self._faulthandler_log = enable_faulthandler(self._folder)

    def stop_crash_log(self) -> None:
        """Close the log of faulthandler: the application ends without a crash."""
        if self._faulthandler_log is not None:
            self._faulthandler_log.close()

    def uninstall(self) -> None:
        """Restore the default hooks and remove the log handler."""
        logging.getLogger("explorer").removeHandler(self._log_handler)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def record_actions(self, actions: CommandActions, session: SessionStore) -> None:
        """Record the commands and the session changes of a window."""
        for command, action in actions.by_id.items():
            action.triggered.connect(partial(self._record_command, command.name))
        session.changed.connect(self._record_change)

    def report(self, error: BaseException) -> None:
        """Report an exception. Can be called from any thread."""
        self._error_raised.emit(error)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or not isinstance(error, Exception):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.critical("Unexpected error.", exc_info=(kind, error, trace))

    def _on_error(self, error: BaseException) -> None:
        now = datetime.now().astimezone()
        self._emit_report(
            build_crash_report(error, self._versions(), self.action_log.entries, now.isoformat(timespec="seconds")),
            now,
        )

    def _emit_report(self, report: CrashReport, now: datetime) -> None:
        if report.signature not in self._reported_signatures:
            self._reported_signatures.add(report.signature)
            self.error_reported.emit(ReportedError(report, write_crash_report(report.text, self._folder, now)))

    def _record_command(self, name: str) -> None:
        self.action_log.add(name.lower().replace("_", " "))

    def _record_change(self, change: WorkspaceChange) -> None:
        self.action_log.add(f"changed: {', '.join(kind.name.lower() for kind in change if kind.name)}")


class _LogHandler(logging.Handler):
    """Passes logged exceptions to the exception handler."""

    def __init__(self, exception_handler: ExceptionHandler) -> None:
        super().__init__(logging.ERROR)
        self._exception_handler = exception_handler

    def emit(self, record: logging.LogRecord) -> None:
        """Report the exception of a record; records without one are ignored."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._exception_handler.report(error)
