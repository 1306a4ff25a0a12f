"""A decision map and the answers given to the picture that is painted and exported."""

from __future__ import annotations

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
from explorer.render import picture as draw
from explorer.render.picture import Circle, Item, Picture, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.render.theme import Theme

CURRENT_NOTE, ANSWERED_NOTE, REACHED_NOTE = "asked now", "answered", "your answers lead here"

_BRANCH_WIDTHS = {PathStatus.PRUNED: 1.0, PathStatus.POSSIBLE: 1.25, PathStatus.ACTIVE: 3.0}
_PRUNED_DASH = (3.0, 3.0)
_BEND_RADIUS = 12.0
_PRUNED_OPACITY = 0.65
_RING_GAP = 5.0


@dataclass(frozen=True)
class DrawnMap:
    """A decision map as it stands: what is shown, where, under which answers, and the picture of it."""

    placement: MapPlacement
    highlight: PathHighlight
    picture: Picture

    @property
    def decision_map(self) -> DecisionMap:
        """The map that is set out."""
        return self.placement.decision_map


def draw_map(placement: MapPlacement, marks: PathHighlight, theme: Theme, ruler: TextMetrics) -> DrawnMap:
    """A map set out, with its picture under some answers."""
    return DrawnMap(placement, marks, compose_decision_map(placement, marks, theme, ruler))


def compose_decision_map(placement: MapPlacement, marks: PathHighlight, theme: Theme, ruler: TextMetrics) -> Picture:
    """The picture of a map: pruned branches at the back, possible ones, the lit path, the cards before."""
    return _MapComposer(placement, marks, theme, ruler).picture()


def node_status(shown: DecisionMap, marks: PathHighlight, node: MapNode) -> str:
    """A few words on how a node stands under the answers."""
    if not marks.reachable(node):
        by = marks.pruned_by.get(node.id)
        if by is None:
            return "out of reach"
        question = shown.pack.question_by_id[by[0]]
        return f"not with {question.title}: {question.answer(by[1]).label}"
    lit = marks.nodes[node.id] is PathStatus.ACTIVE
    if node.kind is MapNodeKind.QUESTION:
        if node.id in marks.current_nodes:
            return CURRENT_NOTE
        asked = shown.question_of(node)
        assert asked is not None
        return ANSWERED_NOTE if asked.id in marks.answers else dict(shown.pack.question_groups).get(asked.group, "")
    if lit:
        return REACHED_NOTE
    if node.kind is MapNodeKind.CONFLICT:
        return "these answers clash"
    return f"{node.hidden_count} more question{'s' * (node.hidden_count != 1)}" if node.hidden_count else "decided"


