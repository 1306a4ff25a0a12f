"""A decision map set out: every question a card with its answers, every outcome a plate, text first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.decision_map.map import DecisionMap, MapBranch, MapNode, MapNodeKind
from explorer.layout.decision_map.layered_tree import LayoutLink, LayoutNode, layout_layered_tree
from explorer.layout.geometry import Box, Point, TextLine
from explorer.layout.measured_nodes import wrap_text
from explorer.layout.text_metrics import TextMetrics

TITLE_FONT_SIZE, TEXT_FONT_SIZE, NOTE_FONT_SIZE = 15.0, 13.0, 11.0
FOLD_TOGGLE_RADIUS = 9.0
"""The radius of the mark that folds and unfolds."""

MAP_MARGIN = 28.0
_PADDING, _TOP_PADDING = 12.0, 5.0
_HEADER_HEIGHT, _ROW_HEIGHT, _FOOTER_HEIGHT = 42.0, 20.0, 6.0
_OUTCOME_HEIGHT = 42.0
_CARD_WIDTH = (180.0, 300.0)
_OUTCOME_WIDTH = (210.0, 360.0)
_ROUNDING_SLACK = 1.0  # lest a text that just fits be shortened
_PORT_MARGIN = 14.0  # what is kept free of words at the right of an answer


@dataclass(frozen=True)
class PlacedAnswerRow:
    """One row of a card: the answers that lead the same way, and where their branch begins."""

    branch: MapBranch
    line: TextLine
    full_text: str
    port: Point


@dataclass(frozen=True)
class PlacedCard:
    """A node in its place; `note` is the room for a word on how it stands."""

    node: MapNode
    box: Box
    title: TextLine
    note_box: Box
    rows: tuple[PlacedAnswerRow, ...]
    fold_toggle: Point | None


@dataclass(frozen=True)
class PlacedBranch:
    """A branch's way from its answers to its target."""

    branch: MapBranch
    points: tuple[Point, ...]


@dataclass(frozen=True)
class MapPlacement:
    """A decision map set out; `size` is the whole drawing's in points."""

    decision_map: DecisionMap
    size: tuple[float, float]
    cards: tuple[PlacedCard, ...]
    branches: tuple[PlacedBranch, ...]

    @cached_property
    def card_by_id(self) -> Mapping[str, PlacedCard]:
        """Every card under its node's id."""
        return {card.node.id: card for card in self.cards}


def layout_decision_map(shown: DecisionMap, ruler: TextMetrics) -> MapPlacement:
    """Measure, then place: from left to right, no card on another and no branch through a card."""
    number = {node.id: index for index, node in enumerate(shown.nodes)}
    cells = [_measure_card(shown, node, ruler) for node in shown.nodes]
    rows = {branch.id: row for found in shown.outgoing.values() for row, branch in enumerate(found)}
    links = [
        LayoutLink(number[b.source], number[b.target], _HEADER_HEIGHT + (rows[b.id] + 0.5) * _ROW_HEIGHT)
        for b in shown.branches
    ]
    placed = layout_layered_tree(cells, links)
    size = (placed.size[0] + 2 * MAP_MARGIN, placed.size[1] + 2 * MAP_MARGIN)
    boxes = [Box(box.x + MAP_MARGIN, box.y + MAP_MARGIN, box.w, box.h) for box in placed.boxes]
    cards = (_place_card(shown, node, box, ruler) for node, box in zip(shown.nodes, boxes, strict=True))
    branches = (
        PlacedBranch(branch, tuple(Point(x + MAP_MARGIN, y + MAP_MARGIN) for x, y in path))
        for branch, path in zip(shown.branches, placed.paths, strict=True)
    )
    return MapPlacement(shown, size, tuple(cards), tuple(branches))


def card_title(shown: DecisionMap, node: MapNode) -> str:
    """What is written largest on a node: the question's title, or what it comes to."""
    asked = shown.question_of(node)
    return asked.title if node.kind is MapNodeKind.QUESTION and asked else node.summary


