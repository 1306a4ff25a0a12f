"""The part of a large map that is shown first holds where one stands and as much of what follows as fits."""

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder
from explorer.core.decision_map.paths import end_of_path
from explorer.layout.decision_map.cards import layout_decision_map
from explorer.layout.decision_map.initial_view import initial_viewport
from explorer.layout.geometry import Box
from tests.core.packs import make_answers
from tests.layout.sketches import METRICS
from tests.ui.toy_map import hike

AIR = 20.0


@pytest.fixture(scope="module")
def placement():
    return layout_decision_map(DecisionMapBuilder(hike()).build_expanded(), METRICS)


def seen(placement, node_id, w, h):
    """The cards that are seen whole, and how many were counted."""
    middle, count = initial_viewport(placement, node_id, (w, h), AIR)
    part = Box(middle.x - w / 2, middle.y - h / 2, w, h)
    return {
        card.node.id
        for card in placement.cards
        if part.x <= card.box.x
        and card.box.right <= part.right
        and part.y <= card.box.y
        and card.box.bottom <= part.bottom
    }, count


@pytest.mark.parametrize("height", [150, 200, 260, 340])
def test_where_one_stands_is_always_seen_whole(placement, height):
    for card in placement.cards:
        assert card.node.id in seen(placement, card.node.id, 700, height)[0]


def test_with_more_room_no_fewer_cards_follow(placement):
    root = placement.decision_map.root.id
    counts = [seen(placement, root, 800, height)[1] for height in (150, 220, 300, 400, 600)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_every_card_that_is_counted_follows_on_one_that_is_seen(placement):
    root = placement.decision_map.root.id
    whole, count = seen(placement, root, 700, 260)
    assert 1 <= count <= len(whole)


def test_the_way_to_a_later_card_is_seen_before_it(placement):
    later = end_of_path(placement.decision_map, make_answers(shelter="tent")).id
    middle, _ = initial_viewport(placement, later, (700, 400), AIR)
    assert middle.x - 350 < placement.card_by_id[later].box.x - 200
