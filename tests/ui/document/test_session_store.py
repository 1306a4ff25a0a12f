"""A session holds one workspace; answers can be taken back, and every change is told once."""

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
    """Every change that has been told of, in order."""
    told: list[WorkspaceChange] = []
    session.changed.connect(told.append)
    return told


def answers(session):
    return dict(session.workspace.answers)


def test_an_answer_can_be_taken_back_and_given_again(session):
    session.answer("shelter", "tent")
    session.answer("shelter", "hut")

    session.undo()
    assert answers(session) == {"shelter": "tent"}
    session.undo()
    assert answers(session) == {}
    session.redo()
    assert answers(session) == {"shelter": "tent"}


def test_starting_over_can_be_taken_back(session):
    session.answer("shelter", "tent")
    session.clear_all()
    assert answers(session) == {}

    session.undo()

    assert answers(session) == {"shelter": "tent"}


def test_several_answers_are_given_up_in_one_step(session):
    session.answer("shelter", "tent")
    session.answer("food", "cook")

    session.clear("shelter", "food")
    assert answers(session) == {}

    session.undo()
    assert answers(session) == {"shelter": "tent", "food": "cook"}


def test_walking_and_looking_are_not_steps_to_take_back(session):
    session.go_to("rain")
    session.select("river")
    session.focus_choice("bed")
    session.show_alternatives(False)

    assert len(session.history.undo_stack) == 0


def test_taking_back_leaves_the_alternatives_as_they_are_shown_now(session):
    session.answer("shelter", "tent")
    session.show_alternatives(False)

    session.undo()

    assert session.workspace.alternatives_shown is False


def test_taking_back_returns_to_where_the_answer_was_given(session):
    session.go_to("food")
    session.answer("food", "cook")
    session.go_to("shelter")

    session.undo()

    assert session.workspace.current == "food"


def test_each_change_is_told_once_and_names_what_differs(session, changes):
    session.answer("shelter", "tent")
    session.select("river")
    session.show_alternatives(False)

    assert changes == [
        WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION,
        WorkspaceChange.SELECTION,
        WorkspaceChange.ALTERNATIVES,
    ]


def test_what_changes_nothing_is_not_told(session, changes):
    session.clear("shelter")
    session.select(None)
    session.select("")
    session.clear_all()
    session.undo()

    assert changes == []
    assert len(session.history.undo_stack) == 0


def test_the_same_answer_again_walks_on_and_is_no_step_to_take_back(session):
    session.answer("shelter", "tent")
    session.go_to("shelter")

    session.answer("shelter", "tent")

    assert session.workspace.current is None
    assert len(session.history.undo_stack) == 1


def test_looking_at_the_same_choice_again_looks_away(session):
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
    ids=["on", "back", "at the end", "from a passed over one", "back from the end", "on from the end"],
)
def test_stepping_passes_over_what_cannot_matter(session, current, by, reached):
    here = walk({"shelter": "hut"}, current, passed="rain")

    session.step(here, by)

    assert session.workspace.current == reached
    assert neighbor_question(here, by) == QuestionId(reached)


def test_the_order_of_walking_and_the_page_are_no_steps_to_take_back(session, changes):
    session.ask_most_informative_first(True)
    session.show_study_guide(True)

    assert len(session.history.undo_stack) == 0
    assert changes == [WorkspaceChange.QUESTION_ORDER, WorkspaceChange.STUDY_GUIDE_VIEW]


def test_taking_back_and_starting_over_leave_the_order_and_the_page_as_they_are(session):
    session.answer("shelter", "tent")
    session.ask_most_informative_first(True)
    session.show_study_guide(True)

    session.undo()
    assert (session.workspace.most_informative_first, session.workspace.study_guide_view) == (True, True)
    session.redo()
    session.clear_all()
    assert (session.workspace.most_informative_first, session.workspace.study_guide_view) == (True, True)


def test_several_answers_change_in_one_step(session):
    session.answer("shelter", "tent")

    session.change({"shelter": None, "food": "buy"})
    assert answers(session) == {"food": "buy"}

    session.undo()
    assert answers(session) == {"shelter": "tent"}


def test_in_the_order_of_telling_walking_on_goes_to_the_next_of_that_order():
    here = replace(walk({"rain": "no"}, current="food"), order=(QuestionId("food"), QuestionId("shelter")))

    assert (neighbor_question(here, 1), neighbor_question(here, -1)) == ("shelter", "rain")
