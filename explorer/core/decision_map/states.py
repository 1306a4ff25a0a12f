"""States of the decision while questions are answered in one fixed order; equal states are the same node of a map.

A state is the tuple of functions that tell, for each value of a part, under which further answers it is possible
and under which it is the result. Decision diagrams are canonical, so two states are equal exactly when no further
answers tell them apart. A question is skipped when all its answers lead to the same state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s

from explorer.core.decision_diagram.diagram import FALSE, TRUE, NodeTable
from explorer.core.decision_diagram.queries import support
from explorer.core.model.pack import AnswerId, PartId, Question, QuestionId, ValueId
from explorer.core.solver.constraints import CompiledPack

GivenAnswers = tuple[tuple[QuestionId, AnswerId], ...]


@dataclass(frozen=True)
class State:
    """The place in the order of the question that comes next, and the functions of the answers to come.

    Past the last place nothing is left to ask. A conflict has no functions.
    """

    place: int
    functions: tuple[int, ...]
    in_conflict: bool = False


@dataclass(frozen=True)
class Transition:
    """Answers that lead to one state.

    `implied` holds an answer to each question that is skipped on the way, although its answers, all alike,
    decide something that stays open without them.
    """

    answers: tuple[AnswerId, ...]
    to: State
    implied: GivenAnswers = ()


class States:
    """The states of a pack whose questions are asked in `order`, computed as they are asked for.

    For one thread at a time. LookAheadError when the rules are too entangled for lookup tables, and
    NodeBudgetExceededError when more states are asked for than the node budget allows.
    """

    def __init__(self, compiled: CompiledPack, order: Sequence[QuestionId]) -> None:
        self.compiled, self.order = compiled, tuple(order)
        self._lookup = compiled.lookup_tables()
        tables = self._lookup.tables
        self._table = NodeTable(tables.diagrams.sizes, tables.diagrams)
        self._satisfiable = len(set(tables.satisfiable))
        value_functions = [
            function for stage in (tables.possible, tables.final) for functions in stage for function in functions
        ]
        self._functions = tuple(dict.fromkeys((*tables.satisfiable, *value_functions)))
        self._slot = {function: index for index, function in enumerate(self._functions)}
        self._levels = tuple(self._lookup.level(q) if q in self._lookup.rules.input_of else None for q in self.order)
        self._fixed: dict[tuple[int, int], dict[int, int]] = {}
        self._transitions: dict[State, tuple[Transition, ...]] = {}
        self._ids: dict[State, str] = {}
        self._hashes = {FALSE: b"0" * 8, TRUE: b"1" * 8}
        self._open_results = {FALSE: False, TRUE: True}
        self._supports: dict[int, frozenset[int]] = {}

    @cached_property
    def start(self) -> Transition:
        """The transition to the first state, without answers to a question."""
        state, implied = self._next_relevant(0, self._functions)
        return Transition((), state, implied)

    def question(self, state: State) -> Question | None:
        """What is asked next, None when nothing is left to ask."""
        if state.place < len(self.order):
            return self.compiled.pack.question_by_id[self.order[state.place]]
        return None

    def transitions(self, state: State) -> tuple[Transition, ...]:
        """Where the answers to the next question lead; answers that lead to one state are one transition."""
        found = self._transitions.get(state)
        if found is None:
            found = self._transitions[state] = tuple(self._grouped(state))
        return found

    def _grouped(self, state: State) -> Iterator[Transition]:
        question = self.question(state)
        if question is None:
            return
        leading: dict[State, list[AnswerId]] = {}
        implied: dict[State, GivenAnswers] = {}
        for answer, functions in zip(question.answers, self._answered(state.place, state.functions), strict=True):
            to, skipped = self._next_relevant(state.place + 1, functions)
            leading.setdefault(to, []).append(answer.id)
            implied.setdefault(to, skipped)
        yield from (Transition(tuple(answers), to, implied[to]) for to, answers in leading.items())

    def remaining(self, state: State) -> tuple[QuestionId, ...]:
        """The questions that further answers can still make a difference with, in order."""
        levels = frozenset[int]().union(*map(self._support, state.functions))
        places = range(state.place, len(self.order))
        return tuple(self.order[place] for place in places if self._levels[place] in levels)

    def values(self, state: State) -> Mapping[PartId, ValueId]:
        """The values of parts when all else is left open; parts that stay open are left out."""
        found: dict[PartId, ValueId] = {}
        for part in self.compiled.pack.parts():
            functions = self._lookup.value_functions(part.id)
            possible = [
                value
                for value, function in zip(part.possible_values, functions, strict=True)
                if self._result_when_open(state.functions[self._slot[function]])
            ]
            if len(possible) == 1:
                found[part.id] = possible[0]
        return found

    def id(self, state: State) -> str:
        """A hash of the state's functions: the same for equal states in every run."""
        found = self._ids.get(state)
        if found is None:
            content = b"".join([str(state.place).encode(), *map(self._hash, state.functions)])
            found = self._ids[state] = blake2s(content, digest_size=6).hexdigest()
        return found

    # ---------------------------------------------------------------- how states are computed

    def _next_relevant(self, place: int, functions: tuple[int, ...]) -> tuple[State, GivenAnswers]:
        """The state at the next question whose answers make a difference, and the implied answers before it."""
        implied: list[tuple[QuestionId, AnswerId]] = []
        while FALSE not in functions[: self._satisfiable]:
            if place == len(self.order):
                return State(place, functions), tuple(implied)
            different = set(self._answered(place, functions))
            if len(different) > 1:
                return State(place, functions), tuple(implied)
            if different:
                functions = different.pop()
                question = self.compiled.pack.question_by_id[self.order[place]]
                implied.append((question.id, question.answers[0].id))
            place += 1
        return State(len(self.order), (), in_conflict=True), tuple(implied)

    def _answered(self, place: int, functions: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The functions after each answer; none where no function depends on the question."""
        level = self._levels[place]
        if level is None or not any(level in self._support(function) for function in functions):
            return []
        return [
            tuple([self._fix(function, level, value) for function in functions])
            for value in range(1, self._table.sizes[level])
        ]

    def _fix(self, function: int, level: int, value: int) -> int:
        if level not in self._support(function):
            return function
        memo = self._fixed.setdefault((level, value), {})
        return self._table.restrict(function, {level: value}, memo)

    def _support(self, function: int) -> frozenset[int]:
        found = self._supports.get(function)
        if found is None:
            found = self._supports[function] = frozenset(support(self._table, [function]))
        return found

    def _result_when_open(self, function: int) -> bool:
        found = self._open_results.get(function)
        if found is None:
            found = self._result_when_open(self._table.children[function][0])
            self._open_results[function] = found
        return found

    def _hash(self, function: int) -> bytes:
        found = self._hashes.get(function)
        if found is None:
            below = b"".join(map(self._hash, self._table.children[function]))
            content = str(self._table.levels[function]).encode() + below
            found = self._hashes[function] = blake2s(content, digest_size=8).digest()
        return found


def ordered(questions: Sequence[Question]) -> tuple[QuestionId, ...]:
    """The order of a map: the headline questions first, then the rest, each as the pack has them."""
    return tuple(question.id for question in sorted(questions, key=lambda question: not question.is_headline))
