"""The tidy drawing: nothing overlaps, no link crosses a node, and thousands of nodes take no time."""

import random
from itertools import pairwise
from time import perf_counter

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder, FoldState
from explorer.core.solver.constraints import compile_pack
from explorer.layout.decision_map.cards import layout_decision_map
from explorer.layout.decision_map.layered_tree import LayoutLink, LayoutNode, layout_layered_tree
from explorer.layout.geometry import Box
from explorer.qt.text_metrics import QtTextMetrics
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder


def grown(count, seed, links_beside=0.1):
    """A random tree with some links beside it."""
    chance = random.Random(seed)
    cells, links = [LayoutNode(100, 40, 0)], []
    for number in range(1, count):
        parent = chance.randrange(max(0, number - chance.choice([3, 30, 300])), number)
        size = chance.uniform(50, 150), chance.uniform(20, 120)
        cells.append(LayoutNode(*size, cells[parent].level + 1))
        links.append(LayoutLink(parent, number, 10))
    for _ in range(int(count * links_beside)):
        one, other = chance.randrange(count), chance.randrange(count)
        if cells[one].level < cells[other].level < cells[one].level + 6:
            links.append(LayoutLink(one, other, 10))
    return cells, links


def overlaps(boxes):
    columns: dict[float, list[Box]] = {}
    for box in boxes:
        columns.setdefault(box.x, []).append(box)
    for column in columns.values():
        column.sort(key=lambda box: box.y)
        yield from (pair for pair in pairwise(column) if pair[0].bottom > pair[1].y + 1e-6)


def crossed(path, boxes):
    """The boxes that a path runs through; its ends only touch theirs."""
    for one, other in pairwise(path):
        run = Box(min(one.x, other.x), min(one.y, other.y), abs(one.x - other.x), abs(one.y - other.y))
        for box in boxes:
            inner = Box(box.x + 0.5, box.y + 0.5, box.w - 1, box.h - 1)
            if run.expanded(0.01).overlaps(inner) and not (one.x >= box.right - 0.5 or other.x <= box.x + 0.5):
                yield box


@pytest.mark.parametrize("seed", range(25))
def test_no_two_nodes_overlap_and_no_link_crosses_a_node(seed):
    cells, links = grown(120, seed)
    placed = layout_layered_tree(cells, links)
    assert not list(overlaps(placed.boxes))
    for path in placed.paths:
        assert not list(crossed(path, placed.boxes))


def test_a_parent_stands_amid_its_children():
    placed = layout_layered_tree(
        [LayoutNode(10, 10, 0), LayoutNode(10, 10, 1), LayoutNode(10, 40, 1)],
        [LayoutLink(0, 1, 5), LayoutLink(0, 2, 5)],
    )
    root, first, last = (box.center.y for box in placed.boxes)
    assert root == pytest.approx((first + last) / 2)
    assert placed.boxes[0].right < placed.boxes[1].x


def test_all_stands_within_the_drawing():
    placed = layout_layered_tree(*grown(300, 4))
    assert min(box.x for box in placed.boxes) == 0
    assert min(box.y for box in placed.boxes) >= 0
    assert max(box.right for box in placed.boxes) <= placed.size[0]
    assert max(box.bottom for box in placed.boxes) <= placed.size[1] + 1e-6


def test_nothing_and_one_are_drawings_too():
    assert layout_layered_tree([], []).size == (0, 0)
    assert layout_layered_tree([LayoutNode(10, 20, 0)], []).size == (10, 20)


@pytest.mark.parametrize("shape", ["bushy", "a chain", "a fan"])
def test_five_thousand_nodes_take_no_time_in_any_shape(shape):
    cells, links = {
        "bushy": grown(5000, 1),
        "a chain": (
            [LayoutNode(9, 9, n) for n in range(5000)],
            [LayoutLink(n, n + 1, 4) for n in range(4999)],
        ),
        "a fan": (
            [LayoutNode(9, 9, min(n, 1)) for n in range(5000)],
            [LayoutLink(0, n, 4) for n in range(1, 5000)],
        ),
    }[shape]
    took = []
    for _ in range(3):
        start = perf_counter()
        layout_layered_tree(cells, links)
        took.append(perf_counter() - start)
    assert min(took) < 0.4, "some 50 ms where nothing else runs; growth with the square would take seconds"


def test_no_words_of_the_shipped_map_overlap(qapp):
    space = compile_pack(load_pack(default_pack_folder()))
    placed = layout_decision_map(
        DecisionMapBuilder(space).build(FoldState(frozenset({"where", "cost"}))), QtTextMetrics()
    )
    assert not list(overlaps(card.box for card in placed.cards))
    for card in placed.cards:
        boxes = [card.title.box, card.note_box, *(row.line.box for row in card.rows)]
        boxes += [Box(card.fold_toggle.x - 9, card.fold_toggle.y - 9, 18, 18)] if card.fold_toggle else []
        for number, box in enumerate(boxes):
            assert card.box.contains(box)
            assert not any(box.overlaps(other) for other in boxes[number + 1 :])
    for branch in placed.branches:
        assert not list(crossed(branch.points, [card.box for card in placed.cards]))
