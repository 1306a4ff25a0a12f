"""What lies between two drawings of the same thing, so that what moves is seen to move."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from explorer.layout.geometry import Box, Point
from explorer.render.picture import (
    Circle,
    Icon,
    Item,
    ItemKind,
    Polyline,
    Rectangle,
    Shape,
    TextShape,
    translate_box,
    translate_shape,
)

_BoxShape = Rectangle | TextShape | Icon


def interpolate(before: Item, after: Item, share: float) -> Item:
    """The item at a share of its way, 0 to 1; it has the looks of `after` from the start.

    What cannot be bent from one form into the other glides as a whole, and an edge fades in.
    """
    if share >= 1:
        return after
    opacity = _interpolate_number(before.opacity, after.opacity, share)
    box = _interpolate_box(before.box, after.box, share)
    if len(before.shapes) == len(after.shapes):
        pairs = zip(before.shapes, after.shapes, strict=True)
        shapes = [_interpolate_shape(one, other, share) for one, other in pairs]
        found = tuple(shape for shape in shapes if shape is not None)
        if len(found) == len(shapes):
            return replace(after, box=box, shapes=found, opacity=opacity)
    if after.kind is ItemKind.EDGE:
        return replace(after, opacity=after.opacity * share)
    start, end = before.box.center, after.box.center
    by = Point((start.x - end.x) * (1 - share), (start.y - end.y) * (1 - share))
    carried = tuple(translate_shape(shape, by) for shape in after.shapes)
    return replace(after, box=translate_box(after.box, by), shapes=carried, opacity=opacity)


def _interpolate_shape(before: Shape, after: Shape, share: float) -> Shape | None:
    if isinstance(before, Polyline) and isinstance(after, Polyline):
        if len(before.points) != len(after.points):
            return None
        points = map(partial(_interpolate_point, share=share), before.points, after.points)
        return replace(after, points=tuple(points))
    if isinstance(before, Circle) and isinstance(after, Circle):
        return replace(after, center=_interpolate_point(before.center, after.center, share))
    if isinstance(before, _BoxShape) and isinstance(after, _BoxShape) and type(before) is type(after):
        return replace(after, box=_interpolate_box(before.box, after.box, share))
    return None


def _interpolate_point(before: Point, after: Point, share: float) -> Point:
    return Point(_interpolate_number(before.x, after.x, share), _interpolate_number(before.y, after.y, share))


def _interpolate_box(before: Box, after: Box, share: float) -> Box:
    return Box(*(_interpolate_number(one, other, share) for one, other in zip(before, after, strict=True)))


def _interpolate_number(before: float, after: float, share: float) -> float:
    return before + (after - before) * share
