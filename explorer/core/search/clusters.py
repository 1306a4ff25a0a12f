"""Every outcome that answers can lead to, found without walking through all combinations of answers.

Islands that share a question form an archipelago; archipelagos share none, so whatever
is counted multiplies over them. Within one, questions are taken one by one, and
combinations that no later answer can tell apart are merged: those with the same rows
left and the same rules still in play. A rule is out of play once it is contradicted,
done, or void (it removes nothing from the rows, and rows never come back), and so is a
wish once an earlier one is sure to wish for the very same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.pack import AnswerId, Answers, Question, QuestionId
from explorer.core.solver.constraints import CompiledPack, RuleEffect, Subproblem

State = tuple[int, int]
"""The rows that are left, and the forces still in play, as bits of two integers."""

Tally = list[int]
"""Of a state: how many combinations lead to it, how many of them complete, and the mark of the smallest."""

Settle = Callable[[int, int], State]
_DIGIT = 8


@dataclass(frozen=True, eq=False)
class Force:
    """One effect on an archipelago: the rows that fulfil it, those it removes, and all that it permits."""

    effect: RuleEffect
    hit: int
    miss: int
    clause: int

    @property
    def when(self) -> Mapping[QuestionId, frozenset[AnswerId]]:
        """The answers that it waits for."""
        return dict(self.effect.rule.when)


@dataclass(frozen=True, eq=False)
class Archipelago:
    """Islands that share questions, their rows side by side as the bits of one integer.

    `offsets` say where each island's rows begin. Forces stand in the order they work
    in: the musts that wait for an answer, the preferences, the defaults.
    """

    islands: tuple[Subproblem, ...]
    questions: tuple[Question, ...]
    offsets: tuple[int, ...]
    seas: tuple[int, ...]
    forces: tuple[Force, ...]
    musts: int
    prefers: int
    defaults: int

    @property
    def full(self) -> int:
        """The set of all rows of all islands."""
        return sum(self.seas)

    @cached_property
    def tables(self) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """The hits, the misses and the clauses of the forces, by number: what is read most often."""
        forces = self.forces
        return tuple(f.hit for f in forces), tuple(f.miss for f in forces), tuple(f.clause for f in forces)

    @cached_property
    def echoes(self) -> Mapping[int, int]:
        """Of the wishes that later ones repeat, by number: the bits of those that do."""
        last: dict[tuple[int, int], int] = {}
        found: dict[int, int] = {}
        for number in reversed(range(len(self.forces))):
            if not 1 << number & self.musts:
                same = self.forces[number].hit, self.forces[number].miss
                if later := last.get(same, 0):
                    found[number] = later
                last[same] = later | 1 << number
        return found

    def without_echoes(self, alive: int, sure: int) -> int:
        """Without the wishes that an earlier one makes idle: it is sure, and followed or void by then."""
        for number, later in self.echoes.items():
            if (alive & sure) >> number & 1:
                alive &= ~later
        return alive

    def stranded(self, rows: int) -> bool:
        """Whether some island has no row left."""
        return any(not rows & sea for sea in self.seas)

    def follow(self, rows: int, wishes: int) -> State:
        """What wishes leave of the rows, each followed in turn if it can be; then those that narrowed."""
        hits, misses, clauses = self.tables
        followed = 0
        while wishes:
            low = wishes & -wishes
            wishes ^= low
            number = low.bit_length() - 1
            if rows & hits[number] and rows & misses[number]:
                followed |= low
                rows &= clauses[number]
        return rows, followed

    def bits(self, wanted: Callable[[Force], bool]) -> int:
        """The forces of which something holds."""
        return sum(1 << number for number, force in enumerate(self.forces) if wanted(force))

    def chosen(self, bits: int) -> Iterator[Force]:
        """The forces that some bits stand for."""
        return (force for number, force in enumerate(self.forces) if bits >> number & 1)

    def step(self, question: int, answer: int) -> int:
        """What giving an answer adds to a mark: a number that is the smaller the fewer answers it holds."""
        return (1 << _DIGIT * len(self.questions)) + ((answer + 1) << _DIGIT * question)

    def answers(self, mark: int) -> dict[QuestionId, AnswerId]:
        """The answers that a mark stands for."""
        digits = (mark >> _DIGIT * index & _ones(_DIGIT) for index in range(len(self.questions)))
        pairs = zip(self.questions, digits, strict=True)
        return {question.id: question.answers[digit - 1].id for question, digit in pairs if digit}


def archipelagos(space: CompiledPack) -> tuple[Archipelago, ...]:
    """The islands of a space in groups that share no question, the one with the most rows first."""
    groups: list[list[Subproblem]] = []
    for island in space.subproblems:
        mine = set(island.questions)
        near = [group for group in groups if any(mine & set(other.questions) for other in group)]
        apart = [group for group in groups if group not in near]
        groups = [*apart, [*(other for group in near for other in group), island]]
    found = (archipelago(space, group) for group in groups)
    return tuple(sorted(found, key=lambda sea: -sea.full.bit_length()))


def archipelago(space: CompiledPack, islands: Sequence[Subproblem]) -> Archipelago:
    """Islands side by side."""
    offsets = [sum(len(island.rows) for island in islands[:index]) for index in range(len(islands))]
    seas = [island.full << offset for island, offset in zip(islands, offsets, strict=True)]
    full = sum(seas)

    def forces(kind: Callable[[Subproblem], tuple[RuleEffect, ...]]) -> Iterator[Force]:
        for island, offset, sea in zip(islands, offsets, seas, strict=True):
            for effect in kind(island):
                hit, miss = effect.given & effect.target, effect.given & ~effect.target
                yield Force(effect, hit << offset, miss << offset, effect.clause << offset | full & ~sea)

    musts = list(forces(lambda island: island.musts))
    prefers = list(forces(lambda island: island.prefers))
    defaults = list(forces(lambda island: island.defaults))
    asked = {question for island in islands for question in island.questions}
    return Archipelago(
        islands=tuple(islands),
        questions=tuple(question for question in space.pack.questions if question.id in asked),
        offsets=tuple(offsets),
        seas=tuple(seas),
        forces=(*musts, *prefers, *defaults),
        musts=_ones(len(musts)),
        prefers=_ones(len(prefers)) << len(musts),
        defaults=_ones(len(defaults)) << len(musts) + len(prefers),
    )


def _ones(count: int) -> int:
    return (1 << count) - 1


def merging(sea: Archipelago) -> Settle:
    """How states are made alike: void forces leave the play, and all stranded states are one."""
    known: dict[State, State] = {}

    def settle(rows: int, alive: int) -> State:
        key = rows, alive
        found = known.get(key)
        if found is None:
            found = known[key] = (0, 0) if sea.stranded(rows) else (rows, not_void(sea, rows, alive))
        return found

    return settle


def not_void(sea: Archipelago, rows: int, alive: int) -> int:
    """The forces among some that can still remove something from the rows, or from fewer."""
    hits, misses, _ = sea.tables
    left, musts = alive, sea.musts
    while left:
        low = left & -left
        left ^= low
        number = low.bit_length() - 1
        if not rows & misses[number] or (not low & musts and not rows & hits[number]):
            alive ^= low
    return alive


def spread(
    sea: Archipelago,
    states: dict[State, Tally],
    asked: Sequence[QuestionId],
    settle: Settle,
    *,
    later: Sequence[QuestionId] = (),
    retain: bool = False,
) -> dict[State, Tally]:
    """The states after asking more questions, each left open or answered in every way.

    A must narrows at the last question that it waits for, among those asked now and
    `later`, and is done with then unless `retain` keeps it in the state.
    """
    clauses = [force.clause for force in sea.forces]
    for index, question in enumerate(asked):
        to_come = frozenset((*asked[index + 1 :], *later))
        moves = ways_on(sea, question, to_come)
        sure = sum(1 << bit for bit, force in enumerate(sea.forces) if to_come.isdisjoint(force.when))
        reached: dict[State, Tally] = {}
        for (rows, alive), (ways, complete, example) in states.items():
            for keep, due, step in moves:
                left, now = alive & keep, rows
                ready = left & due
                if not retain:
                    left ^= ready
                while ready:
                    low = ready & -ready
                    ready ^= low
                    now &= clauses[low.bit_length() - 1]
                state = settle(now, sea.without_echoes(left, sure))
                tally = reached.get(state)
                if tally is None:
                    reached[state] = [ways, complete if step else 0, example + step]
                else:
                    tally[0] += ways
                    tally[1] += complete if step else 0
                    tally[2] = min(tally[2], example + step)
        states = reached
    return states


def ways_on(sea: Archipelago, asked: QuestionId, to_come: Collection[QuestionId] = ()) -> list[tuple[int, int, int]]:
    """For a question left open, then each answer: the forces that stay, the musts due, the mark's step."""
    place, question = next((i, q) for i, q in enumerate(sea.questions) if q.id == asked)
    indifferent = sea.bits(lambda force: asked not in force.when)
    due = sea.musts & ~indifferent & sea.bits(lambda force: not any(q in to_come for q in force.when))
    moves = [(indifferent, due, 0)]
    for number, answer in enumerate(question.answers):
        waiting = 0
        for bit, force in enumerate(sea.forces):
            waiting |= (answer.id in force.when.get(asked, ())) << bit
        moves.append((indifferent | waiting, due, sea.step(place, number)))
    return moves


