"""The nearest answers that lead to something wanted: how few must change, and every way to do with so few.

Questions are taken one by one, as in `reach`: answers that nothing later can tell apart
lead to the same state. There is one sweep for each number of changes, for everything
wanted at once; a state is left as soon as nothing wanted can be reached from it with
the changes that are left, and `hopes` knows when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.core.search.bounds import Bounds, Hopes, Needs, Target
from explorer.core.search.clusters import Archipelago, State, not_void

Change = tuple[tuple[QuestionId, AnswerId | None], ...]
"""The questions whose answers change, in the order of the pack, and to what; None leaves one open."""

MOST_LISTED = 240
"""Of more ways than this, only these are listed; all are counted."""

_KEPT = 60_000
_UNKNOWN = -1
_STAY = -1


@dataclass(frozen=True)
class Nearest:
    """The smallest changes that reach a target: how many answers change, in how many ways, and which."""

    size: int
    total: int
    changes: tuple[Change, ...]


_Step = tuple[int, int, int]
"""From which state at which question it goes on, and by which move."""


@dataclass(slots=True)
class _Arrival:
    """The fewest changes that lead to a state, and by which steps they do."""

    cost: int
    behind: list[_Step]


@dataclass(slots=True)
class _Sweep:
    """The states before each question that are arrived at, and the ends, with the steps that lead there."""

    layers: list[dict[int, _Arrival]]
    ends: dict[State, list[_Step]] = field(default_factory=dict)
    counted: dict[tuple[int, int], int] = field(default_factory=dict)


class Chart:
    """The states of an archipelago as far as they have been seen."""

    def __init__(self, sea: Archipelago, *, defaults: bool = True) -> None:
        self.sea = sea
        self._forces = sea.musts | sea.prefers | (sea.defaults if defaults else 0)
        self._moves = [_moves(sea, index) for index in range(len(sea.questions))]
        self._needs = Needs(sea, self._forces)
        self._forget()

    def _forget(self) -> None:
        self._number: dict[State, int] = {}
        self._states: list[State] = []
        self._next: list[dict[int, list[int]]] = [{} for _ in self.sea.questions]
        self._final: dict[State, int] = {}

    def nearest(self, answers: Answers, targets: Sequence[Target]) -> dict[Target, Nearest]:
        """The smallest changes for each target that some answers reach; the others are left out."""
        if len(self._states) + len(self._final) > _KEPT:
            self._forget()
        here = [
            0 if q.id not in answers else 1 + [a.id for a in q.answers].index(answers[q.id]) for q in self.sea.questions
        ]
        bounds = Bounds(self._needs, here)
        wanted = [target for target in dict.fromkeys(targets) if self._needs.of(target)]
        found: dict[Target, Nearest] = {}
        for size in range(len(here) + 1):
            if not wanted:
                break
            sweep = self._sweep(here, size, bounds.of(wanted))
            shown = self._shown(sweep)
            for target in wanted:
                if ends := [steps for rows, steps in shown.items() if self._is(rows, target)]:
                    found[target] = self._nearest(size, sweep, [step for steps in ends for step in steps])
            wanted = [target for target in wanted if target not in found]
        return found

    def _sweep(self, here: list[int], size: int, hopes: Hopes) -> _Sweep:
        """Every end that so many changes lead to and that may be wanted, with the states on the way there.

        After the last change nothing is left to choose: from there it goes to the end at once.
        """
        start = self._numbered(self.sea.full, self._forces)
        sweep = _Sweep([{start: _Arrival(0, [])}] if hopes.hopeful(0, size, self._states[start]) else [{}])
        rest = self._rest(here)
        if not size and sweep.layers[0]:
            sweep.ends[self._end(self._states[start], rest[0])] = [(0, start, _STAY)]
        for index, stay in enumerate(here if size else ()):
            later: dict[int, _Arrival] = {}
            for number, arrival in sweep.layers[-1].items():
                cost = arrival.cost
                for move in range(len(self._moves[index])):
                    if move != stay and cost + 1 == size:
                        after = self._after(index, self._states[number], move)
                        if hopes.hopeful(index + 1, 0, after):
                            end = self._end(after, rest[index + 1])
                            if hopes.hopeful(len(here), 0, end):
                                sweep.ends.setdefault(end, []).append((index, number, move))
                        continue
                    following = self._follow(index, number, move)
                    arrived = cost + (move != stay)
                    step = (index, number, _STAY if move == stay else move)
                    known = later.get(following)
                    if known is None:
                        if hopes.hopeful(index + 1, size - arrived, self._states[following]):
                            later[following] = _Arrival(arrived, [step])
                    elif arrived == known.cost:
                        known.behind.append(step)
                    elif arrived < known.cost:
                        known.cost, known.behind = arrived, [step]
            sweep.layers.append(later)
        return sweep

    def _rest(self, here: list[int]) -> list[int]:
        """The forces that stay, from each question on, where all answers are left as they are."""
        rest = [self._forces]
        for index in reversed(range(len(here))):
            rest.append(rest[-1] & self._moves[index][here[index]][0])
        return rest[::-1]

    def _end(self, state: State, keep: int) -> State:
        """The rows and the wishes once no question is left."""
        rows, alive = state
        alive &= keep
        return self._narrowed(rows, alive & self.sea.musts), alive & ~self.sea.musts

    def _after(self, index: int, state: State, move: int) -> State:
        rows, alive = state
        keep, due = self._moves[index][move]
        alive &= keep
        return self._narrowed(rows, alive & due), alive & ~due

    def _narrowed(self, rows: int, musts: int) -> int:
        forces = self.sea.forces
        while musts:
            low = musts & -musts
            musts ^= low
            rows &= forces[low.bit_length() - 1].clause
        return rows

    def _follow(self, index: int, number: int, move: int) -> int:
        """The state that an answer leads to."""
        row = self._next[index].get(number)
        if row is None:
            row = self._next[index][number] = [_UNKNOWN] * len(self._moves[index])
        if row[move] == _UNKNOWN:
            row[move] = self._numbered(*self._after(index, self._states[number], move))
        return row[move]

    def _numbered(self, rows: int, alive: int) -> int:
        state = (0, 0) if self.sea.stranded(rows) else (rows, not_void(self.sea, rows, alive))
        number = self._number.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
        return number

    def _shown(self, sweep: _Sweep) -> dict[int, list[_Step]]:
        """The rows that the ends come to, with the steps that lead there; ends that clash are left out."""
        found: dict[int, list[_Step]] = {}
        for end, steps in sweep.ends.items():
            final = self._final.get(end)
            if final is None:
                rows, wishes = end
                final = self._final[end] = 0 if self.sea.stranded(rows) else self.sea.follow(rows, wishes)[0]
            if final:
                found.setdefault(final, []).extend(steps)
        return found

    def _is(self, shown: int, target: Target) -> bool:
        """Whether these rows come to something wanted."""
        for rivals in self._needs.rivals(target):
            for rival in rivals:
                if shown & rival:
                    break
            else:
                return True
        return False

    def _nearest(self, size: int, sweep: _Sweep, ends: list[_Step]) -> Nearest:
        listed = sorted(islice(self._back(sweep, ends), MOST_LISTED), key=_in_order)
        changes = tuple(tuple((q, a) for _, _, q, a in reversed(way)) for way in listed)
        return Nearest(size, _count(sweep, ends), changes)

    def _back(
        self, sweep: _Sweep, steps: Sequence[_Step]
    ) -> Iterator[tuple[tuple[int, int, QuestionId, AnswerId | None], ...]]:
        """Every way that ends with one of some steps, as its changes from the last question to the first."""
        for index, number, move in steps:
            question = self.sea.questions[index] if move != _STAY else None
            change = ((index, move, question.id, question.answers[move - 1].id if move else None),) if question else ()
            behind = sweep.layers[index][number].behind
            for rest in self._back(sweep, behind) if behind else [()]:
                yield (*change, *rest)


def _moves(sea: Archipelago, index: int) -> list[tuple[int, int]]:
    """For a question left open and for each answer: the forces that stay, the musts that work then."""
    question = sea.questions[index]
    later = {other.id for other in sea.questions[index + 1 :]}
    indifferent = sea.bits(lambda force: question.id not in force.when)
    due = sea.musts & ~indifferent & sea.bits(lambda force: not later & force.when.keys())
    waiting = [
        sea.bits(lambda force, answer=answer: answer.id in force.when.get(question.id, ()))  # type: ignore[misc]
        for answer in question.answers
    ]
    return [(indifferent, due), *((indifferent | bits, due) for bits in waiting)]


def _count(sweep: _Sweep, steps: Sequence[_Step]) -> int:
    """How many ways end with one of some steps."""
    total = 0
    for index, number, _ in steps:
        key = (index, number)
        if key not in sweep.counted:
            behind = sweep.layers[index][number].behind
            sweep.counted[key] = _count(sweep, behind) if behind else 1
        total += sweep.counted[key]
    return total


def _in_order(way: tuple[tuple[int, int, QuestionId, AnswerId | None], ...]) -> list[tuple[int, int]]:
    """By question, then by answer as the pack has them, and leaving open last."""
    return [(index, move or 1_000) for index, move, _, _ in reversed(way)]
