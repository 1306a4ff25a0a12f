"""Decides an outcome: every choice with its status, alternatives, justifications and rejected values."""

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
    Part,
    PartId,
    Rule,
    RuleId,
    Trap,
    ValueCondition,
    ValueId,
)
from explorer.core.solver.conflicts import ConflictSet, effects_to_relax, minimal_conflicts
from explorer.core.solver.constraints import CompiledPack, SolutionSets, solve
from explorer.core.solver.propagation import Implications, explain_removal, propagate
from explorer.core.solver.subproblems import RuleEffect, Subproblem


@dataclass(frozen=True)
class _SubproblemOutcome:
    parts: tuple[PartOutcome, ...]
    conflicts: tuple[Conflict, ...]
    fired: frozenset[RuleId]
    overruled: tuple[tuple[Rule, frozenset[Rule]], ...]


def decide(compiled: CompiledPack, answers: Answers, *, defaults: bool = True) -> Outcome:
    """The outcome of a set of answers. The order of the answers does not matter.

    Without `defaults` a part that no answer decides stays open.
    """
    found = [_subproblem_outcome(compiled, subproblem, answers, defaults) for subproblem in compiled.subproblems]
    parts = {part.part: part for outcome in found for part in outcome.parts}
    choices = tuple(_cached_choice(compiled, choice, parts) for choice in compiled.pack.choices)
    fired = {rule for outcome in found for rule in outcome.fired}
    overruled = [pair for outcome in found for pair in outcome.overruled]
    return Outcome(
        answers=tuple((q.id, answers[q.id]) for q in compiled.pack.questions if q.id in answers),
        choices=choices,
        traps=_traps(compiled, answers, parts, overruled),
        conflicts=tuple(conflict for outcome in found for conflict in outcome.conflicts),
        fired_rules=tuple(rule.id for rule in compiled.pack.rules if rule.id in fired),
    )


def _subproblem_outcome(
    compiled: CompiledPack, subproblem: Subproblem, answers: Answers, defaults: bool
) -> _SubproblemOutcome:
    key = (subproblem, defaults, subproblem.relevant_answers(answers))
    found = compiled.outcome_cache.get(key)
    if not isinstance(found, _SubproblemOutcome):
        found = _explained(compiled, subproblem, answers, defaults)
        compiled.outcome_cache.put(key, found)
    return found


def _explained(compiled: CompiledPack, subproblem: Subproblem, answers: Answers, defaults: bool) -> _SubproblemOutcome:
    solutions = solve(compiled, subproblem, answers, defaults=defaults)
    found: tuple[ConflictSet, ...] = ()
    dropped: frozenset[RuleEffect] = frozenset()
    if not solutions.must:
        found = minimal_conflicts(compiled, subproblem, answers)
        dropped = effects_to_relax(compiled, subproblem, answers, found)
        solutions = solve(compiled, subproblem, answers, defaults=defaults, without=dropped)
    reader = _SubproblemReader(subproblem, answers, solutions, dropped)
    contested = {conflict.part: conflict for conflict in found}
    parts = tuple(
        _contested(part.id, contested[part.id], answers) if part.id in contested else reader.part(part)
        for part in subproblem.parts
    )
    choice_of = {part.id: part.choice for part in subproblem.parts}
    conflicts = tuple(Conflict(choice_of[c.part], c.answers, c.rules, c.repairs) for c in found)
    return _SubproblemOutcome(parts, conflicts, reader.fired, reader.overruled())


def _contested(part: PartId, conflict: ConflictSet, answers: Answers) -> PartOutcome:
    because = tuple(_because(effect.rule, answers) for effect in conflict.effects)
    return PartOutcome(part, None, Status.CONFLICT, (), because, ())


def _because(rule: Rule, answers: Answers) -> Justification:
    return Justification(rule.id, tuple(question for question, _ in rule.when if question in answers), rule.takeaways)


