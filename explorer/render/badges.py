"""What became of the things in a picture, said by a word, by the form of a line, and by colour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from explorer.core.model.architecture import Architecture
from explorer.layout.geometry import Box, Point, bounding_box
from explorer.layout.text_metrics import TextMetrics
from explorer.render.picture import (
    Circle,
    Icon,
    Item,
    ItemKind,
    Picture,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
    TextShape,
)
from explorer.render.theme import Theme

BADGE_FONT_SIZE = 11.0
"""The size of a badge's word in points."""

_BADGE_HEIGHT = 16.0
_BADGE_PADDING = 7.0
_OUTLINE_GAP = 6.0
_SMALL_ICON = 30.0
_LINE_CLEARANCE = 1.0


class ChangeKind(Enum):
    """Why something bears a badge; each has a line of its own."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def dash(self) -> tuple[float, ...]:
        """The form of the line: solid, dotted or dashed."""
        return {ChangeKind.ADDED: (), ChangeKind.REMOVED: (1.5, 3.0), ChangeKind.CHANGED: (6.0, 3.0)}[self]

    def color(self, theme: Theme) -> str:
        """The colour in a theme."""
        return {
            ChangeKind.ADDED: theme.added,
            ChangeKind.REMOVED: theme.removed,
            ChangeKind.CHANGED: theme.changed,
        }[self]


@dataclass(frozen=True)
class Badge:
    """A word for an item, and its tone."""

    text: str
    change: ChangeKind


def add_badges(
    picture: Picture,
    badges: Mapping[str, Badge],
    theme: Theme,
    ruler: TextMetrics,
    implied: Collection[str] = frozenset(),
) -> Picture:
    """The picture with outlines and badges on some of its items, which also tell their word when described.

    What is `implied` by its neighbour has the outline or the colour only.
    """
    items: list[Item] = []
    over: list[Item] = []
    taken = OccupiedArea(picture.items)
    for item in picture.items:
        badge = badges.get(item.id)
        if badge is None:
            items.append(item)
            continue
        quiet = item.id in implied
        items.append(_restyle_item(item, badge, theme, quiet))
        if mark := _badge_item(item, badge, theme, None if quiet else ruler, taken):
            over.append(mark)
    return replace(picture, items=(*items, *over))


def badged_elsewhere(architecture: Architecture, marked: Collection[str]) -> frozenset[str]:
    """Return the ids that need no badge, since the node that they attach or connect to has one."""
    companions = (node.id for node in architecture.nodes if node.attached_to in marked)
    edges = (edge.id for edge in architecture.edges if edge.source in marked or edge.target in marked)
    return frozenset((*companions, *edges))


def badge_shapes(badge: Badge, centre: Point, theme: Theme, ruler: TextMetrics) -> tuple[Shape, ...]:
    """A badge as it is drawn around a point."""
    box = _badge_box(badge.text, centre, ruler)
    colour = badge.change.color(theme)
    if theme.fills:
        return (
            Rectangle(box, fill=colour, radius=_BADGE_HEIGHT / 2),
            TextShape(badge.text, box, BADGE_FONT_SIZE, theme.background, bold=True),
        )
    outlined = Rectangle(box, Stroke(colour, 1.5), theme.background, radius=_BADGE_HEIGHT / 2)
    return outlined, TextShape(badge.text, box, BADGE_FONT_SIZE, colour, bold=True)


class OccupiedArea:
    """The places in a picture where no badge may lie."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._boxes = [(item.id, box) for item in items for shape in item.shapes for box in _occupied_boxes(shape)]

    def is_free(self, box: Box, owner: Item) -> bool:
        """Whether nothing lies there; a badge may lie on its own icon and its own line."""
        own = [shape.box for shape in owner.shapes if isinstance(shape, TextShape)]
        foreign = (other for name, other in self._boxes if name != owner.id)
        return not any(box.overlaps(other) for other in (*own, *foreign))

    def occupy(self, box: Box) -> None:
        """Nothing else may lie there any more."""
        self._boxes.append(("", box))


