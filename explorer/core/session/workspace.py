"""Everything a person can change, and every edit as a function from one workspace to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Flag, auto
from types import MappingProxyType

from explorer.core.model.pack import AnswerId, ChoiceId, QuestionId


@dataclass(frozen=True)
class Workspace:
    """What has been answered, where one stands, and what is selected.

    `current` is None to follow the walk's own order, which is the document's or (`shortest`) the
    most telling question first. `asked` is the question that was answered or opened last;
    `selected` names a drawn item, `choice` a line of the outcome. `as_page` puts forward what
    the study page says. `notes` are the person's own words.
    """

    answers: Mapping[QuestionId, AnswerId] = field(default_factory=lambda: MappingProxyType({}))
    current: QuestionId | None = None
    asked: QuestionId | None = None
    selected: str | None = None
    choice: ChoiceId | None = None
    ghosts: bool = True
    shortest: bool = False
    as_page: bool = False
    notes: str = ""


class Change(Flag):
    """Which parts of two workspaces differ; panes listen for theirs."""

    NONE = 0
    ANSWERS = auto()
    PLACE = auto()
    SELECTION = auto()
    GHOSTS = auto()
    ORDER = auto()
    PAGE = auto()
    NOTES = auto()


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
    if before.shortest != after.shortest:
        change |= Change.ORDER
    if before.as_page != after.as_page:
        change |= Change.PAGE
    if before.notes != after.notes:
        change |= Change.NOTES
    return change


def viewed_as(workspace: Workspace, other: Workspace) -> Workspace:
    """A workspace shown and annotated the way another one is: that is never a part of an edit."""
    return replace(
        workspace, ghosts=other.ghosts, shortest=other.shortest, as_page=other.as_page, notes=other.notes
    )


def answer(before: Workspace, question: QuestionId, answer: AnswerId) -> Workspace:
    """Give or change an answer and walk on."""
    answers = MappingProxyType({**before.answers, question: answer})
    return replace(before, answers=answers, current=None, asked=question, selected=None, choice=None)


def change(before: Workspace, answers: Mapping[QuestionId, AnswerId | None]) -> Workspace:
    """Give or change several answers at once, None leaving one open, and walk on."""
    kept = {question: given for question, given in before.answers.items() if question not in answers}
    given = {question: answer for question, answer in answers.items() if answer is not None}
    after = MappingProxyType({**kept, **given})
    asked = next(reversed(list(answers)), before.asked)
    return replace(before, answers=after, current=None, asked=asked, selected=None, choice=None)


def clear(before: Workspace, *questions: QuestionId) -> Workspace:
    """Leave questions open again and stand at the first of them."""
    answers = MappingProxyType({key: value for key, value in before.answers.items() if key not in questions})
    return replace(before, answers=answers, current=questions[0] if questions else None, asked=None)


def clear_all(before: Workspace) -> Workspace:
    """Start over."""
    return viewed_as(Workspace(), before)


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


def walk_shortest(before: Workspace, shortest: bool) -> Workspace:
    """Walk by the most telling question first, or in the document's order; from where that begins."""
    return replace(before, shortest=shortest, current=None)


def read_page(before: Workspace, as_page: bool) -> Workspace:
    """Put forward what the study page says, or what holds today; what is recommended stays the same."""
    return replace(before, as_page=as_page)


def annotate(before: Workspace, notes: str) -> Workspace:
    """Write other notes on the session."""
    return replace(before, notes=notes)
