"""Every legal combination of values, listed once and island by island, so that deciding is set algebra.

An island is a set of parts that rules tie together. Its legal combinations under
the rules that always hold are its rows; a set of rows is the bits of one integer.
A rule then *is* a set of rows, and narrowing is the intersection of such sets: exact,
independent of order, and monotone (an added answer can only remove rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from explorer.core.errors import ExplorerError
from explorer.core.model.outcome import ChoiceOutcome
from explorer.core.model.pack import (
    AnswerId,
    Answers,
    ChoiceId,
    Pack,
    Part,
    PartId,
    QuestionId,
    Rule,
    Strength,
    ValueId,
)
from explorer.core.solver.lazy_tables import LazyTables
from explorer.core.solver.lookup import LookupTables, translate

MAX_ROWS = 60_000
"""An island larger than this is refused: its choices should be split into independent parts."""


class SubproblemTooLargeError(ExplorerError):
    """More combinations hang together than can be listed."""

    def __init__(self, parts: Iterable[Part]) -> None:
        names = ", ".join(part.id for part in parts)
        super().__init__(
            f"The rules tie these parts together in more than {MAX_ROWS:,} legal ways: {names}. "
            "Rules that always hold should rule more out, or the parts should be made independent."
        )


@dataclass(frozen=True, eq=False)
class RuleEffect:
    """What one rule does to one part, also as sets of rows of its island.

    `given` are the rows where the rule applies, `target` those with an allowed
    value, `clause` those that the rule as a whole permits.
    """

    rule: Rule
    part: PartId
    allowed: frozenset[ValueId]
    given: int
    target: int
    clause: int


@dataclass(frozen=True, eq=False)
class Subproblem:
    """Parts that rules tie together, their legal rows, and the effects that act on them."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[ValueId, ...], ...]
    bits: Mapping[tuple[PartId, ValueId], int]
    effects: tuple[RuleEffect, ...]
    questions: tuple[QuestionId, ...]
    cache: dict[object, object] = field(default_factory=dict, repr=False)

    @cached_property
    def full(self) -> int:
        """The set of all rows."""
        return (1 << len(self.rows)) - 1

    @cached_property
    def musts(self) -> tuple[RuleEffect, ...]:
        """Effects of must rules that wait for an answer (the others are in the rows already)."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.MUST and e.rule.when)

    @cached_property
    def all_musts(self) -> tuple[RuleEffect, ...]:
        """Effects of all must rules."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.MUST)

    @cached_property
    def prefers(self) -> tuple[RuleEffect, ...]:
        """Effects of preferences, in the order of the pack."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.PREFER)

    @cached_property
    def defaults(self) -> tuple[RuleEffect, ...]:
        """Effects of defaults, in the order of the pack."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.DEFAULT)

    @cached_property
    def _gates(self) -> tuple[tuple[QuestionId, Mapping[AnswerId, int], int], ...]:
        """For each question, the effects (as bits) that each answer to it, or none, leaves active."""
        waiting = self._waiting
        gates = []
        for question in self.questions:
            asks = [dict(effect.rule.when).get(question) for effect in waiting]
            indifferent = sum(1 << index for index, wanted in enumerate(asks) if wanted is None)
            answers = {answer for wanted in asks if wanted for answer in wanted}
            passed = {
                answer: sum(1 << i for i, wanted in enumerate(asks) if wanted is None or answer in wanted)
                for answer in answers
            }
            gates.append((question, passed, indifferent))
        return tuple(gates)

    @cached_property
    def _waiting(self) -> tuple[RuleEffect, ...]:
        return (*self.musts, *self.prefers, *self.defaults)

    def active(self, answers: Answers) -> Iterator[RuleEffect]:
        """The effects that the answers set off: musts, then preferences, then defaults, in order."""
        bits = (1 << len(self._waiting)) - 1
        for question, passed, indifferent in self._gates:
            answer = answers.get(question)
            bits &= indifferent if answer is None else passed.get(answer, indifferent)
        while bits:
            lowest = bits & -bits
            yield self._waiting[lowest.bit_length() - 1]
            bits ^= lowest

    def relevant_answers(self, answers: Answers) -> tuple[tuple[QuestionId, str], ...]:
        """The answers that can move this island, in the order of the pack."""
        return tuple((q, answers[q]) for q in self.questions if q in answers)

    def possible(self, rows: int, part: Part) -> tuple[ValueId, ...]:
        """The values of a part that occur in a set of rows, in the order of its domain."""
        return tuple(value for value in part.possible_values if rows & self.bits[part.id, value])


@dataclass(frozen=True, eq=False)
class SolutionSets:
    """The rows left after the musts, after the preferences and after the defaults.

    `applied` are the preferences and defaults that narrowed, `overruled` the active
    preferences that the musts leave no row for.
    """

    must: int
    preferred: int
    final: int
    applied: tuple[RuleEffect, ...]
    overruled: tuple[RuleEffect, ...]


def apply_soft_rules(rows: int, effects: Iterable[RuleEffect], applied: list[RuleEffect]) -> int:
    """Follow wishes in order, each as far as it leaves a row that fulfils it."""
    for effect in effects:
        if rows & effect.given & effect.target:
            kept = rows & effect.clause
            if kept != rows:
                applied.append(effect)
                rows = kept
    return rows


def solve(
    island: Subproblem,
    answers: Answers,
    *,
    defaults: bool = True,
    without: frozenset[RuleEffect] = frozenset(),
) -> SolutionSets:
    """Intersect what the answers demand, then follow what they prefer, then what is usual.

    `without` leaves out effects, to look past a conflict.
    """
    if without:
        return _narrowed(island, answers, defaults, without)
    key = ("narrow", defaults, island.relevant_answers(answers))
    found = island.cache.get(key)
    if not isinstance(found, SolutionSets):
        island.cache[key] = found = _narrowed(island, answers, defaults, without)
    return found


