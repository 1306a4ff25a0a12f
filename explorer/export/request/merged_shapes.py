"""Merged shapes of an item: lines of one text as one block, a circle with its number as one badge.

Editable formats (slides, draw.io) export these as single shapes, so that the user can edit them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explorer.layout.geometry import Box, bounding_box
from explorer.render.picture import Circle, Icon, Polyline, Rectangle, Shape, TextShape


@dataclass(frozen=True)
class TextBlock:
    """Consecutive lines of one text."""

    lines: tuple[TextShape, ...]

    @property
    def box(self) -> Box:
        """The bounding box of all lines."""
        return bounding_box(line.box for line in self.lines)

    @property
    def text(self) -> str:
        """All lines, joined by spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class NumberBadge:
    """A circle with the number in it, if any."""

    circle: Circle
    label: TextShape | None


MergedShape = Rectangle | Icon | Polyline | NumberBadge | TextBlock


def merge_text_lines(shapes: Iterable[Shape]) -> Iterator[MergedShape]:
    """Yield the shapes of an item, back to front, with text lines and badges merged."""
    circle: Circle | None = None
    lines: list[TextShape] = []
    for shape in shapes:
        if isinstance(shape, TextShape) and circle is not None and _is_centered_in(shape, circle):
            yield NumberBadge(circle, shape)
            circle = None
            continue
        if circle is not None:
            yield NumberBadge(circle, None)
            circle = None
        if isinstance(shape, TextShape) and (not lines or _continues(shape, lines[-1])):
            lines.append(shape)
            continue
        if lines:
            yield TextBlock(tuple(lines))
            lines = []
        match shape:
            case TextShape():
                lines.append(shape)
            case Circle():
                circle = shape
            case _:
                yield shape
    if circle is not None:
        yield NumberBadge(circle, None)
    if lines:
        yield TextBlock(tuple(lines))


def _is_centered_in(text: TextShape, circle: Circle) -> bool:
    x, y = text.box.center
    return abs(x - circle.center.x) < 1 and abs(y - circle.center.y) < 1


def _continues(line: TextShape, previous: TextShape) -> bool:
    """Return whether a line is the next line of the same text: directly below, with the same alignment."""
    distance = line.box.y - previous.box.y
    return line.centered == previous.centered and 0 < distance <= 2 * previous.box.h
