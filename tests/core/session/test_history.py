"""Undo history: undo, redo, and rebuilding the history from the changes in a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session import workspace as edit
from explorer.core.session.history import (
    MAX_EDITS,
    Edit,
    History,
    rebuild_history,
    record_edit,
    redo,
    redo_changes,
    undo,
    undo_changes,
)
from explorer.core.session.workspace import Workspace

RAIN, FOOD = QuestionId("rain"), QuestionId("food")


def answered(*steps):
    """The workspace and the history after these answers; None undoes the last one."""
    now, history = Workspace(), History()
    for step in steps:
        if step is None:
            undone = undo(history)
            assert undone is not None
            history, now = undone
        else:
            after = edit.give_answer(now, *step)
            history, now = record_edit(history, Edit(now, after)), after
    return now, history


def test_an_undone_edit_can_be_redone():
    now, history = answered((RAIN, AnswerId("yes")), (RAIN, AnswerId("no")), None)
    assert now.answers == {RAIN: "yes"}

    redone = redo(history)

    assert redone is not None
    assert redone[1].answers == {RAIN: "no"}
    assert redo(redone[0]) is None


def test_a_new_edit_clears_the_redo_stack():
    _, history = answered((RAIN, AnswerId("yes")), None, (FOOD, AnswerId("buy")))
    assert redo(history) is None


def test_an_empty_history_has_nothing_to_undo():
    assert undo(History()) is None


def test_the_oldest_edits_are_dropped():
    _, history = answered(*[(RAIN, AnswerId(str(n))) for n in range(MAX_EDITS + 5)])
    assert len(history.undo_stack) == MAX_EDITS
    assert history.undo_stack[0].before.answers == {RAIN: "4"}


STEPS = st.lists(st.tuples(st.sampled_from([RAIN, FOOD]), st.sampled_from([AnswerId(a) for a in "abc"])), max_size=8)


@given(STEPS, st.integers(0, 8))
def test_a_history_rebuilt_from_its_changes_has_the_same_answers(steps, undone):
    now, history = answered(*steps, *[None] * min(undone, len(steps)))

    found = rebuild_history(now, undo_changes(history), redo_changes(history))

    edits = (*history.undo_stack, *history.redo_stack)
    if all(each.before.answers != each.after.answers for each in edits):
        assert [e.before.answers for e in found.undo_stack] == [e.before.answers for e in history.undo_stack]
        assert [e.after.answers for e in found.redo_stack] == [e.after.answers for e in history.redo_stack]
    assert undo_changes(rebuild_history(now, undo_changes(found), redo_changes(found))) == undo_changes(found)


@pytest.mark.parametrize("change", [{}, {RAIN: AnswerId("yes")}, {FOOD: None}])
def test_a_change_without_effect_is_not_an_edit(change):
    now, _ = answered((RAIN, AnswerId("yes")))
    assert rebuild_history(now, (change,), (change,)) == History()
