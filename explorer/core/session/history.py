"""The edits that can be taken back and made again, as a value that a file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.core.session.workspace import Workspace, change_answers

MAX_EDITS = 500
"""Edits that are remembered; what is older cannot be taken back."""

AnswersDelta = Mapping[QuestionId, AnswerId | None]
"""What differs between two sets of answers; None leaves a question open."""


@dataclass(frozen=True)
class Edit:
    """One whole workspace for another."""

    before: Workspace
    after: Workspace

    @cached_property
    def undo_change(self) -> AnswersDelta:
        """The change that takes it back."""
        return answers_delta(self.after.answers, self.before.answers)

    @cached_property
    def redo_change(self) -> AnswersDelta:
        """The change that makes it again."""
        return answers_delta(self.before.answers, self.after.answers)


@dataclass(frozen=True)
class History:
    """What can be taken back, the oldest first, and what can be made again, the latest taken back last."""

    undo_stack: tuple[Edit, ...] = ()
    redo_stack: tuple[Edit, ...] = ()


def record_edit(history: History, edit: Edit) -> History:
    """An edit more; what had been taken back is gone."""
    return History((*history.undo_stack[1 - MAX_EDITS :], edit))


def undo(history: History) -> tuple[History, Workspace] | None:
    """Without the last edit, and what was there before it; None when there is none."""
    if not history.undo_stack:
        return None
    *past, last = history.undo_stack
    return History(tuple(past), (*history.redo_stack, last)), last.before


def redo(history: History) -> tuple[History, Workspace] | None:
    """With the edit that was taken back last, and what it came to; None when there is none."""
    if not history.redo_stack:
        return None
    *future, first = history.redo_stack
    return History((*history.undo_stack, first), tuple(future)), first.after


def answers_delta(before: Answers, after: Answers) -> AnswersDelta:
    """The change that leads from one set of answers to the other."""
    gone = dict.fromkeys((question for question in before if question not in after), None)
    given = {question: answer for question, answer in after.items() if before.get(question) != answer}
    return {**gone, **given}


def undo_changes(history: History) -> tuple[AnswersDelta, ...]:
    """The changes that take every edit back, from the last to the first."""
    return tuple(edit.undo_change for edit in reversed(history.undo_stack))


def redo_changes(history: History) -> tuple[AnswersDelta, ...]:
    """The changes that make again what was taken back, in that order."""
    return tuple(edit.redo_change for edit in reversed(history.redo_stack))


def rebuild_history(now: Workspace, back: tuple[AnswersDelta, ...], onward: tuple[AnswersDelta, ...]) -> History:
    """The history around a workspace, from the changes that lead back and on; idle ones are left out."""
    past = [Edit(before, after) for after, before in _replay(now, back[:MAX_EDITS])]
    future = [Edit(before, after) for before, after in _replay(now, onward[:MAX_EDITS])]
    return History(tuple(reversed(past)), tuple(reversed(future)))


def _replay(start: Workspace, changes: tuple[AnswersDelta, ...]) -> list[tuple[Workspace, Workspace]]:
    """Each workspace and the next on the way."""
    found = []
    for each in changes:
        following = change_answers(start, each)
        if dict(following.answers) != dict(start.answers):
            found.append((start, following))
            start = following
    return found