class _SubproblemReader:
    """Derives the outcome of each part, with the reasons, from the solutions of its subproblem."""

    def __init__(
        self, subproblem: Subproblem, answers: Answers, solutions: SolutionSets, dropped: frozenset[RuleEffect]
    ) -> None:
        self.subproblem = subproblem
        self.answers = answers
        self.solutions = solutions
        always = subproblem.unconditional_musts
        # The effect that allows the fewest values first: it is the simplest reason for what others rule out as well.
        asked = sorted(
            (e for e in subproblem.musts if e not in dropped and e.rule.is_active(answers)),
            key=lambda effect: len(effect.allowed),
        )
        self.musts = [*asked, *always]
        self.all = [*asked, *solutions.applied, *always]
        self.must_implications = propagate(subproblem, self.musts)
        self.all_implications = propagate(subproblem, self.all)

    def part(self, part: Part) -> PartOutcome:
        """The outcome of one part."""
        possible = self.solutions.must.values(part)
        final = self.solutions.final.values(part)
        value = final[0] if len(final) == 1 else None
        status = self._status(part, value, possible)
        rejected = tuple(
            (out, self._why(self.must_implications, self.musts, part.id, out))
            for out in part.values
            if out not in possible
        )
        return PartOutcome(
            part=part.id,
            value=value,
            status=status,
            alternatives=tuple(other for other in possible if other != value),
            justifications=self._justification_for(part, value, status, rejected),
            rejected=rejected,
        )

    def _status(self, part: Part, value: ValueId | None, possible: tuple[ValueId, ...]) -> Status:
        if value is None:
            return Status.OPEN
        present = tuple(other for other in possible if other != ABSENT)
        if len(possible) == 1 or (len(part.values) > 1 and present == (value,)):
            return Status.FORCED
        if len(self.solutions.preferred.values(part)) == 1 or self._asked_for(part.id, value):
            return Status.PREFERRED
        return Status.DEFAULT

    def _asked_for(self, part: PartId, value: ValueId) -> bool:
        """Whether a rule that an answer activates acts on the part and allows this value."""
        return any(
            effect.part == part
            and value in effect.allowed
            and effect.rule.when
            and part not in effect.rule.excludes
            and self.solutions.final.meets(effect)
            for effect in self.all
        )

    def _justification_for(
        self, part: Part, value: ValueId | None, status: Status, rejected: Rejections
    ) -> tuple[Justification, ...]:
        if value is None:
            return ()
        if status is Status.FORCED:
            found = dict.fromkeys(because for _, reasons in rejected for because in reasons)
            if part.optional and ABSENT not in self.solutions.must.values(part):
                found.update(dict.fromkeys(self._why(self.must_implications, self.musts, part.id, ABSENT)))
            rules = {effect.rule.id: effect.rule for effect in self.musts}
            return tuple(sorted(found, key=lambda because: self._rank(rules[because.rule], part.id)))
        effects: dict[RuleEffect, None] = {}
        for other in part.possible_values:
            if other != value:
                removal = explain_removal(self.subproblem, self.all_implications, self.all, part.id, other)
                effects.update(dict.fromkeys(removal))
        return self._justify(effects, part.id)

    def _why(
        self, implications: Implications, effects: list[RuleEffect], part: PartId, value: ValueId
    ) -> tuple[Justification, ...]:
        return self._justify(explain_removal(self.subproblem, implications, effects, part, value), part)

    def _justify(self, effects: Iterable[RuleEffect], part: PartId) -> tuple[Justification, ...]:
        """The rules behind some effects, the simplest first.

        A rule about a case that does not hold is only a step of the proof. It is left out beside other rules, unless
        the case is one of the part itself: then it says why the part does not have that value.
        """
        rules = {effect.rule.id: effect.rule for effect in effects}
        apt = [rule for rule in rules.values() if rule.id in self.fired or part in dict(rule.given)]
        ordered = sorted(apt or rules.values(), key=lambda rule: self._rank(rule, part))
        return tuple(_because(rule, self.answers) for rule in ordered)

    def _rank(self, rule: Rule, part: PartId) -> tuple[bool, bool, bool]:
        """A sort key: rules that apply first, then those about the part itself, then those that an answer activates."""
        return rule.id not in self.fired, part not in dict(rule.then), not rule.when

    @cached_property
    def fired(self) -> frozenset[RuleId]:
        """The rules whose conditions on parts hold in some final combination."""
        return frozenset(effect.rule.id for effect in self.all if self.solutions.final.meets(effect))

    def overruled(self) -> tuple[tuple[Rule, frozenset[Rule]], ...]:
        """Each preference that the constraints make impossible, and the rules that overrule it."""
        found = []
        for effect in self.solutions.overruled:
            by: set[Rule] = set()
            for value in sorted(effect.allowed):
                removal = explain_removal(self.subproblem, self.must_implications, self.musts, effect.part, value)
                by.update(other.rule for other in removal)
            found.append((effect.rule, frozenset(by)))
        return tuple(found)


