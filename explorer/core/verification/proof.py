"""Verifies a pack over every combination of answers: counts them, and finds what is wrong with any of them.

Nothing is enumerated combination by combination. Whether a combination is in conflict or leaves a part open is a
function of the answers, compiled into a decision diagram; counting its solutions is one pass over the diagram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from explorer.core.decision_diagram.diagram import FALSE, TRUE, NodeBudgetExceededError, Progress
from explorer.core.decision_diagram.queries import TooManySolutionsError, evaluate
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import ABSENT, AnswerId, Answers, PartId, QuestionId, Rule, Strength
from explorer.core.model.validation import KeyPath, PackIssue
from explorer.core.search.relevance import relevant_questions
from explorer.core.solver.conflicts import minimal_conflicts
from explorer.core.solver.constraints import CompiledPack, solve
from explorer.core.solver.decide import decide
from explorer.core.solver.subproblems import Subproblem
from explorer.core.verification.drawing_checks import check_drawings
from explorer.core.verification.outcome_functions import OutcomeFunctions, format_answers


@dataclass(frozen=True)
class Count:
    """Combinations of answers, by their outcome."""

    total: int
    decided: int
    open: int
    conflict: int


@dataclass(frozen=True)
class VerificationResult:
    """The result: `complete` combinations answer every question, `partial` ones may leave any of them open.

    `outcomes` is the number of distinct outcomes without a conflict, None where they are too many to enumerate.
    `conflict_sets` is the number of minimal sets of answers that cannot hold together.
    """

    complete: Count
    partial: Count
    outcomes: int | None
    conflict_sets: int
    problems: tuple[PackIssue, ...]


class VerificationTooLargeError(ExplorerError):
    """The lookup tables are compiled, but the verification needs more nodes or examples than it may use."""

    def __init__(self) -> None:
        super().__init__(
            "The rules have too many different outcomes to verify all of them. Write rules that connect fewer parts."
        )


def verify(compiled: CompiledPack, progress: Progress | None = None) -> VerificationResult:
    """Check all combinations of answers. `progress` is called while rules are compiled, and cancels by raising.

    Raises LookAheadError if the rules relate too many parts, VerificationTooLargeError if there are too many cases.
    """
    compiled.lookup_tables(progress)
    try:
        return _verified(OutcomeFunctions(compiled))
    except (NodeBudgetExceededError, TooManySolutionsError) as error:
        raise VerificationTooLargeError from error


def _verified(functions: OutcomeFunctions) -> VerificationResult:
    return VerificationResult(
        complete=_count(functions, partial=False),
        partial=_count(functions, partial=True),
        outcomes=functions.count_outcomes(),
        conflict_sets=len(functions.minimal_conflicts),
        problems=tuple(issue for check in _CHECKS for issue in check(functions)),
    )


def _count(functions: OutcomeFunctions, *, partial: bool) -> Count:
    total = functions.count(TRUE, partial=partial)
    free = functions.count(functions.all_of(functions.tables.conflict_free), partial=partial)
    decided = functions.count(functions.all_decided, partial=partial)
    return Count(total, decided, free - decided, total - free)


# ---------------------------------------------------------------- the outcomes of combinations


def _left_open(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    """Yield the parts that stay open although defaults apply, each with its smallest example."""
    for index, choice in enumerate(functions.pack.choices):
        for part in choice.parts:
            answers = functions.smallest_answers(functions.undecided(part.id))
            if answers is not None:
                point = functions.lookup.point(answers)
                final = zip(part.possible_values, functions.lookup.value_functions(part.id), strict=True)
                possible = [value for value, function in final if evaluate(functions.table, function, point)]
                what = f"part “{part.id}” stays open with {format_answers(answers)}"
                yield PackIssue("pack.toml", ("choice", index), what, f"a default that selects {' or '.join(possible)}")


def _without_a_repair(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    """Rules that contradict each other, and conflicting answers that no repair resolves."""
    compiled = functions.compiled
    for subproblem, satisfiable in zip(compiled.subproblems, functions.tables.satisfiable, strict=True):
        if satisfiable == FALSE:
            parts = ", ".join(part.id for part in subproblem.parts)
            yield PackIssue("rules.toml", (), f"the rules allow no value for {parts}", "rules that allow one")
    for subproblem, answers in functions.minimal_conflicts:
        explained = minimal_conflicts(compiled, subproblem, answers)
        repairs = [repair for conflict in explained for repair in conflict.repairs if conflict.effects]
        if not repairs or any(decide(compiled, _without(answers, repair)).conflicts for repair in repairs):
            what = f"a conflict has no repair: {format_answers(answers)}"
            yield PackIssue("rules.toml", (), what, "answers whose change resolves it")


def _without(answers: Answers, removed: Iterable[QuestionId]) -> Answers:
    return {question: answer for question, answer in answers.items() if question not in removed}


# ---------------------------------------------------------------- what never has an effect


def _irrelevant_questions(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    relevant = relevant_questions(functions.compiled, {})
    for index, question in enumerate(functions.pack.questions):
        if question.id not in relevant:
            what = f"question “{question.id}” never changes the outcome"
            yield PackIssue("questions.toml", ("question", index), what, "a rule that depends on it")


def _unused_values(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    """Yield the values of a choice that no outcome shows or offers as an alternative."""
    for index, choice in enumerate(functions.pack.choices):
        for number, value in enumerate(choice.values):
            parts = [part for part in choice.parts if value.id in part.values]
            if all(_visible(functions, part.id, value.id) == FALSE for part in parts):
                path: KeyPath = ("choice", index, "value", number)
                what = f"{choice.id} never has the value “{value.id}”, not even as an alternative"
                yield PackIssue("pack.toml", path, what, "rules that allow it")


def _visible(functions: OutcomeFunctions, part: PartId, value: str) -> int:
    """Where a part shows a value, or offers it as an alternative; an absent part may not offer anything."""
    spec = functions.pack.part_by_id[part]
    wanted = [other for other in spec.values if other == value]
    possible = functions.possible(part, wanted)
    if spec.optional and not spec.offered_when_absent:
        possible = functions.table.difference(possible, functions.shows(part, ABSENT))
    return functions.table.disjoin(possible, functions.shows_any(part, wanted))


def _ineffective_rules(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    compiled = functions.compiled
    followed = {
        effect.rule.id
        for subproblem, narrowing in zip(compiled.subproblems, functions.tables.narrowing, strict=True)
        for effect, narrows in zip((*subproblem.prefers, *subproblem.defaults), narrowing, strict=True)
        if narrows
    }
    for index, rule in enumerate(functions.pack.rules):
        path: KeyPath = ("rule", index)
        if rule.strength is Strength.MUST:
            if not any(_narrows(compiled, subproblem, rule) for subproblem in compiled.subproblems):
                what = f"rule “{rule.id}” never rules out a value that other rules allow"
                yield PackIssue("rules.toml", path, what, "a value to rule out")
        elif rule.id not in followed:
            kind = "preference" if rule.strength is Strength.PREFER else "default"
            what = f"the {kind} “{rule.id}” never applies"
            yield PackIssue("rules.toml", path, what, "a value to select")


def _narrows(compiled: CompiledPack, subproblem: Subproblem, rule: Rule) -> bool:
    """Return whether a constraint removes a combination that the other constraints allow.

    More answers leave fewer combinations, so the fewest answers that activate the rule are enough.
    """
    mine = frozenset(effect for effect in subproblem.effects if effect.rule == rule)
    if not mine:
        return False
    for picked in product(*(sorted(wanted) for _, wanted in rule.when)):
        answers: dict[QuestionId, AnswerId] = {q: a for (q, _), a in zip(rule.when, picked, strict=True)}
        left = solve(compiled, subproblem, answers, without=mine).must
        if any(left.breaks(effect) for effect in mine):
            return True
    return False


def _uncited(functions: OutcomeFunctions) -> Iterator[PackIssue]:
    pack = functions.pack
    cited = {
        *(takeaway for rule in pack.rules for takeaway in rule.takeaways),
        *(takeaway for component in pack.components for takeaway in component.takeaways),
        *(takeaway for edge in pack.edges for takeaway in edge.takeaways),
        *(takeaway for trap in pack.traps for takeaway in trap.takeaways),
        *(takeaway for practice in pack.practice for takeaway in practice.takeaways),
    }
    for index, takeaway in enumerate(pack.takeaways):
        if takeaway.id not in cited:
            what = f"takeaway “{takeaway.id}” is not cited"
            expected = "a rule, component, edge, trap or practice question that cites it"
            yield PackIssue("takeaways.toml", ("takeaway", index), what, expected)


_CHECKS: tuple[Callable[[OutcomeFunctions], Iterator[PackIssue]], ...] = (
    _left_open,
    _without_a_repair,
    _irrelevant_questions,
    _unused_values,
    _ineffective_rules,
    _uncited,
    check_drawings,
)
