"""What a few typed words mean: questions of the walk, and answers, values and takeaways of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.walk import Walk


class Place(Enum):
    """Where something was found that is no question."""

    ANSWER = "Answers"
    VALUE = "Outcome"
    TAKEAWAY = "Takeaways"


@dataclass(frozen=True)
class Hit:
    """Something that was found; `id` names an answer's question, a value's choice, or the takeaway."""

    place: Place
    id: str
    title: str
    told: str


def found(walk: Walk, words: str) -> Iterator[QuestionId]:
    """The questions that hold every one of the words in their title, text or answers."""
    for step in walk.steps:
        labels = (answer.label for answer in step.question.answers)
        if _holds(words, step.question.title, step.question.text, *labels):
            yield step.question.id


def hits(pack: Pack, words: str) -> tuple[Hit, ...]:
    """The answers, values and takeaways that hold every one of the words, first those called so."""
    if not words.strip():
        return ()
    # What is called so comes before what only speaks of it.
    return tuple(sorted(_hits(pack, words), key=lambda hit: not _holds(words, hit.title)))


def _hits(pack: Pack, words: str) -> Iterator[Hit]:
    for question in pack.questions:
        for answer in question.answers:
            if _holds(words, answer.label, answer.hint):
                yield Hit(Place.ANSWER, question.id, answer.label, question.title)
    for choice in pack.choices:
        for value in choice.values:
            if _holds(words, value.label, value.summary):
                yield Hit(Place.VALUE, choice.id, value.label, choice.label)
    for takeaway in pack.takeaways:
        if _holds(words, takeaway.title, takeaway.text):
            yield Hit(Place.TAKEAWAY, takeaway.id, takeaway.title, takeaway.section)


def _holds(words: str, *told: str) -> bool:
    text = " ".join(told).casefold()
    return all(word in text for word in words.casefold().split())
