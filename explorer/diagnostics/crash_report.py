"""Builds an anonymous crash report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from traceback import FrameSummary, TracebackException

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_FILE_PATH = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?(?:[\\/]+[^\\/\s:;,()]+){2,}")
_PATH_ROOTS = ("explorer", "site-packages")
_CRASH_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (.*)')
_MAX_CAUSES, _MAX_FRAMES, _MAX_LINES = 8, 40, 200


@dataclass(frozen=True)
class CrashReport:
    """A crash report: a line that identifies the error, and the complete text."""

    signature: str
    text: str


def build_crash_report(
    error: BaseException, versions: Mapping[str, str], actions: Sequence[str], when: str
) -> CrashReport:
    """Return the report of an error, with the versions, the last actions and the time.

    Quoted text (file names, typed words) and paths are removed; source lines are those of the program.
    """
    lines = ("Last actions, the newest at the end:", *(f"  {action}" for action in actions or ("none",)))
    return CrashReport(
        signature=f"{type(error).__name__} at {_location(error)}",
        text=_format_report(when, versions, (*lines, "", format_exception(error))),
    )


def build_native_crash_report(dump: str, versions: Mapping[str, str], when: str) -> CrashReport:
    """Return the report of a crashed process, from the trace that Python's `faulthandler` wrote."""
    lines = [_CRASH_FRAME.sub(_format_native_frame, line) for line in dump.splitlines()[:_MAX_LINES]]
    first = next((line for line in lines if line.strip()), "empty trace")
    return CrashReport(f"{first} (the process ended)", _format_report(when, versions, [*map(redact, lines)]))


def _format_report(when: str, versions: Mapping[str, str], happened: Sequence[str]) -> str:
    return "\n".join(
        (
            "Crash report of Berth. It contains no names, files or answers.",
            "",
            f"When: {when}",
            *(f"{name}: {version}" for name, version in versions.items()),
            "",
            *happened,
            "",
        )
    )


def format_exception(error: BaseException) -> str:
    """Return the traceback of an error and its causes, the first cause first."""
    traceback = TracebackException.from_exception(error)
    return "\n\n".join("\n".join(_format_single(part)) for part in _cause_chain(traceback))


def redact(text: str) -> str:
    """Return the text without quoted parts and paths.

    >>> redact("[Errno 13] Permission denied: '/home/jo/plan.berth'")
    '[Errno 13] Permission denied: …'
    """
    return _FILE_PATH.sub("…", _QUOTED.sub("…", text))


def _cause_chain(traceback: TracebackException) -> list[TracebackException]:
    """Return the error and its causes, the first cause first."""
    chain = [traceback]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and len(chain) < _MAX_CAUSES:
        chain.append(cause)
    return chain[::-1]


def _format_single(traceback: TracebackException) -> list[str]:
    frames = [
        line
        for frame in traceback.stack[-_MAX_FRAMES:]
        for line in (f"  {_format_frame(frame)}", f"    {frame.line or ''}")
    ]
    name = traceback.exc_type.__name__ if traceback.exc_type else "Error"
    message = redact(next(iter(str(traceback).splitlines()), ""))
    return [*frames, f"{name}: {message}"]


def _location(error: BaseException) -> str:
    stack = TracebackException.from_exception(error).stack
    return _format_frame(stack[-1]) if stack else "unknown"


def _format_native_frame(found: re.Match[str]) -> str:
    return f"{_package_path(found[1])}:{found[2]} in {found[3]}"


def _format_frame(frame: FrameSummary) -> str:
    return f"{_package_path(frame.filename)}:{frame.lineno or '?'} in {frame.name}"


def _package_path(file: str) -> str:
    """Return a path relative to the program or to the installed packages."""
    parts = PurePath(file.replace("\\", "/")).parts
    starts = [len(parts) - 1 - parts[::-1].index(root) for root in _PATH_ROOTS if root in parts]
    return "/".join(parts[max(starts) :]) if starts else parts[-1] if parts else "?"
