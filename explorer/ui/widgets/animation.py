"""Animations: moves a view to another position, and interpolates between two drawings of an item."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEasingCurve, QVariantAnimation

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
    translate_shape,
)
from explorer.ui.widgets.zoom_view import ViewPosition, ZoomView

_DURATION_MS = 200
_BoxShape = Rectangle | TextShape | Icon


class ViewAnimation(QVariantAnimation):
    """Moves a view to another position. Navigation by the user stops the animation."""

    def __init__(self, view: ZoomView) -> None:
        super().__init__(view)
        self._view = view
        self._start = self._end = view.view_position
        self.is_enabled = True
        self.setDuration(_DURATION_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._advance)

    def animate_to(self, position: ViewPosition) -> None:
        """Move to a position; without animation if the view is hidden or animations are disabled."""
        self.stop()
        if not (self.is_enabled and self._view.isVisible()):
            self._view.set_view_position(position)
        elif position != self._view.view_position:
            self._start, self._end = self._view.view_position, position
            self.start()

    def _advance(self, share: float) -> None:
        pairs = zip(self._start, self._end, strict=True)
        self._view.set_view_position(ViewPosition(*(start + (end - start) * share for start, end in pairs)))


def interpolate(before: Item, after: Item, share: float) -> Item:
    """Return an item between two drawings of it: `share` 0 is the first, 1 the second.

    Colors are those of `after`. Shapes of different kinds are not interpolated: the item moves as a whole, and an edge
    fades in.
    """
    if share >= 1:
        return after
    opacity = _interpolate_number(before.opacity, after.opacity, share)
    box = _interpolate_box(before.box, after.box, share)
    if len(before.shapes) == len(after.shapes):
        pairs = zip(before.shapes, after.shapes, strict=True)
        shapes = [_interpolate_shape(start, end, share) for start, end in pairs]
        compatible = tuple(shape for shape in shapes if shape is not None)
        if len(compatible) == len(shapes):
            return replace(after, box=box, shapes=compatible, opacity=opacity)
    if after.kind is ItemKind.EDGE:
        return replace(after, opacity=after.opacity * share)
    start, end = before.box.center, after.box.center
    by = Point((start.x - end.x) * (1 - share), (start.y - end.y) * (1 - share))
    moved = tuple(translate_shape(shape, by) for shape in after.shapes)
    return replace(after, box=after.box.translated(by), shapes=moved, opacity=opacity)


def _interpolate_shape(before: Shape, after: Shape, share: float) -> Shape | None:
    """Return a shape between two shapes; None if they are not compatible."""
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
    return Box(*(_interpolate_number(start, end, share) for start, end in zip(before, after, strict=True)))


def _interpolate_number(before: float, after: float, share: float) -> float:
    return before + (after - before) * share
