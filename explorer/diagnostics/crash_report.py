"""What is told of an unexpected fault: where it happened and after what, and nothing about the person."""

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
    """An unexpected fault, as it is reported: a line to recognise it by, and the whole report."""

    signature: str
    text: str


def build_crash_report(
    error: BaseException, versions: Mapping[str, str], trail: Sequence[str], when: str
) -> CrashReport:
    """The report of an error, with what runs, what was done last, and the time it happened.

    What an error quotes (file names, words that were typed) and places on the disk are left
    out; source lines are the program's own.
    """
    steps = (
        "What was done last, the newest at the end:",
        *(f"  {step}" for step in trail or ("nothing yet",)),
    )
    return CrashReport(
        signature=f"{type(error).__name__} at {_location(error)}",
        text=_format_report(
            when,
            versions,
            ("What was done last, the newest at the end:", *steps, "", format_exception(error)),
        ),
    )


def build_native_crash_report(dump: str, versions: Mapping[str, str], when: str) -> CrashReport:
    """The report of a process that died, from what Python's `faulthandler` wrote in its last moment."""
    lines = [_CRASH_FRAME.sub(_format_native_frame, line) for line in dump.splitlines()[:_MAX_LINES]]
    first = next((line for line in lines if line.strip()), "nothing said")
    return CrashReport(f"{first} (the process ended)", _format_report(when, versions, [*map(redact, lines)]))


def _format_report(when: str, versions: Mapping[str, str], happened: Sequence[str]) -> str:
    return "\n".join(
        (
            "Berth met an unexpected fault. This file names no person, file or answer.",
            "",
            f"When: {when}",
            *(f"{name}: {version}" for name, version in versions.items()),
            "",
            *happened,
            "",
        )
    )


def format_exception(error: BaseException) -> str:
    """An error and what led to it, with where each happened; what led to it first."""
    told = TracebackException.from_exception(error)
    return "\n\n".join("\n".join(_format_single(part)) for part in _cause_chain(told))


def redact(words: str) -> str:
    """Words without what they quote and without places on the disk.

    >>> masked("[Errno 13] Permission denied: '/home/jo/plan.berth'")
    '[Errno 13] Permission denied: …'
    """
    return _FILE_PATH.sub("…", _QUOTED.sub("…", words))


def _cause_chain(told: TracebackException) -> list[TracebackException]:
    """What led to it first."""
    found = [told]
    while (before := found[-1].__cause__ or found[-1].__context__) is not None and len(found) < _MAX_CAUSES:
        found.append(before)
    return found[::-1]


def _format_single(told: TracebackException) -> list[str]:
    frames = [
        line for frame in told.stack[-_MAX_FRAMES:] for line in (f"  {_format_frame(frame)}", f"    {frame.line or ''}")
    ]
    name = told.exc_type.__name__ if told.exc_type else "Error"
    said = redact(next(iter(str(told).splitlines()), ""))
    return [*frames, f"{name}: {said}"]


def _location(error: BaseException) -> str:
    stack = TracebackException.from_exception(error).stack
    return _format_frame(stack[-1]) if stack else "nowhere"


def _format_native_frame(found: re.Match[str]) -> str:
    return f"{_package_path(found[1])}:{found[2]} in {found[3]}"


def _format_frame(frame: FrameSummary) -> str:
    return f"{_package_path(frame.filename)}:{frame.lineno or '?'} in {frame.name}"


def _package_path(file: str) -> str:
    """A file by its place in the program."""
    parts = PurePath(file.replace("\\", "/")).parts
    starts = [len(parts) - 1 - parts[::-1].index(root) for root in _PATH_ROOTS if root in parts]
    return "/".join(parts[max(starts) :]) if starts else parts[-1] if parts else "?"
