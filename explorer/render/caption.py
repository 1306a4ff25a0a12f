"""What stands around a drawing on request: title, legend, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Edge, ElementState, Node
from explorer.layout.geometry import Box, Placement, Point, bounding_box
from explorer.layout.measured_nodes import DETAIL_FONT_SIZE, wrap_text
from explorer.layout.page import PAGE_MARGIN, PageShape
from explorer.layout.text_metrics import TextMetrics
from explorer.render import picture as draw
from explorer.render.architecture import (
    CONTROL_DASH,
    EDGE_WIDTH,
    GHOST_DASH,
    WARNING_BAND_HEIGHT,
    WARNING_FONT_SIZE,
    warning_band,
)
from explorer.render.picture import Item, ItemKind, Picture, Polyline, Rectangle, Stroke, TextShape
from explorer.render.theme import Theme

TITLE_FONT_SIZE, SUMMARY_FONT_SIZE = 20.0, 14.0

_CAPTION_GAP = 14.0
"""Points between the drawing and the words above and beneath it."""

_LEGEND_SAMPLE_WIDTH, _LEGEND_TEXT_GAP, _LEGEND_ENTRY_GAP = 30.0, 7.0, 26.0
_CREDIT_WIDTH, _CREDIT_LINES = 720.0, 2
_LINE_SPACING = 1.2
_WARNING_GAP, _WARNING_PADDING = 10.0, 8.0


@dataclass(frozen=True)
class Caption:
    """The words around a drawing: plain text, drawn as it stands; what is empty is left out.

    `title` and `told` stand above, `credit`, `pack` (its title and version) and `date` in small
    beneath. The `legend` explains the lines that are dashed, and stands only where there are some.
    """

    title: str = ""
    summary: str = ""
    date: str = ""
    pack: str = ""
    credit: str = ""
    legend: bool = True

    @property
    def source(self) -> str:
        """Pack and date on one line."""
        return " · ".join(filter(None, (self.pack, self.date)))


def page_shape_for(
    caption: Caption,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    ruler: TextMetrics,
    aspect: float | None = None,
    warning: str = "",
) -> PageShape:
    """What the layout of these nodes and edges is asked for, so that caption and warning find their room."""
    above = _line_height(caption.title, TITLE_FONT_SIZE, ruler) + _line_height(
        caption.summary, SUMMARY_FONT_SIZE, ruler
    )
    beneath = (
        _footer_rows(caption, _legend_entries(caption, nodes, edges), ruler)
        * ruler.height(DETAIL_FONT_SIZE)
        * _LINE_SPACING
    )
    if warning:
        beneath += WARNING_BAND_HEIGHT + (_WARNING_GAP if beneath else 0.0)
    return PageShape(aspect, above + _CAPTION_GAP if above else 0.0, beneath + _CAPTION_GAP if beneath else 0.0)


def add_caption(
    picture: Picture,
    placement: Placement,
    caption: Caption,
    theme: Theme,
    ruler: TextMetrics,
    warning: str = "",
) -> Picture:
    """The picture with its caption, in the room that a layout with `shape_for` has kept free.

    A `warning` stands in a band between both, so that no slide shows as sound what is not.
    """
    nodes = [placed.node for placed in placement.nodes]
    keys = _legend_entries(caption, nodes, [placed.edge for placed in placement.edges])
    drawing = _content_bounds(placement)
    items = (
        *_header_items(caption, drawing, theme, ruler),
        *_footer_items(caption, keys, placement, theme, ruler),
    )
    if warning:
        rows = _footer_rows(caption, keys, ruler) * ruler.height(DETAIL_FONT_SIZE) * _LINE_SPACING
        y = placement.size[1] - PAGE_MARGIN - rows - (_WARNING_GAP if rows else 0.0) - WARNING_BAND_HEIGHT
        (told,) = wrap_text(ruler, warning, drawing.w - 2 * _WARNING_PADDING, 1, WARNING_FONT_SIZE, bold=True)
        items = (*items, warning_band(told, Box(drawing.x, y, drawing.w, WARNING_BAND_HEIGHT), theme))
    return replace(picture, items=(*picture.items, *items))


def _line_height(text: str, size: float, ruler: TextMetrics) -> float:
    return ruler.height(size) * _LINE_SPACING if text else 0.0


def _footer_rows(caption: Caption, keys: Sequence[tuple[str, bool]], ruler: TextMetrics) -> int:
    return bool(keys or caption.source) + _credit_lines(caption, ruler)


def _credit_lines(caption: Caption, ruler: TextMetrics) -> int:
    credit = caption.credit
    return len(wrap_text(ruler, credit, _CREDIT_WIDTH, _CREDIT_LINES, DETAIL_FONT_SIZE)) if credit else 0


def _legend_entries(caption: Caption, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[str, bool]]:
    """What the legend has to explain: the words, and whether the sample is a line or else a frame."""
    if not caption.legend:
        return []
    keys = []
    if any(edge.control and edge.state is not ElementState.GHOST for edge in edges):
        keys.append(("control, no traffic", True))
    states = {*(node.state for node in nodes), *(edge.state for edge in edges)}
    if ElementState.GHOST in states:
        keys.append(("still possible instead", False))
    return keys


def _content_bounds(placement: Placement) -> Box:
    """What of the page is drawn on, from the leftmost to the rightmost."""
    boxes = [group.box for group in placement.groups]
    boxes.extend(line.box for node in placement.nodes for line in node.lines)
    boxes.extend(node.outline for node in placement.nodes)
    return bounding_box(boxes) if boxes else Box(PAGE_MARGIN, 0, placement.size[0] - 2 * PAGE_MARGIN, 0)


def _header_items(caption: Caption, drawing: Box, theme: Theme, ruler: TextMetrics) -> list[Item]:
    items = []
    y = PAGE_MARGIN
    for name, text, size, colour, bold in (
        ("title", caption.title, TITLE_FONT_SIZE, theme.ink, True),
        ("told", caption.summary, SUMMARY_FONT_SIZE, theme.muted, False),
    ):
        for line in wrap_text(ruler, text, drawing.w, 1, size, bold) if text else ():
            box = Box(drawing.x, y, drawing.w, ruler.height(size))
            items.append(_text_item(name, TextShape(line, box, size, colour, bold, centered=False)))
            y += ruler.height(size) * _LINE_SPACING
    return items


def _footer_items(
    caption: Caption, keys: Sequence[tuple[str, bool]], placement: Placement, theme: Theme, ruler: TextMetrics
) -> list[Item]:
    drawing, step = _content_bounds(placement), ruler.height(DETAIL_FONT_SIZE) * _LINE_SPACING
    y = placement.size[1] - PAGE_MARGIN - step * _footer_rows(caption, keys, ruler)
    items = []
    if keys:
        items.append(_legend(keys, Point(drawing.x, y), theme, ruler))
    if caption.source:
        width = ruler.width(caption.source, DETAIL_FONT_SIZE)
        box = Box(drawing.right - width, y, width, ruler.height(DETAIL_FONT_SIZE))
        items.append(
            _text_item("source", TextShape(caption.source, box, DETAIL_FONT_SIZE, theme.muted, centered=False))
        )
    if keys or caption.source:
        y += step
    room, most = min(_CREDIT_WIDTH, drawing.w), _credit_lines(caption, ruler)
    for number, line in enumerate(wrap_text(ruler, caption.credit, room, most, DETAIL_FONT_SIZE) if most else ()):
        box = Box(drawing.x, y + number * step, room, ruler.height(DETAIL_FONT_SIZE))
        items.append(
            _text_item(f"credit-{number}", TextShape(line, box, DETAIL_FONT_SIZE, theme.muted, centered=False))
        )
    return items


def _legend(keys: Sequence[tuple[str, bool]], at: Point, theme: Theme, ruler: TextMetrics) -> Item:
    high, x = ruler.height(DETAIL_FONT_SIZE), at.x
    shapes: list[draw.Shape] = []
    for words, line in keys:
        if line:
            ends = (Point(x, at.y + high / 2), Point(x + _LEGEND_SAMPLE_WIDTH, at.y + high / 2))
            shapes.append(Polyline(ends, Stroke(theme.control, EDGE_WIDTH, CONTROL_DASH), arrow_head=True))
        else:
            box = Box(x, at.y + 1, _LEGEND_SAMPLE_WIDTH, high - 2)
            shapes.append(Rectangle(box, Stroke(theme.ghost, 1.0, GHOST_DASH), radius=5))
        x += _LEGEND_SAMPLE_WIDTH + _LEGEND_TEXT_GAP
        width = ruler.width(words, DETAIL_FONT_SIZE)
        box = Box(x, at.y, width, high)
        shapes.append(TextShape(words, box, DETAIL_FONT_SIZE, theme.muted, centered=False))
        x += width + _LEGEND_ENTRY_GAP
    told = "; ".join(words for words, _ in keys)
    room = Box(at.x, at.y, x - _LEGEND_ENTRY_GAP - at.x, high)
    return Item("legend", ItemKind.DECORATION, f"Legend: {told}", "legend", room, tuple(shapes))


def _text_item(name: str, words: TextShape) -> Item:
    return Item(f"caption:{name}", ItemKind.DECORATION, words.text, "caption", words.box, (words,))
