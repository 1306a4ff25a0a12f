"""When one answer changes, the nodes that stay move by less than a tenth of the width."""

from __future__ import annotations

import math

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.architecture import Architecture
from explorer.core.model.pack import AnswerId, Answers, QuestionId
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.core.solver.decide import decide
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.geometry import Placement
from explorer.layout.graphviz.process import find_graphviz
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

pytestmark = pytest.mark.graphviz

STARTS: dict[str, dict[str, str]] = {
    "no answers": {},
    "Kubernetes": {"kubernetes": "required", "discovery": "traffic_control"},
    "own hosts": {"operations": "hosts_ok", "placement": "availability", "image_regions": "several"},
    "on premises": {"location": "on_premises"},
}
MOVES_THE_REGION = {"hybrid"}
"""A site that is connected to a Region and runs tasks is above the Region and moves it down."""


@pytest.fixture(scope="module")
def compiled() -> CompiledPack:
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture(scope="module")
def layouts() -> LayoutCache:
    return LayoutCache(QtTextMetrics(), find_graphviz())


def architecture_for(compiled: CompiledPack, answers: Answers) -> Architecture:
    return build_architecture(compiled.pack, decide(compiled, answers))


def relative_moves(before: Placement, after: Placement) -> dict[str, float]:
    """The distance that each node of both placements moves, as a share of the width."""
    return {
        node_id: math.dist(node.icon_box.center, after.node_by_id[node_id].icon_box.center) / before.size[0]
        for node_id, node in before.node_by_id.items()
        if node_id in after.node_by_id and not node.is_companion
    }


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_one_changed_answer_moves_no_remaining_node_by_a_tenth_of_the_width(start, compiled, layouts):
    answers = {QuestionId(question): AnswerId(answer) for question, answer in start.items()}
    before = layouts.place(architecture_for(compiled, answers))
    moved: dict[tuple[str, str], list[str]] = {}
    for question in compiled.pack.questions:
        for answer in question.answers:
            if answer.id not in MOVES_THE_REGION:
                after = layouts.place(architecture_for(compiled, {**answers, question.id: answer.id}))
                if node_ids := [node_id for node_id, share in relative_moves(before, after).items() if share >= 0.1]:
                    moved[question.id, answer.id] = node_ids
    assert moved == {}