def _narrowed(island: Subproblem, answers: Answers, defaults: bool, without: frozenset[RuleEffect]) -> SolutionSets:
    must = island.full
    wishes: list[RuleEffect] = []
    usual: list[RuleEffect] = []
    for effect in island.active(answers):
        if effect in without:
            continue
        if effect.rule.strength is Strength.MUST:
            must &= effect.clause
        elif effect.rule.strength is Strength.PREFER:
            wishes.append(effect)
        else:
            usual.append(effect)
    applied: list[RuleEffect] = []
    preferred = apply_soft_rules(must, wishes, applied)
    overruled = tuple(effect for effect in wishes if must & effect.given and not must & effect.given & effect.target)
    final = apply_soft_rules(preferred, usual, applied) if defaults else preferred
    return SolutionSets(must, preferred, final, tuple(applied), overruled)


@dataclass(frozen=True, eq=False)
class CompiledPack:
    """A pack made ready for deciding."""

    pack: Pack
    subproblems: tuple[Subproblem, ...]
    lazy_tables: LazyTables
    choices: dict[ChoiceId, ChoiceOutcome] = field(default_factory=dict, repr=False)

    @cached_property
    def subproblem_of(self) -> Mapping[PartId, Subproblem]:
        """The island that each part lies on."""
        return {part.id: island for island in self.subproblems for part in island.parts}

    def lookup_tables(self) -> LookupTables:
        """The compiled tables, made when first needed; LookAheadError when the rules are too entangled for them."""
        return self.lazy_tables.get()


def compile_pack(pack: Pack) -> CompiledPack:
    """List the legal rows of every island; TooEntangledError when one has too many."""
    subproblems = tuple(_island(pack, parts) for parts in _tied_parts(pack))
    return CompiledPack(pack, subproblems, LazyTables(pack, translate(pack, subproblems)))


def _touched(rule: Rule) -> Iterator[list[PartId]]:
    given = [part for part, _ in rule.given]
    for part, _ in rule.then:
        yield [*given, part]


def _tied_parts(pack: Pack) -> list[list[Part]]:
    """Parts in groups that no rule reaches across, by union-find."""
    leader = {part.id: part.id for part in pack.parts()}

    def find(part: PartId) -> PartId:
        while leader[part] != part:
            leader[part] = part = leader[leader[part]]
        return part

    for rule in pack.rules:
        for first, *others in _touched(rule):
            for other in others:
                leader[find(other)] = find(first)
    groups: dict[PartId, list[Part]] = {}
    for part in pack.parts():
        groups.setdefault(find(part.id), []).append(part)
    return list(groups.values())


def _island(pack: Pack, parts: list[Part]) -> Subproblem:
    names = {part.id for part in parts}
    rules = [rule for rule in pack.rules if any(part in names for part, _ in rule.then)]
    rows = _rows(parts, [rule for rule in rules if rule.strength is Strength.MUST and not rule.when])
    bits = {(part.id, value): 0 for part in parts for value in part.possible_values}
    columns: dict[tuple[PartId, ValueId], bytearray] = {key: bytearray(len(rows) // 8 + 1) for key in bits}
    for index, row in enumerate(rows):
        for column, value in zip(parts, row, strict=True):
            columns[column.id, value][index >> 3] |= 1 << (index & 7)
    bits = {key: int.from_bytes(column, "little") for key, column in columns.items()}
    full = (1 << len(rows)) - 1

    def rows_with(part: PartId, values: frozenset[ValueId]) -> int:
        found = 0
        for value in values:
            found |= bits[part, value]
        return found

    effects: list[RuleEffect] = []
    for rule in rules:
        given = full
        if all(part in names for part, _ in rule.given):
            for part, values in rule.given:
                given &= rows_with(part, values)
        for part, values in rule.then:
            if part in names:
                target = rows_with(part, values)
                clause = (full & ~given) | target
                effects.append(RuleEffect(rule, part, values, given, target, clause))
    asked = {question for effect in effects for question, _ in effect.rule.when}
    questions = tuple(question.id for question in pack.questions if question.id in asked)
    return Subproblem(tuple(parts), tuple(rows), bits, tuple(effects), questions)


def _rows(parts: list[Part], rules: list[Rule]) -> list[tuple[ValueId, ...]]:
    """Every combination that the always-holding rules permit, depth first in the order of the parts."""
    place = {part.id: index for index, part in enumerate(parts)}
    checks: list[list[tuple[list[tuple[int, frozenset[ValueId]]], int, frozenset[ValueId]]]] = [[] for _ in parts]
    for rule in rules:
        given = [(place[part], values) for part, values in rule.given if part in place]
        for part, values in rule.then:
            if part in place:
                last = max([place[part], *(index for index, _ in given)])
                checks[last].append((given, place[part], values))
    found: list[tuple[ValueId, ...]] = []
    row: list[ValueId] = []

    def extend(depth: int) -> None:
        if depth == len(parts):
            found.append(tuple(row))
            if len(found) > MAX_ROWS:
                raise SubproblemTooLargeError(parts)
            return
        for value in parts[depth].possible_values:
            row.append(value)
            if not any(
                row[target] not in allowed and all(row[index] in values for index, values in given)
                for given, target, allowed in checks[depth]
            ):
                extend(depth + 1)
            row.pop()

    extend(0)
    return found
