"""What outcomes show, as functions of the answers: the basis of all checks over every combination of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from math import prod

from explorer.core.decision_diagram.diagram import FALSE, TRUE, NodeBudgetExceededError, NodeTable
from explorer.core.decision_diagram.distinct import distinct_results, smallest_first
from explorer.core.decision_diagram.queries import count, evaluate, minimal_solutions, nearest
from explorer.core.model.pack import AnswerId, Answers, Pack, PartId, QuestionId, ValueCondition, ValueId
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.subproblems import Subproblem

_MAX_EXAMPLES = 240
_MAX_OUTCOMES = 300_000
_MAX_CONFLICTS = 20_000


class OutcomeFunctions:
    """Functions of the answers in one node table; each is false where its parts are in conflict.

    Raises LookAheadError if the rules connect too many parts for lookup tables. Methods raise
    NodeBudgetExceededError or TooManySolutionsError if the functions have too many nodes or minimal solutions.
    """

    def __init__(self, compiled: CompiledPack) -> None:
        self.compiled = compiled
        self.lookup = compiled.lookup_tables()
        self.tables = self.lookup.tables
        self.table = NodeTable(self.tables.diagrams.sizes, self.tables.diagrams)
        self._shows: dict[tuple[PartId, ValueId], int] = {}

    @property
    def pack(self) -> Pack:
        """The pack."""
        return self.compiled.pack

    def all_of(self, functions: Iterable[int]) -> int:
        """Where all functions are true."""
        return reduce(self.table.conjoin, functions, TRUE)

    def conflict_free(self, part: PartId) -> int:
        """Where no subproblem is in conflict that shares questions with the one of a part."""
        cluster = self.lookup.rules.problem.cluster_of[self.lookup.rules.decision_of[part]]
        return self.tables.conflict_free[cluster]

    def shows(self, part: PartId, value: ValueId) -> int:
        """Where a part has a value."""
        found = self._shows.get((part, value))
        if found is None:
            functions = self._by_value(part, "final")
            others = self.table.any_of(function for other, function in functions.items() if other != value)
            only = self.table.difference(functions[value], others)
            found = self._shows[part, value] = self.table.conjoin(only, self.conflict_free(part))
        return found

    def shows_any(self, part: PartId, values: Iterable[ValueId]) -> int:
        """Where a part has one of some values."""
        return self.table.any_of(self.shows(part, value) for value in values)

    def possible(self, part: PartId, values: Iterable[ValueId]) -> int:
        """Where the constraints allow one of some values."""
        functions = self._by_value(part, "possible")
        found = self.table.any_of(functions[value] for value in values)
        return self.table.conjoin(found, self.conflict_free(part))

    def holds(self, condition: ValueCondition) -> int:
        """Where every part in a condition has one of the values that the condition names."""
        return self.all_of(self.shows_any(part, values) for part, values in condition)

    def decided(self, part: PartId) -> int:
        """Where a part has exactly one value."""
        return self.shows_any(part, self.pack.part_by_id[part].possible_values)

    @cached_property
    def all_decided(self) -> int:
        """Where every part has exactly one value."""
        return self.all_of(self.decided(part.id) for part in self.pack.parts())

    def undecided(self, part: PartId) -> int:
        """Where a part stays open without a conflict."""
        return self.table.difference(self.conflict_free(part), self.decided(part))

    def _by_value(self, part: PartId, stage: str) -> Mapping[ValueId, int]:
        functions = self.lookup.value_functions(part, stage)
        return dict(zip(self.pack.part_by_id[part].possible_values, functions, strict=True))

    def like(self, answers: Answers, parts: Iterable[PartId]) -> int:
        """Where some parts have the same values and alternatives as under some answers."""
        point = self.lookup.point(answers)
        found = TRUE
        for part in parts:
            for stage in ("final", "possible"):
                for function in self.lookup.value_functions(part, stage):
                    same = evaluate(self.table, function, point)
                    found = self.table.conjoin(found, function if same else self.table.negate(function))
        return found

    # ---------------------------------------------------------------- counts and examples

    def smallest_answers(self, function: int) -> Answers | None:
        """The fewest answers for which a function is true; None if it is never true."""
        found = nearest(self.table, function, [0] * len(self.table.sizes), _MAX_EXAMPLES)
        if found is None:
            return None
        change = min(found.changes, key=lambda assignment: smallest_first(self._question_levels, assignment))
        return {question: answer for question, answer in self.lookup.change(change) if answer is not None}

    @cached_property
    def _question_levels(self) -> list[int]:
        """The levels of the questions in the order of the pack."""
        asked = self.lookup.rules.input_of
        return [self.lookup.level(question.id) for question in self.pack.questions if question.id in asked]

    def count(self, function: int, *, partial: bool) -> int:
        """For how many combinations of answers a function is true; partial ones may leave questions open."""
        sizes = self.table.sizes
        weights = {level: (int(partial), *(1,) * (sizes[level] - 1)) for level in self._question_levels}
        idle = (q for q in self.pack.questions if q.id not in self.lookup.rules.input_of)
        return count(self.table, function, weights) * prod(len(q.answers) + partial for q in idle)

    def count_outcomes(self) -> int | None:
        """The number of distinct outcomes without a conflict; None if they are too many to enumerate."""
        try:
            return prod(map(self._count_in_cluster, range(len(self.lookup.rules.problem.clusters))))
        except NodeBudgetExceededError:
            return None

    def _count_in_cluster(self, number: int) -> int:
        problem = self.lookup.rules.problem
        inputs = sorted(frozenset().union(*(problem.groups[group].inputs for group in problem.clusters[number])))
        beliefs = [belief for group in problem.clusters[number] for belief in self.tables.beliefs[group]]
        levels = [self.tables.level_of[variable] for variable in inputs]
        return len(distinct_results(self.table, beliefs, levels, _MAX_OUTCOMES, self.tables.conflict_free[number]))

    @cached_property
    def minimal_conflicts(self) -> tuple[tuple[Subproblem, dict[QuestionId, AnswerId]], ...]:
        """Every minimal set of answers that conflict, over all combinations, with the subproblem in conflict."""
        found = []
        for subproblem, function in zip(self.compiled.subproblems, self.tables.satisfiable, strict=True):
            if function != FALSE:  # rules that contradict each other have no conflict of answers
                for some in minimal_solutions(self.table, function, _MAX_CONFLICTS, negated=True):
                    change = self.lookup.change(some)
                    found.append((subproblem, {q: answer for q, answer in change if answer is not None}))
        return tuple(found)


def format_answers(answers: Answers) -> str:
    """Return the answers as one line."""
    return ", ".join(f"{question}={answer}" for question, answer in answers.items()) or "no answer"
