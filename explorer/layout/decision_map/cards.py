"""Decision map layout: questions as cards with their answers, outcomes as plates, sized by their text."""

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
"""Radius in points of the toggle that expands and collapses a node."""

MAP_MARGIN = 28.0
"""Points of empty space around the map."""

_PADDING, _TOP_PADDING = 12.0, 5.0
_HEADER_HEIGHT, _ROW_HEIGHT, _FOOTER_HEIGHT = 42.0, 20.0, 6.0
_OUTCOME_HEIGHT = 42.0
_CARD_WIDTH = (180.0, 300.0)
_OUTCOME_WIDTH = (210.0, 360.0)
_FOLD_TOGGLE_WIDTH = 2 * FOLD_TOGGLE_RADIUS + 8
_FOLD_TOGGLE_SHIFT = 3.0
_ROUNDING_SLACK = 1.0
"""Points added to a width, so that a text that just fits is not shortened."""

_PORT_MARGIN = 14.0
"""Points without text at the right of an answer, for its port."""


@dataclass(frozen=True)
class PlacedAnswerRow:
    """A row of a card: the answers of one branch, the shortened and the full text, and where the branch starts."""

    branch: MapBranch
    line: TextLine
    full_text: str
    port: Point


@dataclass(frozen=True)
class PlacedCard:
    """A node with its box, title and answer rows. `note_box` is the area for a note on its status.

    `fold_toggle` is the center of the toggle, or None if the node cannot be expanded or collapsed.
    """

    node: MapNode
    box: Box
    title: TextLine
    note_box: Box
    rows: tuple[PlacedAnswerRow, ...]
    fold_toggle: Point | None


@dataclass(frozen=True)
class PlacedBranch:
    """A branch with its path from its answers to its target."""

    branch: MapBranch
    points: tuple[Point, ...]


@dataclass(frozen=True)
class MapPlacement:
    """A placed decision map; `size` is the width and height of the whole map in points."""

    decision_map: DecisionMap
    size: tuple[float, float]
    cards: tuple[PlacedCard, ...]
    branches: tuple[PlacedBranch, ...]

    @cached_property
    def card_by_id(self) -> Mapping[str, PlacedCard]:
        """The cards by node id."""
        return {card.node.id: card for card in self.cards}


def layout_decision_map(decision_map: DecisionMap, metrics: TextMetrics) -> MapPlacement:
    """Place a decision map from left to right; no card overlaps another, and no branch crosses a card."""
    index = {node.id: position for position, node in enumerate(decision_map.nodes)}
    sizes = [_measure_card(decision_map, node, metrics) for node in decision_map.nodes]
    rows = {branch.id: row for branches in decision_map.outgoing.values() for row, branch in enumerate(branches)}
    links = [
        LayoutLink(index[b.source], index[b.target], _HEADER_HEIGHT + (rows[b.id] + 0.5) * _ROW_HEIGHT)
        for b in decision_map.branches
    ]
    tree = layout_layered_tree(sizes, links)
    margin = Point(MAP_MARGIN, MAP_MARGIN)
    cards = tuple(
        _place_card(decision_map, node, box.translated(margin), metrics)
        for node, box in zip(decision_map.nodes, tree.boxes, strict=True)
    )
    branches = tuple(
        PlacedBranch(branch, tuple(point.translated(margin) for point in path))
        for branch, path in zip(decision_map.branches, tree.paths, strict=True)
    )
    return MapPlacement(decision_map, (tree.size[0] + 2 * MAP_MARGIN, tree.size[1] + 2 * MAP_MARGIN), cards, branches)


def card_title(decision_map: DecisionMap, node: MapNode) -> str:
    """Return the title of a node: of its question, or a summary of its outcome."""
    question = decision_map.question_of(node)
    return question.title if node.kind is MapNodeKind.QUESTION and question else node.summary


def branch_answers(decision_map: DecisionMap, branch: MapBranch) -> str:
    """Return the labels of a branch's answers, separated by slashes."""
    question = decision_map.question_of(decision_map.node_by_id[branch.source])
    assert question is not None
    return " / ".join(question.answer(answer).label for answer in branch.answers)


