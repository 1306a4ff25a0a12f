"""What can be taken back and made again is a value that a file can hold and give back."""

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
    """The workspace after these answers, each a step; None takes the last one back."""
    now, history = Workspace(), History()
    for step in steps:
        if step is None:
            taken = undo(history)
            assert taken is not None
            history, now = taken
        else:
            after = edit.give_answer(now, *step)
            history, now = record_edit(history, Edit(now, after)), after
    return now, history


def test_what_was_taken_back_can_be_made_again():
    now, history = answered((RAIN, AnswerId("yes")), (RAIN, AnswerId("no")), None)
    assert now.answers == {RAIN: "yes"}

    again = redo(history)

    assert again is not None
    assert again[1].answers == {RAIN: "no"}
    assert redo(again[0]) is None


def test_a_new_edit_ends_what_could_be_made_again():
    _, history = answered((RAIN, AnswerId("yes")), None, (FOOD, AnswerId("buy")))
    assert redo(history) is None


def test_there_is_nothing_to_take_back_at_the_beginning():
    assert undo(History()) is None


def test_the_oldest_edits_are_let_go():
    _, history = answered(*[(RAIN, AnswerId(str(n))) for n in range(MAX_EDITS + 5)])
    assert len(history.undo_stack) == MAX_EDITS
    assert history.undo_stack[0].before.answers == {RAIN: "4"}


STEPS = st.lists(st.tuples(st.sampled_from([RAIN, FOOD]), st.sampled_from([AnswerId(a) for a in "abc"])), max_size=8)


@given(STEPS, st.integers(0, 8))
def test_the_changes_lead_back_and_on_through_the_same_answers(steps, back):
    now, history = answered(*steps, *[None] * min(back, len(steps)))

    found = rebuild_history(now, undo_changes(history), redo_changes(history))

    idle = [each for each in (*history.undo_stack, *history.redo_stack) if each.before.answers == each.after.answers]
    if not idle:
        assert [e.before.answers for e in found.undo_stack] == [e.before.answers for e in history.undo_stack]
        assert [e.after.answers for e in found.redo_stack] == [e.after.answers for e in history.redo_stack]
    assert undo_changes(rebuild_history(now, undo_changes(found), redo_changes(found))) == undo_changes(found)


@pytest.mark.parametrize("change", [{}, {RAIN: AnswerId("yes")}, {FOOD: None}])
def test_a_change_that_changes_nothing_is_no_step(change):
    now, _ = answered((RAIN, AnswerId("yes")))
    assert rebuild_history(now, (change,), (change,)) == History()
