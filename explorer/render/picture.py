"""One themed picture: the only thing that the canvas paints and the exporters write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from explorer.layout.geometry import Box, Point


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: colour as `#rrggbb`, width in points, dash lengths in points (none: solid)."""

    color: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Rectangle:
    """A rectangle with an outline and a fill, either of which may be missing."""

    box: Box
    stroke: Stroke | None = None
    fill: str | None = None
    radius: float = 0


@dataclass(frozen=True)
class Polyline:
    """A path with rounded corners; `head` draws an open arrow head at its end."""

    points: tuple[Point, ...]
    stroke: Stroke
    radius: float = 0
    arrow_head: bool = False


@dataclass(frozen=True)
class TextShape:
    """One line of text in a box: never interpreted, drawn as it stands.

    With a `rim`, in points, it is only what stands behind another text to set it off.
    """

    text: str
    box: Box
    size: float
    color: str
    bold: bool = False
    centered: bool = True
    halo_width: float = 0


@dataclass(frozen=True)
class Icon:
    """An icon by name, fitted into a box."""

    name: str
    box: Box


@dataclass(frozen=True)
class Circle:
    """A filled circle, as behind the numbers of the main flow."""

    center: Point
    radius: float
    fill: str


Shape = Rectangle | Polyline | TextShape | Icon | Circle


def translate_box(box: Box, by: Point) -> Box:
    """The box, so much further to the right and down."""
    return Box(box.x + by.x, box.y + by.y, box.w, box.h)


def translate_shape(shape: Shape, by: Point) -> Shape:
    """The shape, so much further to the right and down."""
    match shape:
        case Polyline():
            return replace(shape, points=tuple(Point(p.x + by.x, p.y + by.y) for p in shape.points))
        case Circle():
            return replace(shape, center=Point(shape.center.x + by.x, shape.center.y + by.y))
        case Rectangle() | TextShape() | Icon():
            return replace(shape, box=translate_box(shape.box, by))


class ItemKind(Enum):
    """What an item stands for."""

    NODE = "node"
    EDGE = "edge"
    GROUP = "group"
    DECORATION = "decoration"


@dataclass(frozen=True)
class Item:
    """Everything that is drawn for one node, edge or group, back to front.

    `name` and `description` are what a screen reader says; `box` encloses all
    shapes; `opacity` is 0 to 1.
    """

    id: str
    kind: ItemKind
    name: str
    description: str
    box: Box
    shapes: tuple[Shape, ...]
    opacity: float = 1.0


@dataclass(frozen=True)
class Picture:
    """A whole picture in points; without a `background` it is transparent."""

    size: tuple[float, float]
    background: str | None
    items: tuple[Item, ...]

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        """Every item under its id."""
        return {item.id: item for item in self.items}
