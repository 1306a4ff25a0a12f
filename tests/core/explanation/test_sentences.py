"""Sentences about counterfactuals, changes and the effect of a question: which questions, answers and values they name.

One test for each form compares the whole sentence, because grammar is part of the behavior.
"""

from dataclasses import replace

import pytest

from explorer.core.explanation.sentences import (
    change_label,
    counterfactual_sentence,
    format_count,
    question_effect_sentence,
)
from explorer.core.model.pack import ChoiceId, QuestionId, ValueId
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.search.information_gain import effect_of_question
from tests.core.packs import compile_toy, make_answers

TRIP = compile_toy("""
    shelter ? hut | tent
    rain ? yes | no
    season ? summer | winter
    bed = Bunk | Mat
    stove = gas | wood | none
    must hut: shelter=hut => bed=Bunk
    must tent: shelter=tent => bed=Mat
    must wet: rain=yes => stove=gas|none
    must camp: season=winter, bed=Mat => stove=gas
    default bunk: => bed=Bunk
    default cold: => stove=none
""")


def sentence(choice, value, **answers):
    given = make_answers(**answers)
    found = counterfactuals(TRIP, given, [(choice, value)])[choice, value]
    return counterfactual_sentence(TRIP.pack, given, found)


def effect(question, **answers):
    return question_effect_sentence(TRIP.pack, effect_of_question(TRIP, make_answers(**answers), question))


def test_one_changed_or_removed_answer():
    assert sentence("bed", "Bunk", shelter="tent") == "Bunk is selected if you leave shelter open or answer “hut”."


def test_one_new_answer():
    assert sentence("bed", "Mat") == "Mat is selected if you answer shelter with “tent”."


def test_several_changes_are_instructions_joined_by_and():
    assert sentence("stove", "gas", shelter="hut") == (
        "stove “gas” is selected only with two changes: change shelter to “tent” and answer season with “winter”."
    )


def test_a_value_that_is_selected_already():
    assert sentence("bed", "Bunk") == "Your answers select Bunk."


def test_a_value_that_no_answers_select():
    (found,) = counterfactuals(TRIP, {}, [(ChoiceId("bed"), ValueId("Mat"))]).values()
    never = replace(found, size=None, changes=(), offered=False)
    assert counterfactual_sentence(TRIP.pack, {}, never) == "No answers select Mat."
    only_alternative = counterfactual_sentence(TRIP.pack, {}, replace(never, offered=True))
    assert "only as an alternative" in only_alternative


def test_changes_that_are_not_listed_are_counted(space):
    given = make_answers(gpu="yes", operations="least")
    (found,) = counterfactuals(space, given, [(ChoiceId("placement"), ValueId("binpack"))]).values()
    text = counterfactual_sentence(space.pack, given, found)
    assert text.count("; or ") == 3
    assert text.startswith("Placement “binpack” is selected only with two changes: ")
    assert text.endswith("other changes.")


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ([("rain", "no")], "Change rain to “no”"),
        ([("rain", None)], "Leave rain open"),
        ([("season", "winter")], "Answer season with “winter”"),
        ([("rain", "no"), ("season", "winter")], "Change rain to “no” and answer season with “winter”"),
        ([("rain", None), ("shelter", None)], "Leave rain and shelter open"),
        ([("rain", None), ("season", "winter")], "Answer season with “winter” and leave rain open"),
    ],
    ids=["changed", "removed", "new", "two", "two removed", "mixed"],
)
def test_the_label_of_a_change_is_an_instruction(change, label):
    assert change_label(TRIP.pack, make_answers(rain="yes", shelter="hut"), tuple(change)) == label


def test_the_effect_of_each_answer():
    assert effect("shelter") == "“hut” confirms Bunk; “tent” selects Mat."


def test_an_answer_that_only_rules_out_values():
    assert effect("rain") == "“yes” rules out stove “wood”; “no” changes nothing."


def test_a_question_without_an_effect_of_its_own():
    assert "together with other answers" in effect("season")


def test_an_answer_in_conflict():
    conflict = compile_toy("""
        a ? x
        b ? y | z
        engine = steam | diesel
        must one: a=x => engine=steam
        must two: b=y => engine=diesel
    """)
    given = make_answers(a="x")
    text = question_effect_sentence(conflict.pack, effect_of_question(conflict, given, QuestionId("b")))
    assert text == "“y” conflicts with your other answers; “z” changes nothing."


def test_more_effects_than_are_listed_are_counted(space):
    text = question_effect_sentence(space.pack, effect_of_question(space, {}, QuestionId("kubernetes")))
    assert text == (
        "“Required” selects Amazon EKS and Amazon EC2 and makes five more changes; “Not required” confirms Amazon ECS."
    )


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "conflict"),
        (1, "1 outcome left"),
        (1204, "1,204 outcomes left"),
        (999_999, "999,999 outcomes left"),
        (4_520_000, "4.5 million outcomes left"),
    ],
)
def test_the_number_of_outcomes_left(count, text):
    assert format_count(count) == text
