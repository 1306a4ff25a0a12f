"""Where the keyboard goes on a decision map, and what a few typed words mean there."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt

from explorer.core.decision_map.map import DecisionMap, Kind, MapNode
from explorer.render.decision_map import MapSheet

_FOLD = (Qt.Key.Key_Minus,)
_UNFOLD = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class Step(Enum):
    """A step of the keyboard."""

    BACK = auto()
    ON = auto()
    UP = auto()
    DOWN = auto()
    START = auto()
    HERE = auto()


def beside(sheet: MapSheet, node_id: str, step: Step) -> str:
    """The node that a step leads to, along the brightest branch; the same where there is none."""
    shown, lights = sheet.shown, sheet.marks.branches
    if step is Step.START:
        return shown.root.id
    if step is Step.ON:
        leaving = shown.leaving.get(node_id, ())
        return max(leaving, key=lambda b: lights[b.id]).target if leaving else node_id
    if step is Step.BACK:
        arriving = shown.arriving.get(node_id, ())
        return max(arriving, key=lambda b: lights[b.id]).source if arriving else node_id
    return _in_column(sheet, node_id, 1 if step is Step.DOWN else -1)


def _in_column(sheet: MapSheet, node_id: str, by: int) -> str:
    level = sheet.shown.node_by_id[node_id].level
    column = sorted(
        (card for card in sheet.placement.cards if card.node.level == level), key=lambda card: card.box.y
    )
    at = next(place for place, card in enumerate(column) if card.node.id == node_id)
    return column[min(max(at + by, 0), len(column) - 1)].node.id


def around(kind: Kind) -> tuple[Qt.Key, ...]:
    """The keys that fold a node of that kind, or unfold it."""
    return {Kind.QUESTION: _FOLD, Kind.FOLDED: _UNFOLD}.get(kind, ())


def matching(shown: DecisionMap, words: str) -> tuple[str, ...]:
    """The nodes that hold every one of some words: questions in text and answers, outcomes in their names."""
    wanted = words.casefold().split()
    told: dict[object, str] = {}

    def holds(node: MapNode) -> bool:
        key = node.question if node.kind is Kind.QUESTION else node.summary
        if key not in told:
            told[key] = _told(shown, node)
        return all(word in told[key] for word in wanted)

    return tuple(node.id for node in shown.nodes if holds(node)) if wanted else ()


def folded_away(shown: DecisionMap, words: str) -> str:
    """The title of the first question that is meant but not on the map, "" where there is none."""
    wanted = words.casefold().split()
    there = {node.question for node in shown.nodes if node.kind is Kind.QUESTION}
    missing = (q for q in shown.pack.questions if q.id not in there)
    meant = (q.title for q in missing if all(word in f"{q.title} {q.text}".casefold() for word in wanted))
    return next(meant, "") if wanted else ""


def _told(shown: DecisionMap, node: MapNode) -> str:
    asked = shown.asked(node)
    if node.kind is not Kind.QUESTION or asked is None:
        return node.summary.casefold()
    return " ".join((asked.title, asked.text, *(answer.label for answer in asked.answers))).casefold()
