"""Answers that cannot hold together: the smallest clashing sets, and the smallest ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from explorer.core.model.pack import Answers, PartId, QuestionId, RuleId
from explorer.core.solver.constraints import RuleEffect, Subproblem
from explorer.core.solver.propagation import minimize_conflict, propagate

_Fits = Callable[[Sequence[QuestionId]], bool]


@dataclass(frozen=True)
class ConflictSet:
    """One smallest clashing set: its answers, the effects that collide, and where."""

    part: PartId
    answers: tuple[QuestionId, ...]
    effects: tuple[RuleEffect, ...]
    repairs: tuple[tuple[QuestionId, ...], ...]

    @property
    def rules(self) -> tuple[RuleId, ...]:
        """The rules that collide, without repetition, those that an answer set off first."""
        ordered = sorted(self.effects, key=lambda effect: not effect.rule.when)
        return tuple(dict.fromkeys(effect.rule.id for effect in ordered))


def minimal_conflicts(island: Subproblem, answers: Answers) -> tuple[ConflictSet, ...]:
    """Every smallest set of answers that leaves the island no row, in the order of the questions."""
    active = [effect for effect in island.musts if effect.rule.is_active(answers)]
    asked = {question for effect in active for question, _ in effect.rule.when}
    questions = [question for question in island.questions if question in asked]
    cores = _smallest(questions, lambda subset: not _left(island, active, subset))
    repairs = hitting_sets(cores)
    found = []
    for core in cores:
        given = {question: answers[question] for question in core}
        effects = minimize_conflict(island, _in_force(island, given))
        mine = tuple(repair for repair in repairs if set(repair) & set(core))
        found.append(ConflictSet(_contested(island, effects), core, effects, mine))
    return tuple(found)


def effects_to_relax(island: Subproblem, answers: Answers, found: Sequence[ConflictSet]) -> frozenset[RuleEffect]:
    """The fewest colliding effects to leave out so that the rest of the island can still be shown."""
    contested = {clash.part for clash in found}
    colliding = [e for clash in found for e in clash.effects if e.rule.when]
    near = frozenset(effect for effect in colliding if effect.part in contested)
    active = [effect for effect in island.musts if effect.rule.is_active(answers)]
    for dropped in (near, frozenset(colliding)):
        rows = island.full
        for effect in active:
            if effect not in dropped:
                rows &= effect.clause
        if rows:
            return dropped
    return frozenset(active)


def hitting_sets(cores: Sequence[Sequence[QuestionId]]) -> tuple[tuple[QuestionId, ...], ...]:
    """The smallest sets (none contains another) that share a question with every core.

    >>> hitting_sets([["a", "b"], ["b", "c"]])
    (('b',), ('a', 'c'))
    """
    questions = list(dict.fromkeys(question for core in cores for question in core))
    return _smallest(questions, lambda subset: all(set(core) & set(subset) for core in cores))


def _smallest(questions: Sequence[QuestionId], fits: _Fits) -> tuple[tuple[QuestionId, ...], ...]:
    found: list[tuple[QuestionId, ...]] = []
    for size in range(1, len(questions) + 1):
        for subset in combinations(questions, size):
            if not any(set(smaller) <= set(subset) for smaller in found) and fits(subset):
                found.append(subset)
    return tuple(found)


def _left(island: Subproblem, active: Iterable[RuleEffect], questions: Iterable[QuestionId]) -> int:
    kept = set(questions)
    rows = island.full
    for effect in active:
        if all(question in kept for question, _ in effect.rule.when):
            rows &= effect.clause
    return rows


def _in_force(island: Subproblem, answers: Answers) -> list[RuleEffect]:
    return [
        effect for effect in island.effects if effect.rule.strength.value == "must" and effect.rule.is_active(answers)
    ]


def _contested(island: Subproblem, effects: Sequence[RuleEffect]) -> PartId:
    """The part that the clash is about: where most of the answered rules meet, else where it emptied."""
    counts: dict[PartId, int] = {}
    for effect in effects:
        counts[effect.part] = counts.get(effect.part, 0) + 1
    most = max(counts.values())
    best = [part for part, count in counts.items() if count == most]
    emptied = propagate(island, effects).emptied
    return emptied if emptied in best or (emptied is not None and most == 1) else best[-1]
