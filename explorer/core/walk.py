"""The questions in walking order, each with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from explorer.core.pack import AnswerId, Pack, Question, QuestionId


class Standing(Enum):
    """How a question stands."""

    ANSWERED = "answered"
    OPEN = "open"
    PASSED_OVER = "passed over"


@dataclass(frozen=True)
class Step:
    """One question of the walk; `why` says why it is passed over, `clashes` that its answer is in conflict."""

    question: Question
    standing: Standing
    answer: AnswerId | None
    why: str = ""
    clashes: bool = False


@dataclass(frozen=True)
class WalkGroup:
    """Questions that belong together, under their heading."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Walk:
    """The whole walk and the question it stands at (None when nothing is left to ask)."""

    groups: tuple[WalkGroup, ...]
    current: QuestionId | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step, in order."""
        return tuple(step for group in self.groups for step in group.steps)

    @property
    def step(self) -> Step | None:
        """The step the walk stands at."""
        return next((step for step in self.steps if step.question.id == self.current), None)
