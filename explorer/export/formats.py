"""Every kind of file that Berth writes, as one table, and the one way from a request to a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto
from pathlib import Path
from time import perf_counter

from explorer.core.errors import ExplorerError
from explorer.export import lazy_writers
from explorer.export.images import pdf, png, svg
from explorer.export.notations import placement_json
from explorer.export.request.request import Kind, Request
from explorer.storage.atomic_write import write_whole

log = logging.getLogger(__name__)

DRAWN = (Kind.CASE, Kind.MAP)
DECIDED = (Kind.CASE,)


class Heeds(Flag):
    """Which wishes a kind of file heeds."""

    NONE = 0
    SIZE = auto()
    COLOURS = auto()
    BACKGROUND = auto()
    WORDS = auto()
    OUTLINES = auto()
    SESSION = auto()
    TEMPLATE = auto()
    RESOLUTION = auto()
    ICONS = auto()
    LOOK = SIZE | COLOURS | BACKGROUND | WORDS | ICONS


@dataclass(frozen=True)
class Format:
    """A kind of file: its name for people, its endings (the usual one first), and how it is made.

    `of` says what it can be made of, and `heeds` which of the options show in it. `make` gives the same
    bytes for the same request, may be asked in any thread, and raises ExplorerError where it cannot.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    make: Callable[[Request], bytes]
    of: tuple[Kind, ...] = tuple(Kind)
    heeds: Heeds = Heeds.NONE

    @property
    def ending(self) -> str:
        """The usual ending, without a dot."""
        return self.endings[0]


_CARRIED = Heeds.LOOK | Heeds.SESSION
_VECTORS = _CARRIED | Heeds.OUTLINES
_SLIDES = _CARRIED | Heeds.TEMPLATE
_DRAWIO = "application/vnd.jgraph.mxfile"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FORMATS: tuple[Format, ...] = (
    Format("PNG image", ("png",), "image/png", png.made, heeds=_CARRIED | Heeds.RESOLUTION),
    Format("SVG drawing", ("svg",), "image/svg+xml", svg.made, heeds=_VECTORS),
    Format("PDF page", ("pdf",), "application/pdf", pdf.made, heeds=Heeds.LOOK),
    Format("PowerPoint slide", ("pptx",), _PPTX, lazy_writers.slide, DRAWN, _SLIDES),
    Format("PowerPoint, the whole walk", ("deck.pptx",), _PPTX, lazy_writers.deck, DECIDED, _SLIDES),
    Format("draw.io diagram", ("drawio",), _DRAWIO, lazy_writers.drawio, DRAWN, _CARRIED),
    Format("Decision record, Markdown", ("md",), "text/markdown", lazy_writers.record, DECIDED),
    Format(
        "Decision record, web page", ("html", "htm"), "text/html", lazy_writers.record_page, DECIDED, _VECTORS
    ),
    Format("Mermaid flowchart", ("mmd", "mermaid"), "text/vnd.mermaid", lazy_writers.mermaid, DRAWN),
    Format("D2 diagram", ("d2",), "text/plain", lazy_writers.d2, DRAWN),
    Format("PlantUML diagram", ("puml", "plantuml"), "text/plain", lazy_writers.plantuml, DRAWN),
    Format("Structurizr workspace", ("dsl",), "text/plain", lazy_writers.structurizr, DECIDED),
    Format("Outcome as data", ("outcome.json",), "application/json", lazy_writers.outcome, DECIDED),
    Format("Questions and answers", ("csv",), "text/csv", lazy_writers.answers, DECIDED),
    Format(
        "Placed drawing", ("json",), "application/json", placement_json.made, DRAWN, Heeds.SIZE | Heeds.WORDS
    ),
    Format("Graphviz text", ("dot", "gv"), "text/vnd.graphviz", lazy_writers.dot, DRAWN),
)
"""What can be exported, the usual one first; a new format is a module and a line here."""


class UnknownFormatError(ExplorerError):
    """A file whose ending no format has."""

    def __init__(self, path: Path, known: tuple[Format, ...]) -> None:
        endings = ", ".join(f".{format_.ending}" for format_ in known)
        super().__init__(f"“{path.name}” cannot be exported: its ending must be one of {endings}.")


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """What can be made of such a thing, the usual format first."""
    return tuple(format_ for format_ in FORMATS if kind in format_.of)


def format_of(path: Path, kind: Kind) -> Format:
    """The format that a file's ending asks for; UnknownFormatError when there is none for such a thing."""
    known, name = formats_of(kind), path.name.lower()
    fitting = {ending: one for one in known for ending in one.endings if name[1:].endswith(f".{ending}")}
    if not fitting:
        raise UnknownFormatError(path, known)
    return fitting[max(fitting, key=len)]  # “deck.pptx” says more than “pptx”


def exported(request: Request, format_: Format) -> bytes:
    """The request as the bytes of a file."""
    begun = perf_counter()
    made = format_.make(request)
    spent = round((perf_counter() - begun) * 1000)
    log.debug("Made a %s (%s) of %d bytes in %d ms.", format_.ending, format_.name, len(made), spent)
    return made


def export_file(path: Path, request: Request) -> None:
    """Write the file that its ending asks for, whole or not at all."""
    write_whole(path, exported(request, format_of(path, request.kind)))
    log.debug("Wrote the file “%s”.", path)
