"""Every drawing that a pack can lead to, found island by island: never by sampling.

What an island comes to hangs on which of its rules the answers set off. Folding its
questions one at a time over the *distinct* sets of such rules covers all
combinations of answers, those left open and those in conflict included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import combinations, product

from explorer.core.architecture import Architecture
from explorer.core.conflicts import clashes, relaxed
from explorer.core.decide import decide
from explorer.core.draft import draft
from explorer.core.outcome import Outcome, PartOutcome, Status
from explorer.core.pack import ABSENT, AnswerId, PartId, QuestionId, Strength, ValueId
from explorer.core.space import Effect, Island, Space, soften

Given = dict[QuestionId, AnswerId]
Shared = tuple[tuple[QuestionId, AnswerId], ...]
Reading = tuple[tuple[PartId, ValueId | None, Status, tuple[ValueId, ...]], ...]


class Readings:
    """Everything that one island can come to, over all answers to its questions."""

    def __init__(self, space: Space, island: Island) -> None:
        self.space, self.island = space, island
        others = {q for other in space.islands if other is not island for q in other.questions}
        self.shared = others & set(island.questions)
        self.effects = [effect for effect in island.effects if effect.rule.when]
        self.bit = {effect: 1 << index for index, effect in enumerate(self.effects)}
        self.musts = [effect for effect in self.effects if effect.rule.strength is Strength.MUST]
        self.must_bits = sum(self.bit[effect] for effect in self.musts)
        self.possible: dict[int, list[tuple[ValueId, ...]]] = {}

    def all(self, *, defaults: bool) -> dict[Shared, set[Reading]]:
        """Each distinct result, under the answers that other islands hang on too."""
        found: dict[Shared, set[Reading]] = {}
        for shared, *state in self._states:
            found.setdefault(shared, set()).add(self._read(*state, defaults=defaults))
        return found

    @cached_property
    def _states(self) -> set[tuple[Shared, frozenset[PartId], int, int, int]]:
        states = set()
        memo: dict[int, tuple[frozenset[PartId], int, int]] = {}
        for (active, shared), given in self._folded.items():
            musts = active & self.must_bits
            if musts not in memo:
                memo[musts] = self._settled(musts, given)
            contested, rows, spoken = memo[musts]
            states.add((shared, contested, rows, self._able(rows, active & ~self.must_bits), spoken))
        return states

    @cached_property
    def _folded(self) -> dict[tuple[int, Shared], Given]:
        """Each set of effects that answers can set off, as bits, with answers that do."""
        questions = self.island.questions
        place = {question: index for index, question in enumerate(questions)}
        due: list[list[Effect]] = [[] for _ in questions]
        for effect in self.effects:
            due[max(place[q] for q, _ in effect.rule.when)].append(effect)
        states: dict[tuple[int, Shared], Given] = {(0, ()): {}}
        for index, question in enumerate(questions):
            waiting = self.shared | {q for group in due[index + 1 :] for e in group for q, _ in e.rule.when}
            after: dict[tuple[int, Shared], Given] = {}
            answers = [None, *(answer.id for answer in self.space.pack.question_by_id[question].answers)]
            for (active, pending), sample in states.items():
                for answer in answers:
                    given = dict(pending) if answer is None else {**dict(pending), question: answer}
                    bits = active
                    for effect in due[index]:
                        if effect.rule.is_active(given):
                            bits |= self.bit[effect]
                    kept = tuple(sorted((q, a) for q, a in given.items() if q in waiting))
                    after.setdefault((bits, kept), sample if answer is None else {**sample, question: answer})
            states = after
        return states

    @cached_property
    def _cores(self) -> list[tuple[int, Given]]:
        """The smallest sets of demands that leave no row, as bits, with the answers that make them."""
        demands: dict[tuple[tuple[QuestionId, AnswerId], ...], list[Effect]] = {}
        for effect in self.musts:
            for answers in product(*(sorted(wanted) for _, wanted in effect.rule.when)):
                demands.setdefault(tuple(zip((q for q, _ in effect.rule.when), answers, strict=True)), []).append(effect)
        found: list[tuple[int, Given]] = []
        for size in range(1, 5):
            for chosen in combinations(demands.items(), size):
                given: Given = {}
                if any(given.setdefault(q, a) != a for pairs, _ in chosen for q, a in pairs):
                    continue
                bits, rows = 0, self.island.full
                for _, effects in chosen:
                    for effect in effects:
                        bits |= self.bit[effect]
                        rows &= effect.clause
                if not rows and not any(core & bits == core for core, _ in found):
                    found.append((bits, given))
        return found

    @cached_property
    def _clashes(self) -> dict[frozenset[int], object]:
        return {}

    def _settled(self, musts: int, given: Given) -> tuple[frozenset[PartId], int, int]:
        """What is contested, the rows left once that is let go, and the demands that speak for a value."""
        active = [effect for effect in self.musts if musts & self.bit[effect]]
        rows = self.island.full
        for effect in active:
            rows &= effect.clause
        contested: frozenset[PartId] = frozenset()
        if not rows:
            cores = [index for index, (bits, _) in enumerate(self._cores) if bits & musts == bits]
            assert cores, "a clash of more than four demands"
            answers: Given = {}
            for index in cores:
                answers.update(self._cores[index][1])
            key = frozenset(cores)
            if key not in self._clashes:
                self._clashes[key] = clashes(self.island, answers)
            found = self._clashes[key]
            dropped = relaxed(self.island, given, found)  # type: ignore[arg-type]
            contested = frozenset(clash.part for clash in found)  # type: ignore[attr-defined]
            rows = self.island.full
            active = [effect for effect in active if effect not in dropped]
            for effect in active:
                rows &= effect.clause
        spoken = 0
        for effect in active:
            part = next(p for p in self.island.parts if p.id == effect.part)
            if effect.part not in effect.rule.excludes and len(self.island.possible(rows, part)) > 1:
                spoken |= self.bit[effect]
        return contested, rows, spoken

    def _able(self, rows: int, wished: int) -> int:
        """The wishes that can still have an effect on some rows."""
        for effect in self.effects:
            bit = self.bit[effect]
            if wished & bit and not rows & effect.given & effect.target:
                wished &= ~bit
        return wished

    def _values(self, rows: int) -> list[tuple[ValueId, ...]]:
        if rows not in self.possible:
            self.possible[rows] = [self.island.possible(rows, part) for part in self.island.parts]
        return self.possible[rows]

    def _read(
        self, contested: frozenset[PartId], must: int, wished: int, spoken: int, *, defaults: bool
    ) -> Reading:
        applied: list[Effect] = []
        wishes = [e for e in self.island.prefers if not e.rule.when or wished & self.bit[e]]
        preferred = final = soften(must, wishes, applied)
        if defaults:
            usual = [e for e in self.island.defaults if not e.rule.when or wished & self.bit[e]]
            final = soften(preferred, usual, applied)
        speaking = [e for e in self.musts if spoken & self.bit[e]]
        speaking.extend(e for e in applied if e.rule.when and e.part not in e.rule.excludes)
        reading = []
        for index, part in enumerate(self.island.parts):
            if part.id in contested:
                reading.append((part.id, None, Status.CONFLICT, ()))
                continue
            possible, left = self._values(must)[index], self._values(final)[index]
            value = left[0] if len(left) == 1 else None
            present = tuple(v for v in possible if v != ABSENT)
            if value is None:
                status = Status.OPEN
            elif len(possible) == 1 or (len(part.values) > 1 and present == (value,)):
                status = Status.FORCED
            elif len(self._values(preferred)[index]) == 1 or any(
                e.part == part.id and value in e.allowed and final & e.given for e in speaking
            ):
                status = Status.FORCED  # a wish that came true is drawn as firmly as a must
            else:
                status = Status.DEFAULT
            reading.append((part.id, value, status, tuple(v for v in possible if v != value)))
        return tuple(reading)


def outcomes(space: Space, *, defaults: bool, ghosts: bool) -> Iterator[Mapping[PartId, PartOutcome]]:
    """Every way in which the parts can come out together, as far as it shows in the drawing."""
    watched = _watched(space) if ghosts else {}
    tables = []
    for island in space.islands:
        found = Readings(space, island).all(defaults=defaults)
        tables.append({key: {_shown(reading, watched) for reading in readings} for key, readings in found.items()})
    shared = sorted({question for table in tables for key in table for question, _ in key})
    answers = [[None, *(a.id for a in space.pack.question_by_id[question].answers)] for question in shared]
    seen: set[tuple[Reading, ...]] = set()
    for chosen in product(*answers):
        given = [(q, a) for q, a in zip(shared, chosen, strict=True) if a is not None]
        rows = []
        for island, table in zip(space.islands, tables, strict=True):
            mine = tuple((q, a) for q, a in given if q in island.questions)
            rows.append(sorted(table[mine], key=repr))
        for readings in product(*rows):
            if readings not in seen:
                seen.add(readings)
                yield {
                    name: PartOutcome(name, value, status, alternatives, (), ())
                    for reading in readings
                    for name, value, status, alternatives in reading
                }


def _watched(space: Space) -> dict[PartId, set[ValueId]]:
    """The values that a ghost may wait for, by the part."""
    found: dict[PartId, set[ValueId]] = {}
    for component in space.pack.components:
        for condition in component.shown if component.ghost else ():
            for part, values in condition:
                found.setdefault(part, set()).update(values)
    return found


def _shown(reading: Reading, watched: Mapping[PartId, set[ValueId]]) -> Reading:
    """The reading without what no drawing shows: alternatives that no ghost stands for."""
    return tuple(
        (part, value, status, tuple(v for v in others if v in watched.get(part, ())) if status > Status.PREFERRED else ())
        for part, value, status, others in reading
    )
