"""Builds the shapes of a slide from the shapes of a picture, each with a name and alternative text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from explorer.export.request.merged_shapes import MergedShape, NumberBadge, TextBlock
from explorer.export.slides import drawingml as ml
from explorer.export.slides.color_scheme import SchemeColors
from explorer.export.slides.connectors import bent_connector
from explorer.layout.geometry import Box, Point
from explorer.render.picture import Icon, Item, Polyline, Rectangle


@dataclass(frozen=True)
class ShapeBuilder:
    """Builds shapes in the coordinates of a slide: picture points times `scale`, plus `origin`.

    `image_id` returns the relationship id of an icon's image. `shape_ids` yields unused shape ids.
    """

    scale: float
    origin: Point
    scheme_colors: SchemeColors
    image_id: Callable[[str], str]
    shape_ids: Iterator[int] = field(default_factory=lambda: count(100))

    def group(self, item: Item, children: list[ml.Element], box: Box | None = None) -> ml.Element:
        """Return a group shape for an item; `box` replaces the item's box."""
        return ml.group(self._shape_name(item.name, alt_text(item)), self._slide_box(box or item.box), children)

    def shape(self, shape: MergedShape, item: Item) -> ml.Element:
        """Return the slide shape for one shape of an item."""
        match shape:
            case Rectangle():
                return self.rectangle(shape, item)
            case Icon(name, box):
                shape_name = self._shape_name(f"Icon of {item.name}", f"Icon of {item.name}")
                return ml.picture(shape_name, self._slide_box(box), self.image_id(name), item.opacity)
            case NumberBadge():
                return self._badge(shape, item)
            case TextBlock():
                shape_name = self._shape_name(f"Text of {item.name}", shape.text)
                return ml.text_box(shape_name, self._slide_box(shape.box), self._text_runs(shape, item))
            case Polyline():
                return self.connector(shape, item)

    def rectangle(self, rectangle: Rectangle, item: Item) -> ml.Element:
        """Return a rectangle, with rounded corners if the picture has them."""
        rounded = ml.Geometry("roundRect", _corner_adjustment(rectangle))
        return ml.preset_shape(
            self._shape_name(item.name, alt_text(item)),
            rounded if rectangle.radius else ml.Geometry("rect"),
            self._slide_box(rectangle.box),
            None if rectangle.fill is None else self._color(rectangle.fill, item),
            self._border(rectangle, item),
        )

    def connector(
        self,
        line: Polyline,
        item: Item,
        start: ml.ConnectionSite | None = None,
        end: ml.ConnectionSite | None = None,
    ) -> ml.Element:
        """Return a connector along a path, attached to its connection sites if there are any."""
        bent = bent_connector([self._slide_point(point) for point in line.points])
        color = self._color(line.stroke.color, item)
        style = ml.line_style(line.stroke, line.stroke.width * self.scale, color, head=line.arrow_head)
        return ml.connector(self._shape_name(item.name, alt_text(item)), bent, style, start, end)

    def _badge(self, badge: NumberBadge, item: Item) -> ml.Element:
        circle, label = badge.circle, badge.label
        box = Box(*circle.center, 0, 0).expanded(circle.radius)
        name = f"Number {label.text} of {item.name}" if label else f"Dot of {item.name}"
        runs = self._text_runs(TextBlock((label,)), item) if label else []
        fill = self._color(circle.fill, item)
        ellipse = ml.Geometry("ellipse")
        return ml.preset_shape(self._shape_name(name, name), ellipse, self._slide_box(box), fill, None, runs)

    def _text_runs(self, text: TextBlock, item: Item) -> list[ml.Run]:
        return [
            ml.Run(
                line.text,
                line.size * self.scale,
                line.box.h * self.scale,
                self._color(line.color, item),
                line.bold,
                line.centered,
            )
            for line in text.lines
        ]

    def _border(self, rectangle: Rectangle, item: Item) -> ml.Element | None:
        stroke = rectangle.stroke
        if stroke is None or stroke.width <= 0:
            return None
        return ml.line_style(stroke, stroke.width * self.scale, self._color(stroke.color, item))

    def _color(self, color: str, item: Item) -> ml.Color:
        return ml.Color(self.scheme_colors.scheme_name(color) or color.lstrip("#").upper(), item.opacity)

    def _shape_name(self, name: str, description: str) -> ml.ShapeName:
        return ml.ShapeName(next(self.shape_ids), name, description)

    def _slide_point(self, point: Point) -> Point:
        return Point(self.origin.x + point.x * self.scale, self.origin.y + point.y * self.scale)

    def _slide_box(self, box: Box) -> Box:
        return Box(*self._slide_point(Point(box.x, box.y)), box.w * self.scale, box.h * self.scale)


def _corner_adjustment(rectangle: Rectangle) -> int:
    """Return the corner radius in 1/100,000 of the shorter side, at most one half."""
    return round(min(0.5, rectangle.radius / max(min(rectangle.box.w, rectangle.box.h), 1.0)) * 100_000)


def alt_text(item: Item) -> str:
    """Return the name and the description of an item."""
    return f"{item.name}: {item.description}" if item.description else item.name
