"""A rim around everything that is drawn, so that a picture without a background is legible on any."""

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
"""Points that a rim stands out on every side."""

_ICON_CORNER_RADIUS = 6.0


def add_halo(picture: Picture, rim: str) -> Picture:
    """The picture on nothing, with a rim in a colour behind all of it; the colour is its background's kin."""
    shapes = tuple(rimmed for item in picture.items for shape in item.shapes for rimmed in _halo_shapes(shape, rim))
    if not shapes:
        return replace(picture, background=None)
    room = bounding_box(item.box for item in picture.items).expanded(HALO_WIDTH)
    halo = Item("halo", ItemKind.DECORATION, "", "", room, shapes)
    return replace(picture, background=None, items=(halo, *picture.items))


def _halo_shapes(shape: Shape, colour: str) -> Iterator[Shape]:
    match shape:
        case Rectangle(box=box, stroke=stroke, fill=fill, radius=radius):
            if stroke is not None:
                yield Rectangle(box, Stroke(colour, stroke.width + 2 * HALO_WIDTH), None, radius)
            elif fill is not None:
                yield Rectangle(box.expanded(HALO_WIDTH), None, colour, radius + HALO_WIDTH)
        case Polyline(stroke=stroke):
            yield replace(shape, stroke=Stroke(colour, stroke.width + 2 * HALO_WIDTH))
        case TextShape():
            yield replace(shape, color=colour, halo_width=HALO_WIDTH)
        case Icon(box=box):
            yield Rectangle(box.expanded(HALO_WIDTH / 2), None, colour, _ICON_CORNER_RADIUS)
        case Circle(radius=radius):
            yield replace(shape, radius=radius + HALO_WIDTH, fill=colour)
