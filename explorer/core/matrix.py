"""Every question with every answer, and what each would come to from where one stands."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.core.compare import stated
from explorer.core.decide import decide
from explorer.core.outcome import Outcome, Status
from explorer.core.pack import Answer, Answers, Choice, Question, QuestionId
from explorer.core.space import Space


@dataclass(frozen=True)
class Summary:
    """One choice of an outcome in words; `changed` where it differs from where one stands."""

    label: str
    value: str
    changed: bool


@dataclass(frozen=True)
class Cell:
    """What one answer would come to: the main choices, and others only where they would change."""

    question: QuestionId
    answer: Answer
    current: bool
    clashes: bool
    outcome: tuple[Summary, ...]

    @property
    def changes(self) -> tuple[Summary, ...]:
        """The choices that would be different."""
        return tuple(summary for summary in self.outcome if summary.changed)

    @property
    def word(self) -> str:
        """How the answer stands to the present one."""
        if self.clashes:
            return "conflict"
        if self.current:
            return "your answer"
        return "" if self.changes else "no change"


@dataclass(frozen=True)
class MatrixRow:
    """One question and all its answers."""

    question: Question
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """Every question and answer, from one set of answers."""

    rows: tuple[MatrixRow, ...]

    @property
    def width(self) -> int:
        """The most answers that a question has."""
        return max((len(row.cells) for row in self.rows), default=0)


def matrix(space: Space, answers: Answers) -> Matrix:
    """What each answer would come to, were it given beside the present ones."""
    here = decide(space, answers)
    return Matrix(
        tuple(
            MatrixRow(
                question,
                tuple(_cell(space, answers, here, question.id, answer) for answer in question.answers),
            )
            for question in space.pack.questions
        )
    )


def _cell(space: Space, answers: Answers, here: Outcome, question: QuestionId, answer: Answer) -> Cell:
    there = decide(space, {**answers, question: answer.id})
    told = (_summary(choice, here, there) for choice in space.pack.choices)
    return Cell(
        question=question,
        answer=answer,
        current=answers.get(question) == answer.id,
        clashes=there.status is Status.CONFLICT,
        outcome=tuple(
            summary
            for choice, summary in zip(space.pack.choices, told, strict=True)
            if choice.bar or summary.changed
        ),
    )


def _summary(choice: Choice, here: Outcome, there: Outcome) -> Summary:
    value = stated(choice, there.choice_by_id[choice.id])
    return Summary(choice.label, value, value != stated(choice, here.choice_by_id[choice.id]))
