"""The session store records answers for undo and emits every change once."""

from dataclasses import replace

import pytest

from explorer.core.model.pack import QuestionId
from explorer.core.session.workspace import WorkspaceChange
from explorer.ui.document.session_store import SessionStore, neighbor_question
from tests.ui.toy import walk


@pytest.fixture
def session(qapp):
    return SessionStore()


@pytest.fixture
def changes(session):
    """All emitted changes, in order."""
    emitted: list[WorkspaceChange] = []
    session.changed.connect(emitted.append)
    return emitted


def answers(session):
    return dict(session.workspace.answers)


def test_an_answer_can_be_undone_and_redone(session):
    session.answer("shelter", "tent")
    session.answer("shelter", "hut")

    session.undo()
    assert answers(session) == {"shelter": "tent"}
    session.undo()
    assert answers(session) == {}
    session.redo()
    assert answers(session) == {"shelter": "tent"}


def test_clearing_all_answers_can_be_undone(session):
    session.answer("shelter", "tent")
    session.clear_all()
    assert answers(session) == {}

    session.undo()

    assert answers(session) == {"shelter": "tent"}


def test_several_answers_are_cleared_in_one_edit(session):
    session.answer("shelter", "tent")
    session.answer("food", "cook")

    session.clear("shelter", "food")
    assert answers(session) == {}

    session.undo()
    assert answers(session) == {"shelter": "tent", "food": "cook"}


def test_view_changes_are_not_recorded_for_undo(session):
    session.go_to("rain")
    session.select("river")
    session.focus_choice("bed")
    session.show_alternatives(False)

    assert len(session.history.undo_stack) == 0


def test_undo_keeps_the_setting_for_alternatives(session):
    session.answer("shelter", "tent")
    session.show_alternatives(False)

    session.undo()

    assert session.workspace.alternatives_shown is False


def test_undo_returns_to_the_question_of_the_answer(session):
    session.go_to("food")
    session.answer("food", "cook")
    session.go_to("shelter")

    session.undo()

    assert session.workspace.current == "food"


def test_each_change_is_emitted_once_with_the_parts_that_differ(session, changes):
    session.answer("shelter", "tent")
    session.select("river")
    session.show_alternatives(False)

    assert changes == [
        WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION,
        WorkspaceChange.SELECTION,
        WorkspaceChange.ALTERNATIVES,
    ]


def test_an_edit_without_effect_emits_nothing(session, changes):
    session.clear("shelter")
    session.select(None)
    session.select("")
    session.clear_all()
    session.undo()

    assert changes == []
    assert len(session.history.undo_stack) == 0


def test_the_same_answer_again_goes_to_the_next_question_and_is_not_recorded(session):
    session.answer("shelter", "tent")
    session.go_to("shelter")

    session.answer("shelter", "tent")

    assert session.workspace.current is None
    assert len(session.history.undo_stack) == 1


def test_focusing_the_same_choice_again_clears_the_focus(session):
    session.focus_choice("bed")
    session.focus_choice("bed")

    assert session.workspace.focused_choice is None


@pytest.mark.parametrize(
    ("current", "by", "reached"),
    [
        ("shelter", 1, "food"),
        ("food", -1, "shelter"),
        ("food", 1, "food"),
        ("rain", 1, "food"),
        (None, -1, "food"),
        (None, 1, "shelter"),
    ],
    ids=["next", "previous", "at the end", "from a question that is not needed", "back from none", "on from none"],
)
def test_stepping_skips_questions_that_are_not_needed(session, current, by, reached):
    here = walk({"shelter": "hut"}, current, passed="rain")

    session.step(here, by)

    assert session.workspace.current == reached
    assert neighbor_question(here, by) == QuestionId(reached)


def test_question_order_and_study_guide_view_are_not_recorded_for_undo(session, changes):
    session.ask_most_informative_first(True)
    session.show_study_guide(True)

    assert len(session.history.undo_stack) == 0
    assert changes == [WorkspaceChange.QUESTION_ORDER, WorkspaceChange.STUDY_GUIDE_VIEW]


def test_undo_and_clear_all_keep_question_order_and_study_guide_view(session):
    session.answer("shelter", "tent")
    session.ask_most_informative_first(True)
    session.show_study_guide(True)

    session.undo()
    assert (session.workspace.most_informative_first, session.workspace.study_guide_view) == (True, True)
    session.redo()
    session.clear_all()
    assert (session.workspace.most_informative_first, session.workspace.study_guide_view) == (True, True)


def test_several_answers_change_in_one_edit(session):
    session.answer("shelter", "tent")

    session.change({"shelter": None, "food": "buy"})
    assert answers(session) == {"food": "buy"}

    session.undo()
    assert answers(session) == {"shelter": "tent"}


def test_stepping_follows_the_most_informative_order():
    here = replace(walk({"rain": "no"}, current="food"), order=(QuestionId("food"), QuestionId("shelter")))

    assert (neighbor_question(here, 1), neighbor_question(here, -1)) == ("shelter", "rain")
