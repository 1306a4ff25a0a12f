"""What stands around a drawing on request: title, legend, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.core.model.architecture import Edge, Node, State
from explorer.layout.geometry import Box, Placement, Point, around
from explorer.layout.measured_nodes import SMALL_SIZE, broken
from explorer.layout.page import EDGE_OF_PAGE, Shape
from explorer.layout.text_metrics import Ruler
from explorer.render import picture as draw
from explorer.render.architecture import (
    BAND,
    CONTROL_DASH,
    EDGE_WIDTH,
    GHOST_DASH,
    WARNING_SIZE,
    warning_band,
)
from explorer.render.picture import Frame, Item, Kind, Picture, Polyline, Stroke, Words
from explorer.render.theme import Theme

TITLE_SIZE, TOLD_SIZE = 20.0, 14.0

_AWAY = 14.0
"""Points between the drawing and the words above and beneath it."""

_SAMPLE, _BESIDE_SAMPLE, _BETWEEN = 30.0, 7.0, 26.0
_CREDIT_WIDTH, _CREDIT_LINES = 720.0, 2
_LEADING = 1.2
_BENEATH_BAND, _SIDE = 10.0, 8.0


@dataclass(frozen=True)
class Caption:
    """The words around a drawing: plain text, drawn as it stands; what is empty is left out.

    `title` and `told` stand above, `credit`, `pack` (its title and version) and `date` in small
    beneath. The `legend` explains the lines that are dashed, and stands only where there are some.
    """

    title: str = ""
    told: str = ""
    date: str = ""
    pack: str = ""
    credit: str = ""
    legend: bool = True

    @property
    def source(self) -> str:
        """Pack and date on one line."""
        return " · ".join(filter(None, (self.pack, self.date)))


def shape_for(
    caption: Caption,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    ruler: Ruler,
    aspect: float | None = None,
    warning: str = "",
) -> Shape:
    """What the layout of these nodes and edges is asked for, so that caption and warning find their room."""
    above = _high(caption.title, TITLE_SIZE, ruler) + _high(caption.told, TOLD_SIZE, ruler)
    beneath = _rows(caption, _keys(caption, nodes, edges), ruler) * ruler.height(SMALL_SIZE) * _LEADING
    if warning:
        beneath += BAND + (_BENEATH_BAND if beneath else 0.0)
    return Shape(aspect, above + _AWAY if above else 0.0, beneath + _AWAY if beneath else 0.0)


def captioned(
    picture: Picture,
    placement: Placement,
    caption: Caption,
    theme: Theme,
    ruler: Ruler,
    warning: str = "",
) -> Picture:
    """The picture with its caption, in the room that a layout with `shape_for` has kept free.

    A `warning` stands in a band between both, so that no slide shows as sound what is not.
    """
    nodes = [placed.node for placed in placement.nodes]
    keys = _keys(caption, nodes, [placed.edge for placed in placement.edges])
    drawing = _drawing(placement)
    items = (*_above(caption, drawing, theme, ruler), *_beneath(caption, keys, placement, theme, ruler))
    if warning:
        rows = _rows(caption, keys, ruler) * ruler.height(SMALL_SIZE) * _LEADING
        y = placement.size[1] - EDGE_OF_PAGE - rows - (_BENEATH_BAND if rows else 0.0) - BAND
        (told,) = broken(ruler, warning, drawing.w - 2 * _SIDE, 1, WARNING_SIZE, bold=True)
        items = (*items, warning_band(told, Box(drawing.x, y, drawing.w, BAND), theme))
    return replace(picture, items=(*picture.items, *items))


def _high(text: str, size: float, ruler: Ruler) -> float:
    return ruler.height(size) * _LEADING if text else 0.0


def _rows(caption: Caption, keys: Sequence[tuple[str, bool]], ruler: Ruler) -> int:
    return bool(keys or caption.source) + _credit_lines(caption, ruler)


def _credit_lines(caption: Caption, ruler: Ruler) -> int:
    credit = caption.credit
    return len(broken(ruler, credit, _CREDIT_WIDTH, _CREDIT_LINES, SMALL_SIZE)) if credit else 0


def _keys(caption: Caption, nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[str, bool]]:
    """What the legend has to explain: the words, and whether the sample is a line or else a frame."""
    if not caption.legend:
        return []
    keys = []
    if any(edge.control and edge.state is not State.GHOST for edge in edges):
        keys.append(("control, no traffic", True))
    states = {*(node.state for node in nodes), *(edge.state for edge in edges)}
    if State.GHOST in states:
        keys.append(("still possible instead", False))
    return keys


def _drawing(placement: Placement) -> Box:
    """What of the page is drawn on, from the leftmost to the rightmost."""
    boxes = [group.box for group in placement.groups]
    boxes.extend(line.box for node in placement.nodes for line in node.lines)
    boxes.extend(node.frame for node in placement.nodes)
    return around(boxes) if boxes else Box(EDGE_OF_PAGE, 0, placement.size[0] - 2 * EDGE_OF_PAGE, 0)


def _above(caption: Caption, drawing: Box, theme: Theme, ruler: Ruler) -> list[Item]:
    items = []
    y = EDGE_OF_PAGE
    for name, text, size, colour, bold in (
        ("title", caption.title, TITLE_SIZE, theme.ink, True),
        ("told", caption.told, TOLD_SIZE, theme.muted, False),
    ):
        for line in broken(ruler, text, drawing.w, 1, size, bold) if text else ():
            box = Box(drawing.x, y, drawing.w, ruler.height(size))
            items.append(_said(name, Words(line, box, size, colour, bold, centred=False)))
            y += ruler.height(size) * _LEADING
    return items


def _beneath(
    caption: Caption, keys: Sequence[tuple[str, bool]], placement: Placement, theme: Theme, ruler: Ruler
) -> list[Item]:
    drawing, step = _drawing(placement), ruler.height(SMALL_SIZE) * _LEADING
    y = placement.size[1] - EDGE_OF_PAGE - step * _rows(caption, keys, ruler)
    items = []
    if keys:
        items.append(_legend(keys, Point(drawing.x, y), theme, ruler))
    if caption.source:
        width = ruler.width(caption.source, SMALL_SIZE)
        box = Box(drawing.right - width, y, width, ruler.height(SMALL_SIZE))
        items.append(_said("source", Words(caption.source, box, SMALL_SIZE, theme.muted, centred=False)))
    if keys or caption.source:
        y += step
    room, most = min(_CREDIT_WIDTH, drawing.w), _credit_lines(caption, ruler)
    for number, line in enumerate(broken(ruler, caption.credit, room, most, SMALL_SIZE) if most else ()):
        box = Box(drawing.x, y + number * step, room, ruler.height(SMALL_SIZE))
        items.append(_said(f"credit-{number}", Words(line, box, SMALL_SIZE, theme.muted, centred=False)))
    return items


def _legend(keys: Sequence[tuple[str, bool]], at: Point, theme: Theme, ruler: Ruler) -> Item:
    high, x = ruler.height(SMALL_SIZE), at.x
    shapes: list[draw.Shape] = []
    for words, line in keys:
        if line:
            ends = (Point(x, at.y + high / 2), Point(x + _SAMPLE, at.y + high / 2))
            shapes.append(Polyline(ends, Stroke(theme.control, EDGE_WIDTH, CONTROL_DASH), head=True))
        else:
            box = Box(x, at.y + 1, _SAMPLE, high - 2)
            shapes.append(Frame(box, Stroke(theme.ghost, 1.0, GHOST_DASH), radius=5))
        x += _SAMPLE + _BESIDE_SAMPLE
        width = ruler.width(words, SMALL_SIZE)
        box = Box(x, at.y, width, high)
        shapes.append(Words(words, box, SMALL_SIZE, theme.muted, centred=False))
        x += width + _BETWEEN
    told = "; ".join(words for words, _ in keys)
    room = Box(at.x, at.y, x - _BETWEEN - at.x, high)
    return Item("legend", Kind.DECORATION, f"Legend: {told}", "legend", room, tuple(shapes))


def _said(name: str, words: Words) -> Item:
    return Item(f"caption:{name}", Kind.DECORATION, words.text, "caption", words.box, (words,))
