"""A rim around everything that is drawn, so that a picture without a background is legible on any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from explorer.layout.geometry import around
from explorer.render.picture import Disc, Frame, Icon, Item, Kind, Picture, Polyline, Shape, Stroke, Words

RIM = 1.5
"""Points that a rim stands out on every side."""

_ICON_CORNER = 6.0


def without_background(picture: Picture, rim: str) -> Picture:
    """The picture on nothing, with a rim in a colour behind all of it; the colour is its background's kin."""
    shapes = tuple(rimmed for item in picture.items for shape in item.shapes for rimmed in _rim(shape, rim))
    if not shapes:
        return replace(picture, background=None)
    room = around(item.box for item in picture.items).grown(RIM)
    halo = Item("halo", Kind.DECORATION, "", "", room, shapes)
    return replace(picture, background=None, items=(halo, *picture.items))


def _rim(shape: Shape, colour: str) -> Iterator[Shape]:
    match shape:
        case Frame(box=box, stroke=stroke, fill=fill, radius=radius):
            if stroke is not None:
                yield Frame(box, Stroke(colour, stroke.width + 2 * RIM), None, radius)
            elif fill is not None:
                yield Frame(box.grown(RIM), None, colour, radius + RIM)
        case Polyline(stroke=stroke):
            yield replace(shape, stroke=Stroke(colour, stroke.width + 2 * RIM))
        case Words():
            yield replace(shape, colour=colour, rim=RIM)
        case Icon(box=box):
            yield Frame(box.grown(RIM / 2), None, colour, _ICON_CORNER)
        case Disc(radius=radius):
            yield replace(shape, radius=radius + RIM, fill=colour)
