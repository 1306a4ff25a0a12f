"""The page around a drawing: what shape it is asked to have, and how the drawing is spread to fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, PlacedEdge, around
from explorer.layout.reading_grid import Grid

EDGE_OF_PAGE = 12.0
"""Points of empty page around the drawing."""

SHAPES = (1.3, 2.4)
"""How many times as wide as high a page is, at least and at most."""

_AIR = 54.0
"""Points between the lines, beyond what frames ask for, shared among all gaps: where words of edges stand."""

_HIGH_ENOUGH = 715.0
"""Points that a page may be high, air included, so that a slide holds it with legible words."""

WIDE_ENOUGH = 1235.0
"""Points that a drawing may be wide: on a slide of 960 its words of 12 points then keep 9."""

HIGHEST = 720.0
"""Points that a page may be high: on a slide of 540 its words of 12 points then keep 9."""

_MOST_BETWEEN_LINES, _MOST_BETWEEN_COLUMNS = 110.0, 60.0
"""Points that one gap may grow by at most for the sake of a shape."""


@dataclass(frozen=True)
class Shape:
    """What a page is asked to be: `aspect` times as wide as high, any shape in `SHAPES` where it is None.

    `above` and `beneath` are the points of height that are kept free for a caption. With `unabridged`
    no words of nodes are cut to one line where the page would become too high for a slide.
    """

    aspect: float | None = None
    above: float = 0
    beneath: float = 0
    unabridged: bool = False


NATURAL = Shape()
"""As the drawing comes, without a caption."""


UNABRIDGED = Shape(unabridged=True)
"""As the drawing comes, with all its words: what is to be cut into parts must have room for each."""


class Spread(NamedTuple):
    """Points that each gap between lines and each gap between columns grows by."""

    lines: float
    columns: float


def spread_for(shape: Shape, width: float, height: float, grid: Grid) -> Spread:
    """How far a drawing of that size is spread so that its words have air and its page the shape."""
    if grid.free:
        return Spread(0, 0)
    line_gaps, column_gaps = max(1, len(grid.lines) - 1), max(1, grid.columns - 1)
    wide = width + 2 * EDGE_OF_PAGE
    high = height + 2 * EDGE_OF_PAGE + shape.above + shape.beneath
    air = max(0.0, min(_AIR, _HIGH_ENOUGH - high)) if len(grid.lines) > 1 else 0.0
    between_columns = 0.0
    if shape.aspect is not None:
        lacking_height = wide / shape.aspect - high - air
        lacking_width = (high + air) * shape.aspect - wide
        if lacking_height > 0 and len(grid.lines) > 1:
            air += min(lacking_height, _MOST_BETWEEN_LINES * line_gaps)
        elif lacking_width > 0:
            between_columns = min(lacking_width / column_gaps, _MOST_BETWEEN_COLUMNS)
    return Spread(air / line_gaps, between_columns)


def spread_out(
    places: Mapping[NodeId, Box],
    frames: Mapping[GroupId, Box],
    inside: Mapping[NodeId, Sequence[GroupId]],
    grid: Grid,
    by: Spread,
) -> tuple[dict[NodeId, Box], dict[GroupId, Box]]:
    """Lines and columns moved apart; a frame grows where it holds more than one, and else goes along.

    What is new stands between frames rather than within them, and so nothing can come to overlap.
    """
    if not any(by):
        return dict(places), dict(frames)
    cell = {name: (column, line) for line, row in enumerate(grid.lines) for column, name in row}
    moved = {
        name: box._replace(x=box.x + cell[name][0] * by.columns, y=box.y + cell[name][1] * by.lines)
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
            box.x + min(columns) * by.columns,
            box.y + min(lines) * by.lines,
            box.w + (max(columns) - min(columns)) * by.columns,
            box.h + (max(lines) - min(lines)) * by.lines,
        )
    return moved, grown


def page_around(
    boxes: Sequence[Box], edges: Sequence[PlacedEdge], shape: Shape
) -> tuple[tuple[float, float], Box]:
    """The size of the page for what is drawn, and how far to move it so that it stands in the middle."""
    used = [*boxes]
    for edge in edges:
        used.extend(Box(*point, 0, 0) for point in edge.points[1:-1])
        used.extend(line.box for line in edge.label)
    drawing = around(used)
    least, most = (shape.aspect, shape.aspect) if shape.aspect is not None else SHAPES
    wide = drawing.w + 2 * EDGE_OF_PAGE
    high = drawing.h + 2 * EDGE_OF_PAGE + shape.above + shape.beneath
    width, height = max(wide, high * least), max(high, wide / most)
    left = (width - wide) / 2 + EDGE_OF_PAGE - drawing.x
    top = (height - high) / 2 + EDGE_OF_PAGE + shape.above - drawing.y
    return (width, height), Box(left, top, 0, 0)
