"""What a few typed words mean: questions of the walk, and answers, values and takeaways of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.walk import Walk


class SearchGroup(Enum):
    """Where something was found that is no question."""

    ANSWER = "Answers"
    VALUE = "Outcome"
    TAKEAWAY = "Takeaways"


@dataclass(frozen=True)
class SearchHit:
    """Something that was found; `id` names an answer's question, a value's choice, or the takeaway."""

    group: SearchGroup
    id: str
    title: str
    context: str


def matching_questions(walk: Walk, words: str) -> Iterator[QuestionId]:
    """The questions that hold every one of the words in their title, text or answers."""
    for step in walk.steps:
        labels = (answer.label for answer in step.question.answers)
        if _matches(words, step.question.title, step.question.text, *labels):
            yield step.question.id


def search_pack(pack: Pack, words: str) -> tuple[SearchHit, ...]:
    """The answers, values and takeaways that hold every one of the words, first those called so."""
    if not words.strip():
        return ()
    # What is called so comes before what only speaks of it.
    return tuple(sorted(_search(pack, words), key=lambda hit: not _matches(words, hit.title)))


def _search(pack: Pack, words: str) -> Iterator[SearchHit]:
    for question in pack.questions:
        for answer in question.answers:
            if _matches(words, answer.label, answer.hint):
                yield SearchHit(SearchGroup.ANSWER, question.id, answer.label, question.title)
    for choice in pack.choices:
        for value in choice.values:
            if _matches(words, value.label, value.summary):
                yield SearchHit(SearchGroup.VALUE, choice.id, value.label, choice.label)
    for takeaway in pack.takeaways:
        if _matches(words, takeaway.title, takeaway.text):
            yield SearchHit(SearchGroup.TAKEAWAY, takeaway.id, takeaway.title, takeaway.section)


def _matches(words: str, *told: str) -> bool:
    text = " ".join(told).casefold()
    return all(word in text for word in words.casefold().split())