def _restyle_item(item: Item, badge: Badge, theme: Theme, quiet: bool) -> Item:
    told = replace(item, description=f"{badge.text}, {item.description}" if item.description else badge.text)
    if item.kind is not ItemKind.EDGE:
        return told
    colour = badge.change.color(theme)

    def lined(shape: Shape) -> Shape:
        if not isinstance(shape, Polyline):
            return shape
        dash, width = (shape.stroke.dash, 1.75) if quiet else (badge.change.dash, 2.25)
        return replace(shape, stroke=Stroke(colour, width, dash))

    return replace(told, shapes=tuple(map(lined, item.shapes)), opacity=1.0)


def _badge_item(item: Item, badge: Badge, theme: Theme, ruler: TextMetrics | None, taken: OccupiedArea) -> Item | None:
    """The outline of an item and its badge, where it finds room; without a `ruler` no badge."""
    shapes: list[Shape] = []
    if item.kind is ItemKind.NODE:
        icon = _icon_box(item)
        outline = item.box.expanded(3) if icon.w < _SMALL_ICON else icon.expanded(_OUTLINE_GAP)
        shapes.append(
            Rectangle(outline, Stroke(badge.change.color(theme), 2.0, badge.change.dash), radius=_OUTLINE_GAP + 2)
        )
    if ruler is not None:
        spots = [_badge_box(badge.text, spot, ruler) for spot in _badge_positions(item, badge.text, ruler)]
        box = next((spot for spot in spots if taken.is_free(spot, item)), spots[0] if spots else None)
        if box is not None:
            taken.occupy(box)
            shapes.extend(badge_shapes(badge, box.center, theme, ruler))
    if not shapes:
        return None
    boxes = [shape.box for shape in shapes if isinstance(shape, Rectangle)]
    return Item(f"badge:{item.id}", ItemKind.DECORATION, "", "", bounding_box(boxes).expanded(2), tuple(shapes))


def _badge_positions(item: Item, word: str, ruler: TextMetrics) -> Iterator[Point]:
    """Where a badge would like to be, best first."""
    half = _badge_width(word, ruler) / 2
    match item.kind:
        case ItemKind.NODE:
            icon = _icon_box(item)
            if icon.w < _SMALL_ICON:
                yield Point(item.box.right + 6 + half, item.box.center.y)
                yield Point(item.box.x - 6 - half, item.box.center.y)
                return
            right = max(icon.right + _OUTLINE_GAP, icon.center.x + 8 + half)
            left = min(icon.x - _OUTLINE_GAP, icon.center.x - 8 - half)
            yield Point(right, icon.y - _OUTLINE_GAP)
            yield Point(left, icon.y - _OUTLINE_GAP)
            yield Point(right, icon.bottom - _OUTLINE_GAP)
            yield Point(left, icon.bottom - _OUTLINE_GAP)
            yield Point(max(right, icon.right + 2 + half), icon.y + 4)
        case ItemKind.EDGE:
            for a, b in sorted(_line_segments(item), key=lambda ends: -_length(*ends)):
                for share in (0.5, 0.3, 0.7):
                    yield Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        case ItemKind.GROUP:
            for shape in item.shapes:
                if isinstance(shape, TextShape):
                    yield Point(shape.box.right + 8 + half, shape.box.center.y)


def _icon_box(item: Item) -> Box:
    return next((shape.box for shape in item.shapes if isinstance(shape, Icon)), item.box)


def _line_segments(item: Item) -> list[tuple[Point, Point]]:
    lines = [shape for shape in item.shapes if isinstance(shape, Polyline)]
    return [ends for line in lines for ends in zip(line.points, line.points[1:], strict=False)]


def _length(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _occupied_boxes(shape: Shape) -> Iterator[Box]:
    match shape:
        case TextShape() | Icon():
            yield shape.box
        case Circle():
            yield Box(shape.center.x, shape.center.y, 0, 0).expanded(shape.radius)
        case Polyline():
            for a, b in zip(shape.points, shape.points[1:], strict=False):
                yield Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).expanded(_LINE_CLEARANCE)
        case Rectangle():
            pass


def _badge_width(word: str, ruler: TextMetrics) -> float:
    return ruler.width(word, BADGE_FONT_SIZE, bold=True) + 2 * _BADGE_PADDING


def _badge_box(word: str, centre: Point, ruler: TextMetrics) -> Box:
    width = _badge_width(word, ruler)
    return Box(centre.x - width / 2, centre.y - _BADGE_HEIGHT / 2, width, _BADGE_HEIGHT)
