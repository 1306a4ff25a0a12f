"""Two pictures beside each other under their captions, as one picture: what is compared goes on one slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.layout.geometry import Box, Point
from explorer.layout.measured_nodes import wrap_text
from explorer.layout.text_metrics import TextMetrics
from explorer.render.badges import Badge, ChangeKind
from explorer.render.picture import (
    Item,
    ItemKind,
    Picture,
    Polyline,
    Rectangle,
    Shape,
    Stroke,
    TextShape,
    translate_box,
    translate_shape,
)
from explorer.render.theme import Theme

LEFT_PREFIX, RIGHT_PREFIX = "left:", "right:"
"""What the ids of the items of either half begin with."""

ONLY_LEFT = Badge("only here", ChangeKind.REMOVED)
ONLY_RIGHT = Badge("only here", ChangeKind.ADDED)
DIFFERS = Badge("differs", ChangeKind.CHANGED)

_TITLE_FONT_SIZE, _SUMMARY_FONT_SIZE, _TABLE_FONT_SIZE = 30.0, 19.0, 23.0
_GAP = 40.0
_MARGIN = 18.0
_LINE_SPACING = 1.5


@dataclass(frozen=True)
class ComparedSide:
    """One side: its name, a line about it, and its picture."""

    title: str
    summary: str
    picture: Picture


@dataclass(frozen=True)
class ComparisonTableRow:
    """A row of the table beneath: what it is about, and how it stands on either side."""

    label: str
    left: str
    right: str


def side_by_side(
    left: ComparedSide,
    right: ComparedSide,
    lines: Sequence[ComparisonTableRow],
    theme: Theme,
    ruler: TextMetrics,
) -> Picture:
    """Both halves at the same scale and height, captions above, and the table of `lines` beneath."""
    width = max(left.picture.size[0], right.picture.size[0])
    height = max(left.picture.size[1], right.picture.size[1])
    whole = 2 * width + _GAP + 2 * _MARGIN
    top = _MARGIN + ruler.height(_TITLE_FONT_SIZE) + ruler.height(_SUMMARY_FONT_SIZE) + 14
    columns = (_MARGIN, _MARGIN + width + _GAP)
    items: list[Item] = []
    for half, prefix, x in zip((left, right), (LEFT_PREFIX, RIGHT_PREFIX), columns, strict=True):
        items.append(_side_caption(half, prefix, Box(x, _MARGIN, width, top - _MARGIN), theme, ruler))
        items.extend(translate_item(item, prefix, Point(x, top)) for item in half.picture.items)
    bottom = top + height
    middle = _MARGIN + width + _GAP / 2
    divider = Polyline((Point(middle, _MARGIN), Point(middle, bottom)), Stroke(theme.muted, 1.0, (2.0, 4.0)))
    items.append(_decoration("divider", (divider,), Box(middle, _MARGIN, 1, bottom - _MARGIN)))
    if lines:
        room = Box(_MARGIN, bottom + 16, whole - 2 * _MARGIN, 0)
        table, bottom = _table(lines, room, columns[1], theme, ruler)
        items.append(table)
    return Picture((whole, bottom + _MARGIN), theme.background, tuple(items))


def translate_item(item: Item, prefix: str, by: Point) -> Item:
    """An item elsewhere, under another id."""
    return replace(
        item,
        id=prefix + item.id,
        box=translate_box(item.box, by),
        shapes=tuple(translate_shape(shape, by) for shape in item.shapes),
    )


def _decoration(name: str, shapes: tuple[Shape, ...], box: Box, told: str = "") -> Item:
    return Item(name, ItemKind.DECORATION, told, "", box, shapes)


def _side_caption(half: ComparedSide, prefix: str, room: Box, theme: Theme, ruler: TextMetrics) -> Item:
    high = ruler.height(_TITLE_FONT_SIZE)
    shapes: list[Shape] = []
    badge = ONLY_LEFT if prefix == LEFT_PREFIX else ONLY_RIGHT
    title = _shorten(half.title, room.w - 8, _TITLE_FONT_SIZE, ruler, bold=True)
    told = _shorten(half.summary, room.w - 8, _SUMMARY_FONT_SIZE, ruler)
    shapes.append(Rectangle(Box(room.x, room.y + 2, 5, room.h - 14), fill=badge.change.color(theme), radius=2))
    shapes.append(
        TextShape(
            title,
            Box(room.x + 14, room.y, room.w - 14, high),
            _TITLE_FONT_SIZE,
            theme.ink,
            bold=True,
            centered=False,
        )
    )
    below = Box(room.x + 14, room.y + high, room.w - 14, ruler.height(_SUMMARY_FONT_SIZE))
    shapes.append(TextShape(told, below, _SUMMARY_FONT_SIZE, theme.muted, centered=False))
    return _decoration(f"{prefix}caption", tuple(shapes), room, half.title)


def _table(
    lines: Sequence[ComparisonTableRow], room: Box, right: float, theme: Theme, ruler: TextMetrics
) -> tuple[Item, float]:
    """The rows, each with a hair line above; either side stands beneath its own half."""
    step = ruler.height(_TABLE_FONT_SIZE) * _LINE_SPACING
    label = min(0.2 * room.w, 250.0)
    shapes: list[Shape] = []
    y = room.y
    for row in lines:
        rule = (Point(room.x, y), Point(room.right, y))
        shapes.append(Polyline(rule, Stroke(theme.muted, 0.5)))
        for text, x, end, bold in (
            (row.label, room.x, room.x + label, False),
            (row.left, room.x + label, right, True),
            (row.right, right, room.right, True),
        ):
            width = end - x
            box = Box(x, y + step * 0.17, width - 12, ruler.height(_TABLE_FONT_SIZE))
            colour = theme.ink if bold else theme.muted
            shapes.append(
                TextShape(
                    _shorten(text, width - 12, _TABLE_FONT_SIZE, ruler, bold=bold),
                    box,
                    _TABLE_FONT_SIZE,
                    colour,
                    bold,
                    centered=False,
                )
            )
        y += step
    return _decoration("table", tuple(shapes), room._replace(h=y - room.y)), y


def _shorten(text: str, width: float, size: float, ruler: TextMetrics, bold: bool = False) -> str:
    """The text on one line of that width; what is too much ends in “…”."""
    return " ".join(wrap_text(ruler, text, width, 1, size, bold))
