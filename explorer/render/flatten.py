"""Faint things in solid colours, for programs that draw what is translucent each in its own way."""

from __future__ import annotations

from dataclasses import replace

from explorer.render.picture import Disc, Frame, Icon, Polyline, Shape, Stroke, Words


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid over another one: as much of it as its share.

    >>> mixed("#000000", "#ffffff", 0.8)
    '#333333'
    """
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def solid(shape: Shape, ground: str, opacity: float) -> Shape:
    """A faint shape as it looks on its ground; an icon stays as it is."""
    match shape:
        case Frame(stroke=stroke, fill=fill):
            return replace(
                shape,
                stroke=_stroke(stroke, ground, opacity) if stroke else None,
                fill=mixed(fill, ground, opacity) if fill else None,
            )
        case Polyline(stroke=stroke):
            return replace(shape, stroke=_stroke(stroke, ground, opacity))
        case Words(colour=colour):
            return replace(shape, colour=mixed(colour, ground, opacity))
        case Disc(fill=fill):
            return replace(shape, fill=mixed(fill, ground, opacity))
        case Icon():
            return shape


def _stroke(stroke: Stroke, ground: str, opacity: float) -> Stroke:
    return replace(stroke, colour=mixed(stroke.colour, ground, opacity))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
