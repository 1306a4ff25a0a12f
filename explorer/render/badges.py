"""Change badges: marks added, removed and changed items by a text, a line style and a color."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

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
"""Font size of a badge in points."""

_BADGE_HEIGHT = 16.0
_BADGE_PADDING = 7.0
_BADGE_STROKE_WIDTH = 1.5
_OUTLINE_GAP = 6.0
_OUTLINE_WIDTH = 2.0
_COMPANION_OUTLINE_GAP = 3.0
_EDGE_WIDTH, _IMPLIED_EDGE_WIDTH = 2.25, 1.75
_SMALL_ICON = 30.0
"""Icons narrower than this belong to companions: their badge is beside the text."""

_LINE_CLEARANCE = 1.0
_BADGE_POSITIONS = (0.5, 0.3, 0.7)
"""Positions of a badge on a segment of an edge, as shares of its length."""


class ChangeKind(Enum):
    """The kind of a change; each kind has its own line style and color."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def dash(self) -> tuple[float, ...]:
        """The dash lengths of the line: solid, dotted or dashed."""
        return {ChangeKind.ADDED: (), ChangeKind.REMOVED: (1.5, 3.0), ChangeKind.CHANGED: (6.0, 3.0)}[self]

    def color(self, theme: Theme) -> str:
        """Return the color of the kind in a theme."""
        return {
            ChangeKind.ADDED: theme.added,
            ChangeKind.REMOVED: theme.removed,
            ChangeKind.CHANGED: theme.changed,
        }[self]


@dataclass(frozen=True)
class Badge:
    """A short text for an item, and the kind of change that it stands for."""

    text: str
    change: ChangeKind


def add_badges(
    picture: Picture,
    badges: Mapping[str, Badge],
    theme: Theme,
    metrics: TextMetrics,
    implied: Collection[str] = frozenset(),
) -> Picture:
    """Return the picture with an outline and a badge on some items, by item id.

    The badge's text is added to the item's description. Items that are `implied` by a neighboring change
    get an outline or a color, but no badge.
    """
    items: list[Item] = []
    overlays: list[Item] = []
    occupied = OccupiedArea(picture.items)
    for item in picture.items:
        badge = badges.get(item.id)
        if badge is None:
            items.append(item)
            continue
        is_implied = item.id in implied
        items.append(_restyle_item(item, badge, theme, is_implied))
        overlay = _badge_item(item, badge, theme, None if is_implied else metrics, occupied)
        if overlay is not None:
            overlays.append(overlay)
    return replace(picture, items=(*items, *overlays))


def badged_elsewhere(architecture: Architecture, marked: Collection[str]) -> frozenset[str]:
    """Return the ids that need no badge, since the node that they attach or connect to has one."""
    companions = (node.id for node in architecture.nodes if node.attached_to in marked)
    edges = (edge.id for edge in architecture.edges if edge.source in marked or edge.target in marked)
    return frozenset((*companions, *edges))


def badge_shapes(badge: Badge, center: Point, theme: Theme, metrics: TextMetrics) -> tuple[Shape, ...]:
    """Return the shapes of a badge around a point: filled, or outlined if the theme has no fills."""
    box = _badge_box(badge.text, center, metrics)
    color = badge.change.color(theme)
    if theme.fills:
        return (
            Rectangle(box, fill=color, radius=_BADGE_HEIGHT / 2),
            TextShape(badge.text, box, BADGE_FONT_SIZE, theme.background, bold=True),
        )
    outline = Rectangle(box, Stroke(color, _BADGE_STROKE_WIDTH), theme.background, radius=_BADGE_HEIGHT / 2)
    return outline, TextShape(badge.text, box, BADGE_FONT_SIZE, color, bold=True)


class OccupiedArea:
    """The areas of a picture that a badge must not cover."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._boxes = [(item.id, box) for item in items for shape in item.shapes for box in _occupied_boxes(shape)]

    def is_free(self, box: Box, owner: Item) -> bool:
        """Whether a badge of an item can be placed in a box; it may cover the item's own icon and line."""
        own = [shape.box for shape in owner.shapes if isinstance(shape, TextShape)]
        others = (other for item_id, other in self._boxes if item_id != owner.id)
        return not any(box.overlaps(other) for other in (*own, *others))

    def occupy(self, box: Box) -> None:
        """Add an area that no later badge may cover."""
        self._boxes.append(("", box))


