"""Compatibility: what remains of a workspace when its pack changes."""

from dataclasses import replace

from explorer.core.model.pack import AnswerId, ChoiceId, QuestionId
from explorer.core.session.compatibility import (
    format_given_answer,
    known_answers,
    restrict_to_pack,
    unknown_answers,
)
from explorer.core.session.workspace import Workspace
from tests.core.packs import make_answers, toy_pack

PACK = toy_pack("""
    rain ? yes | no
    food ? cook | buy
    bed = bunk | mat
""")


def test_answers_that_the_pack_does_not_define_are_separated():
    answers = make_answers(rain="yes", food="hunt", moon="full")
    assert known_answers(PACK, answers) == {"rain": "yes"}
    assert unknown_answers(PACK, answers) == {"food": "hunt", "moon": "full"}


def test_answers_that_are_all_known_stay_the_same_object():
    answers = make_answers(rain="yes")
    assert known_answers(PACK, answers) is answers
    assert unknown_answers(PACK, answers) == {}


def test_a_workspace_keeps_only_the_questions_and_choices_of_the_pack():
    workspace = Workspace(
        answers={QuestionId("rain"): AnswerId("yes"), QuestionId("moon"): AnswerId("full")},
        current=QuestionId("moon"),
        last_question=QuestionId("rain"),
        focused_choice=ChoiceId("sky"),
        notes="Ask Jo.",
    )
    found = restrict_to_pack(PACK, workspace)
    assert dict(found.answers) == {"rain": "yes"}
    assert (found.current, found.last_question, found.focused_choice) == (None, "rain", None)
    assert found.notes == "Ask Jo."


def test_the_selected_element_stays_because_the_next_answer_can_draw_it_again():
    workspace = replace(Workspace(), selected_item="tent")
    assert restrict_to_pack(PACK, workspace).selected_item == "tent"


def test_an_answer_is_written_with_its_labels_or_else_with_its_ids():
    assert format_given_answer(PACK, "rain", "yes") == "rain: yes"
    assert format_given_answer(PACK, "moon", "full") == "moon: full"