def _measure_card(decision_map: DecisionMap, node: MapNode, metrics: TextMetrics) -> LayoutNode:
    title_width = metrics.width(card_title(decision_map, node), TITLE_FONT_SIZE, bold=True)
    if node.kind is not MapNodeKind.QUESTION:
        toggle_width = _FOLD_TOGGLE_WIDTH if node.kind is MapNodeKind.FOLDED else 0
        width = _clamp(_OUTCOME_WIDTH, title_width + 2 * _PADDING + toggle_width + _ROUNDING_SLACK)
        return LayoutNode(width, _OUTCOME_HEIGHT, node.level)
    branches = decision_map.outgoing.get(node.id, ())
    answer_widths = [metrics.width(branch_answers(decision_map, b), TEXT_FONT_SIZE) + _PORT_MARGIN for b in branches]
    content_width = max([title_width + 3 * FOLD_TOGGLE_RADIUS, *answer_widths])
    width = _clamp(_CARD_WIDTH, content_width + 2 * _PADDING + _ROUNDING_SLACK)
    return LayoutNode(width, _HEADER_HEIGHT + _ROW_HEIGHT * len(branches) + _FOOTER_HEIGHT, node.level)


def _clamp(limits: tuple[float, float], width: float) -> float:
    return min(max(limits[0], width), limits[1])


def _place_card(decision_map: DecisionMap, node: MapNode, box: Box, metrics: TextMetrics) -> PlacedCard:
    is_question = node.kind is MapNodeKind.QUESTION
    has_toggle = node.kind in (MapNodeKind.QUESTION, MapNodeKind.FOLDED)
    toggle_width = _FOLD_TOGGLE_WIDTH if has_toggle else 0
    text_width = box.w - 2 * _PADDING
    corner = Point(box.x + _PADDING, box.y + _TOP_PADDING)
    title_text = card_title(decision_map, node)
    title = _text_line(metrics, title_text, corner, text_width - toggle_width, TITLE_FONT_SIZE, bold=True)
    note_y = box.y + _TOP_PADDING + title.box.h
    note_width = text_width - (0 if is_question else toggle_width)
    note_box = Box(box.x + _PADDING, note_y, note_width, metrics.height(NOTE_FONT_SIZE))
    toggle_y = box.y + (_TOP_PADDING + title.box.h / 2 - 1 if is_question else box.h / 2)
    toggle = Point(box.right - _PADDING - FOLD_TOGGLE_RADIUS + _FOLD_TOGGLE_SHIFT, toggle_y) if has_toggle else None
    branches = decision_map.outgoing.get(node.id, ()) if is_question else ()
    rows = tuple(_place_row(decision_map, branch, box, row, metrics) for row, branch in enumerate(branches))
    return PlacedCard(node, box, title, note_box, rows, toggle)


def _place_row(
    decision_map: DecisionMap, branch: MapBranch, card: Box, row: int, metrics: TextMetrics
) -> PlacedAnswerRow:
    middle = card.y + _HEADER_HEIGHT + (row + 0.5) * _ROW_HEIGHT
    full_text = branch_answers(decision_map, branch)
    corner = Point(card.x + _PADDING, middle - metrics.height(TEXT_FONT_SIZE) / 2)
    line = _text_line(metrics, full_text, corner, card.w - 2 * _PADDING - _PORT_MARGIN, TEXT_FONT_SIZE)
    return PlacedAnswerRow(branch, line, full_text, Point(card.right, middle))


def _text_line(
    metrics: TextMetrics, text: str, corner: Point, max_width: float, size: float, bold: bool = False
) -> TextLine:
    shown = shorten_text(metrics, text, max_width, size, bold)
    box = Box(corner.x, corner.y, min(max_width, metrics.width(shown, size, bold)), metrics.height(size))
    return TextLine(shown, box, size, bold, muted=False, centered=False)


def shorten_text(
    metrics: TextMetrics, text: str, max_width: float, size: float = NOTE_FONT_SIZE, bold: bool = False
) -> str:
    """Return the text on one line, shortened with “…” if it is wider than `max_width` points."""
    return "".join(wrap_text(metrics, text, max_width, 1, size, bold))
