"""A decision map and the answers given to the picture that is painted and exported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from explorer.core.decision_map.map import DecisionMap, Kind, MapNode
from explorer.core.decision_map.paths import Light, Marks
from explorer.layout.decision_map.cards import (
    BADGE,
    NOTE_SIZE,
    MapPlacement,
    PlacedBranch,
    PlacedCard,
    answers_of,
    fitted,
    title_of,
)
from explorer.layout.geometry import Box, Line, Point
from explorer.layout.text_metrics import Ruler
from explorer.render import picture as draw
from explorer.render.picture import Disc, Frame, Item, Picture, Polyline, Shape, Stroke, Words
from explorer.render.theme import Theme

NOW, ANSWERED, HERE = "asked now", "answered", "your answers lead here"

_WIDTHS = {Light.PRUNED: 1.0, Light.POSSIBLE: 1.25, Light.LIT: 3.0}
_PRUNED_DASH = (3.0, 3.0)
_BEND = 12.0
_FAINT = 0.65
_RING = 5.0


@dataclass(frozen=True)
class MapSheet:
    """A decision map as it stands: what is shown, where, under which answers, and the picture of it."""

    placement: MapPlacement
    marks: Marks
    picture: Picture

    @property
    def shown(self) -> DecisionMap:
        """The map that is set out."""
        return self.placement.shown


def sheet(placement: MapPlacement, marks: Marks, theme: Theme, ruler: Ruler) -> MapSheet:
    """A map set out, with its picture under some answers."""
    return MapSheet(placement, marks, compose_map(placement, marks, theme, ruler))


def compose_map(placement: MapPlacement, marks: Marks, theme: Theme, ruler: Ruler) -> Picture:
    """The picture of a map: pruned branches at the back, possible ones, the lit path, the cards before."""
    return _Composer(placement, marks, theme, ruler).picture()


def standing(shown: DecisionMap, marks: Marks, node: MapNode) -> str:
    """A few words on how a node stands under the answers."""
    if not marks.reachable(node):
        by = marks.by.get(node.id)
        if by is None:
            return "out of reach"
        question = shown.pack.question_by_id[by[0]]
        return f"not with {question.title}: {question.answer(by[1]).label}"
    lit = marks.nodes[node.id] is Light.LIT
    if node.kind is Kind.QUESTION:
        if node.id in marks.current:
            return NOW
        asked = shown.asked(node)
        assert asked is not None
        return ANSWERED if asked.id in marks.answers else dict(shown.pack.groups).get(asked.group, "")
    if lit:
        return HERE
    if node.kind is Kind.CONFLICT:
        return "these answers clash"
    return f"{node.hidden} more question{'s' * (node.hidden != 1)}" if node.hidden else "decided"


class _Composer:
    """Draws the parts of one picture."""

    def __init__(self, placement: MapPlacement, marks: Marks, theme: Theme, ruler: Ruler) -> None:
        self._placement, self._shown, self._marks, self._theme = placement, placement.shown, marks, theme
        # Most notes of a large map say the same.
        self._fitted = cache(lambda text, room, bold: fitted(ruler, text, room, NOTE_SIZE, bold))

    def picture(self) -> Picture:
        """The whole picture."""
        lights = self._marks.branches
        branches = sorted(self._placement.branches, key=lambda placed: lights[placed.branch.id])
        items = (
            *(self._branch(placed) for placed in branches),
            *(self._card(placed) for placed in self._placement.cards),
        )
        return Picture(self._placement.size, self._theme.background, items)

    def _branch(self, placed: PlacedBranch) -> Item:
        theme, branch = self._theme, placed.branch
        light = self._marks.branches[branch.id]
        colour = {Light.PRUNED: theme.ghost, Light.POSSIBLE: theme.line, Light.LIT: theme.accent}[light]
        stroke = Stroke(colour, _WIDTHS[light], _PRUNED_DASH if light is Light.PRUNED else ())
        xs, ys = [point.x for point in placed.points], [point.y for point in placed.points]
        source = self._shown.node_by_id[branch.source]
        return Item(
            id=branch.id,
            kind=draw.Kind.EDGE,
            name=f"{title_of(self._shown, source)}: {answers_of(self._shown, branch)}",
            description={Light.PRUNED: "ruled out", Light.POSSIBLE: "possible", Light.LIT: "taken"}[light],
            box=Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grown(2),
            shapes=(Polyline(placed.points, stroke, radius=_BEND),),
            opacity=_FAINT if light is Light.PRUNED else 1.0,
        )

    def _card(self, placed: PlacedCard) -> Item:
        node, box, theme = placed.node, placed.box, self._theme
        light, now = self._marks.nodes[node.id], node.id in self._marks.current
        told = standing(self._shown, self._marks, node)
        shapes: list[Shape] = [self._plate(placed, light)]
        if now:
            ring = Frame(box.grown(_RING), Stroke(theme.accent, 2.5), radius=10 + _RING)
            shapes.insert(0, ring)
        shapes += self._answers(placed, light)
        shapes.append(_words(placed.title, self._ink(node, light)))
        marked = now or told == HERE
        note = self._fitted(told, placed.note.w, marked)
        ink = theme.accent if marked else theme.muted
        shapes.append(Words(note, placed.note, NOTE_SIZE, ink, marked, centred=False))
        if placed.badge is not None:
            shapes += self._badge(placed.badge, folded=node.kind is Kind.FOLDED, light=light)
        return Item(
            id=node.id,
            kind=draw.Kind.NODE,
            name=title_of(self._shown, node),
            description=told,
            box=box.grown(_RING + 2),
            shapes=tuple(shapes),
        )

    def _plate(self, placed: PlacedCard, light: Light) -> Frame:
        theme, kind = self._theme, placed.node.kind
        radius = 8.0 if kind is Kind.QUESTION else placed.box.h / 2
        if light is Light.PRUNED:
            return Frame(placed.box, Stroke(theme.ghost, 1, _PRUNED_DASH), theme.background, radius)
        if kind is Kind.CONFLICT:
            return Frame(placed.box, Stroke(theme.conflict, 1 + light), theme.card, radius)
        if light is Light.LIT:
            fill = theme.card if kind is Kind.QUESTION else theme.accent_soft
            return Frame(placed.box, Stroke(theme.accent, 2.5), fill, radius)
        return Frame(placed.box, Stroke(theme.line, 1.25), theme.card, radius)

    def _ink(self, node: MapNode, light: Light) -> str:
        if light is Light.PRUNED:
            return self._theme.muted
        return self._theme.conflict if node.kind is Kind.CONFLICT else self._theme.ink

    def _answers(self, placed: PlacedCard, light: Light) -> list[Shape]:
        theme, shapes = self._theme, list[Shape]()
        answered = placed.node.question in self._marks.answers
        for row in placed.rows:
            leads = self._marks.branches[row.branch.id]
            taken = answered and leads is not Light.PRUNED
            if taken:
                height = row.line.box.h + 3
                band = Box(placed.box.x + 5, row.port.y - height / 2, placed.box.w - 10, height)
                shapes.append(Frame(band, fill=theme.accent_soft, radius=4))
            ink = theme.muted if Light.PRUNED in (leads, light) else theme.ink
            shapes.append(_words(row.line, theme.accent if taken else ink))
            dot = {Light.PRUNED: theme.ghost, Light.POSSIBLE: theme.line, Light.LIT: theme.accent}[leads]
            shapes.append(Disc(row.port, 2.0 + leads, dot))
        return shapes

    def _badge(self, at: Point, folded: bool, light: Light) -> list[Shape]:
        theme = self._theme
        colour = theme.muted if light is Light.PRUNED else theme.accent
        around = Box(at.x - BADGE, at.y - BADGE, 2 * BADGE, 2 * BADGE)
        cross = [(at._replace(x=at.x - 4), at._replace(x=at.x + 4))]
        if folded:
            cross.append((at._replace(y=at.y - 4), at._replace(y=at.y + 4)))
        ring = Frame(around, Stroke(colour, 1.25), theme.background, radius=BADGE)
        return [ring, *(Polyline(stroke, Stroke(colour, 1.5)) for stroke in cross)]


def _words(line: Line, colour: str) -> Words:
    return Words(line.text, line.box, line.size, colour, line.bold, line.centred)
