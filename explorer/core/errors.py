"""Errors: exceptions with a message for the user, and problems in a file as values."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class ExplorerError(Exception):
    """An expected error that stops an operation. Its text can be shown to the user unchanged."""


def os_error_text(error: OSError | ValueError) -> str:
    """Return why the system refused a file, as the last part of a sentence.

    >>> os_error_text(PermissionError(13, "Permission denied", "/secret"))
    'Permission denied'
    >>> os_error_text(ValueError("embedded null byte"))
    'the file name is not valid'
    """
    if isinstance(error, OSError):
        return error.strerror or "the system gives no reason"
    return "the file name is not valid"


_COMPLETE_HINTS = ("did you mean", "expected ", "none is defined")


@dataclass(frozen=True, order=True)
class Problem:
    """An error in a file: the position, what is wrong, and what was expected.

    `line` counts from 1; 0 means the whole file.
    """

    file: str
    line: int
    message: str
    expected: str = ""

    @property
    def hint(self) -> str:
        """What was expected, as the continuation of the message."""
        is_complete = not self.expected or self.expected.startswith(_COMPLETE_HINTS)
        return self.expected if is_complete else f"expected {self.expected}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}{', ' if self.hint else ''}{self.hint}"


class PackError(ExplorerError):
    """A pack is not valid. `problems` are all errors that were found, sorted and without duplicates."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown word: the most similar known word, or all known words.

    >>> did_you_mean("fargat", ["fargate", "ec2"])
    'did you mean “fargate”?'
    >>> did_you_mean("x", ["fargate", "ec2"])
    'expected one of: ec2, fargate'
    """
    words = sorted(set(known))
    similar = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if similar:
        return f"did you mean “{similar[0]}”?"
    return f"expected one of: {', '.join(words)}" if words else "none is defined"
