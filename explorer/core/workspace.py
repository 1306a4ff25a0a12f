"""Everything a person can change, and every edit as a function from one workspace to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Flag, auto
from types import MappingProxyType

from explorer.core.pack import AnswerId, ChoiceId, QuestionId


@dataclass(frozen=True)
class Workspace:
    """What has been answered, where one stands, and what is selected.

    `current` is None to follow the walk's own order. `asked` is the question that
    was answered or opened last; `selected` names a drawn item, `choice` a line of the outcome.
    """

    answers: Mapping[QuestionId, AnswerId] = field(default_factory=lambda: MappingProxyType({}))
    current: QuestionId | None = None
    asked: QuestionId | None = None
    selected: str | None = None
    choice: ChoiceId | None = None
    ghosts: bool = True


class Change(Flag):
    """Which parts of two workspaces differ; panes listen for theirs."""

    NONE = 0
    ANSWERS = auto()
    PLACE = auto()
    SELECTION = auto()
    GHOSTS = auto()


def difference(before: Workspace, after: Workspace) -> Change:
    """Which parts changed on the way from one workspace to the other."""
    change = Change.NONE
    if dict(before.answers) != dict(after.answers):
        change |= Change.ANSWERS
    if (before.current, before.asked) != (after.current, after.asked):
        change |= Change.PLACE
    if (before.selected, before.choice) != (after.selected, after.choice):
        change |= Change.SELECTION
    if before.ghosts != after.ghosts:
        change |= Change.GHOSTS
    return change


def answer(before: Workspace, question: QuestionId, answer: AnswerId) -> Workspace:
    """Give or change an answer and walk on."""
    answers = MappingProxyType({**before.answers, question: answer})
    return replace(before, answers=answers, current=None, asked=question, selected=None, choice=None)


def clear(before: Workspace, *questions: QuestionId) -> Workspace:
    """Leave questions open again and stand at the first of them."""
    answers = MappingProxyType({key: value for key, value in before.answers.items() if key not in questions})
    return replace(before, answers=answers, current=questions[0] if questions else None, asked=None)


def clear_all(before: Workspace) -> Workspace:
    """Start over."""
    return Workspace(ghosts=before.ghosts)


def go_to(before: Workspace, question: QuestionId | None) -> Workspace:
    """Stand at a question, answered or not; None follows the walk's own order."""
    return replace(before, current=question, asked=question, selected=None, choice=None)


def select(before: Workspace, item: str | None) -> Workspace:
    """Select a drawn item, or nothing."""
    return replace(before, selected=item, choice=None)


def look_at(before: Workspace, choice: ChoiceId | None) -> Workspace:
    """Look at one line of the outcome, or at none."""
    return replace(before, choice=choice, selected=None)


def show_ghosts(before: Workspace, shown: bool) -> Workspace:
    """Draw the alternatives that are still possible, or leave them out."""
    return replace(before, ghosts=shown)
