"""Every drawing that a pack can lead to, found island by island: never by sampling.

What an island comes to hangs on its legal rows, on the wishes that can still act and
on what has been spoken for. Folding its questions one at a time over the *distinct*
such states covers all combinations of answers, those left open included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from explorer.core.architecture import Architecture
from explorer.core.conflicts import clashes, relaxed
from explorer.core.decide import decide
from explorer.core.draft import draft
from explorer.core.outcome import ChoiceOutcome, Outcome, PartOutcome, Status
from explorer.core.pack import ABSENT, AnswerId, PartId, QuestionId, ValueId
from explorer.core.space import Effect, Island, Space, soften

Given = tuple[tuple[QuestionId, AnswerId], ...]
Part = tuple[PartId, ValueId | None, Status, tuple[ValueId, ...]]
Reading = tuple[Part, ...]


class _Folded(NamedTuple):
    """What some answers to an island's questions amount to.

    `wished` and `spoken` are sets of effects as bits; `musts` is only kept once they clash;
    `pending` are answers that rules still wait with.
    """

    must: int
    wished: int
    spoken: int
    musts: int
    pending: Given


class IslandReadings:
    """Everything that one island can come to, over all answers to its questions."""

    def __init__(self, space: Space, island: Island) -> None:
        self.space, self.island = space, island
        self.effects = [effect for effect in island.effects if effect.rule.when]
        self.bit = {effect: 1 << index for index, effect in enumerate(self.effects)}
        asked = [q for e in self.effects for q, _ in e.rule.when]
        self.questions = sorted(island.questions, key=lambda q: (-asked.count(q), q))
        self.cores = self._cores()

    def readings(self, *, defaults: bool) -> set[Reading]:
        """Each distinct result, as the parts with their values, standing and alternatives."""
        return {self._read(state, defaults) for state in self._relaxed(self._folded())}

    def _folded(self) -> set[_Folded]:
        """The distinct states after all questions."""
        place = {question: index for index, question in enumerate(self.questions)}
        due: list[list[Effect]] = [[] for _ in self.questions]
        for effect in self.effects:
            due[max(place[q] for q, _ in effect.rule.when)].append(effect)
        states = {_Folded(self.island.full, 0, 0, 0, ())}
        for index, question in enumerate(self.questions):
            later = {
                q for effects in due[index + 1 :] for effect in effects for q, _ in effect.rule.when
            }
            answers = [None, *(a.id for a in self.space.pack.question_by_id[question].answers)]
            states = {
                self._step(state, question, answer, due[index], later)
                for state in states
                for answer in answers
            }
        return states

    def _step(
        self,
        state: _Folded,
        question: QuestionId,
        answer: AnswerId | None,
        due: Sequence[Effect],
        later: set[QuestionId],
    ) -> _Folded:
        must, wished, spoken, musts, pending = state
        given = dict(pending) if answer is None else {**dict(pending), question: answer}
        for effect in due:
            if all(given.get(q) in wanted for q, wanted in effect.rule.when):
                if effect.rule.strength.value == "must":
                    must &= effect.clause
                    musts |= self.bit[effect]
                    spoken |= self.bit[effect]
                else:
                    wished |= self.bit[effect]
        kept = later | {q for core in self.cores for q, _ in core}
        return self._reduced(must, wished, spoken, musts, tuple(sorted((q, a) for q, a in given.items() if q in kept)))

    def _reduced(self, must: int, wished: int, spoken: int, musts: int, pending: Given) -> _Folded:
        """The state without what can no longer make a difference."""
        return _Folded(must, wished, spoken, musts, pending)

    def _cores(self) -> list[Given]:
        return []

    def _relaxed(self, states: set[_Folded]) -> Iterator[_Folded]:
        yield from states

    def _read(self, state: _Folded, defaults: bool) -> Reading:
        return ()