def everything(sea: Archipelago) -> dict[State, Tally]:
    """Every state once all questions have been asked; only wishes are in play then."""
    settle = merging(sea)
    start: dict[State, Tally] = {settle(sea.full, sea.musts | sea.prefers | sea.defaults): [1, 1, 0]}
    return spread(sea, start, [question.id for question in sea.questions], settle)


def clash_sets(space: CompiledPack, island: Subproblem) -> tuple[dict[QuestionId, AnswerId], ...]:
    """Every smallest set of answers that leaves an island no row, over all combinations of answers.

    Answers that neither remove a row nor wait for others are passed over: no smallest set has one.
    """
    found: list[dict[QuestionId, AnswerId]] = []
    questions = [space.pack.question_by_id[question] for question in island.questions]
    effects = {q.id: [effect for effect in island.musts if q.id in dict(effect.rule.when)] for q in questions}
    shared = {q.id for q in questions if any(len(effect.rule.when) > 1 for effect in effects[q.id])}

    def extend(start: int, answers: dict[QuestionId, AnswerId], rows: int) -> None:
        for index in range(start, len(questions)):
            question = questions[index].id
            for answer in questions[index].answers:
                longer = {**answers, question: answer.id}
                left = _left(rows, effects[question], longer)
                if not left:
                    found.append(longer)
                elif left != rows or question in shared:
                    extend(index + 1, longer, left)

    extend(0, {}, island.full)
    return tuple(core for core in found if _is_smallest(island, core))


def _left(rows: int, effects: Sequence[RuleEffect], answers: Answers) -> int:
    for effect in effects:
        if effect.rule.is_active(answers):
            rows &= effect.clause
    return rows


def _is_smallest(island: Subproblem, core: Answers) -> bool:
    fewer = ({q: a for q, a in core.items() if q != spared} for spared in core)
    return all(_left(island.full, island.musts, answers) for answers in fewer)
