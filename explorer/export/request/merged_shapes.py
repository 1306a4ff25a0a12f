"""The shapes of an item as a person would draw them: lines of one text together, a number in its disc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explorer.layout.geometry import Box, bounding_box
from explorer.render.picture import Circle, Icon, Polyline, Rectangle, Shape, TextShape


@dataclass(frozen=True)
class TextBlock:
    """Lines that stand beneath each other."""

    lines: tuple[TextShape, ...]

    @property
    def box(self) -> Box:
        """What the lines fill."""
        return bounding_box(line.box for line in self.lines)

    @property
    def text(self) -> str:
        """All that is said, on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class NumberBadge:
    """A disc and the number in it, if there is one."""

    disc: Circle
    label: TextShape | None


MergedShape = Rectangle | Icon | Polyline | NumberBadge | TextBlock


def merge_text_lines(shapes: Iterable[Shape]) -> Iterator[MergedShape]:
    """The marks of an item, back to front."""
    disc: Circle | None = None
    lines: list[TextShape] = []
    for shape in shapes:
        if isinstance(shape, TextShape) and disc is not None and _is_centered_in(shape, disc):
            yield NumberBadge(disc, shape)
            disc = None
            continue
        if disc is not None:
            yield NumberBadge(disc, None)
            disc = None
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
                disc = shape
            case _:
                yield shape
    if disc is not None:
        yield NumberBadge(disc, None)
    if lines:
        yield TextBlock(tuple(lines))


def _is_centered_in(words: TextShape, disc: Circle) -> bool:
    x, y = words.box.center
    return abs(x - disc.center.x) < 1 and abs(y - disc.center.y) < 1


def _continues(line: TextShape, before: TextShape) -> bool:
    """Whether a line is the next of the same text: just beneath, and set the same way."""
    step = line.box.y - before.box.y
    return line.centered == before.centered and 0 < step <= 2 * before.box.h
