"""Sentences of what would change an outcome, word for word."""

from dataclasses import replace

import pytest

from explorer.core.explanation.sentences import (
    change_label,
    counterfactual_sentence,
    format_count,
    question_effect_sentence,
)
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.search.information_gain import effect_of_question
from tests.core.packs import make_answers


def sentence(space, choice, value, *, ruled_out=False, **answers):
    found = counterfactuals(space, make_answers(**answers), [(choice, value)])[choice, value]
    return counterfactual_sentence(space.pack, make_answers(**answers), found, removed_alternatives=ruled_out)


def separated(space, question, **answers):
    return question_effect_sentence(space.pack, effect_of_question(space, make_answers(**answers), question))


def test_one_change_of_a_given_answer(space):
    assert (
        sentence(space, "compute", "fargate", gpu="yes", removed_alternatives=True)
        == "AWS Fargate comes back if you leave GPU open, or answer “No”."
    )


def test_one_change_to_one_other_answer(space):
    assert (
        sentence(space, "network_mode", "bridge", location="cloud", removed_alternatives=True)
        == "Network mode “bridge” comes back if Location changes to “Only on hardware you own, connected”."
    )


def test_an_open_question_is_answered_rather_than_changed(space):
    assert (
        sentence(space, "orchestrator", "eks") == "Amazon EKS is chosen if you answer Kubernetes with “Required”, "
        "or if you answer Location with “At a site without a link”."
    )


def test_changes_that_belong_together(space):
    assert (
        sentence(space, "capacity", "fargate_spot", gpu="yes", removed_alternatives=True)
        == "Fargate Spot comes back only with three changes: GPU is left open or answered “No”, "
        "Cost is answered “Lowest bill” and Interruption is answered “Yes, they can be stopped”."
    )


def test_more_ways_than_are_told_are_counted(space):
    assert sentence(space, "placement", "binpack", gpu="yes", operations="least", removed_alternatives=True) == (
        "Placement “binpack” comes back only with two changes: "
        "Operations changes to “We can run hosts” and Cost is answered “Lowest bill”; or "
        "Operations is left open or answered “We can run hosts” and Placement is answered "
        "“Fewest instances”; or Location is answered “At a low-latency site, on an AWS rack” and Cost is "
        "answered “Lowest bill”; or in three other ways."
    )


def test_what_is_there_and_what_never_comes(space):
    assert sentence(space, "compute", "fargate") == "AWS Fargate is what your answers lead to."
    assert (
        sentence(space, "network_mode", "host")
        == "Network mode “host” is only ever offered as an alternative; no answers make it the choice."
    )


def test_what_no_answers_lead_to_at_all(space):
    (want, found), *_ = counterfactuals(space, {}).items()
    never = replace(found, size=None, changes=(), offered=False)

    assert want == ("registry", "ecr")
    assert counterfactual_sentence(space.pack, {}, never) == "No answers lead to Amazon ECR."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ([("gpu", "no")], "Change GPU to “No”"),
        ([("gpu", None)], "Leave GPU open"),
        ([("cost", "lowest")], "Answer Cost with “Lowest bill”"),
        ([("gpu", "no"), ("cost", "lowest")], "Change GPU to “No” and answer Cost with “Lowest bill”"),
        ([("gpu", None), ("location", None)], "Leave GPU and Location open"),
        ([("gpu", None), ("cost", "lowest")], "Answer Cost with “Lowest bill” and leave GPU open"),
    ],
    ids=["change", "open", "answer", "two", "two open", "mixed"],
)
def test_a_change_as_something_to_do(space, change, words):
    assert change_label(space.pack, make_answers(gpu="yes", location="cloud"), tuple(change)) == words


def test_what_a_question_separates(space):
    assert separated(space, "operations") == (
        "“As little as possible” settles on AWS Fargate and Hosts “no hosts”; "
        "“We can run hosts” leaves everything as it is."
    )
    assert separated(space, "kubernetes") == (
        "“Required” leads to Amazon EKS, Amazon EC2 and five more changes; “Not required” settles on Amazon ECS."
    )
    assert separated(space, "image_retention") == (
        "“Yes” settles on Registry features “lifecycle policy”; “No” leads to no Registry features “lifecycle policy”."
    )
    assert separated(space, "cost") == "No answer changes anything by itself; it counts together with others."
    assert separated(space, "load_balancer", location="on_premises", kubernetes="not_required") == (
        "“Yes” clashes with your other answers; “No” leaves everything as it is."
    )


def test_what_is_ruled_out_is_named_where_nothing_else_changes(space):
    assert separated(space, "interruptible") == (
        "“Yes, they can be stopped” leaves everything as it is; “No” rules out Fargate Spot and EC2 Spot."
    )
    assert separated(space, "isolation") == (
        "“Yes, for each task” rules out Network mode “bridge”, Network mode “host” and one more value; "
        "“No” leaves everything as it is."
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "clashes"),
        (1, "1 outcome left"),
        (1204, "1,204 outcomes left"),
        (999_999, "999,999 outcomes left"),
        (4_520_000, "4.5 million outcomes left"),
    ],
)
def test_how_many_are_left(count, words):
    assert format_count(count) == words
