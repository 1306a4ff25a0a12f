"""What may still be hoped for: whether a state can lead to something wanted with the changes that are left.

Two bounds say so, and neither ever says no in error. Each row has a number of answers that
rule it out by themselves, and as many must change. And where a row differs from a rival in
the wanted value alone, some wish must tell the two apart before anything prefers the rival.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from explorer.core.model.pack import PartId, ValueId
from explorer.core.search.clusters import Archipelago
from explorer.core.solver.constraints import Subproblem

Aim = tuple[PartId, ValueId]
"""A part that comes to a value."""

Target = tuple[tuple[Aim, ...], ...]
"""What is wanted: that all aims of one of these hold."""


@dataclass(frozen=True)
class Need:
    """Rows that can bring a target, and sets of wishes of each of which one must be at work."""

    rows: int
    wishes: tuple[int, ...]


_Signs = tuple[list[int], list[int], Mapping[tuple[ValueId, ...], int]]


class Needs:
    """What must be there for a target to be reached, worked out once for each."""

    def __init__(self, sea: Archipelago, forces: int) -> None:
        self.sea = sea
        self.alone = tuple(_alone(sea, index) for index in range(len(sea.questions)))
        self._forces = forces
        self._of: dict[Target, tuple[Need, ...]] = {}
        self._rivals: dict[Target, tuple[tuple[int, ...], ...]] = {}
        self._signs: dict[int, _Signs] = {}

    def of(self, target: Target) -> tuple[Need, ...]:
        """The needs of a target, any of which will do; none where no answers reach it."""
        found = self._of.get(target)
        if found is None:
            found = self._of[target] = tuple(need for aims in target for need in self._needs(aims))
        return found

    def _island(self, part: PartId) -> tuple[Subproblem, int]:
        """The island of a part, and where its rows begin."""
        for island, offset in zip(self.sea.islands, self.sea.offsets, strict=True):
            if any(part == other.id for other in island.parts):
                return island, offset
        raise KeyError(part)

    def rivals(self, target: Target) -> tuple[tuple[int, ...], ...]:
        """For each aim the rows of its island in which the part comes to something else."""
        found = self._rivals.get(target)
        if found is None:
            found = self._rivals[target] = tuple(tuple(map(self._rival, aims)) for aims in target)
        return found

    def _rival(self, aim: Aim) -> int:
        island, offset = self._island(aim[0])
        return (island.full & ~island.bits[aim]) << offset

    def _needs(self, aims: tuple[Aim, ...]) -> Iterator[Need]:
        island, offset = self._island(aims[-1][0])
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
            yield Need(together, tuple(wishes))

    def _telling_apart(self, island: Subproblem, offset: int, row: int, aim: Aim) -> frozenset[int] | None:
        """For each rival of a row (the same but for the aim): the wishes that would remove only the rival.

        A rival that a must may remove asks for nothing. None: some rival always wins, since what
        always holds prefers it before anything could speak for the row.
        """
        out, held, place = self._signs_of(island, offset)
        values = island.rows[row]
        at = next(index for index, part in enumerate(island.parts) if part.id == aim[0])
        found = set()
        for other in island.parts[at].possible_values:
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

    def _signs_of(self, island: Subproblem, offset: int) -> _Signs:
        """For each row the forces that remove it, the unconditional ones it fulfils; where each row is."""
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


class Bounds:
    """What the answers rule out where they are left as they are (`here`), from each question on."""

    def __init__(self, needs: Needs, here: Sequence[int]) -> None:
        self._needs = needs
        self._here = here
        self._rows: dict[tuple[int, int], int] = {}
        self._woken: dict[tuple[int, int], int] = {}
        self._beside: dict[tuple[int, int], int] = {}
        forces = needs.sea.forces
        self._asleep = [[0] * len(forces) for _ in range(len(here) + 1)]
        self._apart = [[0] * len(forces) for _ in range(len(here) + 1)]
        for index in reversed(range(len(here))):
            question, move = needs.sea.questions[index], here[index]
            free = needs.alone[index][move] == needs.sea.full
            answer = question.answers[move - 1].id if move else None
            for number, force in enumerate(forces):
                wanted = force.when.get(question.id)
                asleep = wanted is not None and answer not in wanted
                self._asleep[index][number] = self._asleep[index + 1][number] + asleep
                self._apart[index][number] = self._apart[index + 1][number] + (asleep and free)

    def of(self, targets: Sequence[Target]) -> Hopes:
        """What is still to hope for while these targets are wanted."""
        return Hopes(self, [need for target in targets for need in self._needs.of(target)])

    def rows(self, index: int, changes: int) -> int:
        """The rows that so many changes from a question on can keep from being ruled out answer by answer."""
        if changes < 0:
            return 0
        if index == len(self._here):
            return self._needs.sea.full
        known = self._rows.get((index, changes))
        if known is None:
            kept = self._needs.alone[index][self._here[index]]
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


class Hopes:
    """Whether something wanted may be reached from a state with the changes that are left."""

    def __init__(self, bounds: Bounds, needs: Sequence[Need]) -> None:
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


def _mark(marks: list[int], rows: int, mark: int) -> None:
    while rows:
        low = rows & -rows
        rows ^= low
        marks[low.bit_length() - 1] |= mark
