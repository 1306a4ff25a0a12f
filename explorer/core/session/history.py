"""The edits that can be taken back and made again, as a value that a file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.core.session.workspace import Workspace, change

MOST = 500
"""Edits that are remembered; what is older cannot be taken back."""

AnswerChange = Mapping[QuestionId, AnswerId | None]
"""What differs between two sets of answers; None leaves a question open."""


@dataclass(frozen=True)
class Edit:
    """One whole workspace for another."""

    before: Workspace
    after: Workspace

    @cached_property
    def back(self) -> AnswerChange:
        """The change that takes it back."""
        return answer_change(self.after.answers, self.before.answers)

    @cached_property
    def onward(self) -> AnswerChange:
        """The change that makes it again."""
        return answer_change(self.before.answers, self.after.answers)


@dataclass(frozen=True)
class History:
    """What can be taken back, the oldest first, and what can be made again, the latest taken back last."""

    past: tuple[Edit, ...] = ()
    future: tuple[Edit, ...] = ()


def made(history: History, edit: Edit) -> History:
    """An edit more; what had been taken back is gone."""
    return History((*history.past[1 - MOST :], edit))


def taken_back(history: History) -> tuple[History, Workspace] | None:
    """Without the last edit, and what was there before it; None when there is none."""
    if not history.past:
        return None
    *past, last = history.past
    return History(tuple(past), (*history.future, last)), last.before


def made_again(history: History) -> tuple[History, Workspace] | None:
    """With the edit that was taken back last, and what it came to; None when there is none."""
    if not history.future:
        return None
    *future, first = history.future
    return History((*history.past, first), tuple(future)), first.after


def answer_change(before: Answers, after: Answers) -> AnswerChange:
    """The change that leads from one set of answers to the other."""
    gone = dict.fromkeys((question for question in before if question not in after), None)
    given = {question: answer for question, answer in after.items() if before.get(question) != answer}
    return {**gone, **given}


def changes_back(history: History) -> tuple[AnswerChange, ...]:
    """The changes that take every edit back, from the last to the first."""
    return tuple(edit.back for edit in reversed(history.past))


def changes_on(history: History) -> tuple[AnswerChange, ...]:
    """The changes that make again what was taken back, in that order."""
    return tuple(edit.onward for edit in reversed(history.future))


def history_from(now: Workspace, back: tuple[AnswerChange, ...], onward: tuple[AnswerChange, ...]) -> History:
    """The history around a workspace, from the changes that lead back and on; idle ones are left out."""
    past = [Edit(before, after) for after, before in _along(now, back[:MOST])]
    future = [Edit(before, after) for before, after in _along(now, onward[:MOST])]
    return History(tuple(reversed(past)), tuple(reversed(future)))


def _along(start: Workspace, changes: tuple[AnswerChange, ...]) -> list[tuple[Workspace, Workspace]]:
    """Each workspace and the next on the way."""
    found = []
    for each in changes:
        following = change(start, each)
        if dict(following.answers) != dict(start.answers):
            found.append((start, following))
            start = following
    return found
