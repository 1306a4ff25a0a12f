"""In a layered tree layout, nothing overlaps, no link crosses a node, and the work grows linearly."""

import random
import sys
from itertools import pairwise

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.solver.constraints import compile_pack
from explorer.layout.decision_map.cards import layout_decision_map
from explorer.layout.decision_map.layered_tree import LayoutLink, LayoutNode, layout_layered_tree
from explorer.layout.geometry import Box
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


def random_tree(count, seed, extra_links=0.1):
    """A random tree with some links outside of the tree."""
    rng = random.Random(seed)
    nodes, links = [LayoutNode(100, 40, 0)], []
    for number in range(1, count):
        parent = rng.randrange(max(0, number - rng.choice([3, 30, 300])), number)
        size = rng.uniform(50, 150), rng.uniform(20, 120)
        nodes.append(LayoutNode(*size, nodes[parent].level + 1))
        links.append(LayoutLink(parent, number, 10))
    for _ in range(int(count * extra_links)):
        one, other = rng.randrange(count), rng.randrange(count)
        if nodes[one].level < nodes[other].level < nodes[one].level + 6:
            links.append(LayoutLink(one, other, 10))
    return nodes, links


def chain(count):
    return [LayoutNode(9, 9, n) for n in range(count)], [LayoutLink(n, n + 1, 4) for n in range(count - 1)]


def fan(count):
    return [LayoutNode(9, 9, min(n, 1)) for n in range(count)], [LayoutLink(0, n, 4) for n in range(1, count)]


def overlaps(boxes):
    """Yield the pairs of boxes of the same column that overlap."""
    columns: dict[float, list[Box]] = {}
    for box in boxes:
        columns.setdefault(box.x, []).append(box)
    for column in columns.values():
        column.sort(key=lambda box: box.y)
        yield from (pair for pair in pairwise(column) if pair[0].bottom > pair[1].y + 1e-6)


def crossed_boxes(path, boxes):
    """Yield the boxes that a path crosses; its ends touch their boxes only."""
    for one, other in pairwise(path):
        bounds = Box(min(one.x, other.x), min(one.y, other.y), abs(one.x - other.x), abs(one.y - other.y))
        for box in boxes:
            starts_or_ends_here = one.x >= box.right - 0.5 or other.x <= box.x + 0.5
            if bounds.expanded(0.01).overlaps(box.expanded(-0.5)) and not starts_or_ends_here:
                yield box


def count_calls(work):
    """Run a function and return how many Python functions it calls."""
    calls = 0

    def profile(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("seed", range(25))
def test_no_nodes_overlap_and_no_link_crosses_a_node(seed):
    tree = layout_layered_tree(*random_tree(120, seed))
    assert not list(overlaps(tree.boxes))
    for path in tree.paths:
        assert not list(crossed_boxes(path, tree.boxes))


def test_a_parent_is_in_the_middle_of_its_children():
    tree = layout_layered_tree(
        [LayoutNode(10, 10, 0), LayoutNode(10, 10, 1), LayoutNode(10, 40, 1)],
        [LayoutLink(0, 1, 5), LayoutLink(0, 2, 5)],
    )
    root, first, last = (box.center.y for box in tree.boxes)
    assert root == pytest.approx((first + last) / 2)
    assert tree.boxes[0].right < tree.boxes[1].x


def test_all_boxes_are_inside_the_drawing():
    tree = layout_layered_tree(*random_tree(300, 4))
    assert min(box.x for box in tree.boxes) == 0
    assert min(box.y for box in tree.boxes) >= 0
    assert max(box.right for box in tree.boxes) <= tree.size[0]
    assert max(box.bottom for box in tree.boxes) <= tree.size[1] + 1e-6


def test_an_empty_tree_and_a_single_node_can_be_laid_out():
    assert layout_layered_tree([], []).size == (0, 0)
    assert layout_layered_tree([LayoutNode(10, 20, 0)], []).size == (10, 20)


@pytest.mark.parametrize("tree", [lambda count: random_tree(count, 1), chain, fan], ids=["random tree", "chain", "fan"])
def test_the_work_grows_linearly_with_the_number_of_nodes(tree):
    small, large = tree(1_000), tree(4_000)
    growth = count_calls(lambda: layout_layered_tree(*large)) / count_calls(lambda: layout_layered_tree(*small))
    assert growth < 6


def test_no_text_of_the_shipped_map_overlaps(qapp):
    compiled = compile_pack(load_pack(default_pack_folder()))
    fold_state = FoldState(frozenset({"where", "cost"}))
    placement = layout_decision_map(DecisionMapBuilder(compiled).build(fold_state), QtTextMetrics())
    card_boxes = [card.box for card in placement.cards]
    assert not list(overlaps(card_boxes))
    for card in placement.cards:
        boxes = [card.title.box, card.note_box, *(row.line.box for row in card.rows)]
        boxes += [Box(card.fold_toggle.x, card.fold_toggle.y, 0, 0).expanded(9)] if card.fold_toggle else []
        for index, box in enumerate(boxes):
            assert card.box.contains(box)
            assert not any(box.overlaps(other) for other in boxes[index + 1 :])
    for branch in placement.branches:
        assert not list(crossed_boxes(branch.points, card_boxes))
