"""What a picture shows can be read by those who cannot see it."""

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.decision_map.map import DecisionMapBuilder
from explorer.core.description import Description
from explorer.core.explanation.alt_text import describe_architecture, describe_decision_map
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.packs import make_answers


@pytest.fixture(scope="module")
def space():
    return compile_pack(load_pack(default_pack_folder()))


def told(space, **answers) -> Description:
    outcome = decide(space, make_answers(**answers))
    return describe_architecture(space.pack, outcome, build_architecture(space.pack, outcome))


def test_the_alternative_text_is_a_sentence_or_two_that_name_what_matters(space):
    short = told(space, kubernetes="required", gpu="yes").alt_text
    assert short.startswith("Architecture diagram, Containers on AWS: Amazon ECR, Amazon EKS, ")
    assert short.count(". ") == 1
    assert len(short) < 250


def test_it_says_how_firm_all_of_it_is(space):
    assert "all of it stands by default" in told(space).alt_text
    assert "One answer decides it; what is drawn lighter" in told(space, gpu="yes").alt_text


def test_a_clash_is_told_at_once(space):
    short = told(space, location="on_premises", kubernetes="not_required", load_balancer="yes").alt_text
    assert "In conflict: Load balancing." in short


def test_the_long_one_tells_answers_places_flow_and_what_is_still_possible(space):
    long = told(space, gpu="yes", location="hybrid").details
    assert "The answers: GPU: Yes; Location:" in long
    assert "Inside Your data center: Tasks × N (on your servers; " in long
    assert "\n1. CI pipeline to Amazon ECR: push image\n" in long
    assert "Drawn dashed, as still possible instead: Amazon EKS" in long


def test_things_of_one_name_are_told_apart_by_where_they_stand(space):
    long = told(space, gpu="yes", location="hybrid").details
    assert "Amazon ECR to Tasks × N in Your data center" in long
    assert "Amazon ECR to Tasks × N in Cluster" in long


def test_everything_that_is_drawn_is_named(space):
    outcome = decide(space, make_answers(gpu="yes", location="hybrid"))
    drawn = build_architecture(space.pack, outcome)
    long = describe_architecture(space.pack, outcome, drawn).details
    assert [node.label for node in drawn.nodes if node.label not in long and node.attached_to is None] == []
    assert [group.label for group in drawn.groups if group.label not in long] == []


def test_a_map_says_how_much_it_shows(space):
    short = describe_decision_map(DecisionMapBuilder(space).build()).alt_text
    assert short.startswith("Decision map, Containers on AWS: ")
    assert "questions lead to" in short
