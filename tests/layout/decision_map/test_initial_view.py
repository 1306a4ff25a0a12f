"""The initial viewport of a map contains the node completely, and as many following cards as fit."""

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder
from explorer.layout.decision_map.cards import layout_decision_map
from explorer.layout.decision_map.initial_view import initial_viewport
from explorer.layout.geometry import Box
from tests.core.map_paths import end_of_path
from tests.core.packs import make_answers
from tests.layout.sketches import METRICS
from tests.ui.toy_map import hike

MARGIN = 20.0


@pytest.fixture(scope="module")
def placement():
    return layout_decision_map(DecisionMapBuilder(hike()).build_expanded(), METRICS)


def visible_cards(placement, node_id, width, height):
    """The ids of the cards that are completely in the viewport, and the count that it reports."""
    center, count = initial_viewport(placement, node_id, (width, height), MARGIN)
    viewport = Box(center.x - width / 2, center.y - height / 2, width, height)
    return {card.node.id for card in placement.cards if viewport.contains(card.box)}, count


@pytest.mark.parametrize("height", [150, 200, 260, 340])
def test_the_node_is_always_completely_visible(placement, height):
    for card in placement.cards:
        assert card.node.id in visible_cards(placement, card.node.id, 700, height)[0]


def test_a_higher_viewport_shows_as_many_cards_or_more(placement):
    root = placement.decision_map.root.id
    counts = [visible_cards(placement, root, 800, height)[1] for height in (150, 220, 300, 400, 600)]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_only_completely_visible_cards_are_counted(placement):
    root = placement.decision_map.root.id
    visible, count = visible_cards(placement, root, 700, 260)
    assert 1 <= count <= len(visible)


def test_the_path_to_a_later_card_is_visible_in_front_of_it(placement):
    later = end_of_path(placement.decision_map, make_answers(shelter="tent")).id
    center, _ = initial_viewport(placement, later, (700, 400), MARGIN)
    assert center.x - 350 < placement.card_by_id[later].box.x - 200
