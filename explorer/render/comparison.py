"""Comparison picture: two pictures side by side with their captions, and a table of differences below."""

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
    translate_shape,
)
from explorer.render.theme import Theme

LEFT_PREFIX, RIGHT_PREFIX = "left:", "right:"
"""Prefixes of the item ids of each side."""

ONLY_LEFT = Badge("only here", ChangeKind.REMOVED)
ONLY_RIGHT = Badge("only here", ChangeKind.ADDED)
DIFFERS = Badge("differs", ChangeKind.CHANGED)

_TITLE_FONT_SIZE, _SUMMARY_FONT_SIZE, _TABLE_FONT_SIZE = 30.0, 19.0, 23.0
_GAP = 40.0
_MARGIN = 18.0
_CAPTION_GAP = 14.0
_CAPTION_PADDING = 8.0
_COLOR_BAR_WIDTH = 5.0
_TABLE_GAP = 16.0
_CELL_PADDING = 12.0
_LINE_SPACING = 1.5
_MAX_LABEL_WIDTH, _LABEL_SHARE = 250.0, 0.2


@dataclass(frozen=True)
class ComparedSide:
    """One side of a comparison: its title, a one-line summary, and its picture."""

    title: str
    summary: str
    picture: Picture


@dataclass(frozen=True)
class ComparisonTableRow:
    """A row of the table of differences: a label, and the values of both sides."""

    label: str
    left: str
    right: str


def side_by_side(
    left: ComparedSide,
    right: ComparedSide,
    rows: Sequence[ComparisonTableRow],
    theme: Theme,
    metrics: TextMetrics,
) -> Picture:
    """Return both sides at the same scale and height, with captions above and a table below if it has rows."""
    width = max(left.picture.size[0], right.picture.size[0])
    height = max(left.picture.size[1], right.picture.size[1])
    total_width = 2 * width + _GAP + 2 * _MARGIN
    top = _MARGIN + metrics.height(_TITLE_FONT_SIZE) + metrics.height(_SUMMARY_FONT_SIZE) + _CAPTION_GAP
    columns = (_MARGIN, _MARGIN + width + _GAP)
    items: list[Item] = []
    for side, prefix, x in zip((left, right), (LEFT_PREFIX, RIGHT_PREFIX), columns, strict=True):
        items.append(_side_caption(side, prefix, Box(x, _MARGIN, width, top - _MARGIN), theme, metrics))
        items.extend(translate_item(item, prefix, Point(x, top)) for item in side.picture.items)
    bottom = top + height
    middle = _MARGIN + width + _GAP / 2
    divider = Polyline((Point(middle, _MARGIN), Point(middle, bottom)), Stroke(theme.muted, 1.0, (2.0, 4.0)))
    items.append(_decoration("divider", (divider,), Box(middle, _MARGIN, 1, bottom - _MARGIN)))
    if rows:
        corner = Point(_MARGIN, bottom + _TABLE_GAP)
        table = _table(rows, corner, total_width - 2 * _MARGIN, columns[1], theme, metrics)
        items.append(table)
        bottom = table.box.bottom
    return Picture((total_width, bottom + _MARGIN), theme.background, tuple(items))


def translate_item(item: Item, prefix: str, by: Point) -> Item:
    """Return the item moved by an offset, with a prefix added to its id."""
    return replace(
        item,
        id=prefix + item.id,
        box=item.box.translated(by),
        shapes=tuple(translate_shape(shape, by) for shape in item.shapes),
    )


def _decoration(item_id: str, shapes: tuple[Shape, ...], box: Box, name: str = "") -> Item:
    return Item(item_id, ItemKind.DECORATION, name, "", box, shapes)


def _side_caption(side: ComparedSide, prefix: str, area: Box, theme: Theme, metrics: TextMetrics) -> Item:
    badge = ONLY_LEFT if prefix == LEFT_PREFIX else ONLY_RIGHT
    title_height = metrics.height(_TITLE_FONT_SIZE)
    bar_box = Box(area.x, area.y + 2, _COLOR_BAR_WIDTH, area.h - _CAPTION_GAP)
    title_box = Box(area.x + _CAPTION_GAP, area.y, area.w - _CAPTION_GAP, title_height)
    summary_box = title_box._replace(y=area.y + title_height, h=metrics.height(_SUMMARY_FONT_SIZE))
    max_width = area.w - _CAPTION_PADDING
    title = _shorten(side.title, max_width, _TITLE_FONT_SIZE, metrics, bold=True)
    summary = _shorten(side.summary, max_width, _SUMMARY_FONT_SIZE, metrics)
    shapes = (
        Rectangle(bar_box, fill=badge.change.color(theme), radius=2),
        TextShape(title, title_box, _TITLE_FONT_SIZE, theme.ink, bold=True, centered=False),
        TextShape(summary, summary_box, _SUMMARY_FONT_SIZE, theme.muted, centered=False),
    )
    return _decoration(f"{prefix}caption", shapes, area, side.title)


def _table(
    rows: Sequence[ComparisonTableRow],
    corner: Point,
    width: float,
    right_column: float,
    theme: Theme,
    metrics: TextMetrics,
) -> Item:
    """Return the table with a thin line above each row; the values are below the side that they belong to."""
    text_height = metrics.height(_TABLE_FONT_SIZE)
    row_height = text_height * _LINE_SPACING
    left_column = corner.x + min(_LABEL_SHARE * width, _MAX_LABEL_WIDTH)
    right_end = corner.x + width
    shapes: list[Shape] = []
    y = corner.y
    for row in rows:
        shapes.append(Polyline((Point(corner.x, y), Point(right_end, y)), Stroke(theme.muted, 0.5)))
        for text, start, end, bold in (
            (row.label, corner.x, left_column, False),
            (row.left, left_column, right_column, True),
            (row.right, right_column, right_end, True),
        ):
            cell_width = end - start - _CELL_PADDING
            shown = _shorten(text, cell_width, _TABLE_FONT_SIZE, metrics, bold=bold)
            color = theme.ink if bold else theme.muted
            box = Box(start, y + row_height * 0.17, cell_width, text_height)
            shapes.append(TextShape(shown, box, _TABLE_FONT_SIZE, color, bold, centered=False))
        y += row_height
    return _decoration("table", tuple(shapes), Box(corner.x, corner.y, width, y - corner.y))


def _shorten(text: str, width: float, size: float, metrics: TextMetrics, bold: bool = False) -> str:
    """Return the text on one line, shortened with “…” if it is wider than `width` points."""
    return " ".join(wrap_text(metrics, text, width, 1, size, bold))
