"""From answers to an outcome: every choice with its status, alternatives, reasons and rejections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import is_

from explorer.core.model.outcome import (
    ChoiceOutcome,
    Conflict,
    Justification,
    Outcome,
    PartOutcome,
    Rejections,
    Status,
)
from explorer.core.model.pack import (
    ABSENT,
    Answers,
    Choice,
    PartId,
    Rule,
    RuleId,
    Trap,
    ValueCondition,
    ValueId,
)
from explorer.core.solver.conflicts import ConflictSet, effects_to_relax, minimal_conflicts
from explorer.core.solver.constraints import CompiledPack, RuleEffect, SolutionSets, Subproblem, solve
from explorer.core.solver.propagation import Implications, explain_removal, propagate


@dataclass(frozen=True)
class _SubproblemOutcome:
    parts: tuple[PartOutcome, ...]
    conflicts: tuple[Conflict, ...]
    fired: frozenset[RuleId]
    overruled: tuple[tuple[Rule, frozenset[Rule]], ...]


def decide(space: CompiledPack, answers: Answers, *, defaults: bool = True) -> Outcome:
    """What the answers come to; the same answers give the same outcome in any order.

    Without `defaults` a part that no answer decides stays open.
    """
    found = [_island_outcome(island, answers, defaults) for island in space.subproblems]
    parts = {part.part: part for island in found for part in island.parts}
    choices = tuple(_remembered(space, choice, parts) for choice in space.pack.choices)
    fired = {rule for island in found for rule in island.fired}
    overruled = [pair for island in found for pair in island.overruled]
    return Outcome(
        answers=tuple((q.id, answers[q.id]) for q in space.pack.questions if q.id in answers),
        choices=choices,
        traps=_traps(space, answers, parts, overruled),
        conflicts=tuple(conflict for island in found for conflict in island.conflicts),
        fired_rules=tuple(rule.id for rule in space.pack.rules if rule.id in fired),
    )


def _island_outcome(island: Subproblem, answers: Answers, defaults: bool) -> _SubproblemOutcome:
    key = ("outcome", defaults, island.relevant_answers(answers))
    found = island.cache.get(key)
    if not isinstance(found, _SubproblemOutcome):
        island.cache[key] = found = _explained(island, answers, defaults)
    return found


def _explained(island: Subproblem, answers: Answers, defaults: bool) -> _SubproblemOutcome:
    narrowed = solve(island, answers, defaults=defaults)
    found: tuple[ConflictSet, ...] = ()
    dropped: frozenset[RuleEffect] = frozenset()
    if not narrowed.must:
        found = minimal_conflicts(island, answers)
        dropped = effects_to_relax(island, answers, found)
        narrowed = solve(island, answers, defaults=defaults, without=dropped)
    reader = _SubproblemReader(island, answers, narrowed, dropped)
    contested = {clash.part: clash for clash in found}
    parts = tuple(
        _contested(part.id, contested[part.id], answers) if part.id in contested else reader.part(index)
        for index, part in enumerate(island.parts)
    )
    choice_of = {part.id: part.choice for part in island.parts}
    conflicts = tuple(Conflict(choice_of[c.part], c.answers, c.rules, c.repairs) for c in found)
    return _SubproblemOutcome(parts, conflicts, reader.fired, reader.overruled())


def _contested(part: PartId, clash: ConflictSet, answers: Answers) -> PartOutcome:
    because = tuple(_because(effect.rule, answers) for effect in clash.effects)
    return PartOutcome(part, None, Status.CONFLICT, (), because, ())


def _because(rule: Rule, answers: Answers) -> Justification:
    return Justification(rule.id, tuple(question for question, _ in rule.when if question in answers), rule.takeaways)


class _SubproblemReader:
    """Reads one island's outcome off its narrowed rows, with the reasons."""

    def __init__(
        self, island: Subproblem, answers: Answers, narrowed: SolutionSets, dropped: frozenset[RuleEffect]
    ) -> None:
        self.island = island
        self.answers = answers
        self.narrowed = narrowed
        always = [e for e in island.effects if e.rule.strength.value == "must" and not e.rule.when]
        # The narrowest demand first: it is the plainest reason for what others would rule out too.
        asked = sorted(
            (e for e in island.musts if e not in dropped and e.rule.is_active(answers)),
            key=lambda effect: len(effect.allowed),
        )
        self.musts = [*asked, *always]
        self.all = [*asked, *narrowed.applied, *always]
        self.must_trail = propagate(island, self.musts)
        self.full_trail = propagate(island, self.all)

    def part(self, index: int) -> PartOutcome:
        """What the part at that place came to."""
        part = self.island.parts[index]
        possible = self.island.possible(self.narrowed.must, part)
        final = self.island.possible(self.narrowed.final, part)
        present = tuple(value for value in possible if value != ABSENT)
        value = final[0] if len(final) == 1 else None
        status = self._status(index, value, present)
        rejected = tuple(
            (out, self._why(self.must_trail, self.musts, part.id, out)) for out in part.values if out not in possible
        )
        return PartOutcome(
            part=part.id,
            value=value,
            status=status,
            alternatives=tuple(other for other in possible if other != value),
            justifications=self._justification_for(index, value, status, rejected),
            rejected=rejected,
        )

    def _status(self, index: int, value: ValueId | None, present: tuple[ValueId, ...]) -> Status:
        part = self.island.parts[index]
        possible = self.island.possible(self.narrowed.must, part)
        if value is None:
            return Status.OPEN
        if len(possible) == 1 or (len(part.values) > 1 and present == (value,)):
            return Status.FORCED
        if len(self.island.possible(self.narrowed.preferred, part)) == 1 or self._asked_for(part.id, value):
            return Status.PREFERRED
        return Status.DEFAULT

    def _asked_for(self, part: PartId, value: ValueId) -> bool:
        """Whether an answer's rule acts on the part and the value is what it asks for."""
        rows = self.narrowed.final
        return any(
            effect.part == part
            and value in effect.allowed
            and effect.rule.when
            and part not in effect.rule.excludes
            and rows & effect.given
            for effect in self.all
        )

    def _justification_for(
        self, index: int, value: ValueId | None, status: Status, rejected: Rejections
    ) -> tuple[Justification, ...]:
        if value is None:
            return ()
        part = self.island.parts[index]
        if status is Status.FORCED:
            found = dict.fromkeys(because for _, reasons in rejected for because in reasons)
            possible = self.island.possible(self.narrowed.must, part)
            if part.optional and ABSENT not in possible:
                found.update(dict.fromkeys(self._why(self.must_trail, self.musts, part.id, ABSENT)))
            rules = {effect.rule.id: effect.rule for effect in self.musts}
            return tuple(sorted(found, key=lambda because: self._rank(rules[because.rule], part.id)))
        effects: dict[RuleEffect, None] = {}
        for other in part.possible_values:
            if other != value:
                effects.update(dict.fromkeys(explain_removal(self.island, self.full_trail, self.all, part.id, other)))
        return self._justify(effects, part.id)

    def _why(
        self, trail: Implications, effects: list[RuleEffect], part: PartId, value: ValueId
    ) -> tuple[Justification, ...]:
        return self._justify(explain_removal(self.island, trail, effects, part, value), part)

    def _justify(self, effects: Iterable[RuleEffect], part: PartId) -> tuple[Justification, ...]:
        """The rules behind some effects, the plainest first.

        What speaks of a case that is out is a step of the proof only, and left out beside others,
        unless the case is one of the part itself: then it says why the part does not come to it.
        """
        rules = {effect.rule.id: effect.rule for effect in effects}
        apt = [rule for rule in rules.values() if rule.id in self.fired or part in dict(rule.given)]
        ordered = sorted(apt or rules.values(), key=lambda rule: self._rank(rule, part))
        return tuple(_because(rule, self.answers) for rule in ordered)

    def _rank(self, rule: Rule, part: PartId) -> tuple[bool, bool, bool]:
        """How plainly a rule tells of a part: at work, about the part itself, and set off by an answer."""
        return rule.id not in self.fired, part not in dict(rule.then), not rule.when

    @cached_property
    def fired(self) -> frozenset[RuleId]:
        """The rules that act on what remains: their values hold there."""
        rows = self.narrowed.final
        standing = (e for e in self.all if rows & e.given)
        return frozenset(effect.rule.id for effect in standing)

    def overruled(self) -> tuple[tuple[Rule, frozenset[Rule]], ...]:
        """Each wish that the musts leave no room for, and the rules that overruled it."""
        found = []
        for effect in self.narrowed.overruled:
            by: set[Rule] = set()
            for value in sorted(effect.allowed):
                out = explain_removal(self.island, self.must_trail, self.musts, effect.part, value)
                by.update(other.rule for other in out)
            found.append((effect.rule, frozenset(by)))
        return tuple(found)


