"""Faint things in solid colours, for programs that draw what is translucent each in its own way."""

from __future__ import annotations

from dataclasses import replace

from explorer.render.picture import Circle, Icon, Polyline, Rectangle, Shape, Stroke, TextShape


def blend(colour: str, ground: str, share: float) -> str:
    """A colour laid over another one: as much of it as its share.

    >>> mixed("#000000", "#ffffff", 0.8)
    '#333333'
    """
    pairs = zip(_rgb(colour), _rgb(ground), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def flatten_opacity(shape: Shape, ground: str, opacity: float) -> Shape:
    """A faint shape as it looks on its ground; an icon stays as it is."""
    match shape:
        case Rectangle(stroke=stroke, fill=fill):
            return replace(
                shape,
                stroke=_flatten_stroke(stroke, ground, opacity) if stroke else None,
                fill=blend(fill, ground, opacity) if fill else None,
            )
        case Polyline(stroke=stroke):
            return replace(shape, stroke=_flatten_stroke(stroke, ground, opacity))
        case TextShape(color=colour):
            return replace(shape, color=blend(colour, ground, opacity))
        case Circle(fill=fill):
            return replace(shape, fill=blend(fill, ground, opacity))
        case Icon():
            return shape


def _flatten_stroke(stroke: Stroke, ground: str, opacity: float) -> Stroke:
    return replace(stroke, color=blend(stroke.color, ground, opacity))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
