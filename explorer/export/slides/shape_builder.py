"""Draws single marks of a picture on a slide, each named and described for those who listen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from explorer.export.request.merged_shapes import Mark, Number, Text
from explorer.export.slides import drawingml as ml
from explorer.export.slides.color_scheme import Palette
from explorer.export.slides.connectors import elbow
from explorer.layout.geometry import Box, Point
from explorer.render.picture import Frame, Icon, Item, Polyline


@dataclass(frozen=True)
class Pen:
    """Draws in the picture's points: on the slide they are `scale` times as large, and begin at `origin`.

    `image` gives the relationship of an icon's picture; `numbers` the numbers of shapes on the slide.
    """

    scale: float
    origin: Point
    palette: Palette
    image: Callable[[str], str]
    numbers: Iterator[int] = field(default_factory=lambda: count(100))

    def group(self, item: Item, children: list[ml.Element], box: Box | None = None) -> ml.Element:
        """Shapes as one group, which is the item; it reaches as far as the box."""
        return ml.group(self._told(item.name, described(item)), self._there(box or item.box), children)

    def mark(self, mark: Mark, item: Item) -> ml.Element:
        """A mark of an item as a shape."""
        match mark:
            case Frame():
                return self.frame(mark, item)
            case Icon(name, box):
                told = self._told(f"Icon of {item.name}", f"Icon of {item.name}")
                return ml.picture(told, self._there(box), self.image(name), item.opacity)
            case Number():
                return self._number(mark, item)
            case Text():
                told = self._told(f"Words of {item.name}", mark.words)
                return ml.text(told, self._there(mark.box), self._runs(mark, item))
            case Polyline():
                return self.connector(mark, item)

    def frame(self, frame: Frame, item: Item) -> ml.Element:
        """A rectangle, its corners round where the picture's are."""
        return ml.form(
            self._told(item.name, described(item)),
            ml.Form("roundRect", _corner(frame)) if frame.radius else ml.Form("rect"),
            self._there(frame.box),
            None if frame.fill is None else self._ink(frame.fill, item),
            self._line(frame, item),
        )

    def connector(
        self, line: Polyline, item: Item, start: ml.Glue | None = None, end: ml.Glue | None = None
    ) -> ml.Element:
        """A connector along a path."""
        bent = elbow([self._point(point) for point in line.points])
        ink = self._ink(line.stroke.colour, item)
        drawn = ml.outline(line.stroke, line.stroke.width * self.scale, ink, head=line.head)
        return ml.connector(self._told(item.name, described(item)), bent, drawn, start, end)

    def _number(self, number: Number, item: Item) -> ml.Element:
        (x, y), radius = number.disc.centre, number.disc.radius
        box = Box(x, y, 0, 0).grown(radius)
        words = number.words
        told = f"Number {words.text} of {item.name}" if words else f"Dot of {item.name}"
        runs = self._runs(Text((words,)), item) if words else []
        fill = self._ink(number.disc.fill, item)
        return ml.form(self._told(told, told), ml.Form("ellipse"), self._there(box), fill, None, runs)

    def _runs(self, text: Text, item: Item) -> list[ml.Run]:
        return [
            ml.Run(
                line.text,
                line.size * self.scale,
                line.box.h * self.scale,
                self._ink(line.colour, item),
                line.bold,
                line.centred,
            )
            for line in text.lines
        ]

    def _line(self, frame: Frame, item: Item) -> ml.Element | None:
        stroke = frame.stroke
        if stroke is None or stroke.width <= 0:
            return None
        return ml.outline(stroke, stroke.width * self.scale, self._ink(stroke.colour, item))

    def _ink(self, colour: str, item: Item) -> ml.Ink:
        return ml.Ink(self.palette.place(colour) or colour.lstrip("#").upper(), item.opacity)

    def _told(self, name: str, description: str) -> ml.Told:
        return ml.Told(next(self.numbers), name, description)

    def _point(self, point: Point) -> Point:
        return Point(self.origin.x + point.x * self.scale, self.origin.y + point.y * self.scale)

    def _there(self, box: Box) -> Box:
        return Box(*self._point(Point(box.x, box.y)), box.w * self.scale, box.h * self.scale)


def _corner(frame: Frame) -> int:
    """The radius in hundred thousandths of the shorter side, at most a half."""
    return round(min(0.5, frame.radius / max(min(frame.box.w, frame.box.h), 1.0)) * 100_000)


def described(item: Item) -> str:
    """What an item is, and what has become of it, in one sentence."""
    return f"{item.name}: {item.description}" if item.description else item.name
