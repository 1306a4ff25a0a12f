"""Where everything stands: boxes, paths and lines of text in points, x to the right, y down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from explorer.core.model.architecture import Architecture, Edge, Group, Node


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float


class Box(NamedTuple):
    """An upright rectangle: its top left corner and its size."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.h

    @property
    def center(self) -> Point:
        """The middle of the box."""
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area; touching sides do not count."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def contains(self, other: Box) -> bool:
        """Whether the other lies wholly within this one."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def expanded(self, by: float) -> Box:
        """The box with `by` points more on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


def bounding_box(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of some boxes; ValueError when there is none."""
    sides = [(x, y, x + w, y + h) for x, y, w, h in boxes]
    left, top = min(side[0] for side in sides), min(side[1] for side in sides)
    return Box(left, top, max(side[2] for side in sides) - left, max(side[3] for side in sides) - top)


class TextLine(NamedTuple):
    """One line of text and the box that it fills; the text is drawn centred or from the left."""

    text: str
    box: Box
    size: float
    bold: bool
    muted: bool
    centered: bool


@dataclass(frozen=True)
class PlacedNode:
    """A node's icon box and its lines of text; a companion is small and has its text at the right."""

    node: Node
    icon_box: Box
    lines: tuple[TextLine, ...]
    outline: Box

    @property
    def is_companion(self) -> bool:
        """Whether it is drawn small, beneath another node."""
        return self.node.attached_to is not None


@dataclass(frozen=True)
class PlacedGroup:
    """A group's frame, its title line, and the tile left of the title (None for centred titles)."""

    group: Group
    box: Box
    title: TextLine
    icon_box: Box | None


@dataclass(frozen=True)
class PlacedEdge:
    """An edge's path from the source's side to the target's, its label and its number."""

    edge: Edge
    points: tuple[Point, ...]
    label: tuple[TextLine, ...]
    step_center: Point | None


@dataclass(frozen=True)
class Placement:
    """A placed architecture; `size` is the whole drawing's in points."""

    size: tuple[float, float]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    groups: tuple[PlacedGroup, ...]

    @property
    def architecture(self) -> Architecture:
        """What is placed."""
        return Architecture(
            tuple(placed.node for placed in self.nodes),
            tuple(placed.edge for placed in self.edges),
            tuple(placed.group for placed in self.groups),
        )

    @cached_property
    def node_by_id(self) -> Mapping[str, PlacedNode]:
        """Every placed node under its node's id."""
        return {placed.node.id: placed for placed in self.nodes}