def _cached_choice(compiled: CompiledPack, choice: Choice, outcomes: Mapping[PartId, PartOutcome]) -> ChoiceOutcome:
    """The outcome of one choice: the last one if its parts have the very same outcomes.

    Threads may replace the last one at any time, so it is read once and compared before it is used.
    """
    parts = [outcomes[part.id] for part in choice.parts]
    last = compiled.last_choices.get(choice.id)
    if last is None or not all(map(is_, last.parts, parts)):
        compiled.last_choices[choice.id] = last = _choice_outcome(choice, outcomes)
    return last


def _choice_outcome(choice: Choice, outcomes: Mapping[PartId, PartOutcome]) -> ChoiceOutcome:
    """The outcome of a choice from those of its parts: all present ones, or only the first for a single choice."""
    parts = tuple(outcomes[part.id] for part in choice.parts)
    present = [part for part in parts if part.is_present]
    if not choice.multi_valued:
        present = present[:1]
    present = present or list(parts[:1])
    value = tuple(part.value for part in present if part.value is not None and part.value != ABSENT)
    offered = [outcomes[part.id] for part in choice.parts if part.offered_when_absent]
    alternatives = dict.fromkeys(
        other for part in [*present, *offered] for other in part.alternatives if other != ABSENT
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
        status=max(part.status for part in present),
        alternatives=tuple(other for other in alternatives if other not in value),
        justifications=tuple(dict.fromkeys(reason for part in present for reason in part.justifications)),
        rejected=tuple(rejected.items()),
        parts=parts,
    )


def holds(condition: ValueCondition, parts: Mapping[PartId, PartOutcome]) -> bool:
    """Whether every part in a condition has one of the values it names."""
    return all(parts[part].value in values for part, values in condition)


def _traps(
    compiled: CompiledPack,
    answers: Answers,
    parts: Mapping[PartId, PartOutcome],
    overruled: Iterable[tuple[Rule, frozenset[Rule]]],
) -> tuple[Trap, ...]:
    found: dict[str, Trap] = {}
    described: set[Rule] = set()
    overruled = list(overruled)
    for trap in compiled.pack.traps:
        if trap.overruled_rule is None:
            if all(answers.get(q) in wanted for q, wanted in trap.when) and holds(trap.given, parts):
                found[trap.id] = trap
            continue
        for preference, by in overruled:
            if preference.id == trap.overruled_rule and (
                not trap.overruled_by or {rule.id for rule in by} & set(trap.overruled_by)
            ):
                found[trap.id] = trap
                described.add(preference)
    for preference, by in overruled:
        if preference not in described:
            applying = frozenset(rule for rule in by if holds(rule.given, parts))
            found[preference.id] = _generic_trap(preference, applying or by)
    return tuple(found.values())


def _generic_trap(preference: Rule, by: frozenset[Rule]) -> Trap:
    """A trap for an overruled preference that no trap of the pack describes."""
    stronger = sorted(by, key=lambda rule: (not rule.when, rule.id))
    reasons = " ".join(rule.reason for rule in stronger[:2])
    takeaways = tuple(dict.fromkeys(t for rule in stronger for t in rule.takeaways))
    return Trap(
        str(preference.id), "A preference is overruled", f"{preference.reason} But: {reasons}", takeaways, preference.id
    )
