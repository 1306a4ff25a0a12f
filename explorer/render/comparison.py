"""Two pictures beside each other under their captions, as one picture: what is compared goes on one slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.layout.geometry import Box, Point
from explorer.layout.measured_nodes import broken
from explorer.layout.text_metrics import Ruler
from explorer.render.badges import Badge, Tone
from explorer.render.picture import (
    Frame,
    Item,
    Kind,
    Picture,
    Polyline,
    Shape,
    Stroke,
    Words,
    moved_box,
    moved_shape,
)
from explorer.render.theme import Theme

LEFT, RIGHT = "left:", "right:"
"""What the ids of the items of either half begin with."""

ONLY_LEFT = Badge("only here", Tone.REMOVED)
ONLY_RIGHT = Badge("only here", Tone.ADDED)
DIFFERS = Badge("differs", Tone.CHANGED)

_CAPTION, _SMALL, _TEXT = 30.0, 19.0, 23.0
_GAP = 40.0
_MARGIN = 18.0
_LINE = 1.5


@dataclass(frozen=True)
class Half:
    """One side: its name, a line about it, and its picture."""

    title: str
    told: str
    picture: Picture


@dataclass(frozen=True)
class Line:
    """A row of the table beneath: what it is about, and how it stands on either side."""

    label: str
    left: str
    right: str


def beside(left: Half, right: Half, lines: Sequence[Line], theme: Theme, ruler: Ruler) -> Picture:
    """Both halves at the same scale and height, captions above, and the table of `lines` beneath."""
    width = max(left.picture.size[0], right.picture.size[0])
    height = max(left.picture.size[1], right.picture.size[1])
    whole = 2 * width + _GAP + 2 * _MARGIN
    top = _MARGIN + ruler.height(_CAPTION) + ruler.height(_SMALL) + 14
    columns = (_MARGIN, _MARGIN + width + _GAP)
    items: list[Item] = []
    for half, prefix, x in zip((left, right), (LEFT, RIGHT), columns, strict=True):
        items.append(_caption(half, prefix, Box(x, _MARGIN, width, top - _MARGIN), theme, ruler))
        items.extend(moved(item, prefix, Point(x, top)) for item in half.picture.items)
    bottom = top + height
    middle = _MARGIN + width + _GAP / 2
    divider = Polyline((Point(middle, _MARGIN), Point(middle, bottom)), Stroke(theme.muted, 1.0, (2.0, 4.0)))
    items.append(_decoration("divider", (divider,), Box(middle, _MARGIN, 1, bottom - _MARGIN)))
    if lines:
        room = Box(_MARGIN, bottom + 16, whole - 2 * _MARGIN, 0)
        table, bottom = _table(lines, room, columns[1], theme, ruler)
        items.append(table)
    return Picture((whole, bottom + _MARGIN), theme.background, tuple(items))


def moved(item: Item, prefix: str, by: Point) -> Item:
    """An item elsewhere, under another id."""
    return replace(
        item,
        id=prefix + item.id,
        box=moved_box(item.box, by),
        shapes=tuple(moved_shape(shape, by) for shape in item.shapes),
    )


def _decoration(name: str, shapes: tuple[Shape, ...], box: Box, told: str = "") -> Item:
    return Item(name, Kind.DECORATION, told, "", box, shapes)


def _caption(half: Half, prefix: str, room: Box, theme: Theme, ruler: Ruler) -> Item:
    high = ruler.height(_CAPTION)
    shapes: list[Shape] = []
    badge = ONLY_LEFT if prefix == LEFT else ONLY_RIGHT
    title = _fitted(half.title, room.w - 8, _CAPTION, ruler, bold=True)
    told = _fitted(half.told, room.w - 8, _SMALL, ruler)
    shapes.append(Frame(Box(room.x, room.y + 2, 5, room.h - 14), fill=badge.tone.colour(theme), radius=2))
    shapes.append(
        Words(
            title, Box(room.x + 14, room.y, room.w - 14, high), _CAPTION, theme.ink, bold=True, centred=False
        )
    )
    below = Box(room.x + 14, room.y + high, room.w - 14, ruler.height(_SMALL))
    shapes.append(Words(told, below, _SMALL, theme.muted, centred=False))
    return _decoration(f"{prefix}caption", tuple(shapes), room, half.title)


def _table(lines: Sequence[Line], room: Box, right: float, theme: Theme, ruler: Ruler) -> tuple[Item, float]:
    """The rows, each with a hair line above; either side stands beneath its own half."""
    step = ruler.height(_TEXT) * _LINE
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
            box = Box(x, y + step * 0.17, width - 12, ruler.height(_TEXT))
            colour = theme.ink if bold else theme.muted
            shapes.append(
                Words(
                    _fitted(text, width - 12, _TEXT, ruler, bold=bold),
                    box,
                    _TEXT,
                    colour,
                    bold,
                    centred=False,
                )
            )
        y += step
    return _decoration("table", tuple(shapes), room._replace(h=y - room.y)), y


def _fitted(text: str, width: float, size: float, ruler: Ruler, bold: bool = False) -> str:
    """The text on one line of that width; what is too much ends in “…”."""
    return " ".join(broken(ruler, text, width, 1, size, bold))
