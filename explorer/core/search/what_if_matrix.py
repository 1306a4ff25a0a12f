"""Every question with every answer, and what each would come to from where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.core.architecture.diff import choice_value_text
from explorer.core.model.pack import (
    ABSENT,
    Answer,
    Answers,
    Choice,
    ChoiceId,
    PartId,
    Question,
    QuestionId,
    ValueId,
)
from explorer.core.solver.constraints import CompiledPack, solve
from explorer.core.solver.decide import decide


@dataclass(frozen=True)
class ChoiceSummary:
    """One choice of an outcome in words; `changed` where it differs from where one stands."""

    label: str
    value: str
    changed: bool


@dataclass(frozen=True)
class MatrixCell:
    """What one answer would come to: the main choices, and others only where they would change.

    Where answers clash, the choices that this leaves undecided are left out.
    """

    question: QuestionId
    answer: Answer
    current: bool
    conflicts: bool
    outcome: tuple[ChoiceSummary, ...]

    @property
    def changes(self) -> tuple[ChoiceSummary, ...]:
        """The choices that would be different."""
        return tuple(summary for summary in self.outcome if summary.changed)

    @property
    def word(self) -> str:
        """How the answer stands to the present one."""
        if self.conflicts:
            return "conflict"
        if self.current:
            return "your answer"
        return "" if self.changes else "no change"


@dataclass(frozen=True)
class MatrixRow:
    """One question and all its answers."""

    question: Question
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """Every question and answer, from one set of answers."""

    rows: tuple[MatrixRow, ...]

    @property
    def width(self) -> int:
        """The most answers that a question has."""
        return max((len(row.cells) for row in self.rows), default=0)


def matrix(compiled: CompiledPack, answers: Answers) -> Matrix:
    """What each answer would come to, were it given beside the present ones.

    It reads the values straight off the rows that remain: nothing is explained for a glance.
    """
    here = decide(compiled, answers)
    now = {choice.id: choice_value_text(choice, here.choice_by_id[choice.id]) for choice in compiled.pack.choices}
    return Matrix(
        tuple(
            MatrixRow(
                question,
                tuple(_cell(compiled, answers, now, question.id, answer) for answer in question.answers),
            )
            for question in compiled.pack.questions
        )
    )


def _cell(
    compiled: CompiledPack, answers: Answers, now: Mapping[ChoiceId, str], question: QuestionId, answer: Answer
) -> MatrixCell:
    values, clashes = _decided_values(compiled, {**answers, question: answer.id})
    told = []
    for choice in compiled.pack.choices:
        if all(part.id in values for part in choice.parts):
            value = _stated(choice, values)
            if choice.in_outcome_bar or value != now[choice.id]:
                told.append(ChoiceSummary(choice.label, value, value != now[choice.id]))
    return MatrixCell(question, answer, answers.get(question) == answer.id, clashes, tuple(told))


def _decided_values(compiled: CompiledPack, answers: Answers) -> tuple[dict[PartId, ValueId | None], bool]:
    """The value of every part, None while it is open, and whether answers conflict.

    The parts of a subproblem in conflict are left out.
    """
    values: dict[PartId, ValueId | None] = {}
    conflicts = False
    for subproblem in compiled.subproblems:
        solutions = solve(compiled, subproblem, answers)
        conflicts = conflicts or not solutions.must
        for part in subproblem.parts if solutions.must else ():
            final = solutions.final.values(part)
            values[part.id] = final[0] if len(final) == 1 else None
    return values, conflicts


def _stated(choice: Choice, values: Mapping[PartId, ValueId | None]) -> str:
    """What a choice comes to in words, out of its parts: all that say something, or the first that does."""
    speaking = [values[part.id] for part in choice.parts if values[part.id] != ABSENT]
    told = speaking if choice.multi_valued else speaking[:1]
    words = " + ".join(choice.labels[value] for value in told if value is not None)
    return words or ("open" if None in told else "none")
