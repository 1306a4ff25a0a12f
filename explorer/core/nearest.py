"""The nearest answers that lead to something wanted: how few must change, and every way to do with so few.

Questions are taken one by one, as in `reach`: answers that nothing later can tell apart
lead to the same state. There is one sweep for each number of changes, for everything
wanted at once; a state is left as soon as nothing wanted can be reached from it with
the changes that are left. Two bounds say so, neither of which ever errs: each row has
a number of answers that rule it out by themselves, and a value that shares its rows with
a rival needs a rule that tells the two apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from explorer.core.pack import AnswerId, Answers, PartId, QuestionId, ValueId
from explorer.core.reach import Archipelago, not_void
from explorer.core.space import Island

Aim = tuple[PartId, ValueId]
"""A part that comes to a value."""

Target = tuple[tuple[Aim, ...], ...]
"""What is wanted: that all aims of one of these hold. `HOLDS` wants no more than that nothing clashes."""

HOLDS: Target = ((),)

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


@dataclass(frozen=True)
class _Need:
    """Rows that can bring a target, and sets of wishes of each of which one must be at work."""

    rows: int
    wishes: tuple[int, ...]


@dataclass
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
        self._alone = [_alone(sea, index) for index in range(len(sea.questions))]
        self._needs: dict[Target, tuple[_Need, ...]] = {}
        self._rivals: dict[Target, tuple[tuple[int, ...], ...]] = {}
        self._signs: dict[int, tuple[list[int], list[int], Mapping[tuple[ValueId, ...], int]]] = {}
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
        bounds = _Bounds(self, here)
        wanted = [target for target in dict.fromkeys(targets) if self.needs(target)]
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

    def _sweep(self, here: list[int], size: int, bounds: _Hopes) -> _Layers:
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
        for rivals in self._rivals_of(target):
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

    # What a target asks for

    def island(self, part: PartId) -> tuple[Island, int]:
        """The island of a part, and where its rows begin."""
        for island, offset in zip(self.sea.islands, self.sea.offsets, strict=True):
            if any(part == other.id for other in island.parts):
                return island, offset
        raise KeyError(part)

    def _rivals_of(self, target: Target) -> tuple[tuple[int, ...], ...]:
        """For each aim the rows of its island in which the part comes to something else."""
        found = self._rivals.get(target)
        if found is None:
            found = self._rivals[target] = tuple(tuple(map(self._rival, aims)) for aims in target)
        return found

    def _rival(self, aim: Aim) -> int:
        island, offset = self.island(aim[0])
        return (island.full & ~island.bits[aim]) << offset

    def needs(self, target: Target) -> tuple[_Need, ...]:
        """What must be there for a target to be reached; nothing where no answers reach it."""
        found = self._needs.get(target)
        if found is None:
            found = self._needs[target] = tuple(need for aims in target for need in self._needs_of(aims))
        return found

    def _needs_of(self, aims: tuple[Aim, ...]) -> Iterator[_Need]:
        if not aims:
            yield _Need(self.sea.full, ())
            return
        island, offset = self.island(aims[-1][0])
        rows = island.bits[aims[-1]]
        for part, value in aims[:-1]:
            rows &= island.bits.get((part, value), island.full)
        groups: dict[frozenset[int], int] = {}
        while rows:
            low = rows & -rows
            rows ^= low
            wishes = self._telling_apart(island, offset, low.bit_length() - 1, aims[-1])
            if wishes is not None:
                groups[wishes] = groups.get(wishes, 0) | low << offset
        for wishes, together in groups.items():
            yield _Need(together, tuple(wishes))

    def _telling_apart(self, island: Island, offset: int, row: int, aim: Aim) -> frozenset[int] | None:
        """For each rival of a row (the same but for the aim): the wishes that would remove only the rival.

        A rival that a must may remove asks for nothing. None: some rival always wins, since what
        always holds prefers it before anything could speak for the row.
        """
        out, held, place = self._signs_of(island, offset)
        values = island.rows[row]
        at = next(index for index, part in enumerate(island.parts) if part.id == aim[0])
        found = set()
        for other in island.parts[at].domain:
            rival = place.get((*values[:at], other, *values[at + 1 :]))
            if rival is None or rival == row:
                continue
            apart = out[rival] & ~out[row]
            against = out[row] & held[rival]
            if against:
                apart &= (against & -against) - 1
            if not apart:
                return None
            if not apart & self.sea.musts:
                found.add(apart)
        return frozenset(found)

    def _signs_of(
        self, island: Island, offset: int
    ) -> tuple[list[int], list[int], Mapping[tuple[ValueId, ...], int]]:
        """For each row the forces that remove it, the unconditional ones that it fulfils; where each row is."""
        signs = self._signs.get(offset)
        if signs is None:
            out, held = [0] * len(island.rows), [0] * len(island.rows)
            for number, force in enumerate(self.sea.forces):
                if self._forces >> number & 1:
                    _mark(out, force.miss >> offset & island.full, 1 << number)
                    if not force.when:
                        _mark(held, force.hit >> offset & island.full, 1 << number)
            place = {row: number for number, row in enumerate(island.rows)}
            signs = self._signs[offset] = (out, held, place)
        return signs

    def alone(self, index: int, move: int) -> int:
        """The rows that an answer leaves by itself."""
        return self._alone[index][move]


class _Bounds:
    """What the answers that are left as they are rule out, from each question on."""

    def __init__(self, chart: Chart, here: list[int]) -> None:
        self._chart = chart
        self._here = here
        self._rows: dict[tuple[int, int], int] = {}
        self._woken: dict[tuple[int, int], int] = {}
        self._beside: dict[tuple[int, int], int] = {}
        forces = chart.sea.forces
        self._asleep = [[0] * len(forces) for _ in range(len(here) + 1)]
        self._apart = [[0] * len(forces) for _ in range(len(here) + 1)]
        for index in reversed(range(len(here))):
            question, move = chart.sea.questions[index], here[index]
            free = chart.alone(index, move) == chart.sea.full
            answer = question.answers[move - 1].id if move else None
            for number, force in enumerate(forces):
                wanted = force.when.get(question.id)
                asleep = wanted is not None and answer not in wanted
                self._asleep[index][number] = self._asleep[index + 1][number] + asleep
                self._apart[index][number] = self._apart[index + 1][number] + (asleep and free)

    def of(self, targets: Sequence[Target]) -> _Hopes:
        """What is still to hope for while these targets are wanted."""
        return _Hopes(self, [need for target in targets for need in self._chart.needs(target)])

    def rows(self, index: int, changes: int) -> int:
        """The rows that so many changes from a question on can keep from being ruled out answer by answer."""
        if changes < 0:
            return 0
        if index == len(self._here):
            return self._chart.sea.full
        known = self._rows.get((index, changes))
        if known is None:
            kept = self._chart.alone(index, self._here[index])
            known = self.rows(index + 1, changes) & kept | self.rows(index + 1, changes - 1)
            self._rows[index, changes] = known
        return known

    def woken(self, index: int, changes: int) -> int:
        """The forces that so many changes from a question on can set to work."""
        known = self._woken.get((index, changes))
        if known is None:
            known = sum(1 << n for n, asleep in enumerate(self._asleep[index]) if asleep <= changes)
            self._woken[index, changes] = known
        return known

    def apart(self, index: int, wishes: int) -> int:
        """How many answers must change to wake one of some wishes, beside those that keep rows possible."""
        found = self._beside.get((index, wishes))
        if found is None:
            costs = self._apart[index]
            found = min(costs[n] for n in range(wishes.bit_length()) if wishes >> n & 1)
            self._beside[index, wishes] = found
        return found


class _Hopes:
    """Whether something wanted may be reached from a state with the changes that are left."""

    def __init__(self, bounds: _Bounds, needs: Sequence[_Need]) -> None:
        self._bounds = bounds
        self._needs = needs
        self._known: dict[tuple[int, int], list[tuple[int, tuple[int, ...]]]] = {}

    def hopeful(self, index: int, changes: int, state: tuple[int, int]) -> bool:
        """It never says no in error."""
        rows, alive = state
        known = self._known.get((index, changes))
        if known is None:
            known = self._known[index, changes] = self._hopes(index, changes)
        for wanted, wishes in known:
            if rows & wanted:
                for wish in wishes:
                    if not wish & alive:
                        break
                else:
                    return True
        return False

    def _hopes(self, index: int, changes: int) -> list[tuple[int, tuple[int, ...]]]:
        woken = self._bounds.woken(index, changes)
        found: dict[tuple[int, ...], int] = {}
        for need in self._needs:
            wishes = tuple(wish & woken for wish in need.wishes)
            if all(wishes):
                beside = max((self._bounds.apart(index, wish) for wish in wishes), default=0)
                if rows := need.rows & self._bounds.rows(index, changes - beside):
                    found[wishes] = found.get(wishes, 0) | rows
        return sorted(((rows, wishes) for wishes, rows in found.items()), key=lambda hope: len(hope[1]))


def _moves(sea: Archipelago, index: int) -> list[tuple[int, int]]:
    """For a question left open and for each answer: the forces that stay, and the musts that work from then on."""
    question = sea.questions[index]
    later = {other.id for other in sea.questions[index + 1 :]}
    indifferent = sea.bits(lambda force: question.id not in force.when)
    due = sea.musts & ~indifferent & sea.bits(lambda force: not later & force.when.keys())
    waiting = [
        sea.bits(lambda force, answer=answer: answer.id in force.when.get(question.id, ()))  # type: ignore[misc]
        for answer in question.answers
    ]
    return [(indifferent, due), *((indifferent | bits, due) for bits in waiting)]


def _alone(sea: Archipelago, index: int) -> list[int]:
    """The rows that a question left open leaves, and each answer by itself."""
    question = sea.questions[index]
    left = [sea.full] * (1 + len(question.answers))
    for force in sea.chosen(sea.musts):
        if force.when.keys() == {question.id}:
            for place, answer in enumerate(question.answers, 1):
                if answer.id in force.when[question.id]:
                    left[place] &= force.clause
    return left


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


def _mark(marks: list[int], rows: int, mark: int) -> None:
    while rows:
        low = rows & -rows
        rows ^= low
        marks[low.bit_length() - 1] |= mark


def _in_order(way: tuple[tuple[int, int, QuestionId, AnswerId | None], ...]) -> list[tuple[int, int]]:
    """By question, then by answer as the pack has them, and leaving open last."""
    return [(index, move or 1_000) for index, move, _, _ in reversed(way)]
