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

    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Frame:
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
    head: bool = False


@dataclass(frozen=True)
class Words:
    """One line of text in a box: never interpreted, drawn as it stands.

    With a `rim`, in points, it is only what stands behind another text to set it off.
    """

    text: str
    box: Box
    size: float
    colour: str
    bold: bool = False
    centred: bool = True
    rim: float = 0


@dataclass(frozen=True)
class Icon:
    """An icon by name, fitted into a box."""

    name: str
    box: Box


@dataclass(frozen=True)
class Disc:
    """A filled circle, as behind the numbers of the main flow."""

    centre: Point
    radius: float
    fill: str


Shape = Frame | Polyline | Words | Icon | Disc


def moved_box(box: Box, by: Point) -> Box:
    """The box, so much further to the right and down."""
    return Box(box.x + by.x, box.y + by.y, box.w, box.h)


def moved_shape(shape: Shape, by: Point) -> Shape:
    """The shape, so much further to the right and down."""
    match shape:
        case Polyline():
            return replace(shape, points=tuple(Point(p.x + by.x, p.y + by.y) for p in shape.points))
        case Disc():
            return replace(shape, centre=Point(shape.centre.x + by.x, shape.centre.y + by.y))
        case Frame() | Words() | Icon():
            return replace(shape, box=moved_box(shape.box, by))


class Kind(Enum):
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
    kind: Kind
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