def branch_answers(shown: DecisionMap, branch: MapBranch) -> str:
    """The answers that a branch stands for, by their labels."""
    asked = shown.question_of(shown.node_by_id[branch.source])
    assert asked is not None
    return " / ".join(asked.answer(answer).label for answer in branch.answers)


def _measure_card(shown: DecisionMap, node: MapNode, ruler: TextMetrics) -> LayoutNode:
    title = ruler.width(card_title(shown, node), TITLE_FONT_SIZE, bold=True)
    if node.kind is not MapNodeKind.QUESTION:
        badge = 2 * FOLD_TOGGLE_RADIUS + 8 if node.kind is MapNodeKind.FOLDED else 0
        return LayoutNode(
            _clamp(_OUTCOME_WIDTH, title + 2 * _PADDING + badge + _ROUNDING_SLACK),
            _OUTCOME_HEIGHT,
            node.level,
        )
    rows = shown.outgoing.get(node.id, ())
    wanted = [
        title + 3 * FOLD_TOGGLE_RADIUS,
        *(ruler.width(branch_answers(shown, b), TEXT_FONT_SIZE) + _PORT_MARGIN for b in rows),
    ]
    width = _clamp(_CARD_WIDTH, max(wanted) + 2 * _PADDING + _ROUNDING_SLACK)
    return LayoutNode(width, _HEADER_HEIGHT + _ROW_HEIGHT * len(rows) + _FOOTER_HEIGHT, node.level)


def _clamp(limits: tuple[float, float], width: float) -> float:
    return min(max(limits[0], width), limits[1])


def _place_card(shown: DecisionMap, node: MapNode, box: Box, ruler: TextMetrics) -> PlacedCard:
    is_question = node.kind is MapNodeKind.QUESTION
    folds = node.kind in (MapNodeKind.QUESTION, MapNodeKind.FOLDED)
    taken = 2 * FOLD_TOGGLE_RADIUS + 8 if folds else 0
    room = box.w - 2 * _PADDING - taken
    corner = Point(box.x + _PADDING, box.y + _TOP_PADDING)
    title = _text_line(ruler, card_title(shown, node), corner, room, TITLE_FONT_SIZE, bold=True)
    under = box.y + _TOP_PADDING + title.box.h
    note = Box(
        box.x + _PADDING,
        under,
        box.w - 2 * _PADDING - (0 if is_question else taken),
        ruler.height(NOTE_FONT_SIZE),
    )
    middle = box.y + (_TOP_PADDING + title.box.h / 2 - 1 if is_question else box.h / 2)
    badge = Point(box.right - _PADDING - FOLD_TOGGLE_RADIUS + 3, middle) if folds else None
    rows = shown.outgoing.get(node.id, ()) if is_question else ()
    return PlacedCard(
        node,
        box,
        title,
        note,
        tuple(_place_row(shown, b, box, at, ruler) for at, b in enumerate(rows)),
        badge,
    )


def _place_row(shown: DecisionMap, branch: MapBranch, box: Box, at: int, ruler: TextMetrics) -> PlacedAnswerRow:
    middle = box.y + _HEADER_HEIGHT + (at + 0.5) * _ROW_HEIGHT
    full = branch_answers(shown, branch)
    corner = Point(box.x + _PADDING, middle - ruler.height(TEXT_FONT_SIZE) / 2)
    line = _text_line(ruler, full, corner, box.w - 2 * _PADDING - _PORT_MARGIN, TEXT_FONT_SIZE)
    return PlacedAnswerRow(branch, line, full, Point(box.right, middle))


def _text_line(ruler: TextMetrics, text: str, corner: Point, room: float, size: float, bold: bool = False) -> TextLine:
    shown = "".join(wrap_text(ruler, text, room, 1, size, bold))
    box = Box(corner.x, corner.y, min(room, ruler.width(shown, size, bold)), ruler.height(size))
    return TextLine(shown, box, size, bold, muted=False, centered=False)


def shorten_text(ruler: TextMetrics, text: str, room: float, size: float = NOTE_FONT_SIZE, bold: bool = False) -> str:
    """The text, shortened to the room."""
    return "".join(wrap_text(ruler, text, room, 1, size, bold))
