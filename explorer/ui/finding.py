"""Which questions of a walk a few typed words mean."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.pack import Question, QuestionId
from explorer.core.walk import Walk


def found(walk: Walk, words: str) -> Iterator[QuestionId]:
    """The questions that hold every one of the words in their title, text or answers."""
    wanted = words.casefold().split()
    for step in walk.steps:
        told = _told(step.question)
        if all(word in told for word in wanted):
            yield step.question.id


def _told(question: Question) -> str:
    labels = (answer.label for answer in question.answers)
    return " ".join((question.title, question.text, *labels)).casefold()
