"""Outcome of a set of answers: the value and status of every choice, with justifications, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from explorer.core.model.pack import (
    ABSENT,
    AnswerId,
    ChoiceId,
    PartId,
    QuestionId,
    RuleId,
    TakeawayId,
    Trap,
    ValueId,
)


class Status(IntEnum):
    """How a value was decided, from a forced value to a conflict. The worst of several is their `max`."""

    FORCED = 0
    PREFERRED = 1
    DEFAULT = 2
    OPEN = 3
    CONFLICT = 4

    @property
    def label(self) -> str:
        """The name in files and in the window."""
        return self.name.lower()


@dataclass(frozen=True)
class Justification:
    """A rule that led to a value or a rejection, the answers that activated it, and its takeaways."""

    rule: RuleId
    answers: tuple[QuestionId, ...]
    takeaways: tuple[TakeawayId, ...]


Rejections = tuple[tuple[ValueId, tuple[Justification, ...]], ...]
"""Values that are ruled out, each with its justifications."""


@dataclass(frozen=True)
class PartOutcome:
    """The outcome of one part. `value` is None while the part is open or in conflict."""

    part: PartId
    value: ValueId | None
    status: Status
    alternatives: tuple[ValueId, ...]
    justifications: tuple[Justification, ...]
    rejected: Rejections

    @property
    def is_present(self) -> bool:
        """Whether the part contributes to its choice; an absent part does not."""
        return self.value != ABSENT


@dataclass(frozen=True)
class ChoiceOutcome:
    """The outcome of one choice, from all its parts."""

    choice: ChoiceId
    multi_valued: bool
    value: tuple[ValueId, ...]
    status: Status
    alternatives: tuple[ValueId, ...]
    justifications: tuple[Justification, ...]
    rejected: Rejections
    parts: tuple[PartOutcome, ...]

    @property
    def depends_on_answers(self) -> bool:
        """Whether answers affect the choice, even if they only reduce the values that a default selects from."""
        return any(justification.answers for justification in self.justifications)

    @property
    def displayed_values(self) -> tuple[ValueId, ...]:
        """The values to display: those of all parts, even if `value` holds only that of the first part."""
        values = (part.value for part in self.parts if part.is_present and part.value is not None)
        return tuple(dict.fromkeys(values)) if self.value else ()


@dataclass(frozen=True)
class Conflict:
    """A minimal set of answers that contradict each other, with the minimal corrections.

    Each item of `repairs` is a set of questions: removing the answers to all of them resolves every conflict.
    """

    choice: ChoiceId
    answers: tuple[QuestionId, ...]
    rules: tuple[RuleId, ...]
    repairs: tuple[tuple[QuestionId, ...], ...]


@dataclass(frozen=True)
class IrrelevantQuestion:
    """An open question whose answer cannot change the outcome, and a sentence that says why."""

    question: QuestionId
    reason: str


@dataclass(frozen=True)
class Outcome:
    """The result of deciding a set of answers. `fired_rules` are the rules that act on the result."""

    answers: tuple[tuple[QuestionId, AnswerId], ...]
    choices: tuple[ChoiceOutcome, ...]
    traps: tuple[Trap, ...]
    conflicts: tuple[Conflict, ...]
    fired_rules: tuple[RuleId, ...]

    @cached_property
    def status(self) -> Status:
        """The worst status of all choices."""
        return max((choice.status for choice in self.choices), default=Status.FORCED)

    @property
    def status_label(self) -> str:
        """`conflict`, `open` or `decided`."""
        return self.status.label if self.status >= Status.OPEN else "decided"

    @cached_property
    def choice_by_id(self) -> Mapping[ChoiceId, ChoiceOutcome]:
        """All choice outcomes by choice id."""
        return {choice.choice: choice for choice in self.choices}

    @cached_property
    def part_by_id(self) -> Mapping[PartId, PartOutcome]:
        """All part outcomes by part id."""
        return {part.part: part for part in self.parts()}

    def parts(self) -> Iterator[PartOutcome]:
        """Yield the outcomes of all parts, in the order of the pack."""
        for choice in self.choices:
            yield from choice.parts
