"""When one answer changes, what stays keeps its place."""

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

STARTS: tuple[dict[str, str], ...] = (
    {},
    {"kubernetes": "required", "discovery": "traffic_control"},
    {"operations": "hosts_ok", "placement": "availability", "image_regions": "several"},
    {"location": "on_premises"},
)
BESIDE_THE_REGION = {"hybrid"}
"""A site that is bound to a Region with tasks of its own stands above it and pushes it down."""


@pytest.fixture(scope="module")
def space() -> CompiledPack:
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture(scope="module")
def layouts() -> LayoutCache:
    return LayoutCache(QtTextMetrics(), find_graphviz())


def drawn(space: CompiledPack, answers: Answers) -> Architecture:
    return build_architecture(space.pack, decide(space, answers))


def moved(before: Placement, after: Placement) -> dict[str, float]:
    """The share of the width that each node moves which both have."""
    return {
        name: math.dist(node.icon_box.center, after.node_by_id[name].icon_box.center) / before.size[0]
        for name, node in before.node_by_id.items()
        if name in after.node_by_id and not node.is_companion
    }


@pytest.mark.parametrize("start", STARTS, ids=["plain", "Kubernetes", "own hosts", "on premises"])
def test_one_other_answer_moves_what_stays_by_less_than_a_tenth_of_the_width(start, space, layouts):
    answers = {QuestionId(question): AnswerId(answer) for question, answer in start.items()}
    here = layouts.place(drawn(space, answers))
    far: dict[tuple[str, str], list[str]] = {}
    for question in space.pack.questions:
        for answer in question.answers:
            if answer.id not in BESIDE_THE_REGION:
                there = layouts.place(drawn(space, {**answers, question.id: answer.id}))
                if names := [name for name, share in moved(here, there).items() if share >= 0.1]:
                    far[question.id, answer.id] = names
    assert far == {}
