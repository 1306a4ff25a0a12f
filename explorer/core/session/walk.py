"""Walk: the questions in the order of asking, each with its status, and the current question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from explorer.core.model.outcome import IrrelevantQuestion, Outcome
from explorer.core.model.pack import AnswerId, Pack, Question, QuestionId


class StepStatus(Enum):
    """The status of a question in the walk. The value is its label in the window."""

    ANSWERED = "answered"
    OPEN = "open"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class WalkStep:
    """One question of the walk. `reason` says why it is not needed; `in_conflict` marks its answer as conflicting."""

    question: Question
    status: StepStatus
    answer: AnswerId | None
    reason: str = ""
    in_conflict: bool = False


@dataclass(frozen=True)
class WalkGroup:
    """The steps of one group of questions, with the title of the group."""

    title: str
    steps: tuple[WalkStep, ...]


@dataclass(frozen=True)
class Walk:
    """All steps, and the current question (None if no question is left).

    `order` lists the open questions by information gain, if the walk is sorted that way.
    For the current question, `outcome_counts` holds the number of possible outcomes after
    each answer, and `effect_text` describes the effect of the answers.
    """

    groups: tuple[WalkGroup, ...]
    current: QuestionId | None
    order: tuple[QuestionId, ...] = ()
    most_informative_first: bool = False
    outcome_counts: tuple[int, ...] = ()
    effect_text: str = ""

    @property
    def steps(self) -> tuple[WalkStep, ...]:
        """All steps in the order of the pack."""
        return tuple(step for group in self.groups for step in group.steps)

    @property
    def ordered_steps(self) -> tuple[WalkStep, ...]:
        """All steps in the order of asking: first the steps that `order` does not list."""
        position = {question: number for number, question in enumerate(self.order, 1)}
        return tuple(sorted(self.steps, key=lambda step: position.get(step.question.id, 0)))

    @property
    def current_step(self) -> WalkStep | None:
        """The step of the current question."""
        return next((step for step in self.steps if step.question.id == self.current), None)


def build_walk(
    pack: Pack,
    outcome: Outcome,
    irrelevant: Sequence[IrrelevantQuestion],
    current: QuestionId | None,
    order: Sequence[QuestionId] = (),
    last_question: QuestionId | None = None,
) -> Walk:
    """Return the walk through the questions of an outcome.

    The current question is `current`. If it is None and the answer to `last_question` is in conflict,
    the walk stays there, so that the user can change the answer. Otherwise it goes to the next open
    question, by `order` or in the order of the pack. After the last question it continues at the first.
    """
    answers = dict(outcome.answers)
    reasons = {entry.question: entry.reason for entry in irrelevant}
    conflicting = {question for conflict in outcome.conflicts for question in conflict.answers}

    def step(question: Question) -> WalkStep:
        answer = answers.get(question.id)
        if answer is not None:
            return WalkStep(question, StepStatus.ANSWERED, answer, in_conflict=question.id in conflicting)
        if question.id in reasons:
            return WalkStep(question, StepStatus.NOT_NEEDED, None, reasons[question.id])
        return WalkStep(question, StepStatus.OPEN, None)

    groups = tuple(
        WalkGroup(title, tuple(step(question) for question in pack.questions if question.group == group))
        for group, title in pack.question_groups
    )
    walk = Walk(groups, current, tuple(order))
    if walk.current_step is not None:
        return walk
    return replace(walk, current=last_question if last_question in conflicting else _next_open(walk, last_question))


def _next_open(walk: Walk, last_question: QuestionId | None) -> QuestionId | None:
    steps = walk.ordered_steps
    start = next((index for index, step in enumerate(steps) if step.question.id == last_question), 0)
    upcoming = (*steps[start:], *steps[:start])
    return next((step.question.id for step in upcoming if step.status is StepStatus.OPEN), None)
