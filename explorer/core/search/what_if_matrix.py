"""What-if matrix: the outcome of every answer to every question, together with the current answers."""

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
    """One choice of an outcome as text; `changed` if it differs from the current outcome."""

    label: str
    value: str
    changed: bool


@dataclass(frozen=True)
class MatrixCell:
    """The outcome of one answer: the main choices, and those of the other choices that would change.

    With a conflict, choices that depend on the conflict are left out.
    """

    question: QuestionId
    answer: Answer
    current: bool
    conflicts: bool
    outcome: tuple[ChoiceSummary, ...]

    @property
    def changes(self) -> tuple[ChoiceSummary, ...]:
        """The choices that would change."""
        return tuple(summary for summary in self.outcome if summary.changed)

    @property
    def word(self) -> str:
        """The status of the answer in one or two words; "" for an answer with changes."""
        if self.conflicts:
            return "conflict"
        if self.current:
            return "your answer"
        return "" if self.changes else "no change"


@dataclass(frozen=True)
class MatrixRow:
    """One question with all its answers."""

    question: Question
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """All questions with all their answers."""

    rows: tuple[MatrixRow, ...]

    @property
    def width(self) -> int:
        """The largest number of answers of a question."""
        return max((len(row.cells) for row in self.rows), default=0)


def matrix(compiled: CompiledPack, answers: Answers) -> Matrix:
    """The outcome of each answer if it is given together with the current answers.

    It reads only the values from the solver and builds no justifications, because a matrix has many cells.
    """
    outcome = decide(compiled, answers)
    current = {
        choice.id: choice_value_text(choice, outcome.choice_by_id[choice.id]) for choice in compiled.pack.choices
    }
    return Matrix(
        tuple(
            MatrixRow(
                question,
                tuple(_cell(compiled, answers, current, question.id, answer) for answer in question.answers),
            )
            for question in compiled.pack.questions
        )
    )


def _cell(
    compiled: CompiledPack,
    answers: Answers,
    current: Mapping[ChoiceId, str],
    question: QuestionId,
    answer: Answer,
) -> MatrixCell:
    values, in_conflict = _decided_values(compiled, {**answers, question: answer.id})
    summaries = []
    for choice in compiled.pack.choices:
        if all(part.id in values for part in choice.parts):
            text = _value_text(choice, values)
            if choice.in_outcome_bar or text != current[choice.id]:
                summaries.append(ChoiceSummary(choice.label, text, text != current[choice.id]))
    return MatrixCell(question, answer, answers.get(question) == answer.id, in_conflict, tuple(summaries))


def _decided_values(compiled: CompiledPack, answers: Answers) -> tuple[dict[PartId, ValueId | None], bool]:
    """The value of every part without a conflict, None while it is open, and whether there is a conflict."""
    values: dict[PartId, ValueId | None] = {}
    in_conflict = False
    for subproblem in compiled.subproblems:
        solutions = solve(compiled, subproblem, answers)
        in_conflict = in_conflict or not solutions.must
        for part in subproblem.parts if solutions.must else ():
            final = solutions.final.values(part)
            values[part.id] = final[0] if len(final) == 1 else None
    return values, in_conflict


def _value_text(choice: Choice, values: Mapping[PartId, ValueId | None]) -> str:
    """The same text as `choice_value_text`, from the values of the parts."""
    present = [values[part.id] for part in choice.parts if values[part.id] != ABSENT]
    leading = present if choice.multi_valued else present[:1]
    decided = any(value is not None for value in leading)
    shown = dict.fromkeys(value for value in present if value is not None) if decided else {}
    return " + ".join(choice.labels[value] for value in shown) or ("open" if None in leading else "none")
