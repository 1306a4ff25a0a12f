"""Workspace: everything that the user can change. Every edit returns a new workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Flag, auto
from types import MappingProxyType

from explorer.core.model.pack import AnswerId, ChoiceId, QuestionId


@dataclass(frozen=True)
class Workspace:
    """The answers, the current question, the selection and the view options.

    `current` is the question that the walk shows; None lets the walk select the next one.
    `last_question` was answered or opened last. `selected_item` is an element of the diagram,
    `focused_choice` a line of the outcome. With `most_informative_first` the walk sorts
    the questions by information gain, else in the order of the pack. With `study_guide_view`
    takeaways show the text of the study guide. `notes` is the text of the user.
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
    """The parts of a workspace that changed. Panes refresh only for theirs."""

    NONE = 0
    ANSWERS = auto()
    CURRENT_QUESTION = auto()
    SELECTION = auto()
    ALTERNATIVES = auto()
    QUESTION_ORDER = auto()
    STUDY_GUIDE_VIEW = auto()
    NOTES = auto()


def diff_workspaces(before: Workspace, after: Workspace) -> WorkspaceChange:
    """Return the parts in which two workspaces differ."""
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
    """Return the workspace with the view options and notes of another one; undo does not change these."""
    return replace(
        workspace,
        alternatives_shown=other.alternatives_shown,
        most_informative_first=other.most_informative_first,
        study_guide_view=other.study_guide_view,
        notes=other.notes,
    )


def give_answer(before: Workspace, question: QuestionId, answer: AnswerId) -> Workspace:
    """Give or change an answer and go to the next question."""
    answers = MappingProxyType({**before.answers, question: answer})
    return replace(
        before, answers=answers, current=None, last_question=question, selected_item=None, focused_choice=None
    )


def change_answers(before: Workspace, answers: Mapping[QuestionId, AnswerId | None]) -> Workspace:
    """Give, change or (None) remove several answers, and go to the next question."""
    unchanged = {question: answer for question, answer in before.answers.items() if question not in answers}
    given = {question: answer for question, answer in answers.items() if answer is not None}
    last = next(reversed(list(answers)), before.last_question)
    return replace(
        before,
        answers=MappingProxyType({**unchanged, **given}),
        current=None,
        last_question=last,
        selected_item=None,
        focused_choice=None,
    )


def clear_answers(before: Workspace, *questions: QuestionId) -> Workspace:
    """Remove the answers to these questions, and go to the first of them."""
    answers = MappingProxyType({key: value for key, value in before.answers.items() if key not in questions})
    return replace(before, answers=answers, current=questions[0] if questions else None, last_question=None)


def clear_all(before: Workspace) -> Workspace:
    """Remove all answers and the selection; view options and notes stay."""
    return with_view_of(Workspace(), before)


def go_to_question(before: Workspace, question: QuestionId | None) -> Workspace:
    """Show a question, answered or not; None lets the walk select the next one."""
    return replace(before, current=question, last_question=question, selected_item=None, focused_choice=None)


def select_item(before: Workspace, item: str | None) -> Workspace:
    """Select an element of the diagram; None clears the selection."""
    return replace(before, selected_item=item, focused_choice=None)


def focus_choice(before: Workspace, choice: ChoiceId | None) -> Workspace:
    """Select a line of the outcome; None clears the selection."""
    return replace(before, focused_choice=choice, selected_item=None)


def show_alternatives(before: Workspace, shown: bool) -> Workspace:
    """Show or hide the alternatives in the diagram."""
    return replace(before, alternatives_shown=shown)


def ask_most_informative_first(before: Workspace, enabled: bool) -> Workspace:
    """Sort the questions by information gain, or in the order of the pack; start at the first open one."""
    return replace(before, most_informative_first=enabled, current=None)


def show_study_guide(before: Workspace, enabled: bool) -> Workspace:
    """Show takeaways as in the study guide, or as of today. The outcome stays the same."""
    return replace(before, study_guide_view=enabled)


def set_notes(before: Workspace, notes: str) -> Workspace:
    """Replace the notes."""
    return replace(before, notes=notes)
