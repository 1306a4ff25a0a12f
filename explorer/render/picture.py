"""Picture: themed shapes as frozen values, which the canvas paints and all exporters write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from explorer.layout.geometry import Box, Point


@dataclass(frozen=True)
class Stroke:
    """A line style: color as `#rrggbb`, width in points, and dash lengths in points (none: a solid line)."""

    color: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Rectangle:
    """A rectangle with an optional outline, an optional fill color and a corner radius in points."""

    box: Box
    stroke: Stroke | None = None
    fill: str | None = None
    radius: float = 0


@dataclass(frozen=True)
class Polyline:
    """A path with rounded corners; `arrow_head` draws an open arrow head at its end."""

    points: tuple[Point, ...]
    stroke: Stroke
    radius: float = 0
    arrow_head: bool = False


@dataclass(frozen=True)
class TextShape:
    """One line of plain text in a box; it is never interpreted as markup.

    With a `halo_width` in points, only the outline of the text is drawn, as a halo behind another text.
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
    """An icon by name, scaled to fit a box."""

    name: str
    box: Box


@dataclass(frozen=True)
class Circle:
    """A filled circle, for example behind a step number."""

    center: Point
    radius: float
    fill: str


Shape = Rectangle | Polyline | TextShape | Icon | Circle


def translate_shape(shape: Shape, by: Point) -> Shape:
    """Return the shape moved by an offset."""
    match shape:
        case Polyline():
            return replace(shape, points=tuple(point.translated(by) for point in shape.points))
        case Circle():
            return replace(shape, center=shape.center.translated(by))
        case Rectangle() | TextShape() | Icon():
            return replace(shape, box=shape.box.translated(by))


class ItemKind(Enum):
    """What an item represents."""

    NODE = "node"
    EDGE = "edge"
    GROUP = "group"
    DECORATION = "decoration"


@dataclass(frozen=True)
class Item:
    """All shapes of one node, edge, group or decoration, back to front.

    Screen readers read `name` and `description`. `box` encloses all shapes. `opacity` is 0 to 1.
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
    """A complete picture; `size` is in points. Without a `background` color it is transparent."""

    size: tuple[float, float]
    background: str | None
    items: tuple[Item, ...]

    @cached_property
    def item_by_id(self) -> Mapping[str, Item]:
        """All items by id."""
        return {item.id: item for item in self.items}
