"""How far a decision has come, in canonical form: states that lead to the same sub-decision are equal.

Questions are taken in one fixed order. Of the answers given so far a state keeps
only what a later answer or the outcome can tell: the rows that are left of each
archipelago, and the forces that can still do something to them. A question that no
such force waits for is skipped, and so is one whose answers all come to the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2s
from math import prod

from explorer.core.model.pack import AnswerId, PartId, Question, QuestionId, ValueId
from explorer.core.search.clusters import Archipelago, archipelagos, not_void
from explorer.core.search.clusters import State as SeaState
from explorer.core.solver.constraints import CompiledPack

STRANDED: SeaState = (0, 0)


@dataclass(frozen=True)
class State:
    """What is left of each archipelago, and the place in the order of the question that comes next.

    Past the last place nothing is left to ask; a `clash` has no row left and no future.
    """

    place: int
    seas: tuple[SeaState, ...]

    @cached_property
    def clash(self) -> bool:
        """Whether the answers on the way cannot hold together."""
        return STRANDED in self.seas

    @cached_property
    def id(self) -> str:
        """A name that is the same for equal states, in every run."""
        return blake2s(repr((self.place, self.seas)).encode(), digest_size=6).hexdigest()


@dataclass(frozen=True)
class Move:
    """Answers that lead to one and the same state."""

    answers: tuple[AnswerId, ...]
    to: State


@dataclass(frozen=True, eq=False)
class _Asked:
    """What a question does: whose forces it concerns, the musts due with it, and what each answer leaves."""

    question: Question
    sea: int
    waiting: int
    due: int
    keep: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class States:
    """Every state of a decision whose questions are asked in `order`; each is worked out once."""

    space: CompiledPack
    order: tuple[QuestionId, ...]
    _steps: dict[tuple[int, SeaState], tuple[SeaState, ...]] = field(default_factory=dict, repr=False)
    _moves: dict[State, tuple[Move, ...]] = field(default_factory=dict, repr=False)
    _values: dict[tuple[int, int, SeaState], Mapping[PartId, ValueId]] = field(default_factory=dict, repr=False)

    @cached_property
    def seas(self) -> tuple[Archipelago, ...]:
        """The archipelagos; no two share a question."""
        return archipelagos(self.space)

    @cached_property
    def start(self) -> State:
        """Nothing answered yet."""
        whole = (self._settled(sea, sea.full, (1 << len(sea.forces)) - 1) for sea in self.seas)
        return self._onward(0, tuple(whole))

    def question(self, state: State) -> Question | None:
        """What is asked next, None when nothing is left to ask."""
        return self._asked[state.place].question if state.place < len(self.order) else None

    def moves(self, state: State) -> tuple[Move, ...]:
        """Where the answers to the next question lead; those that come to the same are one move."""
        found = self._moves.get(state)
        if found is None:
            found = self._moves[state] = tuple(self._found_moves(state))
        return found

    def to_come(self, state: State) -> tuple[QuestionId, ...]:
        """The questions that may still have to be asked, in order."""
        return tuple(
            asked.question.id for asked in self._asked[state.place :] if state.seas[asked.sea][1] & asked.waiting
        )

    def values(self, state: State) -> Mapping[PartId, ValueId]:
        """What the parts come to when everything else is left open; those that stay open are not in it."""
        found: dict[PartId, ValueId] = {}
        for number, here in enumerate(state.seas):
            key = (state.place, number, here)
            if key not in self._values:
                self._values[key] = dict(self._read(number, here, state.place))
            found |= self._values[key]
        return found

    def count(self) -> tuple[int, int]:
        """How many nodes and how many outcomes the whole tree has, without visiting each."""
        layers = [self._layer(number) for number in range(len(self.seas))]
        nodes = 0
        for place, asked in enumerate(self._asked):
            aside = prod(len(layer[place]) for n, layer in enumerate(layers) if n != asked.sea)
            for here in layers[asked.sea][place]:
                later = set(self._after(place, here))
                if len(later) > 1:
                    nodes += aside * (2 if STRANDED in later else 1)
        outcomes = prod(len(layer[-1]) for layer in layers)
        return nodes + outcomes, outcomes

    # How it is worked out

    @cached_property
    def _asked(self) -> tuple[_Asked, ...]:
        return tuple(self._prepared(place) for place in range(len(self.order)))

    def _prepared(self, place: int) -> _Asked:
        question = self.space.pack.question_by_id[self.order[place]]
        number = next((n for n, sea in enumerate(self.seas) if question in sea.questions), 0)
        sea, later = self.seas[number], frozenset(self.order[place + 1 :])
        waiting = sea.bits(lambda force: question.id in force.when)
        due = sea.musts & waiting & sea.bits(lambda force: not later & force.when.keys())
        every = (1 << len(sea.forces)) - 1
        keep = tuple(
            every & ~waiting | sea.bits(lambda force, a=answer.id: a in force.when.get(question.id, ()))  # type: ignore[misc]
            for answer in question.answers
        )
        return _Asked(question, number, waiting, due, keep)

    def _settled(self, sea: Archipelago, rows: int, alive: int) -> SeaState:
        return STRANDED if sea.stranded(rows) else (rows, not_void(sea, rows, alive))

    def _after(self, place: int, here: SeaState) -> tuple[SeaState, ...]:
        """What each answer makes of an archipelago; nothing at all where no force waits for it."""
        asked = self._asked[place]
        if not here[1] & asked.waiting:
            return ()
        found = self._steps.get((place, here))
        if found is None:
            sea = self.seas[asked.sea]
            found = tuple(self._answered(sea, here, keep, asked.due) for keep in asked.keep)
            self._steps[place, here] = found
        return found

    def _answered(self, sea: Archipelago, here: SeaState, keep: int, due: int) -> SeaState:
        rows, alive = here[0], here[1] & keep
        ready = alive & due
        for force in sea.chosen(ready):
            rows &= force.clause
        return self._settled(sea, rows, alive & ~ready)

    def _onward(self, place: int, seas: tuple[SeaState, ...]) -> State:
        """The state at the next question that matters."""
        if STRANDED in seas:
            return State(len(self.order), seas)
        while place < len(self.order):
            number = self._asked[place].sea
            later = set(self._after(place, seas[number]))
            if len(later) > 1:
                break
            if later:
                seas = (*seas[:number], later.pop(), *seas[number + 1 :])
                if STRANDED in seas:
                    return State(len(self.order), seas)
            place += 1
        return State(place, seas)

    def _found_moves(self, state: State) -> Iterator[Move]:
        asked = self._asked[state.place]
        alike: dict[State, list[AnswerId]] = {}
        later = self._after(state.place, state.seas[asked.sea])
        for answer, there in zip(asked.question.answers, later, strict=True):
            seas = (*state.seas[: asked.sea], there, *state.seas[asked.sea + 1 :])
            alike.setdefault(self._onward(state.place + 1, seas), []).append(answer.id)
        return (Move(tuple(answers), to) for to, answers in alike.items())

    def _read(self, number: int, here: SeaState, place: int) -> Iterator[tuple[PartId, ValueId]]:
        sea = self.seas[number]
        settled = frozenset(self.order[:place])
        ready = here[1] & sea.bits(lambda force: force.when.keys() <= settled)
        rows, _ = sea.follow(here[0], ready & ~sea.musts)
        for island, offset in zip(sea.islands, sea.offsets, strict=True):
            mine = rows >> offset & island.full
            for part in island.parts:
                possible = island.possible(mine, part)
                if len(possible) == 1:
                    yield part.id, possible[0]

    def _layer(self, number: int) -> list[set[SeaState]]:
        """The states of one archipelago before each question of the order, and after the last."""
        sea = self.seas[number]
        layers: list[set[SeaState]] = [{self._settled(sea, sea.full, (1 << len(sea.forces)) - 1)}]
        for place, asked in enumerate(self._asked):
            before = layers[-1]
            if asked.sea == number:
                before = {there for here in before for there in self._after(place, here) or (here,)}
            layers.append(before - {STRANDED})
        return layers


def ordered(questions: Sequence[Question]) -> tuple[QuestionId, ...]:
    """The order of a map: the headline questions first, then the rest, each as the pack has them."""
    return tuple(question.id for question in sorted(questions, key=lambda question: not question.is_headline))
