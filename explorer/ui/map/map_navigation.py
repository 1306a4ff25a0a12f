"""Where the keyboard goes on a decision map, and what a few typed words mean there."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt

from explorer.core.decision_map.map import DecisionMap, MapNode, MapNodeKind
from explorer.render.decision_map import DrawnMap

_FOLD_KEYS = (Qt.Key.Key_Minus,)
_UNFOLD_KEYS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class NavigationStep(Enum):
    """A step of the keyboard."""

    BACK = auto()
    FORWARD = auto()
    UP = auto()
    DOWN = auto()
    START = auto()
    CURRENT = auto()


def next_node(sheet: DrawnMap, node_id: str, step: NavigationStep) -> str:
    """The node that a step leads to, along the brightest branch; the same where there is none."""
    shown, lights = sheet.decision_map, sheet.highlight.branches
    if step is NavigationStep.START:
        return shown.root.id
    if step is NavigationStep.FORWARD:
        leaving = shown.outgoing.get(node_id, ())
        return max(leaving, key=lambda b: lights[b.id]).target if leaving else node_id
    if step is NavigationStep.BACK:
        arriving = shown.incoming.get(node_id, ())
        return max(arriving, key=lambda b: lights[b.id]).source if arriving else node_id
    return _next_in_column(sheet, node_id, 1 if step is NavigationStep.DOWN else -1)


def _next_in_column(sheet: DrawnMap, node_id: str, by: int) -> str:
    level = sheet.decision_map.node_by_id[node_id].level
    column = sorted((card for card in sheet.placement.cards if card.node.level == level), key=lambda card: card.box.y)
    at = next(place for place, card in enumerate(column) if card.node.id == node_id)
    return column[min(max(at + by, 0), len(column) - 1)].node.id


def fold_keys(kind: MapNodeKind) -> tuple[Qt.Key, ...]:
    """The keys that fold a node of that kind, or unfold it."""
    return {MapNodeKind.QUESTION: _FOLD_KEYS, MapNodeKind.FOLDED: _UNFOLD_KEYS}.get(kind, ())


def matching_nodes(shown: DecisionMap, words: str) -> tuple[str, ...]:
    """The nodes that hold every one of some words: questions in text and answers, outcomes in their names."""
    wanted = words.casefold().split()
    told: dict[object, str] = {}

    def holds(node: MapNode) -> bool:
        key = node.question if node.kind is MapNodeKind.QUESTION else node.summary
        if key not in told:
            told[key] = _searchable_text(shown, node)
        return all(word in told[key] for word in wanted)

    return tuple(node.id for node in shown.nodes if holds(node)) if wanted else ()


def hidden_match(shown: DecisionMap, words: str) -> str:
    """The title of the first question that is meant but not on the map, "" where there is none."""
    wanted = words.casefold().split()
    there = {node.question for node in shown.nodes if node.kind is MapNodeKind.QUESTION}
    missing = (q for q in shown.pack.questions if q.id not in there)
    meant = (q.title for q in missing if all(word in f"{q.title} {q.text}".casefold() for word in wanted))
    return next(meant, "") if wanted else ""


def _searchable_text(shown: DecisionMap, node: MapNode) -> str:
    asked = shown.question_of(node)
    if node.kind is not MapNodeKind.QUESTION or asked is None:
        return node.summary.casefold()
    return " ".join((asked.title, asked.text, *(answer.label for answer in asked.answers))).casefold()
