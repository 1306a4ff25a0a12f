"""Exit statuses, and writing to standard output and standard error."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from explorer.core.errors import ExplorerError
from explorer.storage.packs.table_reader import one_line

EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130
"""`EXIT_ERROR` is for errors in the user's content or answers, `EXIT_USAGE` for errors in the command."""


class UsageError(Exception):
    """A command that cannot be parsed; its text says why."""


def write_output(text: str) -> None:
    """Write to standard output; ExplorerError if it is closed.

    Characters that the terminal's encoding lacks are replaced.
    """
    if sys.stdout is None:
        raise ExplorerError("Cannot write the result: standard output is closed.")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)


def print_message(sentence: str) -> None:
    """Write one line to standard error: an error, a warning or the progress."""
    if sys.stderr is not None:
        sys.stderr.write(f"berth: {one_line(sentence)}\n")


def discard_stdout() -> None:
    """Redirect standard output to the null device.

    Otherwise Python tries to flush the rest when it exits, and prints a second error.
    """
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = None


def stdout_is_utf8() -> bool:
    """Whether standard output can represent every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def as_sentence(text: str) -> str:
    """Return the text as a sentence: with a capital first letter and a final mark.

    >>> as_sentence("did you mean “gpu”?"), as_sentence("known are: no, yes")
    ('Did you mean “gpu”?', 'Known are: no, yes.')
    """
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
