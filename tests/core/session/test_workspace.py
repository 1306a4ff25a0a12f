"""Workspace: every edit returns a new workspace, and says which parts differ."""

import pytest

from explorer.core.model.pack import AnswerId, ChoiceId, QuestionId
from explorer.core.session.workspace import (
    Workspace,
    WorkspaceChange,
    ask_most_informative_first,
    change_answers,
    clear_all,
    clear_answers,
    diff_workspaces,
    focus_choice,
    give_answer,
    go_to_question,
    select_item,
    set_notes,
    show_alternatives,
    show_study_guide,
    with_view_of,
)

RAIN, FOOD = QuestionId("rain"), QuestionId("food")
YES, BUY = AnswerId("yes"), AnswerId("buy")
ANSWERED = give_answer(give_answer(Workspace(), RAIN, YES), FOOD, BUY)


def test_an_answer_continues_the_walk_and_clears_the_selection():
    after = give_answer(select_item(go_to_question(Workspace(), FOOD), "tent"), RAIN, YES)
    assert dict(after.answers) == {RAIN: YES}
    assert (after.current, after.last_question, after.selected_item) == (None, RAIN, None)


def test_several_answers_change_in_one_step_and_none_removes_an_answer():
    after = change_answers(ANSWERED, {RAIN: None, FOOD: AnswerId("cook")})
    assert dict(after.answers) == {FOOD: "cook"}
    assert after.last_question == FOOD


def test_cleared_answers_are_asked_again():
    after = clear_answers(ANSWERED, RAIN)
    assert dict(after.answers) == {FOOD: BUY}
    assert after.current == RAIN


def test_clearing_all_answers_keeps_the_view_and_the_notes():
    before = set_notes(show_study_guide(show_alternatives(ANSWERED, False), True), "Ask Jo.")
    after = clear_all(before)
    assert dict(after.answers) == {}
    assert (after.alternatives_shown, after.study_guide_view, after.notes) == (False, True, "Ask Jo.")


def test_the_view_of_another_workspace_leaves_answers_and_selection():
    before = select_item(ANSWERED, "tent")
    after = with_view_of(before, set_notes(ask_most_informative_first(Workspace(), True), "Ask Jo."))
    assert (after.answers, after.selected_item) == (before.answers, "tent")
    assert (after.most_informative_first, after.notes) == (True, "Ask Jo.")


def test_an_element_and_a_choice_are_never_selected_together():
    chosen = focus_choice(select_item(Workspace(), "tent"), ChoiceId("bed"))
    assert (chosen.selected_item, chosen.focused_choice) == (None, "bed")
    selected = select_item(chosen, "tent")
    assert (selected.selected_item, selected.focused_choice) == ("tent", None)


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (ANSWERED, WorkspaceChange.NONE),
        (clear_answers(ANSWERED, RAIN), WorkspaceChange.ANSWERS | WorkspaceChange.CURRENT_QUESTION),
        (go_to_question(ANSWERED, RAIN), WorkspaceChange.CURRENT_QUESTION),
        (select_item(ANSWERED, "tent"), WorkspaceChange.SELECTION),
        (focus_choice(ANSWERED, ChoiceId("bed")), WorkspaceChange.SELECTION),
        (show_alternatives(ANSWERED, False), WorkspaceChange.ALTERNATIVES),
        (ask_most_informative_first(ANSWERED, True), WorkspaceChange.QUESTION_ORDER),
        (show_study_guide(ANSWERED, True), WorkspaceChange.STUDY_GUIDE_VIEW),
        (set_notes(ANSWERED, "Ask Jo."), WorkspaceChange.NOTES),
    ],
    ids=["nothing", "answers", "question", "element", "choice", "alternatives", "order", "study guide", "notes"],
)
def test_the_difference_names_the_changed_parts(after, change):
    assert diff_workspaces(ANSWERED, after) == change
