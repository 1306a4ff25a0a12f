"""Geometry of a placed architecture: boxes, paths and text lines in points, x to the right, y down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from explorer.core.model.architecture import Architecture, Edge, Group, Node
from explorer.core.model.pack import GroupId, NodeId


class Point(NamedTuple):
    """A position, or an offset between two positions."""

    x: float
    y: float

    def translated(self, by: Point) -> Point:
        """The position moved by an offset."""
        return Point(self.x + by.x, self.y + by.y)


class Box(NamedTuple):
    """An axis-aligned rectangle: its top left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x coordinate of the right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y coordinate of the lower side."""
        return self.y + self.h

    @property
    def center(self) -> Point:
        """The center of the box."""
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    def overlaps(self, other: Box) -> bool:
        """Whether both boxes share any area; touching sides do not count."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )

    def contains(self, other: Box) -> bool:
        """Whether the other box lies completely within this one."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def expanded(self, by: float) -> Box:
        """The box with `by` points added on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def translated(self, by: Point) -> Box:
        """The box moved by an offset."""
        x, y, w, h = self
        return Box(x + by[0], y + by[1], w, h)


def bounding_box(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that contains all given boxes; ValueError if there are none."""
    sides = [(x, y, x + w, y + h) for x, y, w, h in boxes]
    left, top = min(side[0] for side in sides), min(side[1] for side in sides)
    return Box(left, top, max(side[2] for side in sides) - left, max(side[3] for side in sides) - top)


class Boxes(NamedTuple):
    """The boxes of all nodes by node id, and of all group frames by group id."""

    nodes: Mapping[NodeId, Box]
    frames: Mapping[GroupId, Box]


class TextLine(NamedTuple):
    """One line of text, centered in its box or aligned to the left side; `size` is the font size in points."""

    text: str
    box: Box
    size: float
    bold: bool
    muted: bool
    centered: bool

    def translated(self, by: Point) -> TextLine:
        """The line moved by an offset."""
        text, box, size, bold, muted, centered = self
        return TextLine(text, box.translated(by), size, bold, muted, centered)


@dataclass(frozen=True)
class PlacedNode:
    """A node with the box of its icon and its text lines.

    The text of a companion is at the right of its small icon; `outline` encloses both.
    """

    node: Node
    icon_box: Box
    lines: tuple[TextLine, ...]
    outline: Box

    @property
    def is_companion(self) -> bool:
        """Whether the node is drawn small, below the node that it belongs to."""
        return self.node.attached_to is not None


@dataclass(frozen=True)
class PlacedGroup:
    """A group with its frame and its title; `icon_box` is None if the title is centered."""

    group: Group
    box: Box
    title: TextLine
    icon_box: Box | None

    def translated(self, by: Point) -> PlacedGroup:
        """The group moved by an offset."""
        icon_box = None if self.icon_box is None else self.icon_box.translated(by)
        return PlacedGroup(self.group, self.box.translated(by), self.title.translated(by), icon_box)

    @property
    def title_box(self) -> Box:
        """The area of the title, including the icon at its left."""
        box, icon = self.title.box, self.icon_box
        return box if icon is None else Box(icon.x, icon.y, box.right - icon.x, max(icon.h, box.h))


@dataclass(frozen=True)
class PlacedEdge:
    """An edge with its path from the source to the target, its label, and the center of its step number."""

    edge: Edge
    points: tuple[Point, ...]
    label: tuple[TextLine, ...]
    step_center: Point | None

    def translated(self, by: Point) -> PlacedEdge:
        """The edge moved by an offset."""
        return PlacedEdge(
            self.edge,
            tuple([point.translated(by) for point in self.points]),
            tuple([line.translated(by) for line in self.label]),
            None if self.step_center is None else self.step_center.translated(by),
        )


@dataclass(frozen=True)
class Placement:
    """A placed architecture; `size` is the width and height of the whole page in points."""

    size: tuple[float, float]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    groups: tuple[PlacedGroup, ...]

    @property
    def architecture(self) -> Architecture:
        """The architecture that is placed."""
        return Architecture(
            tuple(placed.node for placed in self.nodes),
            tuple(placed.edge for placed in self.edges),
            tuple(placed.group for placed in self.groups),
        )

    @cached_property
    def node_by_id(self) -> Mapping[str, PlacedNode]:
        """The placed nodes by node id."""
        return {placed.node.id: placed for placed in self.nodes}