class _MapComposer:
    """Draws the parts of one picture."""

    def __init__(self, placement: MapPlacement, marks: PathHighlight, theme: Theme, ruler: TextMetrics) -> None:
        self._placement, self._decision_map, self._highlight, self._theme = (
            placement,
            placement.decision_map,
            marks,
            theme,
        )
        # Most notes of a large map say the same.
        self._shorten = cache(lambda text, room, bold: shorten_text(ruler, text, room, NOTE_FONT_SIZE, bold))

    def picture(self) -> Picture:
        """The whole picture."""
        lights = self._highlight.branches
        branches = sorted(self._placement.branches, key=lambda placed: lights[placed.branch.id])
        items = (
            *(self._branch(placed) for placed in branches),
            *(self._card(placed) for placed in self._placement.cards),
        )
        return Picture(self._placement.size, self._theme.background, items)

    def _branch(self, placed: PlacedBranch) -> Item:
        theme, branch = self._theme, placed.branch
        light = self._highlight.branches[branch.id]
        colour = {
            PathStatus.PRUNED: theme.ghost,
            PathStatus.POSSIBLE: theme.line,
            PathStatus.ACTIVE: theme.accent,
        }[light]
        stroke = Stroke(colour, _BRANCH_WIDTHS[light], _PRUNED_DASH if light is PathStatus.PRUNED else ())
        xs, ys = [point.x for point in placed.points], [point.y for point in placed.points]
        source = self._decision_map.node_by_id[branch.source]
        return Item(
            id=branch.id,
            kind=draw.ItemKind.EDGE,
            name=f"{card_title(self._decision_map, source)}: {branch_answers(self._decision_map, branch)}",
            description={
                PathStatus.PRUNED: "ruled out",
                PathStatus.POSSIBLE: "possible",
                PathStatus.ACTIVE: "taken",
            }[light],
            box=Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).expanded(2),
            shapes=(Polyline(placed.points, stroke, radius=_BEND_RADIUS),),
            opacity=_PRUNED_OPACITY if light is PathStatus.PRUNED else 1.0,
        )

    def _card(self, placed: PlacedCard) -> Item:
        node, box, theme = placed.node, placed.box, self._theme
        light, now = self._highlight.nodes[node.id], node.id in self._highlight.current_nodes
        told = node_status(self._decision_map, self._highlight, node)
        shapes: list[Shape] = [self._card_outline(placed, light)]
        if now:
            ring = Rectangle(box.expanded(_RING_GAP), Stroke(theme.accent, 2.5), radius=10 + _RING_GAP)
            shapes.insert(0, ring)
        shapes += self._answer_rows(placed, light)
        shapes.append(_text(placed.title, self._text_color(node, light)))
        marked = now or told == REACHED_NOTE
        note = self._shorten(told, placed.note_box.w, marked)
        ink = theme.accent if marked else theme.muted
        shapes.append(TextShape(note, placed.note_box, NOTE_FONT_SIZE, ink, marked, centered=False))
        if placed.fold_toggle is not None:
            shapes += self._fold_toggle(placed.fold_toggle, folded=node.kind is MapNodeKind.FOLDED, light=light)
        return Item(
            id=node.id,
            kind=draw.ItemKind.NODE,
            name=card_title(self._decision_map, node),
            description=told,
            box=box.expanded(_RING_GAP + 2),
            shapes=tuple(shapes),
        )

    def _card_outline(self, placed: PlacedCard, light: PathStatus) -> Rectangle:
        theme, kind = self._theme, placed.node.kind
        radius = 8.0 if kind is MapNodeKind.QUESTION else placed.box.h / 2
        if light is PathStatus.PRUNED:
            return Rectangle(placed.box, Stroke(theme.ghost, 1, _PRUNED_DASH), theme.background, radius)
        if kind is MapNodeKind.CONFLICT:
            return Rectangle(placed.box, Stroke(theme.conflict, 1 + light), theme.card, radius)
        if light is PathStatus.ACTIVE:
            fill = theme.card if kind is MapNodeKind.QUESTION else theme.accent_soft
            return Rectangle(placed.box, Stroke(theme.accent, 2.5), fill, radius)
        return Rectangle(placed.box, Stroke(theme.line, 1.25), theme.card, radius)

    def _text_color(self, node: MapNode, light: PathStatus) -> str:
        if light is PathStatus.PRUNED:
            return self._theme.muted
        return self._theme.conflict if node.kind is MapNodeKind.CONFLICT else self._theme.ink

    def _answer_rows(self, placed: PlacedCard, light: PathStatus) -> list[Shape]:
        theme, shapes = self._theme, list[Shape]()
        answered = placed.node.question in self._highlight.answers
        for row in placed.rows:
            leads = self._highlight.branches[row.branch.id]
            taken = answered and leads is not PathStatus.PRUNED
            if taken:
                height = row.line.box.h + 3
                band = Box(placed.box.x + 5, row.port.y - height / 2, placed.box.w - 10, height)
                shapes.append(Rectangle(band, fill=theme.accent_soft, radius=4))
            ink = theme.muted if PathStatus.PRUNED in (leads, light) else theme.ink
            shapes.append(_text(row.line, theme.accent if taken else ink))
            dot = {
                PathStatus.PRUNED: theme.ghost,
                PathStatus.POSSIBLE: theme.line,
                PathStatus.ACTIVE: theme.accent,
            }[leads]
            shapes.append(Circle(row.port, 2.0 + leads, dot))
        return shapes

    def _fold_toggle(self, at: Point, folded: bool, light: PathStatus) -> list[Shape]:
        theme = self._theme
        colour = theme.muted if light is PathStatus.PRUNED else theme.accent
        around = Box(
            at.x - FOLD_TOGGLE_RADIUS,
            at.y - FOLD_TOGGLE_RADIUS,
            2 * FOLD_TOGGLE_RADIUS,
            2 * FOLD_TOGGLE_RADIUS,
        )
        cross = [(at._replace(x=at.x - 4), at._replace(x=at.x + 4))]
        if folded:
            cross.append((at._replace(y=at.y - 4), at._replace(y=at.y + 4)))
        ring = Rectangle(around, Stroke(colour, 1.25), theme.background, radius=FOLD_TOGGLE_RADIUS)
        return [ring, *(Polyline(stroke, Stroke(colour, 1.5)) for stroke in cross)]


def _text(line: TextLine, colour: str) -> TextShape:
    return TextShape(line.text, line.box, line.size, colour, line.bold, line.centered)
