"""The shapes of an item as a person would draw them: lines of one text together, a number in its disc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explorer.layout.geometry import Box, around
from explorer.render.picture import Disc, Frame, Icon, Polyline, Shape, Words


@dataclass(frozen=True)
class Text:
    """Lines that stand beneath each other."""

    lines: tuple[Words, ...]

    @property
    def box(self) -> Box:
        """What the lines fill."""
        return around(line.box for line in self.lines)

    @property
    def words(self) -> str:
        """All that is said, on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Number:
    """A disc and the number in it, if there is one."""

    disc: Disc
    words: Words | None


Mark = Frame | Icon | Polyline | Number | Text


def gathered(shapes: Iterable[Shape]) -> Iterator[Mark]:
    """The marks of an item, back to front."""
    disc: Disc | None = None
    lines: list[Words] = []
    for shape in shapes:
        if isinstance(shape, Words) and disc is not None and _within(shape, disc):
            yield Number(disc, shape)
            disc = None
            continue
        if disc is not None:
            yield Number(disc, None)
            disc = None
        if isinstance(shape, Words) and (not lines or _follows(shape, lines[-1])):
            lines.append(shape)
            continue
        if lines:
            yield Text(tuple(lines))
            lines = []
        match shape:
            case Words():
                lines.append(shape)
            case Disc():
                disc = shape
            case _:
                yield shape
    if disc is not None:
        yield Number(disc, None)
    if lines:
        yield Text(tuple(lines))


def _within(words: Words, disc: Disc) -> bool:
    x, y = words.box.centre
    return abs(x - disc.centre.x) < 1 and abs(y - disc.centre.y) < 1


def _follows(line: Words, before: Words) -> bool:
    """Whether a line is the next of the same text: just beneath, and set the same way."""
    step = line.box.y - before.box.y
    return line.centred == before.centred and 0 < step <= 2 * before.box.h
