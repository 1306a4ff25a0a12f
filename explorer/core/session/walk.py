"""The questions in walking order, each with how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from explorer.core.model.outcome import IrrelevantQuestion, Outcome
from explorer.core.model.pack import AnswerId, Pack, Question, QuestionId


class StepStatus(Enum):
    """How a question stands."""

    ANSWERED = "answered"
    OPEN = "open"
    NOT_NEEDED = "passed over"


@dataclass(frozen=True)
class WalkStep:
    """One question of the walk; `why` says why it is passed over, `clashes` that its answer clashes."""

    question: Question
    status: StepStatus
    answer: AnswerId | None
    reason: str = ""
    in_conflict: bool = False


@dataclass(frozen=True)
class WalkGroup:
    """Questions that belong together, under their heading."""

    title: str
    steps: tuple[WalkStep, ...]


@dataclass(frozen=True)
class Walk:
    """The whole walk and the question it stands at (None when nothing is left to ask).

    `order` names the open questions in the order they are asked in, where that is not the
    document's. Of the current question, `left` says how many outcomes each answer would leave,
    and `separates` in words what it separates.
    """

    groups: tuple[WalkGroup, ...]
    current: QuestionId | None
    order: tuple[QuestionId, ...] = ()
    most_informative_first: bool = False
    outcome_counts: tuple[int, ...] = ()
    effect_text: str = ""

    @property
    def steps(self) -> tuple[WalkStep, ...]:
        """Every step, in order."""
        return tuple(step for group in self.groups for step in group.steps)

    @property
    def ordered_steps(self) -> tuple[WalkStep, ...]:
        """Every step in the order of walking: with an `order`, first what it does not ask."""
        place = {question: number for number, question in enumerate(self.order, 1)}
        return tuple(sorted(self.steps, key=lambda step: place.get(step.question.id, 0)))

    @property
    def current_step(self) -> WalkStep | None:
        """The step the walk stands at."""
        return next((step for step in self.steps if step.question.id == self.current), None)


def build_walk(
    pack: Pack,
    outcome: Outcome,
    passed: Sequence[IrrelevantQuestion],
    current: QuestionId | None,
    order: Sequence[QuestionId] = (),
    asked: QuestionId | None = None,
) -> Walk:
    """The walk through an outcome's questions.

    It stands at `current`. Without one it stays at the question `asked` last while its answer clashes,
    for there it can be mended; else it goes on to the next open question that still matters: in the
    `order`, or without one in the document, and past its end from its beginning.
    """
    answers = dict(outcome.answers)
    why = {entry.question: entry.reason for entry in passed}
    clashing = {question for conflict in outcome.conflicts for question in conflict.answers}

    def step(question: Question) -> WalkStep:
        answer = answers.get(question.id)
        if answer is not None:
            return WalkStep(question, StepStatus.ANSWERED, answer, in_conflict=question.id in clashing)
        if question.id in why:
            return WalkStep(question, StepStatus.NOT_NEEDED, None, why[question.id])
        return WalkStep(question, StepStatus.OPEN, None)

    groups = tuple(
        WalkGroup(title, tuple(step(question) for question in pack.questions if question.group == group))
        for group, title in pack.question_groups
    )
    here = Walk(groups, current, tuple(order))
    if here.current_step is not None:
        return here
    return replace(here, current=asked if asked in clashing else _next_open(here, asked))


def _next_open(here: Walk, asked: QuestionId | None) -> QuestionId | None:
    steps = here.ordered_steps
    at = next((place for place, step in enumerate(steps) if step.question.id == asked), 0)
    waiting = (step.question.id for step in (*steps[at:], *steps[:at]) if step.status is StepStatus.OPEN)
    return next(waiting, None)
