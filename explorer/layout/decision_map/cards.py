"""A decision map set out: every question a card with its answers, every outcome a plate, text first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from explorer.core.decision_map.map import Branch, DecisionMap, Kind, MapNode
from explorer.layout.decision_map.layered_tree import Cell, Link, tidy
from explorer.layout.geometry import Box, Line, Point
from explorer.layout.measured_nodes import broken
from explorer.layout.text_metrics import Ruler

TITLE_SIZE, TEXT_SIZE, NOTE_SIZE = 15.0, 13.0, 11.0
BADGE = 9.0
"""The radius of the mark that folds and unfolds."""

MARGIN = 28.0
_PAD, _AIR = 12.0, 5.0
_HEAD, _ROW, _FOOT = 42.0, 20.0, 6.0
_PLATE = 42.0
_CARD_WIDTH = (180.0, 300.0)
_PLATE_WIDTH = (210.0, 360.0)
_SLACK = 1.0  # lest a text that just fits be shortened
_PORT = 14.0  # what is kept free of words at the right of an answer


@dataclass(frozen=True)
class PlacedAnswers:
    """One row of a card: the answers that lead the same way, and where their branch begins."""

    branch: Branch
    line: Line
    full: str
    port: Point


@dataclass(frozen=True)
class PlacedCard:
    """A node in its place; `note` is the room for a word on how it stands."""

    node: MapNode
    box: Box
    title: Line
    note: Box
    rows: tuple[PlacedAnswers, ...]
    badge: Point | None


@dataclass(frozen=True)
class PlacedBranch:
    """A branch's way from its answers to its target."""

    branch: Branch
    points: tuple[Point, ...]


@dataclass(frozen=True)
class MapPlacement:
    """A decision map set out; `size` is the whole drawing's in points."""

    shown: DecisionMap
    size: tuple[float, float]
    cards: tuple[PlacedCard, ...]
    branches: tuple[PlacedBranch, ...]

    @cached_property
    def card_by_id(self) -> Mapping[str, PlacedCard]:
        """Every card under its node's id."""
        return {card.node.id: card for card in self.cards}


def set_out(shown: DecisionMap, ruler: Ruler) -> MapPlacement:
    """Measure, then place: from left to right, no card on another and no branch through a card."""
    number = {node.id: index for index, node in enumerate(shown.nodes)}
    cells = [_cell(shown, node, ruler) for node in shown.nodes]
    rows = {branch.id: row for found in shown.leaving.values() for row, branch in enumerate(found)}
    links = [
        Link(number[b.source], number[b.target], _HEAD + (rows[b.id] + 0.5) * _ROW) for b in shown.branches
    ]
    placed = tidy(cells, links)
    size = (placed.size[0] + 2 * MARGIN, placed.size[1] + 2 * MARGIN)
    boxes = [Box(box.x + MARGIN, box.y + MARGIN, box.w, box.h) for box in placed.boxes]
    cards = (_card(shown, node, box, ruler) for node, box in zip(shown.nodes, boxes, strict=True))
    branches = (
        PlacedBranch(branch, tuple(Point(x + MARGIN, y + MARGIN) for x, y in path))
        for branch, path in zip(shown.branches, placed.paths, strict=True)
    )
    return MapPlacement(shown, size, tuple(cards), tuple(branches))


def title_of(shown: DecisionMap, node: MapNode) -> str:
    """What is written largest on a node: the question's title, or what it comes to."""
    asked = shown.asked(node)
    return asked.title if node.kind is Kind.QUESTION and asked else node.summary


def answers_of(shown: DecisionMap, branch: Branch) -> str:
    """The answers that a branch stands for, by their labels."""
    asked = shown.asked(shown.node_by_id[branch.source])
    assert asked is not None
    return " / ".join(asked.answer(answer).label for answer in branch.answers)


def _cell(shown: DecisionMap, node: MapNode, ruler: Ruler) -> Cell:
    title = ruler.width(title_of(shown, node), TITLE_SIZE, bold=True)
    if node.kind is not Kind.QUESTION:
        badge = 2 * BADGE + 8 if node.kind is Kind.FOLDED else 0
        return Cell(_within(_PLATE_WIDTH, title + 2 * _PAD + badge + _SLACK), _PLATE, node.level)
    rows = shown.leaving.get(node.id, ())
    wanted = [title + 3 * BADGE, *(ruler.width(answers_of(shown, b), TEXT_SIZE) + _PORT for b in rows)]
    width = _within(_CARD_WIDTH, max(wanted) + 2 * _PAD + _SLACK)
    return Cell(width, _HEAD + _ROW * len(rows) + _FOOT, node.level)


def _within(limits: tuple[float, float], width: float) -> float:
    return min(max(limits[0], width), limits[1])


def _card(shown: DecisionMap, node: MapNode, box: Box, ruler: Ruler) -> PlacedCard:
    is_question = node.kind is Kind.QUESTION
    folds = node.kind in (Kind.QUESTION, Kind.FOLDED)
    taken = 2 * BADGE + 8 if folds else 0
    room = box.w - 2 * _PAD - taken
    corner = Point(box.x + _PAD, box.y + _AIR)
    title = _line(ruler, title_of(shown, node), corner, room, TITLE_SIZE, bold=True)
    under = box.y + _AIR + title.box.h
    note = Box(box.x + _PAD, under, box.w - 2 * _PAD - (0 if is_question else taken), ruler.height(NOTE_SIZE))
    middle = box.y + (_AIR + title.box.h / 2 - 1 if is_question else box.h / 2)
    badge = Point(box.right - _PAD - BADGE + 3, middle) if folds else None
    rows = shown.leaving.get(node.id, ()) if is_question else ()
    return PlacedCard(
        node, box, title, note, tuple(_row(shown, b, box, at, ruler) for at, b in enumerate(rows)), badge
    )


def _row(shown: DecisionMap, branch: Branch, box: Box, at: int, ruler: Ruler) -> PlacedAnswers:
    middle = box.y + _HEAD + (at + 0.5) * _ROW
    full = answers_of(shown, branch)
    corner = Point(box.x + _PAD, middle - ruler.height(TEXT_SIZE) / 2)
    line = _line(ruler, full, corner, box.w - 2 * _PAD - _PORT, TEXT_SIZE)
    return PlacedAnswers(branch, line, full, Point(box.right, middle))


def _line(ruler: Ruler, text: str, corner: Point, room: float, size: float, bold: bool = False) -> Line:
    shown = "".join(broken(ruler, text, room, 1, size, bold))
    box = Box(corner.x, corner.y, min(room, ruler.width(shown, size, bold)), ruler.height(size))
    return Line(shown, box, size, bold, muted=False, centred=False)


def fitted(ruler: Ruler, text: str, room: float, size: float = NOTE_SIZE, bold: bool = False) -> str:
    """The text, shortened to the room."""
    return "".join(broken(ruler, text, room, 1, size, bold))
