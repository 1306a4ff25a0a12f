"""What lies between two drawings of the same thing, so that what moves is seen to move."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from explorer.layout.geometry import Box, Point
from explorer.render.picture import (
    Disc,
    Frame,
    Icon,
    Item,
    Kind,
    Polyline,
    Shape,
    Words,
    moved_box,
    moved_shape,
)

_Boxed = Frame | Words | Icon


def between(before: Item, after: Item, share: float) -> Item:
    """The item at a share of its way, 0 to 1; it has the looks of `after` from the start.

    What cannot be bent from one form into the other glides as a whole, and an edge fades in.
    """
    if share >= 1:
        return after
    opacity = _mix(before.opacity, after.opacity, share)
    box = _box(before.box, after.box, share)
    if len(before.shapes) == len(after.shapes):
        pairs = zip(before.shapes, after.shapes, strict=True)
        shapes = [_shape(one, other, share) for one, other in pairs]
        found = tuple(shape for shape in shapes if shape is not None)
        if len(found) == len(shapes):
            return replace(after, box=box, shapes=found, opacity=opacity)
    if after.kind is Kind.EDGE:
        return replace(after, opacity=after.opacity * share)
    start, end = before.box.centre, after.box.centre
    by = Point((start.x - end.x) * (1 - share), (start.y - end.y) * (1 - share))
    carried = tuple(moved_shape(shape, by) for shape in after.shapes)
    return replace(after, box=moved_box(after.box, by), shapes=carried, opacity=opacity)


def _shape(before: Shape, after: Shape, share: float) -> Shape | None:
    if isinstance(before, Polyline) and isinstance(after, Polyline):
        if len(before.points) != len(after.points):
            return None
        points = map(partial(_point, share=share), before.points, after.points)
        return replace(after, points=tuple(points))
    if isinstance(before, Disc) and isinstance(after, Disc):
        return replace(after, centre=_point(before.centre, after.centre, share))
    if isinstance(before, _Boxed) and isinstance(after, _Boxed) and type(before) is type(after):
        return replace(after, box=_box(before.box, after.box, share))
    return None


def _point(before: Point, after: Point, share: float) -> Point:
    return Point(_mix(before.x, after.x, share), _mix(before.y, after.y, share))


def _box(before: Box, after: Box, share: float) -> Box:
    return Box(*(_mix(one, other, share) for one, other in zip(before, after, strict=True)))


def _mix(before: float, after: float, share: float) -> float:
    return before + (after - before) * share
