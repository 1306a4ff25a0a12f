"""The nearest answers that lead to something wanted: how few must change, and every way to do with so few.

Questions are taken one by one, as in `reach`: answers that nothing later can tell apart
lead to the same state. There is one sweep for each number of changes, for everything
wanted at once; a state is left as soon as nothing wanted can be reached from it with
the changes that are left. Two bounds say so, neither of which ever errs: each row has
a number of answers that rule it out by themselves, and a value that shares its rows with
a rival needs a rule that tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from explorer.core.hopes import Bounds, Hopes, Needs, Target
from explorer.core.pack import AnswerId, Answers, QuestionId
from explorer.core.reach import Archipelago, not_void

Change = tuple[tuple[QuestionId, AnswerId | None], ...]
"""The questions whose answers change, in the order of the pack, and to what; None leaves one open."""

MOST_LISTED = 240
"""Of more ways than this, only these are listed; all are counted."""

_KEPT = 60_000
_UNKNOWN = -1


@dataclass(frozen=True)
class Nearest:
    """The smallest changes that reach a target: how many answers change, in how many ways, and which."""

    size: int
    total: int
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Arrival:
    """The fewest changes that lead to a state, and from where they do."""

    cost: int
    behind: list[tuple[int, int]]


_Layers = list[dict[int, _Arrival]]
_Counted = dict[tuple[int, int], int]


class Chart:
    """The states of an archipelago as far as they have been seen."""

    def __init__(self, sea: Archipelago, *, defaults: bool = True) -> None:
        self.sea = sea
        self._forces = sea.musts | sea.prefers | (sea.defaults if defaults else 0)
        self._moves = [_moves(sea, index) for index in range(len(sea.questions))]
        self._needs = Needs(sea, self._forces)
        self._forget()

    def _forget(self) -> None:
        self._number: dict[tuple[int, int], int] = {}
        self._states: list[tuple[int, int]] = []
        self._next: list[dict[int, list[int]]] = [{} for _ in self.sea.questions]
        self._final: dict[int, int] = {}

    def nearest(self, answers: Answers, targets: Sequence[Target]) -> dict[Target, Nearest]:
        """The smallest changes for each target that some answers reach; the others are left out."""
        if len(self._states) > _KEPT:
            self._forget()
        here = [
            0 if q.id not in answers else 1 + [a.id for a in q.answers].index(answers[q.id])
            for q in self.sea.questions
        ]
        bounds = Bounds(self._needs, here)
        wanted = [target for target in dict.fromkeys(targets) if self._needs.of(target)]
        found: dict[Target, Nearest] = {}
        for size in range(len(here) + 1):
            if not wanted:
                break
            layers = self._sweep(here, size, bounds.of(wanted))
            counted: _Counted = {}
            arrived = [number for number, arrival in layers[-1].items() if arrival.cost == size]
            for target in wanted:
                if ends := [number for number in arrived if self._shows(number, target)]:
                    found[target] = self._nearest(size, layers, ends, counted)
            wanted = [target for target in wanted if target not in found]
        return found

    def _sweep(self, here: list[int], size: int, bounds: Hopes) -> _Layers:
        """Every state that so many changes lead to and from which something wanted may be reached."""
        start = self._numbered(self.sea.full, self._forces)
        layers: _Layers = [{start: _Arrival(0, [])} if bounds.hopeful(0, size, self._states[start]) else {}]
        states = self._states
        for index, stay in enumerate(here):
            later: dict[int, _Arrival] = {}
            moves = range(len(self._moves[index]))
            for number, arrival in layers[-1].items():
                for move in moves if arrival.cost < size else (stay,):
                    following = self._follow(index, number, move)
                    cost = arrival.cost + (move != stay)
                    known = later.get(following)
                    if known is None:
                        if bounds.hopeful(index + 1, size - cost, states[following]):
                            later[following] = _Arrival(cost, [(number, move)])
                    elif cost == known.cost:
                        known.behind.append((number, move))
                    elif cost < known.cost:
                        known.cost, known.behind = cost, [(number, move)]
            layers.append(later)
        return layers

    def _follow(self, index: int, number: int, move: int) -> int:
        """The state that an answer leads to."""
        row = self._next[index].get(number)
        if row is None:
            row = self._next[index][number] = [_UNKNOWN] * len(self._moves[index])
        if row[move] == _UNKNOWN:
            rows, alive = self._states[number]
            keep, due = self._moves[index][move]
            alive &= keep
            ready = alive & due
            alive ^= ready
            while ready:
                low = ready & -ready
                ready ^= low
                rows &= self.sea.forces[low.bit_length() - 1].clause
            row[move] = self._numbered(rows, alive)
        return row[move]

    def _numbered(self, rows: int, alive: int) -> int:
        state = (0, 0) if self.sea.stranded(rows) else (rows, not_void(self.sea, rows, alive))
        number = self._number.setdefault(state, len(self._states))
        if number == len(self._states):
            self._states.append(state)
        return number

    def _shows(self, number: int, target: Target) -> bool:
        rows, wishes = self._states[number]
        if not rows:
            return False
        final = self._final.get(number)
        if final is None:
            final = self._final[number] = self.sea.follow(rows, wishes)[0]
        for rivals in self._needs.rivals(target):
            for rival in rivals:
                if final & rival:
                    break
            else:
                return True
        return False

    def _nearest(self, size: int, layers: _Layers, ends: list[int], counted: _Counted) -> Nearest:
        ways = self._back(layers, len(layers) - 1, ends)
        listed = sorted(islice(ways, MOST_LISTED), key=_in_order)
        changes = tuple(tuple((q, a) for _, _, q, a in reversed(way)) for way in listed)
        total = sum(_count(layers, len(layers) - 1, end, counted) for end in ends)
        return Nearest(size, total, changes)

    def _back(
        self, layers: _Layers, index: int, ends: Sequence[int]
    ) -> Iterator[tuple[tuple[int, int, QuestionId, AnswerId | None], ...]]:
        """Every way to the ends, as its changes from the last question to the first."""
        for end in ends:
            arrival = layers[index][end]
            if not index:
                yield ()
                continue
            question = self.sea.questions[index - 1]
            for number, move in arrival.behind:
                changed = layers[index - 1][number].cost != arrival.cost
                step = (
                    ((index, move, question.id, question.answers[move - 1].id if move else None),)
                    if changed
                    else ()
                )
                for rest in self._back(layers, index - 1, (number,)):
                    yield (*step, *rest)


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


def _count(layers: _Layers, index: int, number: int, counted: _Counted) -> int:
    """In how many ways a state is arrived at."""
    if not index:
        return 1
    found = counted.get((index, number))
    if found is None:
        behind = layers[index][number].behind
        found = sum(_count(layers, index - 1, before, counted) for before, _ in behind)
        counted[index, number] = found
    return found


def _in_order(way: tuple[tuple[int, int, QuestionId, AnswerId | None], ...]) -> list[tuple[int, int]]:
    """By question, then by answer as the pack has them, and leaving open last."""
    return [(index, move or 1_000) for index, move, _, _ in reversed(way)]
