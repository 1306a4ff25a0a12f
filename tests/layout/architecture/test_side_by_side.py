"""Two architectures that are laid out side by side have their shared nodes at the same position."""

import random
from itertools import combinations

import pytest

from explorer.core.architecture.builder import build_architecture
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.architecture.side_by_side import merge_architectures, split_placement
from explorer.layout.geometry import Placement, Point
from explorer.layout.graphviz.process import find_graphviz
from explorer.layout.page import FULL_TEXT_SHAPE
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder

pytestmark = pytest.mark.graphviz


def shared_positions(first: Placement, second: Placement) -> list[tuple[Point, Point]]:
    """Return the center of each node that both placements have, in the first and in the second."""
    return [
        (placed.icon_box.center, second.node_by_id[placed.node.id].icon_box.center)
        for placed in first.nodes
        if placed.node.id in second.node_by_id and placed.node.attached_to is None
    ]


@pytest.fixture(scope="module")
def compiled():
    return compile_pack(load_pack(default_pack_folder()))


@pytest.fixture(scope="module")
def lay_out(qapp, compiled):
    """Return the merged architecture, both placements and both architectures of two sets of answers."""
    metrics = QtTextMetrics()
    layouts = LayoutCache(metrics, find_graphviz())

    def lay_out_both(first_answers, second_answers):
        first, second = (
            build_architecture(compiled.pack, decide(compiled, answers), ghosts=False)
            for answers in (first_answers, second_answers)
        )
        merged = merge_architectures(first, second, metrics)
        placement = layouts.place(merged.architecture, FULL_TEXT_SHAPE)
        return merged, split_placement(merged, placement, metrics), (first, second)

    return lay_out_both


def random_answers(compiled, rng):
    return {q.id: rng.choice(q.answers).id for q in compiled.pack.questions if rng.random() < 0.5}


@pytest.mark.parametrize("seed", range(8))
def test_shared_nodes_have_the_same_position(lay_out, compiled, seed):
    rng = random.Random(seed)
    _, (left, right), _ = lay_out(random_answers(compiled, rng), random_answers(compiled, rng))

    positions = shared_positions(left, right)
    assert positions
    assert all(one == other for one, other in positions)


@pytest.mark.parametrize("seed", range(8))
def test_each_side_shows_its_own_architecture_without_overlapping_text(lay_out, compiled, seed):
    rng = random.Random(seed)
    _, placements, architectures = lay_out(random_answers(compiled, rng), random_answers(compiled, rng))

    for placement, architecture in zip(placements, architectures, strict=True):
        assert {node.node for node in placement.nodes} == set(architecture.nodes)
        assert [edge.edge for edge in placement.edges] == list(architecture.edges)
        assert [group.group for group in placement.groups] == list(architecture.groups)
        boxes = [(node.node.id, line.box) for node in placement.nodes for line in node.lines]
        boxes += [(node.node.id, node.icon_box) for node in placement.nodes]
        boxes += [(edge.edge.id, line.box) for edge in placement.edges for line in edge.label]
        for (one, a), (other, b) in combinations(boxes, 2):
            assert one == other or not a.expanded(-0.5).overlaps(b.expanded(-0.5)), (one, other)


def test_a_counterpart_takes_the_position_of_the_node_that_it_replaces(lay_out):
    merged, (left, right), _ = lay_out({}, {"kubernetes": "required"})

    assert merged.counterparts["eks"] == "ecs"
    assert left.node_by_id["ecs"].icon_box == right.node_by_id["eks"].icon_box


def test_two_equal_architectures_have_equal_placements(lay_out):
    _, (left, right), _ = lay_out({"gpu": "yes"}, {"gpu": "yes"})
    assert left == right
