"""Counterfactuals: the smallest changes of answers that make an outcome show a value or resolve a conflict.

Where a value is shown is a function of the answers, compiled into a decision diagram. The smallest changes
are the shortest paths through it from the present answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product

from explorer.core.decision_diagram.diagram import Diagrams, NodeBudgetExceededError
from explorer.core.decision_diagram.queries import evaluate, nearest
from explorer.core.model.outcome import Conflict, Outcome, Status
from explorer.core.model.pack import ABSENT, AnswerId, Answers, Choice, ChoiceId, PartId, QuestionId, ValueId
from explorer.core.solver.conflicts import hitting_sets
from explorer.core.solver.constraints import CompiledPack, solve
from explorer.core.solver.lookup import Change, LookAheadError, LookupTables, Wanted
from explorer.core.solver.subproblems import Subproblem

ShownValues = Mapping[ChoiceId, tuple[ValueId, ...]]

MOST_LISTED = 240
"""Of more changes than this, only these are listed; all are counted."""

_MAX_ALTERNATIVES = 400
_MAX_CANDIDATES = 4_000


@dataclass(frozen=True)
class AnswerChange:
    """A question whose answer changes to any of these; None leaves it open."""

    question: QuestionId
    answers: tuple[AnswerId | None, ...]


GroupedChange = tuple[AnswerChange, ...]
"""Changes that are made together; each to any one of its answers."""


@dataclass(frozen=True)
class Counterfactual:
    """The smallest changes of answers after which an outcome shows a value, without a conflict in related choices.

    `size` is the number of questions that change, `total` the number of such changes; `changes` lists them up to a
    limit. The size is 0 if the value is shown already, and None if no answers lead to it: then `offered` tells whether
    the value is an alternative at least.
    """

    choice: ChoiceId
    value: ValueId
    size: int | None
    total: int
    changes: tuple[Change, ...]
    offered: bool

    @cached_property
    def grouped_changes(self) -> tuple[GroupedChange, ...]:
        """The listed changes; those that differ in the answers to one question only are grouped."""
        return group_changes(self.changes)


def counterfactuals(
    compiled: CompiledPack, answers: Answers, wanted: Iterable[Wanted] | None = None, *, defaults: bool = True
) -> dict[Wanted, Counterfactual]:
    """The smallest changes that bring each wanted value; of every value of every choice if none is named.

    Finds nothing if the rules connect too many parts to look ahead (see LookAheadError).
    """
    try:
        lookup = compiled.lookup_tables()
        targets = lookup.targets(defaults=defaults)
    except (LookAheadError, NodeBudgetExceededError):
        return {}
    if wanted is None:
        wanted = [(choice.id, value.id) for choice in compiled.pack.choices for value in choice.values]
    point = lookup.point(answers)
    return {want: _counterfactual(lookup, want, point, *targets) for want in wanted}


def _counterfactual(
    lookup: LookupTables, want: Wanted, point: Sequence[int], diagrams: Diagrams, functions: Sequence[int]
) -> Counterfactual:
    targets = (nearest(diagrams, functions[n], point, MOST_LISTED) for n in lookup.rules.targets_of[want])
    reached = [target for target in targets if target is not None]
    if not reached:
        return Counterfactual(*want, None, 0, (), _is_offered(lookup, *want))
    size = min(target.size for target in reached)
    smallest = [target for target in reached if target.size == size]
    changes = [
        change
        for target in smallest
        for change in sorted((lookup.change(assignment) for assignment in target.changes), key=lookup.in_order)
    ]
    total = sum(target.total for target in smallest)
    return Counterfactual(*want, size, total, tuple(changes[:MOST_LISTED]), offered=True)


def _is_offered(lookup: LookupTables, choice: ChoiceId, value: ValueId) -> bool:
    """Whether the value is possible when no question is answered."""
    point = lookup.point({})
    for part in lookup.pack.choice_by_id[choice].parts:
        if value in part.values:
            function = lookup.value_functions(part.id, "possible")[part.possible_values.index(value)]
            if evaluate(lookup.tables.diagrams, function, point):
                return True
    return False


def group_changes(changes: Sequence[Change]) -> tuple[GroupedChange, ...]:
    """Group changes that differ in the answers to one question only.

    >>> group_changes(((("a", "1"), ("b", None)), (("a", "2"), ("b", None))))
    ((AnswerChange(question='a', answers=('1', '2')), AnswerChange(question='b', answers=(None,))),)
    """
    by_questions: dict[tuple[QuestionId, ...], list[tuple[AnswerId | None, ...]]] = {}
    for change in changes:
        questions = tuple(question for question, _ in change)
        by_questions.setdefault(questions, []).append(tuple(answer for _, answer in change))
    return tuple(
        tuple(AnswerChange(question, answers) for question, answers in zip(questions, box, strict=True))
        for questions, rows in by_questions.items()
        for box in _boxes(rows)
    )


def _boxes(rows: Sequence[tuple[AnswerId | None, ...]]) -> list[tuple[tuple[AnswerId | None, ...], ...]]:
    if not rows or not rows[0]:
        return [()] if rows else []
    following: dict[AnswerId | None, list[tuple[AnswerId | None, ...]]] = {}
    for first, *rest in rows:
        following.setdefault(first, []).append(tuple(rest))
    alike: dict[tuple[tuple[AnswerId | None, ...], ...], list[AnswerId | None]] = {}
    for answer, rests in following.items():
        alike.setdefault(tuple(rests), []).append(answer)
    return [(tuple(answers), *box) for rests, answers in alike.items() for box in _boxes(rests)]


def apply_change(answers: Answers, change: Change) -> dict[QuestionId, AnswerId]:
    """The answers after a change."""
    after = {**answers}
    for question, answer in change:
        if answer is None:
            after.pop(question, None)
        else:
            after[question] = answer
    return after


# Correction sets: what resolves a conflict


@dataclass(frozen=True)
class CorrectionSet:
    """A change that resolves a conflict; `costs` is the number of choices that then show another value."""

    change: Change
    costs: int


def correction_sets(compiled: CompiledPack, outcome: Outcome, conflict: Conflict) -> tuple[CorrectionSet, ...]:
    """The changes that resolve a conflict, the most useful first.

    Each changes a minimal set of questions, so that no conflict is left in subproblems that share questions with it.
    Fewer changes come first, then those that change fewer shown values, then those that leave fewer questions open.
    """
    answers = dict(outcome.answers)
    nearby = _cluster(compiled, conflict)
    inside = {question for subproblem in nearby for question in subproblem.questions}
    conflicts = [other.answers for other in outcome.conflicts if set(other.answers) & inside]
    shown = {c.choice: c.value for c in outcome.choices if c.status is not Status.CONFLICT}

    def holds(change: Change) -> bool:
        after = apply_change(answers, change)
        return all(solve(compiled, subproblem, after).must for subproblem in nearby)

    def repair(change: Change) -> CorrectionSet:
        after = shown_values(compiled, apply_change(answers, change))
        return CorrectionSet(change, sum(after[choice] != value for choice, value in shown.items()))

    candidates = (
        change
        for questions in hitting_sets(conflicts)
        if set(questions) & set(conflict.answers)
        for change in _alternatives(compiled, answers, questions)
    )
    found = [repair(change) for change in islice(candidates, _MAX_CANDIDATES) if holds(change)]
    return tuple(sorted(found, key=lambda r: (len(r.change), r.costs, sum(answer is None for _, answer in r.change))))


def _cluster(compiled: CompiledPack, conflict: Conflict) -> list[Subproblem]:
    """The subproblems that share questions with the one in conflict, directly or through others."""
    for cluster in compiled.lazy_tables.rules.problem.clusters:
        subproblems = [compiled.subproblems[number] for number in cluster]
        if any(set(conflict.answers) & set(subproblem.questions) for subproblem in subproblems):
            return subproblems
    return []


def _alternatives(compiled: CompiledPack, answers: Answers, questions: Sequence[QuestionId]) -> Iterator[Change]:
    """Every way to change all of some answers; if there are too many, only to leave them open."""
    each = [[*(a.id for a in compiled.pack.question_by_id[q].answers if a.id != answers[q]), None] for q in questions]
    tried = 1
    for options in each:
        tried *= len(options)
    ways = product(*each) if tried <= _MAX_ALTERNATIVES else [(None,) * len(questions)]
    for way in ways:
        yield tuple(zip(questions, way, strict=True))


# Shown values, without reasons


def shown_values(compiled: CompiledPack, answers: Answers) -> ShownValues:
    """The values that each choice shows; none where answers conflict or leave it open."""
    values: dict[PartId, ValueId | None] = {}
    for subproblem in compiled.subproblems:
        final = solve(compiled, subproblem, answers).final
        for part in subproblem.parts:
            possible = final.values(part)
            values[part.id] = possible[0] if len(possible) == 1 else None
    return {choice.id: _shown(choice, values) for choice in compiled.pack.choices}


def _shown(choice: Choice, values: Mapping[PartId, ValueId | None]) -> tuple[ValueId, ...]:
    speaking = [value for part in choice.parts if (value := values[part.id]) != ABSENT]
    if not choice.multi_valued:
        speaking = speaking[:1]
    return tuple(value for value in speaking if value is not None)
