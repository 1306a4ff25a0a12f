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
    last_question: QuestionId | None = None
    selected_item: str | None = None
    focused_choice: ChoiceId | None = None
    alternatives_shown: bool = True
    most_informative_first: bool = False
    study_guide_view: bool = False
    notes: str = ""


class WorkspaceChange(Flag):
    """Which parts of two workspaces differ; panes listen for theirs."""

    NONE = 0
    ANSWERS = auto()
    CURRENT_QUESTION = auto()
    SELECTION = auto()
    ALTERNATIVES = auto()
    QUESTION_ORDER = auto()
    STUDY_GUIDE_VIEW = auto()
    NOTES = auto()


def diff_workspaces(before: Workspace, after: Workspace) -> WorkspaceChange:
    """Which parts changed on the way from one workspace to the other."""
    change = WorkspaceChange.NONE
    if dict(before.answers) != dict(after.answers):
        change |= WorkspaceChange.ANSWERS
    if (before.current, before.last_question) != (after.current, after.last_question):
        change |= WorkspaceChange.CURRENT_QUESTION
    if (before.selected_item, before.focused_choice) != (after.selected_item, after.focused_choice):
        change |= WorkspaceChange.SELECTION
    if before.alternatives_shown != after.alternatives_shown:
        change |= WorkspaceChange.ALTERNATIVES
    if before.most_informative_first != after.most_informative_first:
        change |= WorkspaceChange.QUESTION_ORDER
    if before.study_guide_view != after.study_guide_view:
        change |= WorkspaceChange.STUDY_GUIDE_VIEW
    if before.notes != after.notes:
        change |= WorkspaceChange.NOTES
    return change


def with_view_of(workspace: Workspace, other: Workspace) -> Workspace:
    """A workspace shown and annotated the way another one is: that is never a part of an edit."""
    return replace(
        workspace,
        alternatives_shown=other.alternatives_shown,
        most_informative_first=other.most_informative_first,
        study_guide_view=other.study_guide_view,
        notes=other.notes,
    )


def give_answer(before: Workspace, question: QuestionId, answer: AnswerId) -> Workspace:
    """Give or change an answer and walk on."""
    answers = MappingProxyType({**before.answers, question: answer})
    return replace(
        before, answers=answers, current=None, last_question=question, selected_item=None, focused_choice=None
    )


def change_answers(before: Workspace, answers: Mapping[QuestionId, AnswerId | None]) -> Workspace:
    """Give or change several answers at once, None leaving one open, and walk on."""
    kept = {question: given for question, given in before.answers.items() if question not in answers}
    given = {question: answer for question, answer in answers.items() if answer is not None}
    after = MappingProxyType({**kept, **given})
    asked = next(reversed(list(answers)), before.last_question)
    return replace(before, answers=after, current=None, last_question=asked, selected_item=None, focused_choice=None)


def clear_answers(before: Workspace, *questions: QuestionId) -> Workspace:
    """Leave questions open again and stand at the first of them."""
    answers = MappingProxyType({key: value for key, value in before.answers.items() if key not in questions})
    return replace(before, answers=answers, current=questions[0] if questions else None, last_question=None)


def clear_all(before: Workspace) -> Workspace:
    """Start over."""
    return with_view_of(Workspace(), before)


def go_to_question(before: Workspace, question: QuestionId | None) -> Workspace:
    """Stand at a question, answered or not; None follows the walk's own order."""
    return replace(before, current=question, last_question=question, selected_item=None, focused_choice=None)


def select_item(before: Workspace, item: str | None) -> Workspace:
    """Select a drawn item, or nothing."""
    return replace(before, selected_item=item, focused_choice=None)


def focus_choice(before: Workspace, choice: ChoiceId | None) -> Workspace:
    """Look at one line of the outcome, or at none."""
    return replace(before, focused_choice=choice, selected_item=None)


def show_alternatives(before: Workspace, shown: bool) -> Workspace:
    """Draw the alternatives that are still possible, or leave them out."""
    return replace(before, alternatives_shown=shown)


def ask_most_informative_first(before: Workspace, shortest: bool) -> Workspace:
    """Walk by the most telling question first, or in the document's order; from where that begins."""
    return replace(before, most_informative_first=shortest, current=None)


def show_study_guide(before: Workspace, as_page: bool) -> Workspace:
    """Put forward what the study page says, or what holds today; what is recommended stays the same."""
    return replace(before, study_guide_view=as_page)


def set_notes(before: Workspace, notes: str) -> Workspace:
    """Write other notes on the session."""
    return replace(before, notes=notes)
