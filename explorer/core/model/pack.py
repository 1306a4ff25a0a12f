"""Pack data model: questions, choices, rules, takeaways and diagram elements as frozen values.

A field has the name of its TOML key, unless another name is clearer.
"""

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
"""The answers that are given. An open question has no entry."""

ABSENT = ValueId("absent")
"""The value of an optional part that adds nothing to its choice."""


@dataclass(frozen=True)
class Answer:
    """A possible answer to a question. `hint` says when to select it."""

    id: AnswerId
    label: str
    hint: str


@dataclass(frozen=True)
class Question:
    """A question for the user. `why` says what the answer affects.

    The decision map starts with the questions that are `is_headline`.
    """

    id: QuestionId
    group: str
    title: str
    text: str
    why: str
    answers: tuple[Answer, ...]
    is_headline: bool = False

    def answer(self, answer: AnswerId) -> Answer:
        """Return the answer with that id. Raises KeyError if there is none."""
        for candidate in self.answers:
            if candidate.id == answer:
                return candidate
        raise KeyError(answer)


@dataclass(frozen=True)
class Value:
    """A possible value of a choice. `short` is its label where space is limited."""

    id: ValueId
    label: str
    summary: str
    short: str = ""


@dataclass(frozen=True)
class Part:
    """A variable of the solver: one independent decision within a choice.

    An optional part can have the value `ABSENT`. A part that is `offered_when_absent`
    lists its values as alternatives even while it is absent.
    """

    id: PartId
    choice: ChoiceId
    label: str
    values: tuple[ValueId, ...]
    optional: bool = False
    offered_when_absent: bool = False

    @property
    def possible_values(self) -> tuple[ValueId, ...]:
        """The domain of the part: all its values, with `ABSENT` first if the part is optional."""
        return (ABSENT, *self.values) if self.optional else self.values


@dataclass(frozen=True)
class Choice:
    """One line of an outcome: a single value, or with `multi_valued` the values of all its parts.

    `in_outcome_bar` says whether the outcome bar shows the choice.
    """

    id: ChoiceId
    label: str
    multi_valued: bool
    in_outcome_bar: bool
    values: tuple[Value, ...]
    parts: tuple[Part, ...]

    @cached_property
    def labels(self) -> Mapping[ValueId, str]:
        """The label of each value, by its id."""
        return {value.id: value.label for value in self.values}


class Strength(Enum):
    """The priority of a rule: must overrides prefer, prefer overrides default."""

    MUST = "must"
    PREFER = "prefer"
    DEFAULT = "default"


AnswerCondition = tuple[tuple[QuestionId, frozenset[AnswerId]], ...]
"""Holds if each of these questions has one of these answers."""

ValueCondition = tuple[tuple[PartId, frozenset[ValueId]], ...]
"""Holds if each of these parts has one of these values."""


@dataclass(frozen=True)
class Rule:
    """A constraint: if `when` (answers) and `given` (values) hold, the parts in `then` get one of these values.

    For the parts in `excludes` the pack lists the values that are not allowed; `then` holds the others.
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
        """Return whether the answers satisfy the `when` of the rule."""
        return all(answers.get(question) in wanted for question, wanted in self.when)


@dataclass(frozen=True)
class Trap:
    """A common mistake.

    A trap with an `overruled_rule` is shown when that preference is overruled; with `overruled_by`, only
    when one of these rules does it. Any other trap is shown when `when` and `given` hold.
    """

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
    """A correction of a takeaway: what has changed since, or what is wrong."""

    as_of: str
    text: str
    source: str


@dataclass(frozen=True)
class Takeaway:
    """A statement to remember, with its source and the date on which it was checked.

    `study_guide` is the statement of the study guide, if `text` differs from it.
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
    """An option of a practice question, and why it is correct or wrong."""

    id: str
    text: str
    correct: bool
    why: str


@dataclass(frozen=True)
class PracticeQuestion:
    """A practice question. `answers` produce the architecture that it is about."""

    id: str
    question: str
    options: tuple[PracticeOption, ...]
    takeaways: tuple[TakeawayId, ...]
    answers: tuple[tuple[QuestionId, AnswerId], ...]


@dataclass(frozen=True)
class GroupSpec:
    """A group that the diagram can contain: a frame around nodes and other groups."""

    id: GroupId
    kind: str
    label: str
    parent: GroupId | None
    shown_when: tuple[ValueCondition, ...]


@dataclass(frozen=True)
class Component:
    """A node that the diagram can contain.

    The node is drawn if any of the `shown_when` conditions holds. Components with the same `slot`
    replace each other; an alternative is drawn there as a ghost, if it `can_be_ghost`.
    A component that is `attached_to` another one is drawn as a small companion of it.
    `column` and `row` are hints for the reading order.
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
    """An edge that the diagram can contain. Edges that are `is_step` are numbered in the order of the file.

    `control` marks control-plane relations, which carry no traffic.
    """

    source: NodeId
    target: NodeId
    label: str
    control: bool
    is_step: bool
    shown_when: tuple[ValueCondition, ...]
    takeaways: tuple[TakeawayId, ...]


@dataclass(frozen=True)
class Pack:
    """The content of one decision: questions, choices, rules, takeaways, practice and diagram elements.

    `question_groups` are ids and titles. `as_of` is the date of the content.
    """

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
        """All questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def rule_by_id(self) -> Mapping[RuleId, Rule]:
        """All rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def takeaway_by_id(self) -> Mapping[TakeawayId, Takeaway]:
        """All takeaways by id."""
        return {takeaway.id: takeaway for takeaway in self.takeaways}

    @cached_property
    def choice_by_id(self) -> Mapping[ChoiceId, Choice]:
        """All choices by id."""
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def part_by_id(self) -> Mapping[PartId, Part]:
        """All parts by id."""
        return {part.id: part for part in self.parts()}

    def parts(self) -> Iterator[Part]:
        """Yield the parts of all choices, in the order of the pack."""
        for choice in self.choices:
            yield from choice.parts

    def value_label(self, part: PartId, value: ValueId) -> str:
        """Return the label of a value of a part; `ABSENT` is “none”."""
        if value == ABSENT:
            return "none"
        return self.choice_by_id[self.part_by_id[part].choice].labels[value]
