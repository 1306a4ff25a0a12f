"""Conflicts: the minimal sets of answers that contradict each other, and the minimal repairs.

Whether answers conflict is a monotone function of them, compiled into a decision diagram; its minimal solutions
are the minimal conflicts (minimal unsatisfiable sets). Where the rules are too entangled for that, or the
conflicts too many, a hitting set tree finds some of them (R. Reiter, "A Theory of Diagnosis from First
Principles", Artificial Intelligence 32, 1987). The minimal repairs are the minimal hitting sets of all conflicts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from explorer.core.decision_diagram.queries import TooManySolutionsError, minimal_solutions
from explorer.core.model.pack import Answers, PartId, QuestionId, RuleId
from explorer.core.solver.constraints import CompiledPack, solve
from explorer.core.solver.propagation import minimize_conflict, propagate
from explorer.core.solver.subproblems import RuleEffect, Subproblem

_MAX_CONFLICTS_COMPILED = 2_000
_MAX_CONFLICTS_SEARCHED = 24
_MAX_REPAIRS = 1_600

Questions = tuple[QuestionId, ...]


@dataclass(frozen=True)
class ConflictSet:
    """One minimal set of conflicting answers, the contradictory effects, the part in conflict, and the repairs."""

    part: PartId
    answers: Questions
    effects: tuple[RuleEffect, ...]
    repairs: tuple[Questions, ...]

    @property
    def rules(self) -> tuple[RuleId, ...]:
        """The contradictory rules without duplicates. Rules that an answer activates come first."""
        ordered = sorted(self.effects, key=lambda effect: not effect.rule.when)
        return tuple(dict.fromkeys(effect.rule.id for effect in ordered))


def minimal_conflicts(compiled: CompiledPack, subproblem: Subproblem, answers: Answers) -> tuple[ConflictSet, ...]:
    """Every minimal set of the answers that leaves no combination, the smallest first, in the order of the pack."""
    conflicts = _minimal_sets(compiled, subproblem, answers)
    if () in conflicts:  # even without answers: then giving up one of them does not help
        active = [effect for effect in subproblem.musts if effect.rule.is_active(answers)]
        asked = {question for effect in active for question, _ in effect.rule.when}
        conflicts = [(question,) for question in subproblem.questions if question in asked]
    repairs = hitting_sets(conflicts)
    found = []
    for conflict in conflicts:
        given = {question: answers[question] for question in conflict}
        active = [effect for effect in subproblem.effects if effect.rule.strength.value == "must"]
        effects = minimize_conflict(subproblem, [effect for effect in active if effect.rule.is_active(given)])
        mine = tuple(repair for repair in repairs if set(repair) & set(conflict))
        found.append(ConflictSet(_contested(subproblem, effects), conflict, effects, mine))
    return tuple(found)


def _minimal_sets(compiled: CompiledPack, subproblem: Subproblem, answers: Answers) -> list[Questions]:
    compiled_satisfiability = compiled.lazy_tables.satisfiability
    given = [question for question in subproblem.questions if question in answers]
    if compiled_satisfiability is None:
        return _some_minimal_sets(compiled, subproblem, {question: answers[question] for question in given})
    diagrams, functions = compiled_satisfiability
    rules, levels = compiled.lazy_tables.rules, compiled.lazy_tables.levels
    level_of = {question: levels[rules.input_of[question]] for question in given}
    allowed = {
        level: 1 + [answer.id for answer in compiled.pack.question_by_id[question].answers].index(answers[question])
        for question, level in level_of.items()
    }
    function = functions[compiled.subproblems.index(subproblem)]
    try:
        sets = minimal_solutions(diagrams, function, _MAX_CONFLICTS_COMPILED, allowed, negated=True)
    except TooManySolutionsError:
        return _some_minimal_sets(compiled, subproblem, {question: answers[question] for question in given})
    question_at = {level: question for question, level in level_of.items()}
    return _in_order(([question_at[level] for level, _ in some] for some in sets), given)


def _in_order(sets: Iterable[Iterable[QuestionId]], questions: Sequence[QuestionId]) -> list[Questions]:
    """Sets by size, then by the order of the questions."""
    place = {question: index for index, question in enumerate(questions)}
    ordered = (tuple(sorted(some, key=place.__getitem__)) for some in sets)
    return sorted(ordered, key=lambda some: (len(some), [place[question] for question in some]))


def _some_minimal_sets(compiled: CompiledPack, subproblem: Subproblem, answers: Answers) -> list[Questions]:
    """Up to a limit of minimal conflicts, found by deletion on the branches of a hitting set tree."""

    def conflicting(questions: Iterable[QuestionId]) -> bool:
        return not solve(compiled, subproblem, {question: answers[question] for question in questions}).must

    found: list[frozenset[QuestionId]] = []
    waiting: deque[frozenset[QuestionId]] = deque([frozenset()])
    seen: set[frozenset[QuestionId]] = set()
    while waiting and len(found) < _MAX_CONFLICTS_SEARCHED:
        removed = waiting.popleft()
        if removed in seen:
            continue
        seen.add(removed)
        core = next((known for known in found if not known & removed), None)
        if core is None:
            rest = [question for question in answers if question not in removed]
            if not conflicting(rest):
                continue
            for question in list(rest):
                fewer = [other for other in rest if other != question]
                rest = fewer if conflicting(fewer) else rest
            core = frozenset(rest)
            found.append(core)
        waiting.extend(removed | {question} for question in core)
    return _in_order(found, list(answers))


def effects_to_relax(
    compiled: CompiledPack, subproblem: Subproblem, answers: Answers, found: Sequence[ConflictSet]
) -> frozenset[RuleEffect]:
    """A small set of contradictory effects to leave out, so that the rest of the subproblem can still be shown."""
    contested = {conflict.part for conflict in found}
    contradictory = [effect for conflict in found for effect in conflict.effects if effect.rule.when]
    near = frozenset(effect for effect in contradictory if effect.part in contested)
    for dropped in (near, frozenset(contradictory)):
        if dropped and solve(compiled, subproblem, answers, without=dropped).must:
            return dropped
    return frozenset(effect for effect in subproblem.musts if effect.rule.is_active(answers))


def hitting_sets(conflicts: Sequence[Sequence[QuestionId]]) -> tuple[Questions, ...]:
    """The minimal sets that share a question with every conflict, the smallest first (Berge's algorithm).

    >>> hitting_sets([["a", "b"], ["b", "c"]])
    (('b',), ('a', 'c'))
    """
    found: list[frozenset[QuestionId]] = [frozenset()]
    for conflict in conflicts:
        grown = {some if some & set(conflict) else some | {q} for some in found for q in conflict}
        smallest = sorted(grown, key=lambda some: (len(some), sorted(some)))
        found = []
        for candidate in smallest[:_MAX_REPAIRS]:
            if not any(other <= candidate for other in found):
                found.append(candidate)
    questions = list(dict.fromkeys(question for conflict in conflicts for question in conflict))
    return tuple(_in_order(filter(None, found), questions))


def _contested(subproblem: Subproblem, effects: Sequence[RuleEffect]) -> PartId:
    """The part in conflict: where most of the effects meet, else the part that lost its last value."""
    counts: dict[PartId, int] = {}
    for effect in effects:
        counts[effect.part] = counts.get(effect.part, 0) + 1
    most = max(counts.values())
    best = [part for part, number in counts.items() if number == most]
    emptied = propagate(subproblem, effects).emptied
    if emptied is not None and (emptied in best or most == 1):
        return emptied
    return best[-1]