def _restyle_item(item: Item, badge: Badge, theme: Theme, is_implied: bool) -> Item:
    """Return the item with the badge in its description; an edge gets the color and line style too."""
    description = f"{badge.text}, {item.description}" if item.description else badge.text
    if item.kind is not ItemKind.EDGE:
        return replace(item, description=description)
    color = badge.change.color(theme)

    def restyle(shape: Shape) -> Shape:
        if not isinstance(shape, Polyline):
            return shape
        if is_implied:
            return replace(shape, stroke=Stroke(color, _IMPLIED_EDGE_WIDTH, shape.stroke.dash))
        return replace(shape, stroke=Stroke(color, _EDGE_WIDTH, badge.change.dash))

    return replace(item, description=description, shapes=tuple(map(restyle, item.shapes)), opacity=1.0)


def _badge_item(
    item: Item, badge: Badge, theme: Theme, metrics: TextMetrics | None, occupied: OccupiedArea
) -> Item | None:
    """Return the outline and the badge of an item, or None if it has neither; without `metrics` no badge."""
    shapes: list[Shape] = []
    if item.kind is ItemKind.NODE:
        icon = _icon_box(item)
        is_companion = icon.w < _SMALL_ICON
        outline = item.box.expanded(_COMPANION_OUTLINE_GAP) if is_companion else icon.expanded(_OUTLINE_GAP)
        stroke = Stroke(badge.change.color(theme), _OUTLINE_WIDTH, badge.change.dash)
        shapes.append(Rectangle(outline, stroke, radius=_OUTLINE_GAP + 2))
    if metrics is not None:
        positions = _badge_positions(item, badge.text, metrics)
        boxes = [_badge_box(badge.text, position, metrics) for position in positions]
        box = next((box for box in boxes if occupied.is_free(box, item)), boxes[0] if boxes else None)
        if box is not None:
            occupied.occupy(box)
            shapes.extend(badge_shapes(badge, box.center, theme, metrics))
    if not shapes:
        return None
    bounds = bounding_box(shape.box for shape in shapes if isinstance(shape, Rectangle))
    return Item(f"badge:{item.id}", ItemKind.DECORATION, "", "", bounds.expanded(2), tuple(shapes))


def _badge_positions(item: Item, text: str, metrics: TextMetrics) -> Iterator[Point]:
    """Yield the centers at which a badge can be placed, best first."""
    half = _badge_width(text, metrics) / 2
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
                for share in _BADGE_POSITIONS:
                    yield Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        case ItemKind.GROUP:
            for shape in item.shapes:
                if isinstance(shape, TextShape):
                    yield Point(shape.box.right + 8 + half, shape.box.center.y)


def _icon_box(item: Item) -> Box:
    return next((shape.box for shape in item.shapes if isinstance(shape, Icon)), item.box)


def _line_segments(item: Item) -> list[tuple[Point, Point]]:
    lines = [shape for shape in item.shapes if isinstance(shape, Polyline)]
    return [ends for line in lines for ends in pairwise(line.points)]


def _length(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _occupied_boxes(shape: Shape) -> Iterator[Box]:
    match shape:
        case TextShape() | Icon():
            yield shape.box
        case Circle():
            yield Box(shape.center.x, shape.center.y, 0, 0).expanded(shape.radius)
        case Polyline():
            for a, b in pairwise(shape.points):
                yield Box(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).expanded(_LINE_CLEARANCE)
        case Rectangle():
            pass


def _badge_width(text: str, metrics: TextMetrics) -> float:
    return metrics.width(text, BADGE_FONT_SIZE, bold=True) + 2 * _BADGE_PADDING


def _badge_box(text: str, center: Point, metrics: TextMetrics) -> Box:
    width = _badge_width(text, metrics)
    return Box(center.x - width / 2, center.y - _BADGE_HEIGHT / 2, width, _BADGE_HEIGHT)
