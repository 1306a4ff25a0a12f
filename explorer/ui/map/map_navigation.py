"""Map navigation: which node each key leads to on a decision map."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt

from explorer.core.decision_map.map import MapNodeKind
from explorer.render.decision_map import DrawnMap

_FOLD_KEYS = (Qt.Key.Key_Minus,)
_UNFOLD_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class NavigationStep(Enum):
    """A move of the keyboard focus."""

    BACK = auto()
    FORWARD = auto()
    UP = auto()
    DOWN = auto()
    START = auto()
    CURRENT = auto()


NAVIGATION_KEYS = {
    int(Qt.Key.Key_Left): NavigationStep.BACK,
    int(Qt.Key.Key_Right): NavigationStep.FORWARD,
    int(Qt.Key.Key_Up): NavigationStep.UP,
    int(Qt.Key.Key_Down): NavigationStep.DOWN,
    int(Qt.Key.Key_Home): NavigationStep.START,
    int(Qt.Key.Key_End): NavigationStep.CURRENT,
}


def next_node(drawn_map: DrawnMap, node_id: str, step: NavigationStep) -> str:
    """The node that a step leads to. Branches of the active path come first; without a target it is `node_id`."""
    decision_map, statuses = drawn_map.decision_map, drawn_map.highlight.branches
    if step is NavigationStep.START:
        return decision_map.root.id
    if step is NavigationStep.FORWARD:
        outgoing = decision_map.outgoing.get(node_id, ())
        return max(outgoing, key=lambda branch: statuses[branch.id]).target if outgoing else node_id
    if step is NavigationStep.BACK:
        incoming = decision_map.incoming.get(node_id, ())
        return max(incoming, key=lambda branch: statuses[branch.id]).source if incoming else node_id
    return _next_in_column(drawn_map, node_id, 1 if step is NavigationStep.DOWN else -1)


def fold_keys(kind: MapNodeKind) -> tuple[Qt.Key, ...]:
    """The keys that fold or unfold a node of this kind."""
    return {MapNodeKind.QUESTION: _FOLD_KEYS, MapNodeKind.FOLDED: _UNFOLD_KEYS}.get(kind, ())


def _next_in_column(drawn_map: DrawnMap, node_id: str, by: int) -> str:
    level = drawn_map.decision_map.node_by_id[node_id].level
    cards = (card for card in drawn_map.placement.cards if card.node.level == level)
    column = [card.node.id for card in sorted(cards, key=lambda card: card.box.y)]
    return column[min(max(column.index(node_id) + by, 0), len(column) - 1)]
