"""Undo history: edits that can be undone and redone, as a frozen value that a file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.core.session.workspace import Workspace, change_answers

MAX_EDITS = 500
"""The number of edits that the history keeps. Older edits cannot be undone."""

AnswersDelta = Mapping[QuestionId, AnswerId | None]
"""The difference between two answer sets: new answers by question; None removes an answer."""


@dataclass(frozen=True)
class Edit:
    """One edit: the workspace before and after it."""

    before: Workspace
    after: Workspace

    @cached_property
    def undo_change(self) -> AnswersDelta:
        """The change of answers that undoes the edit."""
        return answers_delta(self.after.answers, self.before.answers)

    @cached_property
    def redo_change(self) -> AnswersDelta:
        """The change of answers that repeats the edit."""
        return answers_delta(self.before.answers, self.after.answers)


@dataclass(frozen=True)
class History:
    """The edits that can be undone, oldest first, and those that can be redone, latest undone last."""

    undo_stack: tuple[Edit, ...] = ()
    redo_stack: tuple[Edit, ...] = ()


def record_edit(history: History, edit: Edit) -> History:
    """Return the history with one more edit and without edits to redo."""
    return History((*history.undo_stack[1 - MAX_EDITS :], edit))


def undo(history: History) -> tuple[History, Workspace] | None:
    """Return the history without the last edit, and the workspace before that edit; None if there is no edit."""
    if not history.undo_stack:
        return None
    *remaining, last = history.undo_stack
    return History(tuple(remaining), (*history.redo_stack, last)), last.before


def redo(history: History) -> tuple[History, Workspace] | None:
    """Return the history with the edit that was undone last, and the workspace after it; None if there is none."""
    if not history.redo_stack:
        return None
    *remaining, first = history.redo_stack
    return History((*history.undo_stack, first), tuple(remaining)), first.after


def answers_delta(before: Answers, after: Answers) -> AnswersDelta:
    """Return the change from one answer set to the other."""
    removed = dict.fromkeys((question for question in before if question not in after), None)
    changed = {question: answer for question, answer in after.items() if before.get(question) != answer}
    return {**removed, **changed}


def undo_changes(history: History) -> tuple[AnswersDelta, ...]:
    """Return the changes that undo all edits, the last edit first."""
    return tuple(edit.undo_change for edit in reversed(history.undo_stack))


def redo_changes(history: History) -> tuple[AnswersDelta, ...]:
    """Return the changes that redo all undone edits, in that order."""
    return tuple(edit.redo_change for edit in reversed(history.redo_stack))


def rebuild_history(now: Workspace, backward: tuple[AnswersDelta, ...], forward: tuple[AnswersDelta, ...]) -> History:
    """Return the history of a workspace from its undo and redo changes; changes without effect are dropped."""
    undo_stack = [Edit(before, after) for after, before in _replay(now, backward[:MAX_EDITS])]
    redo_stack = [Edit(before, after) for before, after in _replay(now, forward[:MAX_EDITS])]
    return History(tuple(reversed(undo_stack)), tuple(reversed(redo_stack)))


def _replay(start: Workspace, changes: tuple[AnswersDelta, ...]) -> list[tuple[Workspace, Workspace]]:
    """Return each workspace with the next one."""
    pairs = []
    for delta in changes:
        following = change_answers(start, delta)
        if dict(following.answers) != dict(start.answers):
            pairs.append((start, following))
            start = following
    return pairs
