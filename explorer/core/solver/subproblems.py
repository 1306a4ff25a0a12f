"""Independent subproblems: parts that rules relate to each other, with the rule effects on them.

A part that no rule relates to others is a subproblem of its own. No rule reaches from one subproblem into
another, so they are solved one by one (independent subproblems of a constraint graph).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.pack import AnswerId, Answers, Pack, Part, PartId, QuestionId, Rule, Strength, ValueId


@dataclass(frozen=True, eq=False)
class RuleEffect:
    """The effect of one rule on one part: the part must have one of the allowed values."""

    rule: Rule
    part: PartId
    allowed: frozenset[ValueId]


@dataclass(frozen=True, eq=False)
class Subproblem:
    """Related parts, the effects that act on them, and the questions that activate them."""

    parts: tuple[Part, ...]
    effects: tuple[RuleEffect, ...]
    questions: tuple[QuestionId, ...]

    @cached_property
    def unconditional_musts(self) -> tuple[RuleEffect, ...]:
        """Effects of must rules that hold whatever the answers are."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.MUST and not e.rule.when)

    @cached_property
    def musts(self) -> tuple[RuleEffect, ...]:
        """Effects of must rules that depend on an answer."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.MUST and e.rule.when)

    @property
    def all_musts(self) -> tuple[RuleEffect, ...]:
        """Effects of all must rules."""
        return (*self.unconditional_musts, *self.musts)

    @cached_property
    def prefers(self) -> tuple[RuleEffect, ...]:
        """Effects of preferences, in the order of the pack."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.PREFER)

    @cached_property
    def defaults(self) -> tuple[RuleEffect, ...]:
        """Effects of defaults, in the order of the pack."""
        return tuple(e for e in self.effects if e.rule.strength is Strength.DEFAULT)

    @cached_property
    def _conditional(self) -> tuple[RuleEffect, ...]:
        return (*self.musts, *self.prefers, *self.defaults)

    @cached_property
    def _active_by_answer(self) -> tuple[tuple[QuestionId, Mapping[AnswerId, int], int], ...]:
        """For each question the effects, as bits, that each answer leaves active, and those that no answer does."""
        found = []
        for question in self.questions:
            wanted = [dict(effect.rule.when).get(question) for effect in self._conditional]
            indifferent = sum(1 << index for index, answers in enumerate(wanted) if answers is None)
            known = {answer for answers in wanted if answers for answer in answers}
            active = {
                answer: sum(1 << i for i, answers in enumerate(wanted) if answers is None or answer in answers)
                for answer in known
            }
            found.append((question, active, indifferent))
        return tuple(found)

    def active_effects(self, answers: Answers) -> Iterator[RuleEffect]:
        """The effects that the answers activate: musts, then preferences, then defaults, in order."""
        bits = (1 << len(self._conditional)) - 1
        for question, active, indifferent in self._active_by_answer:
            answer = answers.get(question)
            bits &= indifferent if answer is None else active.get(answer, indifferent)
        while bits:
            lowest = bits & -bits
            yield self._conditional[lowest.bit_length() - 1]
            bits ^= lowest

    def relevant_answers(self, answers: Answers) -> tuple[tuple[QuestionId, AnswerId], ...]:
        """The answers to questions of this subproblem, in the order of the pack."""
        return tuple((question, answers[question]) for question in self.questions if question in answers)


def split_pack(pack: Pack) -> tuple[Subproblem, ...]:
    """The subproblems of a pack, each with its rules in the order of the pack."""
    return tuple(_subproblem(pack, parts) for parts in _related_parts(pack))


def _related_parts(pack: Pack) -> list[list[Part]]:
    """Parts in groups that no rule reaches across, by union-find."""
    leader = {part.id: part.id for part in pack.parts()}

    def find(part: PartId) -> PartId:
        while leader[part] != part:
            leader[part] = part = leader[leader[part]]
        return part

    for rule in pack.rules:
        given = [part for part, _ in rule.given]
        for target, _ in rule.then:
            for other in given:
                leader[find(other)] = find(target)
    groups: dict[PartId, list[Part]] = {}
    for part in pack.parts():
        groups.setdefault(find(part.id), []).append(part)
    return list(groups.values())


def _subproblem(pack: Pack, parts: list[Part]) -> Subproblem:
    names = {part.id for part in parts}
    effects = tuple(
        RuleEffect(rule, part, values) for rule in pack.rules for part, values in rule.then if part in names
    )
    asked = {question for effect in effects for question, _ in effect.rule.when}
    return Subproblem(tuple(parts), effects, tuple(q.id for q in pack.questions if q.id in asked))
