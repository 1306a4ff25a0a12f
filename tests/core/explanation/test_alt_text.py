"""Alternative text: everything that a diagram shows is also available as text."""

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


def description(space, **answers) -> Description:
    outcome = decide(space, make_answers(**answers))
    return describe_architecture(space.pack, outcome, build_architecture(space.pack, outcome))


def test_the_alt_text_is_at_most_two_sentences_with_the_main_values(space):
    alt_text = description(space, kubernetes="required", gpu="yes").alt_text
    assert alt_text.startswith("Architecture diagram, Containers on AWS: Amazon ECR, Amazon EKS, ")
    assert alt_text.count(". ") == 1
    assert len(alt_text) < 250


def test_the_alt_text_says_whether_elements_are_defaults(space):
    assert "all elements are defaults" in description(space).alt_text
    assert "One answer is given; elements in a lighter color are defaults" in description(space, gpu="yes").alt_text


def test_the_alt_text_names_conflicts(space):
    found = description(space, location="on_premises", kubernetes="not_required", load_balancer="yes")
    assert "In conflict: Load balancing." in found.alt_text


def test_the_details_have_answers_groups_flow_and_alternatives(space):
    details = description(space, gpu="yes", location="hybrid").details
    assert "Answers: GPU: Yes; Location:" in details
    assert "Inside Your data center: Tasks × N (on your servers; " in details
    assert "\n1. CI pipeline to Amazon ECR: push image\n" in details
    alternatives = next(paragraph for paragraph in details.split("\n\n") if paragraph.startswith("Alternatives"))
    assert "Amazon EKS" in alternatives


def test_nodes_with_the_same_label_are_distinguished_by_their_group(space):
    details = description(space, gpu="yes", location="hybrid").details
    assert "Amazon ECR to Tasks × N in Your data center" in details
    assert "Amazon ECR to Tasks × N in Cluster" in details


def test_the_details_name_every_node_and_group(space):
    outcome = decide(space, make_answers(gpu="yes", location="hybrid"))
    drawn = build_architecture(space.pack, outcome)
    details = describe_architecture(space.pack, outcome, drawn).details
    assert [node.label for node in drawn.nodes if node.label not in details and node.attached_to is None] == []
    assert [group.label for group in drawn.groups if group.label not in details] == []


def test_the_alt_text_of_a_map_counts_questions_and_outcomes(space):
    alt_text = describe_decision_map(DecisionMapBuilder(space).build()).alt_text
    assert alt_text.startswith("Decision map, Containers on AWS: ")
    assert "questions lead to" in alt_text
