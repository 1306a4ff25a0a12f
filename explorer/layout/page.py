"""The page around a drawing: what shape it is asked to have, and how the drawing is spread to fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, PlacedEdge, bounding_box
from explorer.layout.reading_grid import ReadingGrid

PAGE_MARGIN = 12.0
"""Points of empty page around the drawing."""

ASPECT_RANGE = (1.3, 2.4)
"""How many times as wide as high a page is, at least and at most."""

_LABEL_SPACE = 54.0
"""Points between the lines, beyond what frames ask for, shared among all gaps: where words of edges stand."""

_COMFORTABLE_HEIGHT = 715.0
"""Points that a page may be high, air included, so that a slide holds it with legible words."""

MAX_WIDTH = 1235.0
"""Points that a drawing may be wide: on a slide of 960 its words of 12 points then keep 9."""

MAX_HEIGHT = 720.0
"""Points that a page may be high: on a slide of 540 its words of 12 points then keep 9."""

_MAX_ROW_STRETCH, _MAX_COLUMN_STRETCH = 110.0, 60.0
"""Points that one gap may grow by at most for the sake of a shape."""


@dataclass(frozen=True)
class PageShape:
    """What a page is asked to be: `aspect` times as wide as high, any shape in `SHAPES` where it is None.

    `above` and `beneath` are the points of height that are kept free for a caption. With `unabridged`
    no words of nodes are cut to one line where the page would become too high for a slide.
    """

    aspect: float | None = None
    space_above: float = 0
    space_below: float = 0
    full_text: bool = False


NATURAL_SHAPE = PageShape()
"""As the drawing comes, without a caption."""


FULL_TEXT_SHAPE = PageShape(full_text=True)
"""As the drawing comes, with all its words: what is to be cut into parts must have room for each."""


class Stretch(NamedTuple):
    """Points that each gap between lines and each gap between columns grows by."""

    per_row_gap: float
    per_column_gap: float


def stretch_for(shape: PageShape, width: float, height: float, grid: ReadingGrid) -> Stretch:
    """How far a drawing of that size is spread so that its words have air and its page the shape."""
    if grid.unhinted:
        return Stretch(0, 0)
    line_gaps, column_gaps = max(1, len(grid.rows) - 1), max(1, grid.column_count - 1)
    wide = width + 2 * PAGE_MARGIN
    high = height + 2 * PAGE_MARGIN + shape.space_above + shape.space_below
    air = max(0.0, min(_LABEL_SPACE, _COMFORTABLE_HEIGHT - high)) if len(grid.rows) > 1 else 0.0
    between_columns = 0.0
    if shape.aspect is not None:
        lacking_height = wide / shape.aspect - high - air
        lacking_width = (high + air) * shape.aspect - wide
        if lacking_height > 0 and len(grid.rows) > 1:
            air += min(lacking_height, _MAX_ROW_STRETCH * line_gaps)
        elif lacking_width > 0:
            between_columns = min(lacking_width / column_gaps, _MAX_COLUMN_STRETCH)
    return Stretch(air / line_gaps, between_columns)


def stretch_to_fill(
    places: Mapping[NodeId, Box],
    frames: Mapping[GroupId, Box],
    inside: Mapping[NodeId, Sequence[GroupId]],
    grid: ReadingGrid,
    by: Stretch,
) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Lines and columns moved apart; a frame grows where it holds more than one, and else goes along.

    What is new stands between frames rather than within them, and so nothing can come to overlap.
    """
    if not any(by):
        return dict(places), dict(frames)
    cell = {name: (column, line) for line, row in enumerate(grid.rows) for column, name in row}
    moved = {
        name: box._replace(x=box.x + cell[name][0] * by.per_column_gap, y=box.y + cell[name][1] * by.per_row_gap)
        for name, box in places.items()
    }
    held: dict[GroupId, list[tuple[int, int]]] = {name: [] for name in frames}
    for name, groups in inside.items():
        for group in groups:
            held[group].append(cell[name])
    grown: dict[GroupId, Box] = {}
    for group, box in frames.items():
        columns, lines = zip(*held[group], strict=True) if held[group] else ((0,), (0,))
        grown[group] = Box(
            box.x + min(columns) * by.per_column_gap,
            box.y + min(lines) * by.per_row_gap,
            box.w + (max(columns) - min(columns)) * by.per_column_gap,
            box.h + (max(lines) - min(lines)) * by.per_row_gap,
        )
    return moved, grown


def fit_page(boxes: Sequence[Box], edges: Sequence[PlacedEdge], shape: PageShape) -> tuple[tuple[float, float], Box]:
    """The size of the page for what is drawn, and how far to move it so that it stands in the middle."""
    used = [*boxes]
    for edge in edges:
        used.extend(Box(*point, 0, 0) for point in edge.points[1:-1])
        used.extend(line.box for line in edge.label)
    drawing = bounding_box(used)
    least, most = (shape.aspect, shape.aspect) if shape.aspect is not None else ASPECT_RANGE
    wide = drawing.w + 2 * PAGE_MARGIN
    high = drawing.h + 2 * PAGE_MARGIN + shape.space_above + shape.space_below
    width, height = max(wide, high * least), max(high, wide / most)
    left = (width - wide) / 2 + PAGE_MARGIN - drawing.x
    top = (height - high) / 2 + PAGE_MARGIN + shape.space_above - drawing.y
    return (width, height), Box(left, top, 0, 0)
