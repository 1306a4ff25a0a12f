"""What became of the things in a picture, said by a word, by the form of a line, and by colour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from explorer.layout.geometry import Box, Point, around
from explorer.layout.text_metrics import Ruler
from explorer.render.picture import (
    Disc,
    Frame,
    Icon,
    Item,
    Kind,
    Picture,
    Polyline,
    Shape,
    Stroke,
    Words,
)
from explorer.render.theme import Theme

SIZE = 11.0
"""The size of a badge's word in points."""

_HEIGHT = 16.0
_PAD = 7.0
_OUTSIDE = 6.0
_SMALL = 30.0
_THIN = 1.0


class Tone(Enum):
    """Why something bears a badge; each has a line of its own."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def dash(self) -> tuple[float, ...]:
        """The form of the line: solid, dotted or dashed."""
        return {Tone.ADDED: (), Tone.REMOVED: (1.5, 3.0), Tone.CHANGED: (6.0, 3.0)}[self]

    def colour(self, theme: Theme) -> str:
        """The colour in a theme."""
        return {Tone.ADDED: theme.added, Tone.REMOVED: theme.removed, Tone.CHANGED: theme.changed}[self]


@dataclass(frozen=True)
class Badge:
    """A word for an item, and its tone."""

    word: str
    tone: Tone


def badged(
    picture: Picture,
    badges: Mapping[str, Badge],
    theme: Theme,
    ruler: Ruler,
    implied: Collection[str] = frozenset(),
) -> Picture:
    """The picture with outlines and badges on some of its items, which also tell their word when described.

    What is `implied` by its neighbour has the outline or the colour only.
    """
    items: list[Item] = []
    over: list[Item] = []
    taken = Taken(picture.items)
    for item in picture.items:
        badge = badges.get(item.id)
        if badge is None:
            items.append(item)
            continue
        quiet = item.id in implied
        items.append(_retold(item, badge, theme, quiet))
        if mark := _mark(item, badge, theme, None if quiet else ruler, taken):
            over.append(mark)
    return replace(picture, items=(*items, *over))


def pill(badge: Badge, centre: Point, theme: Theme, ruler: Ruler) -> tuple[Shape, ...]:
    """A badge as it is drawn around a point."""
    box = _pill_box(badge.word, centre, ruler)
    colour = badge.tone.colour(theme)
    if theme.fills:
        return (
            Frame(box, fill=colour, radius=_HEIGHT / 2),
            Words(badge.word, box, SIZE, theme.background, bold=True),
        )
    outlined = Frame(box, Stroke(colour, 1.5), theme.background, radius=_HEIGHT / 2)
    return outlined, Words(badge.word, box, SIZE, colour, bold=True)


class Taken:
    """The places in a picture where no badge may lie."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._boxes = [(item.id, box) for item in items for shape in item.shapes for box in _solid(shape)]

    def free(self, box: Box, owner: Item) -> bool:
        """Whether nothing lies there; a badge may lie on its own icon and its own line."""
        own = [shape.box for shape in owner.shapes if isinstance(shape, Words)]
        foreign = (other for name, other in self._boxes if name != owner.id)
        return not any(box.meets(other) for other in (*own, *foreign))

    def take(self, box: Box) -> None:
        """Nothing else may lie there any more."""
        self._boxes.append(("", box))


def _retold(item: Item, badge: Badge, theme: Theme, quiet: bool) -> Item:
    told = replace(item, description=f"{badge.word}, {item.description}" if item.description else badge.word)
    if item.kind is not Kind.EDGE:
        return told
    colour = badge.tone.colour(theme)

    def lined(shape: Shape) -> Shape:
        if not isinstance(shape, Polyline):
            return shape
        dash, width = (shape.stroke.dash, 1.75) if quiet else (badge.tone.dash, 2.25)
        return replace(shape, stroke=Stroke(colour, width, dash))

    return replace(told, shapes=tuple(map(lined, item.shapes)), opacity=1.0)


def _mark(item: Item, badge: Badge, theme: Theme, ruler: Ruler | None, taken: Taken) -> Item | None:
    """The outline of an item and its badge, where it finds room; without a `ruler` no badge."""
    shapes: list[Shape] = []
    if item.kind is Kind.NODE:
        icon = _icon(item)
        outline = item.box.grown(3) if icon.w < _SMALL else icon.grown(_OUTSIDE)
        shapes.append(
            Frame(outline, Stroke(badge.tone.colour(theme), 2.0, badge.tone.dash), radius=_OUTSIDE + 2)
        )
    if ruler is not None:
        spots = [_pill_box(badge.word, spot, ruler) for spot in _spots(item, badge.word, ruler)]
        box = next((spot for spot in spots if taken.free(spot, item)), spots[0] if spots else None)
        if box is not None:
            taken.take(box)
            shapes.extend(pill(badge, box.centre, theme, ruler))
    if not shapes:
        return None
    boxes = [shape.box for shape in shapes if isinstance(shape, Frame)]
    return Item(f"badge:{item.id}", Kind.DECORATION, "", "", around(boxes).grown(2), tuple(shapes))


def _spots(item: Item, word: str, ruler: Ruler) -> Iterator[Point]:
    """Where a badge would like to be, best first."""
    half = _width(word, ruler) / 2
    match item.kind:
        case Kind.NODE:
            icon = _icon(item)
            if icon.w < _SMALL:
                yield Point(item.box.right + 6 + half, item.box.centre.y)
                yield Point(item.box.x - 6 - half, item.box.centre.y)
                return
            right = max(icon.right + _OUTSIDE, icon.centre.x + 8 + half)
            left = min(icon.x - _OUTSIDE, icon.centre.x - 8 - half)
            yield Point(right, icon.y - _OUTSIDE)
            yield Point(left, icon.y - _OUTSIDE)
            yield Point(right, icon.bottom - _OUTSIDE)
            yield Point(left, icon.bottom - _OUTSIDE)
            yield Point(max(right, icon.right + 2 + half), icon.y + 4)
        case Kind.EDGE:
            for a, b in sorted(_pieces(item), key=lambda ends: -_length(*ends)):
                for share in (0.5, 0.3, 0.7):
                    yield Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        case Kind.GROUP:
            for shape in item.shapes:
                if isinstance(shape, Words):
                    yield Point(shape.box.right + 8 + half, shape.box.centre.y)


def _icon(item: Item) -> Box:
    return next((shape.box for shape in item.shapes if isinstance(shape, Icon)), item.box)


def _pieces(item: Item) -> list[tuple[Point, Point]]:
    lines = [shape for shape in item.shapes if isinstance(shape, Polyline)]
    return [ends for line in lines for ends in zip(line.points, line.points[1:], strict=False)]


def _length(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _solid(shape: Shape) -> Iterator[Box]:
    match shape:
        case Words() | Icon():
            yield shape.box
        case Disc():
            yield Box(shape.centre.x, shape.centre.y, 0, 0).grown(shape.radius)
        case Polyline():
            for a, b in zip(shape.points, shape.points[1:], strict=False):
                yield Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grown(_THIN)
        case Frame():
            pass


def _width(word: str, ruler: Ruler) -> float:
    return ruler.width(word, SIZE, bold=True) + 2 * _PAD


def _pill_box(word: str, centre: Point, ruler: Ruler) -> Box:
    width = _width(word, ruler)
    return Box(centre.x - width / 2, centre.y - _HEIGHT / 2, width, _HEIGHT)
