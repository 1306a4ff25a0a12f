"""Which part of a large map to show first: where one stands, with as much of what follows as can be seen."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.layout.decision_map.cards import MapPlacement, PlacedCard
from explorer.layout.geometry import Box, Point

_SHARE_BEFORE = 0.36
"""The share of the width that lies before a card that is not the first: the way to it is seen there."""


def initial_viewport(placement: MapPlacement, node_id: str, room: tuple[float, float], air: float) -> tuple[Point, int]:
    """The middle of the part of a map to look at first, and how many whole cards are seen there.

    `room` is the part's size and `air` what stays free at its edges, in the map's points. Counted are
    the cards that follow on the node's without a gap; among the places that show most of them, it is
    the one that has the node nearest to its middle.
    """
    card = placement.card_by_id[node_id]
    w, h = room
    before = _SHARE_BEFORE * w if node_id in placement.decision_map.incoming else air
    left = max(card.box.x - before, -air)
    seen = Box(left + air, 0, w - 2 * air, h)
    middle = card.box.center.y - h / 2
    highest, lowest = card.box.bottom + air - h, card.box.y - air
    near = list(_following_cards_in_view(placement, card, seen, highest + air, lowest + h - air))
    places = {middle}
    for other in near:
        places |= {other.box.y - air, other.box.bottom + air - h}
    fitting = [place for place in places if highest <= place <= lowest] or [middle]
    counts = {place: _count_visible(placement, card, near, place + air, place + h - air) for place in fitting}
    best = max(fitting, key=lambda place: (counts[place], -abs(place - middle)))
    return Point(left + w / 2, best + h / 2), counts[best]


def _following_cards_in_view(
    placement: MapPlacement, card: PlacedCard, seen: Box, top: float, bottom: float
) -> Iterator[PlacedCard]:
    """The card and all that follow on it within a part of the map."""
    waiting, known = [card], {card.node.id}
    while waiting:
        found = waiting.pop()
        yield found
        for branch in placement.decision_map.outgoing.get(found.node.id, ()):
            target = placement.card_by_id[branch.target]
            inside = target.box.right <= seen.right and target.box.y >= top and target.box.bottom <= bottom
            if inside and branch.target not in known:
                known.add(branch.target)
                waiting.append(target)


def _count_visible(placement: MapPlacement, card: PlacedCard, near: list[PlacedCard], top: float, bottom: float) -> int:
    """How many cards follow without a gap between two heights; one seen whole makes the next count."""
    whole = {other.node.id for other in near if other.box.y >= top and other.box.bottom <= bottom}
    reached, waiting = {card.node.id}, [card.node.id]
    while waiting:
        for branch in placement.decision_map.outgoing.get(waiting.pop(), ()):
            if branch.target in whole and branch.target not in reached:
                reached.add(branch.target)
                waiting.append(branch.target)
    return len(reached)
