"""What is told of an unexpected fault: where it happened and after what, and nothing about the person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from traceback import FrameSummary, TracebackException

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_PLACE = re.compile(r"(?:[A-Za-z]:)?(?:[\\/]+[^\\/\s:;,()]+){2,}")
_SHOWN_FROM = ("explorer", "site-packages")
_MOST_CAUSES, _MOST_FRAMES = 8, 40


@dataclass(frozen=True)
class Fault:
    """An unexpected fault, as it is reported: a line to recognise it by, and the whole report."""

    signature: str
    report: str


def fault(error: BaseException, versions: Mapping[str, str], trail: Sequence[str], when: str) -> Fault:
    """The report of an error, with what runs, what was done last, and the time it happened.

    What an error quotes (file names, words that were typed) and places on the disk are left
    out; source lines are the program's own.
    """
    return Fault(
        signature=f"{type(error).__name__} at {_origin(error)}",
        report="\n".join(
            (
                "Berth met an unexpected fault. This file names no person, file or answer.",
                "",
                f"When: {when}",
                *(f"{name}: {version}" for name, version in versions.items()),
                "",
                "What was done last, the newest at the end:",
                *(f"  {step}" for step in trail or ("nothing yet",)),
                "",
                described(error),
                "",
            )
        ),
    )


def described(error: BaseException) -> str:
    """An error and what led to it, with where each happened; what led to it first."""
    told = TracebackException.from_exception(error)
    return "\n\n".join("\n".join(_described(part)) for part in _chain(told))


def masked(words: str) -> str:
    """Words without what they quote and without places on the disk.

    >>> masked("[Errno 13] Permission denied: '/home/jo/plan.berth'")
    '[Errno 13] Permission denied: …'
    """
    return _PLACE.sub("…", _QUOTED.sub("…", words))


def _chain(told: TracebackException) -> list[TracebackException]:
    """What led to it first."""
    found = [told]
    while (before := found[-1].__cause__ or found[-1].__context__) is not None and len(found) < _MOST_CAUSES:
        found.append(before)
    return found[::-1]


def _described(told: TracebackException) -> list[str]:
    frames = [
        line
        for frame in told.stack[-_MOST_FRAMES:]
        for line in (f"  {_frame(frame)}", f"    {frame.line or ''}")
    ]
    name = told.exc_type.__name__ if told.exc_type else "Error"
    said = masked(next(iter(str(told).splitlines()), ""))
    return [*frames, f"{name}: {said}"]


def _origin(error: BaseException) -> str:
    stack = TracebackException.from_exception(error).stack
    return _frame(stack[-1]) if stack else "nowhere"


def _frame(frame: FrameSummary) -> str:
    parts = PurePath(frame.filename.replace("\\", "/")).parts
    starts = [len(parts) - 1 - parts[::-1].index(root) for root in _SHOWN_FROM if root in parts]
    shown = "/".join(parts[max(starts) :]) if starts else parts[-1] if parts else "?"
    return f"{shown}:{frame.lineno or '?'} in {frame.name}"
