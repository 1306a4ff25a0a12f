"""The content model: what a pack asks, decides, draws and teaches, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NewType

QuestionId = NewType("QuestionId", str)
AnswerId = NewType("AnswerId", str)
ChoiceId = NewType("ChoiceId", str)
PartId = NewType("PartId", str)
ValueId = NewType("ValueId", str)
RuleId = NewType("RuleId", str)
TakeawayId = NewType("TakeawayId", str)
NodeId = NewType("NodeId", str)
GroupId = NewType("GroupId", str)

Answers = Mapping[QuestionId, AnswerId]
"""What has been answered so far; a question that is left open is not in it."""

ABSENT = ValueId("absent")
"""What an optional part takes when it adds nothing to its choice."""


@dataclass(frozen=True)
class Answer:
    """One way to answer a question; `hint` says when to pick it."""

    id: AnswerId
    label: str
    hint: str


@dataclass(frozen=True)
class Question:
    """Something the architect is asked; `why` says what hangs on it.

    The decision map opens on the `headline` questions.
    """

    id: QuestionId
    group: str
    title: str
    text: str
    why: str
    answers: tuple[Answer, ...]
    is_headline: bool = False

    def answer(self, answer: AnswerId) -> Answer:
        """The answer of that id; KeyError when the question has none such."""
        for candidate in self.answers:
            if candidate.id == answer:
                return candidate
        raise KeyError(answer)


@dataclass(frozen=True)
class Value:
    """One thing that a choice can come to; `short` is what it is called where there is little room."""

    id: ValueId
    label: str
    summary: str
    short: str = ""


@dataclass(frozen=True)
class Part:
    """One independent decision within a choice; an optional one may come to `ABSENT`.

    `offered` parts name their values as alternatives even while they are absent.
    """

    id: PartId
    choice: ChoiceId
    label: str
    values: tuple[ValueId, ...]
    optional: bool = False
    offered_when_absent: bool = False

    @property
    def possible_values(self) -> tuple[ValueId, ...]:
        """Every value that the part may take, `ABSENT` first where that is allowed."""
        return (ABSENT, *self.values) if self.optional else self.values


@dataclass(frozen=True)
class Choice:
    """One line of an outcome: a single value, or (`many`) those of all its parts together."""

    id: ChoiceId
    label: str
    multi_valued: bool
    in_outcome_bar: bool
    values: tuple[Value, ...]
    parts: tuple[Part, ...]

    @cached_property
    def labels(self) -> Mapping[ValueId, str]:
        """What each value is called."""
        return {value.id: value.label for value in self.values}


class Strength(Enum):
    """How much a rule weighs: must beats prefer beats default."""

    MUST = "must"
    PREFER = "prefer"
    DEFAULT = "default"


AnswerCondition = tuple[tuple[QuestionId, frozenset[AnswerId]], ...]
ValueCondition = tuple[tuple[PartId, frozenset[ValueId]], ...]


@dataclass(frozen=True)
class Rule:
    """Under these answers (`when`) and these values (`given`), those parts come to these values (`then`).

    Of the parts in `excludes` it only says what they do not come to.
    """

    id: RuleId
    strength: Strength
    when: AnswerCondition
    given: ValueCondition
    then: ValueCondition
    reason: str
    takeaways: tuple[TakeawayId, ...]
    excludes: frozenset[PartId] = frozenset()

    def is_active(self, answers: Answers) -> bool:
        """Whether every answer that the rule waits for has been given."""
        return all(answers.get(question) in wanted for question, wanted in self.when)


@dataclass(frozen=True)
class Trap:
    """A well-known mistake: shown when a wish was overruled, or when its answers and values hold."""

    id: str
    title: str
    text: str
    takeaways: tuple[TakeawayId, ...]
    overruled_rule: RuleId | None = None
    overruled_by: tuple[RuleId, ...] = ()
    when: AnswerCondition = ()
    given: ValueCondition = ()


@dataclass(frozen=True)
class Note:
    """What has changed since a statement was made, or where it errs."""

    as_of: str
    text: str
    source: str


@dataclass(frozen=True)
class Takeaway:
    """One statement to remember, with where it comes from and how it stands today.

    `page` is what the study page says where that no longer holds as it stands.
    """

    id: TakeawayId
    title: str
    text: str
    section: str
    facts: tuple[str, ...]
    source: str
    as_of: str
    study_guide: str = ""
    note: Note | None = None


@dataclass(frozen=True)
class PracticeOption:
    """One offered answer to a practice question, and why it is right or wrong."""

    id: str
    text: str
    correct: bool
    why: str


@dataclass(frozen=True)
class PracticeQuestion:
    """A question to try oneself on; `answers` lead to the architecture that it is about."""

    id: str
    question: str
    options: tuple[PracticeOption, ...]
    takeaways: tuple[TakeawayId, ...]
    answers: tuple[tuple[QuestionId, AnswerId], ...]


@dataclass(frozen=True)
class GroupSpec:
    """A frame that may be drawn around nodes and other frames."""

    id: GroupId
    kind: str
    label: str
    parent: GroupId | None
    shown_when: tuple[ValueCondition, ...]


@dataclass(frozen=True)
class Component:
    """Something that may be drawn: where it stands and under which values it appears.

    It appears when any of the `shown` conditions holds. Components that share a
    `slot` stand in each other's place, and one that is merely still possible is
    drawn there as a ghost. One that hangs `at` another is drawn as a small
    companion of it. `column` and `row` are hints for the reading order.
    """

    id: NodeId
    icon: str
    label: str
    detail: str
    group: GroupId | None
    slot: str
    attached_to: NodeId | None
    column: int | None
    row: int | None
    can_be_ghost: bool
    shown_when: tuple[ValueCondition, ...]
    takeaways: tuple[TakeawayId, ...]


@dataclass(frozen=True)
class EdgeSpec:
    """A relation that may be drawn; `step` ones are numbered in the order of the file."""

    source: NodeId
    target: NodeId
    label: str
    control: bool
    is_step: bool
    shown_when: tuple[ValueCondition, ...]
    takeaways: tuple[TakeawayId, ...]


@dataclass(frozen=True)
class Pack:
    """One whole decision: what is asked, how it is decided, drawn, explained and practised."""

    id: str
    title: str
    version: str
    as_of: str
    summary: str
    credit: str
    question_groups: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    choices: tuple[Choice, ...]
    rules: tuple[Rule, ...]
    traps: tuple[Trap, ...]
    takeaways: tuple[Takeaway, ...]
    practice: tuple[PracticeQuestion, ...]
    diagram_groups: tuple[GroupSpec, ...]
    components: tuple[Component, ...]
    edges: tuple[EdgeSpec, ...]

    @cached_property
    def question_by_id(self) -> Mapping[QuestionId, Question]:
        """Every question under its id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def rule_by_id(self) -> Mapping[RuleId, Rule]:
        """Every rule under its id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def takeaway_by_id(self) -> Mapping[TakeawayId, Takeaway]:
        """Every takeaway under its id."""
        return {takeaway.id: takeaway for takeaway in self.takeaways}

    @cached_property
    def choice_by_id(self) -> Mapping[ChoiceId, Choice]:
        """Every choice under its id."""
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def part_by_id(self) -> Mapping[PartId, Part]:
        """Every part under its id."""
        return {part.id: part for part in self.parts()}

    def parts(self) -> Iterator[Part]:
        """Every part of every choice, in the order of the pack."""
        for choice in self.choices:
            yield from choice.parts

    def value_label(self, part: PartId, value: ValueId) -> str:
        """What a value of a part is called; `ABSENT` is “none”."""
        if value == ABSENT:
            return "none"
        return self.choice_by_id[self.part_by_id[part].choice].labels[value]
