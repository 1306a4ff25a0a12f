"""Two architectures placed as one: what both share stands in the same place."""

import random

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.architecture.side_by_side import merge_architectures, shared_positions, split_placement
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import FULL_TEXT_SHAPE
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


@pytest.fixture(scope="module")
def space():
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture(scope="module")
def both(qapp, space):
    """Places what two sets of answers come to."""
    ruler = QtTextMetrics()
    layouts = LayoutCache(ruler, find_graphviz())

    def place(one, other):
        first, second = (
            build_architecture(space.pack, decide(space, answers), ghosts=False) for answers in (one, other)
        )
        union = merge_architectures(first, second, ruler)
        return (
            union,
            split_placement(union, layouts.place(union.architecture, FULL_TEXT_SHAPE), ruler),
            (first, second),
        )

    return place


def some(space, chance):
    return {q.id: chance.choice(q.answers).id for q in space.pack.questions if chance.random() < 0.5}


@pytest.mark.parametrize("seed", range(8))
def test_what_both_share_stands_in_the_same_place(both, space, seed):
    chance = random.Random(seed)
    _, (left, right), _ = both(some(space, chance), some(space, chance))

    places = shared_positions(left, right)
    assert places
    assert all(one == other for one, other in places)


@pytest.mark.parametrize("seed", range(8))
def test_each_half_shows_its_own_architecture_and_no_words_meet(both, space, seed):
    chance = random.Random(seed)
    _, placed, drawn = both(some(space, chance), some(space, chance))

    for half, architecture in zip(placed, drawn, strict=True):
        assert {node.node for node in half.nodes} == set(architecture.nodes)
        assert [edge.edge for edge in half.edges] == list(architecture.edges)
        assert [group.group for group in half.groups] == list(architecture.groups)
        boxes = [(node.node.id, line.box) for node in half.nodes for line in node.lines]
        boxes += [(node.node.id, node.icon_box) for node in half.nodes]
        boxes += [(edge.edge.id, line.box) for edge in half.edges for line in edge.label]
        for place, (name, box) in enumerate(boxes):
            for other, another in boxes[place + 1 :]:
                assert name == other or not box.expanded(-0.5).overlaps(another.expanded(-0.5)), (name, other)


def test_a_counterpart_takes_the_place_that_the_other_leaves(both):
    union, (left, right), _ = both({}, {"kubernetes": "required"})

    assert union.counterparts["eks"] == "ecs"
    assert left.node_by_id["ecs"].icon_box == right.node_by_id["eks"].icon_box


def test_two_of_the_same_are_drawn_the_same(both):
    _, (left, right), _ = both({"gpu": "yes"}, {"gpu": "yes"})
    assert left == right