def _remembered(space: CompiledPack, choice: Choice, outcomes: Mapping[PartId, PartOutcome]) -> ChoiceOutcome:
    """One choice; what its parts last came to is often what they come to now."""
    parts = [outcomes[part.id] for part in choice.parts]
    last = space.choices.get(choice.id)
    if last is None or not all(map(is_, last.parts, parts)):
        space.choices[choice.id] = last = _choice_outcome(choice, outcomes)
    return last


def _choice_outcome(choice: Choice, outcomes: Mapping[PartId, PartOutcome]) -> ChoiceOutcome:
    """One choice over its parts: all that contribute, or for a single choice the first that does."""
    parts = tuple(outcomes[part.id] for part in choice.parts)
    speaking = [part for part in parts if part.is_present]
    if not choice.multi_valued:
        speaking = speaking[:1]
    speaking = speaking or list(parts[:1])
    value = tuple(part.value for part in speaking if part.value is not None and part.value != ABSENT)
    offered = [outcomes[part.id] for part in choice.parts if part.offered_when_absent]
    alternatives = dict.fromkeys(
        other for part in [*speaking, *offered] for other in part.alternatives if other != ABSENT
    )
    possible = {*value, *(v for part in parts for v in part.alternatives)}
    rejected: dict[ValueId, tuple[Justification, ...]] = {}
    for part in parts:
        for out, reasons in part.rejected:
            if out not in possible:
                rejected[out] = tuple(dict.fromkeys([*rejected.get(out, ()), *reasons]))
    return ChoiceOutcome(
        choice=choice.id,
        multi_valued=choice.multi_valued,
        value=value,
        status=max(part.status for part in speaking),
        alternatives=tuple(other for other in alternatives if other not in value),
        justifications=tuple(dict.fromkeys(reason for part in speaking for reason in part.justifications)),
        rejected=tuple(rejected.items()),
        parts=parts,
    )


