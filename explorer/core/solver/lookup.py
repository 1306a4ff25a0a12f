"""Lookup tables of a pack: its rules compiled into decision diagrams, addressed by question, part and value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.core.decision_diagram.compiler import Tables, TooEntangledError, target_functions
from explorer.core.decision_diagram.diagram import Diagrams, NodeTable
from explorer.core.decision_diagram.problem import Clause, ClauseGroup, Literal, Problem, Target
from explorer.core.errors import ExplorerError
from explorer.core.model.pack import ABSENT, AnswerId, Answers, ChoiceId, Pack, PartId, QuestionId, ValueId
from explorer.core.solver.subproblems import RuleEffect, Subproblem

Change = tuple[tuple[QuestionId, AnswerId | None], ...]
"""The questions whose answers change, in the order of the pack, and to what; None leaves one open."""

Wanted = tuple[ChoiceId, ValueId]


class LookAheadError(ExplorerError):
    """The rules relate too many parts to compile lookup tables within the node budget."""

    def __init__(self, pack: Pack, rules: RuleProblem, error: TooEntangledError) -> None:
        part_of = {number: part for part, number in rules.decision_of.items()}
        names = ", ".join(pack.part_by_id[part_of[decision]].label for decision in error.decisions)
        super().__init__(
            "The rules of the pack connect too many parts. Suggested changes, the decision map and the check of all "
            f"combinations are not available. Most connected parts: {names}. Write rules that connect fewer parts."
        )


@dataclass(frozen=True, eq=False)
class RuleProblem:
    """The rules of a pack as a constraint problem: parts are its decisions, questions its inputs.

    Values are numbered in the order of the pack; 0 is a question left open. `targets_of` gives the numbers of
    the targets that make a choice show a value: any of them does.
    """

    problem: Problem
    decision_of: Mapping[PartId, int]
    input_of: Mapping[QuestionId, int]
    targets_of: Mapping[Wanted, tuple[int, ...]]


def translate(pack: Pack, subproblems: Sequence[Subproblem]) -> RuleProblem:
    """The constraint problem of a pack; questions that no rule depends on are not part of it."""
    parts = [part for subproblem in subproblems for part in subproblem.parts]
    asked = {question for subproblem in subproblems for question in subproblem.questions}
    questions = [question for question in pack.questions if question.id in asked]
    decision_of = {part.id: number for number, part in enumerate(parts)}
    input_of = {question.id: number for number, question in enumerate(questions, len(parts))}
    place = {part.id: {value: index for index, value in enumerate(part.possible_values)} for part in parts}
    answer_place = {q.id: {answer.id: index for index, answer in enumerate(q.answers, 1)} for q in questions}

    def values(part: PartId, wanted: Iterable[ValueId]) -> Literal:
        return decision_of[part], tuple(sorted(place[part][value] for value in wanted))

    def answers(question: QuestionId, wanted: Iterable[AnswerId]) -> tuple[int, ...]:
        known = answer_place[question]
        return tuple(sorted(known[answer] for answer in wanted if answer in known))

    def clauses(effects: Iterable[RuleEffect]) -> tuple[Clause, ...]:
        return tuple(
            Clause(
                tuple((input_of[question], answers(question, wanted)) for question, wanted in e.rule.when),
                tuple(values(part, wanted) for part, wanted in e.rule.given),
                values(e.part, e.allowed),
            )
            for e in effects
        )

    groups = tuple(
        ClauseGroup(
            tuple(decision_of[part.id] for part in s.parts),
            clauses(s.all_musts),
            clauses(s.prefers),
            clauses(s.defaults),
        )
        for s in subproblems
    )
    sizes = (*(len(part.possible_values) for part in parts), *(1 + len(q.answers) for q in questions))
    cluster_of = Problem(sizes, groups).cluster_of
    targets: list[Target] = []
    targets_of: dict[Wanted, tuple[int, ...]] = {}
    for choice in pack.choices:
        for value in choice.values:
            found = [
                tuple(tuple((decision_of[part], place[part][v]) for part, v in aims) for aims in alternatives)
                for alternatives in _targets(
                    pack, choice.id, value.id, {p: cluster_of[d] for p, d in decision_of.items()}
                )
            ]
            targets_of[choice.id, value.id] = tuple(range(len(targets), len(targets) + len(found)))
            targets += found
    return RuleProblem(Problem(sizes, groups, tuple(targets)), decision_of, input_of, targets_of)


def _targets(
    pack: Pack, choice: ChoiceId, value: ValueId, cluster_of: Mapping[PartId, int]
) -> Iterator[tuple[tuple[tuple[PartId, ValueId], ...], ...]]:
    """What makes a choice show a value: any of these targets, each as its alternatives.

    Any part of a multi-valued choice can have the value. In another choice it is the first part that is present.
    Parts of different clusters are different targets, as no change of answers concerns both.
    """
    spec = pack.choice_by_id[choice]
    by_cluster: dict[int, list[tuple[tuple[PartId, ValueId], ...]]] = {}
    for place, part in enumerate(spec.parts):
        if value not in part.values:
            continue
        before = spec.parts[:place]
        if spec.multi_valued:
            by_cluster.setdefault(cluster_of[part.id], []).append(((part.id, value),))
        elif all(other.optional for other in before):
            yield ((*((other.id, ABSENT) for other in before), (part.id, value)),)
    for alternatives in by_cluster.values():
        yield tuple(alternatives)


@dataclass(frozen=True, eq=False)
class LookupTables:
    """Compiled tables under the names of a pack. They are immutable, so threads may share them."""

    pack: Pack
    rules: RuleProblem
    tables: Tables

    def level(self, question: QuestionId) -> int:
        """The level of a question in the diagrams."""
        return self.tables.level_of[self.rules.input_of[question]]

    @cached_property
    def question_at(self) -> Mapping[int, QuestionId]:
        """The question at each level that has one."""
        return {self.level(question): question for question in self.rules.input_of}

    @cached_property
    def _answer_number(self) -> Mapping[QuestionId, Mapping[AnswerId, int]]:
        return {
            question: {a.id: n for n, a in enumerate(self.pack.question_by_id[question].answers, 1)}
            for question in self.rules.input_of
        }

    def fixed(self, answers: Answers) -> dict[int, int]:
        """The levels of the questions that have an answer, with its number."""
        return {
            self.level(question): self._answer_number[question][answer]
            for question, answer in answers.items()
            if question in self.rules.input_of
        }

    def point(self, answers: Answers) -> list[int]:
        """A value for each level: the answers, and 0 for questions left open."""
        point = [0] * len(self.tables.level_of)
        for level, number in self.fixed(answers).items():
            point[level] = number
        return point

    def change(self, assignment: Iterable[tuple[int, int]]) -> Change:
        """Levels with their values as questions and answers, in the order of the pack."""
        pairs = sorted((self._order[self.question_at[level]], level, number) for level, number in assignment)
        return tuple((question := self.question_at[level], self.answer(question, number)) for _, level, number in pairs)

    def answer(self, question: QuestionId, number: int) -> AnswerId | None:
        """The answer of that number; None for 0."""
        return self.pack.question_by_id[question].answers[number - 1].id if number else None

    @cached_property
    def _order(self) -> Mapping[QuestionId, int]:
        return {question.id: place for place, question in enumerate(self.pack.questions)}

    def in_order(self, change: Change) -> list[tuple[int, int]]:
        """A sort key: by question, then by answer as the pack has them, with leaving open last."""
        return [
            (self._order[question], self._answer_number[question][answer] if answer is not None else 1_000)
            for question, answer in change
        ]

    def value_functions(self, part: PartId, stage: str = "final") -> tuple[int, ...]:
        """For each value of a part the answers under which it is possible after a stage (see Tables)."""
        functions: tuple[tuple[int, ...], ...] = getattr(self.tables, stage)
        return functions[self.rules.decision_of[part]]

    def targets(self, *, defaults: bool) -> tuple[Diagrams, tuple[int, ...]]:
        """The diagrams and functions of the problem's targets, with or without the defaults followed."""
        return (self.tables.diagrams, self.tables.targets) if defaults else self._targets_without_defaults

    @cached_property
    def _targets_without_defaults(self) -> tuple[Diagrams, tuple[int, ...]]:
        table = NodeTable(self.tables.diagrams.sizes, self.tables.diagrams)
        tables = self.tables
        found = target_functions(table, self.rules.problem, tables.preferred, tables.conflict_free)
        diagrams, number = table.freeze(found)
        return diagrams, tuple(number[node] for node in found)
