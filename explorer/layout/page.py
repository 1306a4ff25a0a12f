"""Page shape: stretches the gaps of a drawing to fill the requested aspect ratio, and centers it on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from explorer.core.model.pack import GroupId, NodeId
from explorer.layout.geometry import Box, Boxes, PlacedEdge, Point, bounding_box
from explorer.layout.reading_grid import ReadingGrid

PAGE_MARGIN = 12.0
"""Points of empty page around the drawing."""

ASPECT_RANGE = (1.3, 2.4)
"""The least and greatest ratio of page width to page height."""

MAX_WIDTH = 1235.0
"""Width limit in points: on a slide 960 points wide, 12-point text is still 9 points high."""

MAX_HEIGHT = 720.0
"""Height limit in points: on a slide 540 points high, 12-point text is still 9 points high."""

_LABEL_SPACE = 54.0
"""Points of space for edge labels, shared by all gaps between rows, in addition to the gaps of Graphviz."""

_COMFORTABLE_HEIGHT = 715.0
"""Page height in points up to which space for edge labels is added."""

_MAX_ROW_STRETCH, _MAX_COLUMN_STRETCH = 110.0, 60.0
"""The most points added to one gap to reach an aspect ratio."""


@dataclass(frozen=True)
class PageShape:
    """The requested page: `aspect` is width divided by height; None allows any ratio in `ASPECT_RANGE`.

    `space_above` and `space_below` reserve points of height for a caption. With `full_text`, names are
    not shortened to one line, even if the page then exceeds `MAX_HEIGHT`.
    """

    aspect: float | None = None
    space_above: float = 0
    space_below: float = 0
    full_text: bool = False


NATURAL_SHAPE = PageShape()
"""The natural shape of the drawing, without a caption."""


FULL_TEXT_SHAPE = PageShape(full_text=True)
"""The natural shape with complete names: a merged drawing must have space for the names of both sides."""


class Stretch(NamedTuple):
    """Points added to each gap between two rows, and to each gap between two columns."""

    per_row_gap: float
    per_column_gap: float


def stretch_for(shape: PageShape, width: float, height: float, grid: ReadingGrid) -> Stretch:
    """Return the stretch that gives a drawing of a size space for labels and the requested shape.

    A drawing with unhinted nodes is not stretched, because its rows and columns are unknown.
    """
    if grid.unhinted:
        return Stretch(0, 0)
    row_gaps, column_gaps = max(1, len(grid.rows) - 1), max(1, grid.column_count - 1)
    page_width = width + 2 * PAGE_MARGIN
    page_height = height + 2 * PAGE_MARGIN + shape.space_above + shape.space_below
    added_height = max(0.0, min(_LABEL_SPACE, _COMFORTABLE_HEIGHT - page_height)) if len(grid.rows) > 1 else 0.0
    per_column_gap = 0.0
    if shape.aspect is not None:
        missing_height = page_width / shape.aspect - page_height - added_height
        missing_width = (page_height + added_height) * shape.aspect - page_width
        if missing_height > 0 and len(grid.rows) > 1:
            added_height += min(missing_height, _MAX_ROW_STRETCH * row_gaps)
        elif missing_width > 0:
            per_column_gap = min(missing_width / column_gaps, _MAX_COLUMN_STRETCH)
    return Stretch(added_height / row_gaps, per_column_gap)


def stretch_to_fill(
    boxes: Boxes, groups_around: Mapping[NodeId, Sequence[GroupId]], grid: ReadingGrid, stretch: Stretch
) -> Boxes:
    """Move rows and columns apart. A frame grows with the rows and columns inside it, or moves with them.

    Space is added between frames, not inside them, so no boxes can start to overlap.
    """
    if not any(stretch):
        return boxes
    cells = {node_id: (column, row) for row, nodes in enumerate(grid.rows) for column, node_id in nodes}
    moved = {
        node_id: box.translated(
            Point(cells[node_id][0] * stretch.per_column_gap, cells[node_id][1] * stretch.per_row_gap)
        )
        for node_id, box in boxes.nodes.items()
    }
    cells_by_group: dict[GroupId, list[tuple[int, int]]] = {group_id: [] for group_id in boxes.frames}
    for node_id, groups in groups_around.items():
        for group_id in groups:
            cells_by_group[group_id].append(cells[node_id])
    grown: dict[GroupId, Box] = {}
    for group_id, box in boxes.frames.items():
        columns, rows = zip(*cells_by_group[group_id] or [(0, 0)], strict=True)
        grown[group_id] = Box(
            box.x + min(columns) * stretch.per_column_gap,
            box.y + min(rows) * stretch.per_row_gap,
            box.w + (max(columns) - min(columns)) * stretch.per_column_gap,
            box.h + (max(rows) - min(rows)) * stretch.per_row_gap,
        )
    return Boxes(moved, grown)


def fit_page(boxes: Sequence[Box], edges: Sequence[PlacedEdge], shape: PageShape) -> tuple[tuple[float, float], Point]:
    """Return the page size for boxes and edges, and the offset that centers them on the page."""
    used = [*boxes]
    for edge in edges:
        used.extend(Box(*point, 0, 0) for point in edge.points[1:-1])
        used.extend(line.box for line in edge.label)
    drawing = bounding_box(used)
    least, greatest = (shape.aspect, shape.aspect) if shape.aspect is not None else ASPECT_RANGE
    needed_width = drawing.w + 2 * PAGE_MARGIN
    needed_height = drawing.h + 2 * PAGE_MARGIN + shape.space_above + shape.space_below
    width, height = max(needed_width, needed_height * least), max(needed_height, needed_width / greatest)
    left = (width - needed_width) / 2 + PAGE_MARGIN - drawing.x
    top = (height - needed_height) / 2 + PAGE_MARGIN + shape.space_above - drawing.y
    return (width, height), Point(left, top)
