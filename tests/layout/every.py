"""Every drawing that a pack can lead to, found island by island: never by sampling.

What an island comes to hangs on which of its rules the answers set off. Folding its
questions one at a time over the *distinct* sets of such rules covers all
combinations of answers, those left open and those in conflict included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations, product
from types import SimpleNamespace
from typing import cast

from explorer.core.architecture import Architecture
from explorer.core.conflicts import Clash, clashes, relaxed
from explorer.core.draft import draft
from explorer.core.outcome import Outcome, PartOutcome, Status
from explorer.core.pack import ABSENT, AnswerId, PartId, QuestionId, Strength, ValueId
from explorer.core.space import Effect, Island, Space, soften

Given = tuple[tuple[QuestionId, AnswerId], ...]
Reading = tuple[tuple[PartId, ValueId | None, Status, tuple[ValueId, ...]], ...]
Watched = Mapping[PartId, set[ValueId]]


class Readings:
    """Everything that one island can come to, over all answers to its questions.

    `watched` are the values that a ghost may wait for: of the alternatives only these show.
    """

    def __init__(self, space: Space, island: Island, watched: Watched) -> None:
        self.space, self.island, self.watched = space, island, watched
        others = {q for other in space.islands if other is not island for q in other.questions}
        self.shared = others & set(island.questions)
        self.effects = [effect for effect in island.effects if effect.rule.when]
        self.bit = {effect: 1 << index for index, effect in enumerate(self.effects)}
        self.musts = [effect for effect in self.effects if effect.rule.strength is Strength.MUST]
        self.must_bits = sum(self.bit[effect] for effect in self.musts)
        self.values: dict[int, list[tuple[ValueId, ...]]] = {}
        self.clashes: dict[frozenset[int], tuple[Clash, ...]] = {}

    def all(self, *, defaults: bool) -> dict[Given, set[Reading]]:
        """Each distinct result, under the answers that other islands hang on too."""
        found: dict[Given, set[Reading]] = {}
        memo: dict[tuple[frozenset[PartId], int, int, int], Reading] = {}
        for shared, *rest in self._states:
            state = cast(tuple[frozenset[PartId], int, int, int], tuple(rest))
            if state not in memo:
                memo[state] = self._read(*state, defaults=defaults)
            found.setdefault(shared, set()).add(memo[state])
        return found

    @cached_property
    def _states(self) -> set[tuple[Given, frozenset[PartId], int, int, int]]:
        """What is contested, the rows that the demands leave, the wishes still able, the values spoken for."""
        settled: dict[int, tuple[frozenset[PartId], int, int]] = {}
        able: dict[int, int] = {}
        states = set()
        for (active, shared), given in self._folded.items():
            musts = active & self.must_bits
            if musts not in settled:
                settled[musts] = found = self._settled(musts, dict(given))
                able[found[1]] = sum(
                    self.bit[e] for e in self.effects if not self.must_bits & self.bit[e] and found[1] & e.given & e.target
                )
            contested, rows, spoken = settled[musts]
            states.add((shared, contested, rows, active & able[rows], spoken))
        return states

    @cached_property
    def _folded(self) -> dict[tuple[int, Given], Given]:
        """Each set of effects that answers can set off, as bits, with answers that do."""
        questions = self.island.questions
        place = {question: index for index, question in enumerate(questions)}
        due: list[list[Effect]] = [[] for _ in questions]
        for effect in self.effects:
            due[max(place[q] for q, _ in effect.rule.when)].append(effect)
        states: dict[tuple[int, Given], Given] = {(0, ()): ()}
        for index, question in enumerate(questions):
            waiting = {q for group in due[index + 1 :] for e in group for q, _ in e.rule.when} | self.shared
            here: list[Given] = [
                (),
                *(((question, answer.id),) for answer in self.space.pack.question_by_id[question].answers),
            ]
            steps: dict[Given, list[tuple[int, Given, Given]]] = {}
            for pending in {pending for _, pending in states}:
                steps[pending] = []
                for answer in here:
                    given = dict(pending + answer)
                    bits = sum(self.bit[e] for e in due[index] if e.rule.is_active(given))
                    kept = tuple((q, a) for q, a in given.items() if q in waiting)
                    steps[pending].append((bits, kept, answer))
            after: dict[tuple[int, Given], Given] = {}
            for (active, pending), sample in states.items():
                for bits, kept, answer in steps[pending]:
                    after[active | bits, kept] = sample + answer
            states = after
        return states

    @cached_property
    def _cores(self) -> list[tuple[int, Given]]:
        """The smallest sets of demands that leave no row, as bits, with the answers that make them."""
        demands: dict[Given, list[Effect]] = {}
        for effect in self.musts:
            for answers in product(*(sorted(wanted) for _, wanted in effect.rule.when)):
                asked = tuple(zip((q for q, _ in effect.rule.when), answers, strict=True))
                demands.setdefault(asked, []).append(effect)
        found: list[tuple[int, Given]] = []
        for size in range(1, 4):
            for chosen in combinations(demands.items(), size):
                given = dict(pair for pairs, _ in chosen for pair in pairs)
                if any(given[q] != a for pairs, _ in chosen for q, a in pairs):
                    continue
                bits, rows = 0, self.island.full
                for effect in (effect for _, effects in chosen for effect in effects):
                    bits |= self.bit[effect]
                    rows &= effect.clause
                if not rows and not any(core & bits == core for core, _ in found):
                    found.append((bits, tuple(given.items())))
        return found

    def _settled(self, musts: int, given: dict[QuestionId, AnswerId]) -> tuple[frozenset[PartId], int, int]:
        """What is contested, the rows left once that is let go, and the demands that speak for a value."""
        active = [effect for effect in self.musts if musts & self.bit[effect]]
        rows = self._rows(active)
        contested: frozenset[PartId] = frozenset()
        if not rows:
            found = self._clashing(musts)
            dropped = relaxed(self.island, given, found)
            contested = frozenset(clash.part for clash in found)
            active = [effect for effect in active if effect not in dropped]
            rows = self._rows(active)
        unsure = {p.id for p, left in zip(self.island.parts, self._left(rows), strict=True) if len(left) > 1}
        speaking = (e for e in active if e.part in unsure and e.part not in e.rule.excludes)
        return contested, rows, sum(self.bit[effect] for effect in speaking)

    def _clashing(self, musts: int) -> tuple[Clash, ...]:
        cores = frozenset(index for index, (bits, _) in enumerate(self._cores) if bits & musts == bits)
        assert cores, "more than three demands clash: look for larger cores"
        if cores not in self.clashes:
            answers = dict(pair for index in cores for pair in self._cores[index][1])
            self.clashes[cores] = clashes(self.island, answers)
        return self.clashes[cores]

    def _rows(self, active: Iterable[Effect]) -> int:
        rows = self.island.full
        for effect in active:
            rows &= effect.clause
        return rows

    def _left(self, rows: int) -> list[tuple[ValueId, ...]]:
        """The values that each part has in some rows."""
        if rows not in self.values:
            self.values[rows] = [self.island.possible(rows, part) for part in self.island.parts]
        return self.values[rows]

    def _read(
        self, contested: frozenset[PartId], must: int, wished: int, spoken: int, *, defaults: bool
    ) -> Reading:
        applied: list[Effect] = []
        preferred = final = soften(must, self._wishes(self.island.prefers, wished), applied)
        if defaults:
            final = soften(preferred, self._wishes(self.island.defaults, wished), applied)
        speaking = [e for e in self.musts if spoken & self.bit[e]] if spoken else []
        speaking.extend(e for e in applied if e.rule.when and e.part not in e.rule.excludes)
        reading = []
        left = zip(self.island.parts, self._left(must), self._left(preferred), self._left(final), strict=True)
        for part, possible, wanted, last in left:
            if part.id in contested:
                reading.append((part.id, None, Status.CONFLICT, ()))
                continue
            value = last[0] if len(last) == 1 else None
            others: tuple[ValueId, ...] = ()
            if value is None:
                status = Status.OPEN
            elif len(possible) == 1 or (len(part.values) > 1 and set(possible) <= {value, ABSENT}):
                status = Status.FORCED
            elif len(wanted) == 1 or any(
                e.part == part.id and value in e.allowed and final & e.given for e in speaking
            ):
                status = Status.FORCED  # a wish come true is drawn as firmly as a must
            else:
                status = Status.DEFAULT
            if status is not Status.FORCED:
                others = tuple(v for v in possible if v != value and v in self.watched.get(part.id, ()))
            reading.append((part.id, value, status, others))
        return tuple(reading)

    def _wishes(self, effects: Iterable[Effect], wished: int) -> Iterator[Effect]:
        return (e for e in effects if not e.rule.when or wished & self.bit[e])


class Drawings:
    """Every distinct drawing of a pack; what differs in reasons alone is one.

    `bare` leaves out how firmly things are decided, where it shows in no shape.
    """

    def __init__(self, space: Space, *, defaults: bool = True, ghosts: bool = True, bare: bool = False) -> None:
        self.space, self.ghosts, self.bare = space, ghosts, bare
        watched = _watched(space) if ghosts else {}
        self.tied: list[Island] = []
        self.loose: list[list[Reading]] = []
        self.tables: list[dict[Given, list[Reading]]] = []
        for island in space.islands:
            readings = Readings(space, island, watched)
            found = readings.all(defaults=defaults)
            table = {key: sorted({self._barer(r) for r in got}, key=repr) for key, got in found.items()}
            if readings.shared:
                self.tied.append(island)
                self.tables.append(table)
            else:
                self.loose.append(table[()])

    def tied_readings(self) -> Iterator[tuple[Reading, ...]]:
        """What the islands that hang on common answers come to together."""
        shared = sorted({question for table in self.tables for key in table for question, _ in key})
        answers = [[None, *(a.id for a in self.space.pack.question_by_id[q].answers)] for q in shared]
        seen: set[tuple[Reading, ...]] = set()
        for chosen in product(*answers):
            given = {q: a for q, a in zip(shared, chosen, strict=True) if a is not None}
            rows = []
            for island, table in zip(self.tied, self.tables, strict=True):
                rows.append(table[tuple((q, given[q]) for q in island.questions if q in given)])
            for readings in product(*rows):
                if readings not in seen:
                    seen.add(readings)
                    yield readings

    def draft(self, readings: Iterable[Reading]) -> Architecture:
        """The architecture of one reading of every island."""
        parts = {
            name: PartOutcome(name, value, status, alternatives, (), ())
            for reading in readings
            for name, value, status, alternatives in reading
        }
        outcome = cast(Outcome, SimpleNamespace(part_by_id=parts))
        return draft(self.space.pack, outcome, ghosts=self.ghosts)

    def _barer(self, reading: Reading) -> Reading:
        if not self.bare:
            return reading
        return tuple(
            (part, value, Status.FORCED if status is Status.DEFAULT and not others else status, others)
            for part, value, status, others in reading
        )


def _watched(space: Space) -> Watched:
    found: dict[PartId, set[ValueId]] = {}
    for component in space.pack.components:
        for condition in component.shown if component.ghost else ():
            for part, values in condition:
                found.setdefault(part, set()).update(values)
    return found
