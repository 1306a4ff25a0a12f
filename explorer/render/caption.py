"""Picture caption: title and summary above a drawing; legend, source and credit below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Edge, ElementState, Node
from explorer.layout.geometry import Box, Placement, Point, bounding_box
from explorer.layout.measured_nodes import DETAIL_FONT_SIZE, wrap_text
from explorer.layout.page import PAGE_MARGIN, PageShape
from explorer.layout.text_metrics import TextMetrics
from explorer.render.architecture import (
    ALTERNATIVE_STROKE_WIDTH,
    CONTROL_DASH,
    EDGE_WIDTH,
    GHOST_DASH,
    WARNING_BAND_HEIGHT,
    WARNING_FONT_SIZE,
    warning_band,
)
from explorer.render.picture import Item, ItemKind, Picture, Polyline, Rectangle, Shape, Stroke, TextShape
from explorer.render.theme import Theme

TITLE_FONT_SIZE, SUMMARY_FONT_SIZE = 20.0, 14.0

_CAPTION_GAP = 14.0
"""Points between the drawing and the caption above and below it."""

_LEGEND_SAMPLE_WIDTH, _LEGEND_TEXT_GAP, _LEGEND_ENTRY_GAP = 30.0, 7.0, 26.0
_CREDIT_WIDTH, _CREDIT_LINES = 720.0, 2
_LINE_SPACING = 1.2
_WARNING_GAP, _WARNING_PADDING = 10.0, 8.0


@dataclass(frozen=True)
class Caption:
    """The text around a drawing; empty parts are left out.

    `title` and `summary` are above; `credit`, `pack` (its title and version) and `date` are below, in small
    text. With `legend`, dashed lines and outlines are explained if there are any.
    """

    title: str = ""
    summary: str = ""
    date: str = ""
    pack: str = ""
    credit: str = ""
    legend: bool = True

    @property
    def source(self) -> str:
        """The pack and the date on one line."""
        return " · ".join(filter(None, (self.pack, self.date)))


@dataclass(frozen=True)
class _LegendEntry:
    """A legend text, with a dashed arrow as its sample, or else a dashed outline."""

    text: str
    is_arrow: bool


def page_shape_for(
    caption: Caption,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    metrics: TextMetrics,
    aspect: float | None = None,
    warning: str = "",
) -> PageShape:
    """Return the page shape that leaves space for the caption and the warning of these nodes and edges."""
    above = sum(
        metrics.height(size) * _LINE_SPACING
        for text, size in ((caption.title, TITLE_FONT_SIZE), (caption.summary, SUMMARY_FONT_SIZE))
        if text
    )
    below = _footer_height(caption, _legend_entries(caption, nodes, edges), metrics)
    if warning:
        below += WARNING_BAND_HEIGHT + (_WARNING_GAP if below else 0.0)
    return PageShape(aspect, above + _CAPTION_GAP if above else 0.0, below + _CAPTION_GAP if below else 0.0)


def add_caption(
    picture: Picture,
    placement: Placement,
    caption: Caption,
    theme: Theme,
    metrics: TextMetrics,
    warning: str = "",
) -> Picture:
    """Return the picture with its caption, in the space that a layout with `page_shape_for` left free.

    A `warning` is shown in a band between the drawing and the footer, so that no slide hides a conflict.
    """
    nodes = [placed.node for placed in placement.nodes]
    entries = _legend_entries(caption, nodes, [placed.edge for placed in placement.edges])
    content = _content_bounds(placement)
    items = [
        *_header_items(caption, content, theme, metrics),
        *_footer_items(caption, entries, placement, theme, metrics),
    ]
    if warning:
        footer = _footer_height(caption, entries, metrics)
        y = placement.size[1] - PAGE_MARGIN - footer - (_WARNING_GAP if footer else 0.0) - WARNING_BAND_HEIGHT
        text_width = content.w - 2 * _WARNING_PADDING
        (text,) = wrap_text(metrics, warning, text_width, 1, WARNING_FONT_SIZE, bold=True)
        items.append(warning_band(text, Box(content.x, y, content.w, WARNING_BAND_HEIGHT), theme))
    return replace(picture, items=(*picture.items, *items))


def _footer_height(caption: Caption, entries: Sequence[_LegendEntry], metrics: TextMetrics) -> float:
    return _footer_rows(caption, entries, metrics) * metrics.height(DETAIL_FONT_SIZE) * _LINE_SPACING


def _footer_rows(caption: Caption, entries: Sequence[_LegendEntry], metrics: TextMetrics) -> int:
    return bool(entries or caption.source) + _credit_lines(caption, metrics)


def _credit_lines(caption: Caption, metrics: TextMetrics) -> int:
    credit = caption.credit
    return len(wrap_text(metrics, credit, _CREDIT_WIDTH, _CREDIT_LINES, DETAIL_FONT_SIZE)) if credit else 0


def _legend_entries(caption: Caption, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[_LegendEntry]:
    """Return the legend entries for the dashed lines and outlines that the drawing has."""
    if not caption.legend:
        return []
    entries = []
    if any(edge.control and edge.state is not ElementState.GHOST for edge in edges):
        entries.append(_LegendEntry("control, no traffic", is_arrow=True))
    states = {*(node.state for node in nodes), *(edge.state for edge in edges)}
    if ElementState.GHOST in states:
        entries.append(_LegendEntry("possible alternative", is_arrow=False))
    return entries


def _content_bounds(placement: Placement) -> Box:
    """Return the box around all groups and nodes, or the page without its margins if there are none."""
    boxes = [group.box for group in placement.groups]
    boxes.extend(line.box for node in placement.nodes for line in node.lines)
    boxes.extend(node.outline for node in placement.nodes)
    return bounding_box(boxes) if boxes else Box(PAGE_MARGIN, 0, placement.size[0] - 2 * PAGE_MARGIN, 0)


def _header_items(caption: Caption, content: Box, theme: Theme, metrics: TextMetrics) -> list[Item]:
    items = []
    y = PAGE_MARGIN
    for name, text, size, color, bold in (
        ("title", caption.title, TITLE_FONT_SIZE, theme.ink, True),
        ("summary", caption.summary, SUMMARY_FONT_SIZE, theme.muted, False),
    ):
        for line in wrap_text(metrics, text, content.w, 1, size, bold) if text else ():
            box = Box(content.x, y, content.w, metrics.height(size))
            items.append(_text_item(name, TextShape(line, box, size, color, bold, centered=False)))
            y += metrics.height(size) * _LINE_SPACING
    return items


def _footer_items(
    caption: Caption, entries: Sequence[_LegendEntry], placement: Placement, theme: Theme, metrics: TextMetrics
) -> list[Item]:
    content, text_height = _content_bounds(placement), metrics.height(DETAIL_FONT_SIZE)
    row_height = text_height * _LINE_SPACING
    y = placement.size[1] - PAGE_MARGIN - _footer_height(caption, entries, metrics)
    items = []
    if entries:
        items.append(_legend(entries, Point(content.x, y), theme, metrics))
    if caption.source:
        width = metrics.width(caption.source, DETAIL_FONT_SIZE)
        box = Box(content.right - width, y, width, text_height)
        items.append(_small_text_item("source", caption.source, box, theme))
    if entries or caption.source:
        y += row_height
    width, max_lines = min(_CREDIT_WIDTH, content.w), _credit_lines(caption, metrics)
    lines = wrap_text(metrics, caption.credit, width, max_lines, DETAIL_FONT_SIZE) if max_lines else ()
    for index, line in enumerate(lines):
        box = Box(content.x, y + index * row_height, width, text_height)
        items.append(_small_text_item(f"credit-{index}", line, box, theme))
    return items


def _legend(entries: Sequence[_LegendEntry], corner: Point, theme: Theme, metrics: TextMetrics) -> Item:
    height, x = metrics.height(DETAIL_FONT_SIZE), corner.x
    shapes: list[Shape] = []
    for entry in entries:
        if entry.is_arrow:
            y = corner.y + height / 2
            stroke = Stroke(theme.control, EDGE_WIDTH, CONTROL_DASH)
            shapes.append(Polyline((Point(x, y), Point(x + _LEGEND_SAMPLE_WIDTH, y)), stroke, arrow_head=True))
        else:
            sample = Box(x, corner.y + 1, _LEGEND_SAMPLE_WIDTH, height - 2)
            shapes.append(Rectangle(sample, Stroke(theme.ghost, ALTERNATIVE_STROKE_WIDTH, GHOST_DASH), radius=5))
        x += _LEGEND_SAMPLE_WIDTH + _LEGEND_TEXT_GAP
        width = metrics.width(entry.text, DETAIL_FONT_SIZE)
        box = Box(x, corner.y, width, height)
        shapes.append(TextShape(entry.text, box, DETAIL_FONT_SIZE, theme.muted, centered=False))
        x += width + _LEGEND_ENTRY_GAP
    name = "Legend: " + "; ".join(entry.text for entry in entries)
    bounds = Box(corner.x, corner.y, x - _LEGEND_ENTRY_GAP - corner.x, height)
    return Item("legend", ItemKind.DECORATION, name, "legend", bounds, tuple(shapes))


def _small_text_item(name: str, text: str, box: Box, theme: Theme) -> Item:
    return _text_item(name, TextShape(text, box, DETAIL_FONT_SIZE, theme.muted, centered=False))


def _text_item(name: str, text: TextShape) -> Item:
    return Item(f"caption:{name}", ItemKind.DECORATION, text.text, "caption", text.box, (text,))
