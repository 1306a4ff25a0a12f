"""Search: questions of the walk, and answers, values and takeaways of the pack that contain all typed words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.walk import Walk


class SearchGroup(Enum):
    """The kinds of search results other than questions. The value is the heading of the group."""

    ANSWER = "Answers"
    VALUE = "Outcome"
    TAKEAWAY = "Takeaways"


@dataclass(frozen=True)
class SearchHit:
    """A search result. `id` is the question of an answer, the choice of a value, or the takeaway."""

    group: SearchGroup
    id: str
    title: str
    context: str


def matching_questions(walk: Walk, query: str) -> Iterator[QuestionId]:
    """The questions whose title, text and answers contain all words of the query."""
    for step in walk.steps:
        labels = (answer.label for answer in step.question.answers)
        if _matches(query, step.question.title, step.question.text, *labels):
            yield step.question.id


def search_pack(pack: Pack, query: str) -> tuple[SearchHit, ...]:
    """The answers, values and takeaways that contain all words of the query; matches in the title come first."""
    if not query.strip():
        return ()
    return tuple(sorted(_search(pack, query), key=lambda hit: not _matches(query, hit.title)))


def _search(pack: Pack, query: str) -> Iterator[SearchHit]:
    for question in pack.questions:
        for answer in question.answers:
            if _matches(query, answer.label, answer.hint):
                yield SearchHit(SearchGroup.ANSWER, question.id, answer.label, question.title)
    for choice in pack.choices:
        for value in choice.values:
            if _matches(query, value.label, value.summary):
                yield SearchHit(SearchGroup.VALUE, choice.id, value.label, choice.label)
    for takeaway in pack.takeaways:
        if _matches(query, takeaway.title, takeaway.text):
            yield SearchHit(SearchGroup.TAKEAWAY, takeaway.id, takeaway.title, takeaway.section)


def _matches(query: str, *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in query.casefold().split())