def holds(condition: ValueCondition, parts: Mapping[PartId, PartOutcome]) -> bool:
    """Whether every part that a condition names came to one of the values it wants."""
    return all(parts[part].value in values for part, values in condition)


def _traps(
    space: CompiledPack,
    answers: Answers,
    parts: Mapping[PartId, PartOutcome],
    overruled: Iterable[tuple[Rule, frozenset[Rule]]],
) -> tuple[Trap, ...]:
    found: dict[str, Trap] = {}
    told: set[Rule] = set()
    overruled = list(overruled)
    for trap in space.pack.traps:
        if trap.overruled_rule is None:
            if all(answers.get(q) in wanted for q, wanted in trap.when) and holds(trap.given, parts):
                found[trap.id] = trap
            continue
        for wish, by in overruled:
            if wish.id == trap.overruled_rule and (
                not trap.overruled_by or {rule.id for rule in by} & set(trap.overruled_by)
            ):
                found[trap.id] = trap
                told.add(wish)
    for wish, by in overruled:
        if wish not in told:
            at_work = frozenset(rule for rule in by if holds(rule.given, parts))
            found[wish.id] = _generic_trap(wish, at_work or by)
    return tuple(found.values())


def _generic_trap(wish: Rule, by: frozenset[Rule]) -> Trap:
    """A wish that was overruled without the pack having words for it."""
    stronger = sorted(by, key=lambda rule: (not rule.when, rule.id))
    told = " ".join(rule.reason for rule in stronger[:2])
    takeaways = tuple(dict.fromkeys(t for rule in stronger for t in rule.takeaways))
    return Trap(str(wish.id), "A wish is overruled", f"{wish.reason} But: {told}", takeaways, wish.id)
