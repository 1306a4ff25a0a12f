"""Picture effects: a halo behind a transparent picture, and opacity flattened to solid colors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from explorer.layout.geometry import bounding_box
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

HALO_WIDTH = 1.5
"""Points by which a halo extends a shape on every side."""

_ICON_CORNER_RADIUS = 6.0


def add_halo(picture: Picture, color: str) -> Picture:
    """Return the picture without a background, with a halo of a color behind all shapes.

    The halo keeps a transparent picture legible on any background.
    """
    shapes = tuple(halo for item in picture.items for shape in item.shapes for halo in _halo_shapes(shape, color))
    if not shapes:
        return replace(picture, background=None)
    bounds = bounding_box(item.box for item in picture.items).expanded(HALO_WIDTH)
    halo = Item("halo", ItemKind.DECORATION, "", "", bounds, shapes)
    return replace(picture, background=None, items=(halo, *picture.items))


def blend(color: str, background: str, share: float) -> str:
    """Return a color mixed with a background color; `share` is the color's share from 0 to 1.

    >>> blend("#000000", "#ffffff", 0.8)
    '#333333'
    """
    pairs = zip(_rgb(color), _rgb(background), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def flatten_opacity(shape: Shape, background: str, opacity: float) -> Shape:
    """Return a translucent shape in the solid colors that it has on a background; icons are unchanged.

    Some formats need this, because programs draw translucent shapes differently.
    """
    match shape:
        case Rectangle(stroke=stroke, fill=fill):
            return replace(
                shape,
                stroke=_flatten_stroke(stroke, background, opacity) if stroke else None,
                fill=blend(fill, background, opacity) if fill else None,
            )
        case Polyline(stroke=stroke):
            return replace(shape, stroke=_flatten_stroke(stroke, background, opacity))
        case TextShape(color=color):
            return replace(shape, color=blend(color, background, opacity))
        case Circle(fill=fill):
            return replace(shape, fill=blend(fill, background, opacity))
        case Icon():
            return shape


def _halo_shapes(shape: Shape, color: str) -> Iterator[Shape]:
    match shape:
        case Rectangle(box=box, stroke=stroke, fill=fill, radius=radius):
            if stroke is not None:
                yield Rectangle(box, Stroke(color, stroke.width + 2 * HALO_WIDTH), None, radius)
            elif fill is not None:
                yield Rectangle(box.expanded(HALO_WIDTH), None, color, radius + HALO_WIDTH)
        case Polyline(stroke=stroke):
            yield replace(shape, stroke=Stroke(color, stroke.width + 2 * HALO_WIDTH))
        case TextShape():
            yield replace(shape, color=color, halo_width=HALO_WIDTH)
        case Icon(box=box):
            yield Rectangle(box.expanded(HALO_WIDTH / 2), None, color, _ICON_CORNER_RADIUS)
        case Circle(radius=radius):
            yield replace(shape, radius=radius + HALO_WIDTH, fill=color)


def _flatten_stroke(stroke: Stroke, background: str, opacity: float) -> Stroke:
    return replace(stroke, color=blend(stroke.color, background, opacity))


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))
