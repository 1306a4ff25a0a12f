"""Decision map picture: composes a placed map and the answers to the picture that is painted and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from explorer.core.decision_map.map import DecisionMap, MapNode, MapNodeKind
from explorer.core.decision_map.paths import PathHighlight, PathStatus
from explorer.layout.decision_map.cards import (
    FOLD_TOGGLE_RADIUS,
    NOTE_FONT_SIZE,
    MapPlacement,
    PlacedBranch,
    PlacedCard,
    branch_answers,
    card_title,
    shorten_text,
)
from explorer.layout.geometry import Box, Point, TextLine
from explorer.layout.text_metrics import TextMetrics
from explorer.render.picture import Circle, Item, ItemKind, Picture, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.render.theme import Theme

CURRENT_NOTE, ANSWERED_NOTE, REACHED_NOTE = "current question", "answered", "your answers lead here"

_BRANCH_WIDTHS = {PathStatus.PRUNED: 1.0, PathStatus.POSSIBLE: 1.25, PathStatus.ACTIVE: 3.0}
_BRANCH_DESCRIPTIONS = {PathStatus.PRUNED: "ruled out", PathStatus.POSSIBLE: "possible", PathStatus.ACTIVE: "taken"}
_PRUNED_DASH = (3.0, 3.0)
_PRUNED_OPACITY = 0.65
_OUTLINE_WIDTH, _ACTIVE_OUTLINE_WIDTH = 1.25, 2.5
_BEND_RADIUS = 12.0
_CARD_RADIUS = 8.0
_RING_GAP, _RING_RADIUS = 5.0, 15.0
_PORT_RADIUS = 2.0
_TOGGLE_SIGN_SIZE = 4.0


@dataclass(frozen=True)
class DrawnMap:
    """A placed decision map, the path that the answers highlight in it, and its picture."""

    placement: MapPlacement
    highlight: PathHighlight
    picture: Picture

    @property
    def decision_map(self) -> DecisionMap:
        """The decision map."""
        return self.placement.decision_map


def draw_map(placement: MapPlacement, highlight: PathHighlight, theme: Theme, metrics: TextMetrics) -> DrawnMap:
    """Return a placed map with its picture."""
    return DrawnMap(placement, highlight, compose_decision_map(placement, highlight, theme, metrics))


def compose_decision_map(
    placement: MapPlacement, highlight: PathHighlight, theme: Theme, metrics: TextMetrics
) -> Picture:
    """Compose the picture of a map: pruned branches at the back, then possible and active ones, then the cards."""
    return _MapComposer(placement, highlight, theme, metrics).picture()


def node_status(decision_map: DecisionMap, highlight: PathHighlight, node: MapNode) -> str:
    """Return a short note on the status of a node under the answers."""
    pack = decision_map.pack
    if not highlight.reachable(node):
        pruned_by = highlight.pruned_by.get(node.id)
        if pruned_by is None:
            return "not reachable"
        question = pack.question_by_id[pruned_by[0]]
        return f"ruled out by {question.title}: {question.answer(pruned_by[1]).label}"
    if node.kind is MapNodeKind.QUESTION:
        if node.id in highlight.current_nodes:
            return CURRENT_NOTE
        own_question = decision_map.question_of(node)
        assert own_question is not None
        if own_question.id in highlight.answers:
            return ANSWERED_NOTE
        return dict(pack.question_groups).get(own_question.group, "")
    if highlight.nodes[node.id] is PathStatus.ACTIVE:
        return REACHED_NOTE
    if node.kind is MapNodeKind.CONFLICT:
        return "conflicting answers"
    if node.hidden_count:
        return f"{node.hidden_count} more question{'s' * (node.hidden_count != 1)}"
    return "decided"


class _MapComposer:
    """Composes the items of one map."""

    def __init__(self, placement: MapPlacement, highlight: PathHighlight, theme: Theme, metrics: TextMetrics) -> None:
        self._placement = placement
        self._decision_map = placement.decision_map
        self._highlight = highlight
        self._theme = theme
        self._branch_colors = {
            PathStatus.PRUNED: theme.ghost,
            PathStatus.POSSIBLE: theme.line,
            PathStatus.ACTIVE: theme.accent,
        }
        # Most notes of a large map have the same text.
        self._shorten_note: Callable[[str, float, bool], str] = cache(
            lambda text, width, bold: shorten_text(metrics, text, width, NOTE_FONT_SIZE, bold)
        )

    def picture(self) -> Picture:
        """Return the complete picture."""
        status = self._highlight.branches
        branches = sorted(self._placement.branches, key=lambda placed: status[placed.branch.id])
        items = (*map(self._branch, branches), *map(self._card, self._placement.cards))
        return Picture(self._placement.size, self._theme.background, items)

    def _branch(self, placed: PlacedBranch) -> Item:
        branch = placed.branch
        status = self._highlight.branches[branch.id]
        is_pruned = status is PathStatus.PRUNED
        stroke = Stroke(self._branch_colors[status], _BRANCH_WIDTHS[status], _PRUNED_DASH if is_pruned else ())
        xs, ys = [point.x for point in placed.points], [point.y for point in placed.points]
        source = self._decision_map.node_by_id[branch.source]
        return Item(
            id=branch.id,
            kind=ItemKind.EDGE,
            name=f"{card_title(self._decision_map, source)}: {branch_answers(self._decision_map, branch)}",
            description=_BRANCH_DESCRIPTIONS[status],
            box=Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).expanded(2),
            shapes=(Polyline(placed.points, stroke, radius=_BEND_RADIUS),),
            opacity=_PRUNED_OPACITY if is_pruned else 1.0,
        )

    def _card(self, placed: PlacedCard) -> Item:
        node, theme = placed.node, self._theme
        status, is_current = self._highlight.nodes[node.id], node.id in self._highlight.current_nodes
        note = node_status(self._decision_map, self._highlight, node)
        is_emphasized = is_current or note == REACHED_NOTE
        shapes: list[Shape] = []
        if is_current:
            stroke = Stroke(theme.accent, _ACTIVE_OUTLINE_WIDTH)
            shapes.append(Rectangle(placed.box.expanded(_RING_GAP), stroke, radius=_RING_RADIUS))
        shapes.append(self._card_outline(placed, status))
        shapes += self._answer_rows(placed, status)
        shapes.append(_text(placed.title, self._title_color(node, status)))
        shapes.append(self._note(note, placed.note_box, is_emphasized))
        if placed.fold_toggle is not None:
            shapes += self._fold_toggle(placed.fold_toggle, node.kind is MapNodeKind.FOLDED, status)
        return Item(
            id=node.id,
            kind=ItemKind.NODE,
            name=card_title(self._decision_map, node),
            description=note,
            box=placed.box.expanded(_RING_GAP + 2),
            shapes=tuple(shapes),
        )

    def _card_outline(self, placed: PlacedCard, status: PathStatus) -> Rectangle:
        theme, kind = self._theme, placed.node.kind
        radius = _CARD_RADIUS if kind is MapNodeKind.QUESTION else placed.box.h / 2
        if status is PathStatus.PRUNED:
            return Rectangle(placed.box, Stroke(theme.ghost, 1, _PRUNED_DASH), theme.background, radius)
        if kind is MapNodeKind.CONFLICT:
            return Rectangle(placed.box, Stroke(theme.conflict, 1 + status), theme.card, radius)
        if status is PathStatus.ACTIVE:
            fill = theme.card if kind is MapNodeKind.QUESTION else theme.accent_soft
            return Rectangle(placed.box, Stroke(theme.accent, _ACTIVE_OUTLINE_WIDTH), fill, radius)
        return Rectangle(placed.box, Stroke(theme.line, _OUTLINE_WIDTH), theme.card, radius)

    def _title_color(self, node: MapNode, status: PathStatus) -> str:
        if status is PathStatus.PRUNED:
            return self._theme.muted
        return self._theme.conflict if node.kind is MapNodeKind.CONFLICT else self._theme.ink

    def _note(self, note: str, box: Box, is_emphasized: bool) -> TextShape:
        text = self._shorten_note(note, box.w, is_emphasized)
        color = self._theme.accent if is_emphasized else self._theme.muted
        return TextShape(text, box, NOTE_FONT_SIZE, color, is_emphasized, centered=False)

    def _answer_rows(self, placed: PlacedCard, card_status: PathStatus) -> list[Shape]:
        theme, shapes = self._theme, list[Shape]()
        is_answered = placed.node.question in self._highlight.answers
        for row in placed.rows:
            status = self._highlight.branches[row.branch.id]
            is_given = is_answered and status is not PathStatus.PRUNED
            if is_given:
                height = row.line.box.h + 3
                band = Box(placed.box.x + 5, row.port.y - height / 2, placed.box.w - 10, height)
                shapes.append(Rectangle(band, fill=theme.accent_soft, radius=4))
            color = theme.muted if PathStatus.PRUNED in (status, card_status) else theme.ink
            shapes.append(_text(row.line, theme.accent if is_given else color))
            shapes.append(Circle(row.port, _PORT_RADIUS + status, self._branch_colors[status]))
        return shapes

    def _fold_toggle(self, center: Point, is_folded: bool, status: PathStatus) -> list[Shape]:
        """Return a circle with a plus sign if the node is folded, else with a minus sign."""
        theme, size = self._theme, _TOGGLE_SIGN_SIZE
        color = theme.muted if status is PathStatus.PRUNED else theme.accent
        box = Box(center.x, center.y, 0, 0).expanded(FOLD_TOGGLE_RADIUS)
        lines = [(center._replace(x=center.x - size), center._replace(x=center.x + size))]
        if is_folded:
            lines.append((center._replace(y=center.y - size), center._replace(y=center.y + size)))
        ring = Rectangle(box, Stroke(color, _OUTLINE_WIDTH), theme.background, radius=FOLD_TOGGLE_RADIUS)
        return [ring, *(Polyline(line, Stroke(color, 1.5)) for line in lines)]


def _text(line: TextLine, color: str) -> TextShape:
    return TextShape(line.text, line.box, line.size, color, line.bold, line.centered)
