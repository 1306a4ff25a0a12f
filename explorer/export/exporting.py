"""One way to every kind of file: what is drawn, the file's ending, and how it is to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from explorer.core.architecture import Architecture
from explorer.core.problems import ExplorerError
from explorer.export.data import placed_json
from explorer.export.dot_text import dot_text
from explorer.export.paint import Icons
from explorer.export.qt_ruler import QtRuler
from explorer.export.raster import PngOptions, png_bytes, write_whole
from explorer.layout.graphviz import find_graphviz
from explorer.layout.place import place
from explorer.layout.placement import Placement
from explorer.render.caption import Caption, captioned, shape_for
from explorer.render.compose import compose
from explorer.render.picture import Picture
from explorer.render.theme import theme_of
from explorer.storage.resources import theme_values

FORMATS = (("PNG image", "png"), ("Placed drawing", "json"), ("Graphviz text", "dot"))
"""What can be exported: a name for people and the file's ending, the usual one first."""


class UnknownFormatError(ExplorerError):
    """A file whose ending no format has."""

    def __init__(self, path: Path) -> None:
        known = ", ".join(f".{ending}" for _, ending in FORMATS)
        super().__init__(f"“{path.name}” cannot be exported: its ending must be one of {known}.")


@dataclass(frozen=True)
class Drawn:
    """One architecture on its way to a file: the graph, where it stands, and how it looks."""

    architecture: Architecture
    placement: Placement
    picture: Picture
    title: str = ""


@cache
def ready() -> QCoreApplication:
    """Qt, made ready to draw where no window did that."""
    return QGuiApplication.instance() or QGuiApplication(["berth"])


def draw(
    architecture: Architecture,
    theme: str,
    title: str = "",
    warning: str = "",
    caption: Caption | None = None,
    aspect: float | None = None,
) -> Drawn:
    """An architecture placed and composed in a shipped theme; LayoutError when it cannot be laid out.

    With an `aspect` (its width by its height) the drawing is spread over a page of that shape.
    """
    ready()
    ruler, worn, words = QtRuler(), theme_of(theme_values(theme)), caption or Caption(legend=False)
    shape = shape_for(words, architecture.nodes, architecture.edges, ruler, aspect)
    placement = place(architecture, ruler, find_graphviz(), shape)
    picture = captioned(compose(placement, worn, warning), placement, words, worn, ruler)
    return Drawn(architecture, placement, picture, title)


def known_ending(path: Path) -> str:
    """The ending of a file in small letters; UnknownFormatError when no format has it."""
    ending = path.suffix.lower().lstrip(".")
    if ending not in {known for _, known in FORMATS}:
        raise UnknownFormatError(path)
    return ending


def export_file(path: Path, drawn: Drawn, options: PngOptions | None = None) -> None:
    """Write the file that its ending asks for, whole or not at all; `options` are for pictures."""
    match known_ending(path):
        case "json":
            data = placed_json(drawn.placement).encode()
        case "dot":
            data = dot_text(drawn.architecture, drawn.title).encode()
        case _:
            chosen = replace(options or PngOptions(), title=drawn.title)
            data = png_bytes(drawn.picture, chosen, Icons())
    write_whole(path, data)
