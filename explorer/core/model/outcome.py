"""What a set of answers comes to, with the reasons, as frozen values."""

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
    """How firmly something is decided, from firm to not at all; the worst of several is their `max`."""

    FORCED = 0
    PREFERRED = 1
    DEFAULT = 2
    OPEN = 3
    CONFLICT = 4

    @property
    def label(self) -> str:
        """The name that files and people see."""
        return self.name.lower()


@dataclass(frozen=True)
class Justification:
    """One rule at work: which of the given answers set it off, and what it rests on."""

    rule: RuleId
    answers: tuple[QuestionId, ...]
    takeaways: tuple[TakeawayId, ...]


Rejections = tuple[tuple[ValueId, tuple[Justification, ...]], ...]


@dataclass(frozen=True)
class PartOutcome:
    """What one part came to; `value` is None while it is open or in conflict."""

    part: PartId
    value: ValueId | None
    status: Status
    alternatives: tuple[ValueId, ...]
    justifications: tuple[Justification, ...]
    rejected: Rejections

    @property
    def is_present(self) -> bool:
        """Whether the part says anything about its choice (an absent one does not)."""
        return self.value != ABSENT


@dataclass(frozen=True)
class ChoiceOutcome:
    """What one choice came to, over all its parts."""

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
        """Whether answers have a part in it, and be it that they leave fewer values to stand by default."""
        return any(because.answers for because in self.justifications)

    @property
    def displayed_values(self) -> tuple[ValueId, ...]:
        """What people are told: the values of all parts, also where `value` is the first one's alone."""
        values = (part.value for part in self.parts if part.is_present and part.value is not None)
        return tuple(dict.fromkeys(values)) if self.value else ()


@dataclass(frozen=True)
class Conflict:
    """A smallest set of answers that cannot hold together, and the smallest ways out.

    Each repair is a set of questions; giving up their answers, all of them, resolves every conflict.
    """

    choice: ChoiceId
    answers: tuple[QuestionId, ...]
    rules: tuple[RuleId, ...]
    repairs: tuple[tuple[QuestionId, ...], ...]


@dataclass(frozen=True)
class IrrelevantQuestion:
    """An unanswered question that can no longer matter, and the sentence that says why."""

    question: QuestionId
    reason: str


@dataclass(frozen=True)
class Outcome:
    """Everything that a set of answers comes to."""

    answers: tuple[tuple[QuestionId, AnswerId], ...]
    choices: tuple[ChoiceOutcome, ...]
    traps: tuple[Trap, ...]
    conflicts: tuple[Conflict, ...]
    fired_rules: tuple[RuleId, ...]

    @cached_property
    def status(self) -> Status:
        """The worst of all choices: `CONFLICT`, then `OPEN`, else decided (anything firmer)."""
        return max((choice.status for choice in self.choices), default=Status.FORCED)

    @property
    def status_label(self) -> str:
        """`conflict`, `open` or `decided`."""
        return self.status.label if self.status >= Status.OPEN else "decided"

    @cached_property
    def choice_by_id(self) -> Mapping[ChoiceId, ChoiceOutcome]:
        """Every choice's outcome under its id."""
        return {choice.choice: choice for choice in self.choices}

    @cached_property
    def part_by_id(self) -> Mapping[PartId, PartOutcome]:
        """Every part's outcome under its id."""
        return {part.part: part for part in self.parts()}

    def parts(self) -> Iterator[PartOutcome]:
        """Every part's outcome, in the order of the pack."""
        for choice in self.choices:
            yield from choice.parts
