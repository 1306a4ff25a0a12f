"""Faults as values: where, what, and what was expected instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class ExplorerError(Exception):
    """Something that stops us; its text is fit to show to a person as it stands."""


def os_error_text(error: OSError | ValueError) -> str:
    """Why the system does not let us at a file, as the end of a sentence.

    >>> refusal(PermissionError(13, "Permission denied", "/secret"))
    'Permission denied'
    >>> refusal(ValueError("embedded null byte"))
    'no file can have such a name'
    """
    if isinstance(error, OSError):
        return error.strerror or "the system does not say why"
    return "no file can have such a name"


_COMPLETE_HINTS = ("did you mean", "known are", "none is known")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a file: where it is, what is wrong, and what was expected.

    `line` counts from 1; 0 means the file as a whole.
    """

    file: str
    line: int
    message: str
    expected: str = ""

    @property
    def hint(self) -> str:
        """What was expected, in words that go on from what is wrong."""
        speaks = not self.expected or self.expected.startswith(_COMPLETE_HINTS)
        return self.expected if speaks else f"expected {self.expected}"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}{', ' if self.hint else ''}{self.hint}"


class PackError(ExplorerError):
    """A pack that cannot be used, with every fault that was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that names the nearest known word, or the known words when none is near.

    >>> did_you_mean("fargat", ["fargate", "ec2"])
    'did you mean “fargate”?'
    >>> did_you_mean("x", ["fargate", "ec2"])
    'known are: ec2, fargate'
    """
    words = sorted(set(known))
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean “{near[0]}”?"
    return f"known are: {', '.join(words)}" if words else "none is known"
