"""Draws single marks of a picture on a slide, each named and described for those who listen."""

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
    """Draws in the picture's points: on the slide they are `scale` times as large, and begin at `origin`.

    `image` gives the relationship of an icon's picture; `numbers` the numbers of shapes on the slide.
    """

    scale: float
    origin: Point
    scheme_colors: SchemeColors
    image_id: Callable[[str], str]
    shape_ids: Iterator[int] = field(default_factory=lambda: count(100))

    def group(self, item: Item, children: list[ml.Element], box: Box | None = None) -> ml.Element:
        """Shapes as one group, which is the item; it reaches as far as the box."""
        return ml.group(self._shape_name(item.name, alt_text(item)), self._slide_box(box or item.box), children)

    def shape(self, mark: MergedShape, item: Item) -> ml.Element:
        """A mark of an item as a shape."""
        match mark:
            case Rectangle():
                return self.rectangle(mark, item)
            case Icon(name, box):
                told = self._shape_name(f"Icon of {item.name}", f"Icon of {item.name}")
                return ml.picture(told, self._slide_box(box), self.image_id(name), item.opacity)
            case NumberBadge():
                return self._badge(mark, item)
            case TextBlock():
                told = self._shape_name(f"Words of {item.name}", mark.text)
                return ml.text_box(told, self._slide_box(mark.box), self._text_runs(mark, item))
            case Polyline():
                return self.connector(mark, item)

    def rectangle(self, frame: Rectangle, item: Item) -> ml.Element:
        """A rectangle, its corners round where the picture's are."""
        return ml.preset_shape(
            self._shape_name(item.name, alt_text(item)),
            ml.Geometry("roundRect", _corner_adjustment(frame)) if frame.radius else ml.Geometry("rect"),
            self._slide_box(frame.box),
            None if frame.fill is None else self._color(frame.fill, item),
            self._border(frame, item),
        )

    def connector(
        self,
        line: Polyline,
        item: Item,
        start: ml.ConnectionSite | None = None,
        end: ml.ConnectionSite | None = None,
    ) -> ml.Element:
        """A connector along a path."""
        bent = bent_connector([self._slide_point(point) for point in line.points])
        ink = self._color(line.stroke.color, item)
        drawn = ml.line_style(line.stroke, line.stroke.width * self.scale, ink, head=line.arrow_head)
        return ml.connector(self._shape_name(item.name, alt_text(item)), bent, drawn, start, end)

    def _badge(self, number: NumberBadge, item: Item) -> ml.Element:
        (x, y), radius = number.disc.center, number.disc.radius
        box = Box(x, y, 0, 0).expanded(radius)
        words = number.label
        told = f"Number {words.text} of {item.name}" if words else f"Dot of {item.name}"
        runs = self._text_runs(TextBlock((words,)), item) if words else []
        fill = self._color(number.disc.fill, item)
        return ml.preset_shape(
            self._shape_name(told, told), ml.Geometry("ellipse"), self._slide_box(box), fill, None, runs
        )

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

    def _border(self, frame: Rectangle, item: Item) -> ml.Element | None:
        stroke = frame.stroke
        if stroke is None or stroke.width <= 0:
            return None
        return ml.line_style(stroke, stroke.width * self.scale, self._color(stroke.color, item))

    def _color(self, colour: str, item: Item) -> ml.Color:
        return ml.Color(self.scheme_colors.scheme_name(colour) or colour.lstrip("#").upper(), item.opacity)

    def _shape_name(self, name: str, description: str) -> ml.ShapeName:
        return ml.ShapeName(next(self.shape_ids), name, description)

    def _slide_point(self, point: Point) -> Point:
        return Point(self.origin.x + point.x * self.scale, self.origin.y + point.y * self.scale)

    def _slide_box(self, box: Box) -> Box:
        return Box(*self._slide_point(Point(box.x, box.y)), box.w * self.scale, box.h * self.scale)


def _corner_adjustment(frame: Rectangle) -> int:
    """The radius in hundred thousandths of the shorter side, at most a half."""
    return round(min(0.5, frame.radius / max(min(frame.box.w, frame.box.h), 1.0)) * 100_000)


def alt_text(item: Item) -> str:
    """What an item is, and what has become of it, in one sentence."""
    return f"{item.name}: {item.description}" if item.description else item.name
