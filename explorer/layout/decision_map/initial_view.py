"""Initial viewport of a large map: a node, with as many of the cards that follow it as fit."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.layout.decision_map.cards import MapPlacement, PlacedCard
from explorer.layout.geometry import Point

_SHARE_BEFORE = 0.36
"""The share of the width in front of a card that is not the first one, so that the path to it is visible."""


def initial_viewport(
    placement: MapPlacement, node_id: str, size: tuple[float, float], margin: float
) -> tuple[Point, int]:
    """Return the center of the viewport that shows a node best, and the number of complete cards in it.

    `size` is the size of the viewport and `margin` the free space at its sides, in map points. The count
    includes the cards that follow the node without a gap. Of the viewports with the most such cards, the
    result is the one in which the node is nearest to the middle.
    """
    card = placement.card_by_id[node_id]
    width, height = size
    space_before = _SHARE_BEFORE * width if node_id in placement.decision_map.incoming else margin
    left = max(card.box.x - space_before, -margin)
    right = left + margin + (width - 2 * margin)
    middle = card.box.center.y - height / 2
    highest, lowest = card.box.bottom + margin - height, card.box.y - margin
    limits = (right, highest + margin, lowest + height - margin)
    candidates = list(_following_cards_within(placement, card, *limits))
    tops = {middle}
    for other in candidates:
        tops |= {other.box.y - margin, other.box.bottom + margin - height}
    fitting = [top for top in tops if highest <= top <= lowest] or [middle]
    counts = {top: _count_visible(placement, card, candidates, top + margin, top + height - margin) for top in fitting}
    best = max(fitting, key=lambda top: (counts[top], -abs(top - middle)))
    return Point(left + width / 2, best + height / 2), counts[best]


def _following_cards_within(
    placement: MapPlacement, card: PlacedCard, right: float, top: float, bottom: float
) -> Iterator[PlacedCard]:
    """Yield the card and all cards that follow it within the given limits."""
    waiting, known = [card], {card.node.id}
    while waiting:
        current = waiting.pop()
        yield current
        for branch in placement.decision_map.outgoing.get(current.node.id, ()):
            box = placement.card_by_id[branch.target].box
            is_within = box.right <= right and box.y >= top and box.bottom <= bottom
            if is_within and branch.target not in known:
                known.add(branch.target)
                waiting.append(placement.card_by_id[branch.target])


def _count_visible(
    placement: MapPlacement, card: PlacedCard, candidates: list[PlacedCard], top: float, bottom: float
) -> int:
    """Return how many cards follow the card without a gap and lie completely between two heights."""
    complete = {other.node.id for other in candidates if other.box.y >= top and other.box.bottom <= bottom}
    reached, waiting = {card.node.id}, [card.node.id]
    while waiting:
        for branch in placement.decision_map.outgoing.get(waiting.pop(), ()):
            if branch.target in complete and branch.target not in reached:
                reached.add(branch.target)
                waiting.append(branch.target)
    return len(reached)
