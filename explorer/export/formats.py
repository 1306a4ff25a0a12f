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
from explorer.export.request.request import Request, SubjectKind
from explorer.storage.atomic_write import write_atomically

log = logging.getLogger(__name__)

GRAPH_KINDS = (SubjectKind.ARCHITECTURE, SubjectKind.DECISION_MAP)
ARCHITECTURE_KINDS = (SubjectKind.ARCHITECTURE,)


class Supports(Flag):
    """Which wishes a kind of file heeds."""

    NONE = 0
    SIZE = auto()
    THEME = auto()
    BACKGROUND = auto()
    CAPTION = auto()
    TEXT_AS_PATHS = auto()
    SESSION = auto()
    TEMPLATE = auto()
    RESOLUTION = auto()
    ICONS = auto()
    APPEARANCE = SIZE | THEME | BACKGROUND | CAPTION | ICONS


@dataclass(frozen=True)
class Format:
    """A kind of file: its name for people, its endings (the usual one first), and how it is made.

    `of` says what it can be made of, and `heeds` which of the options show in it. `make` gives the same
    bytes for the same request, may be asked in any thread, and raises ExplorerError where it cannot.
    """

    name: str
    extensions: tuple[str, ...]
    media_type: str
    write: Callable[[Request], bytes]
    kinds: tuple[SubjectKind, ...] = tuple(SubjectKind)
    supports: Supports = Supports.NONE

    @property
    def extension(self) -> str:
        """The usual ending, without a dot."""
        return self.extensions[0]


_EDITABLE = Supports.APPEARANCE | Supports.SESSION
_VECTOR = _EDITABLE | Supports.TEXT_AS_PATHS
_SLIDE = _EDITABLE | Supports.TEMPLATE
_DRAWIO = "application/vnd.jgraph.mxfile"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FORMATS: tuple[Format, ...] = (
    Format("PNG image", ("png",), "image/png", png.png_bytes, supports=_EDITABLE | Supports.RESOLUTION),
    Format("SVG drawing", ("svg",), "image/svg+xml", svg.svg_bytes, supports=_VECTOR),
    Format("PDF page", ("pdf",), "application/pdf", pdf.pdf_bytes, supports=Supports.APPEARANCE),
    Format("PowerPoint slide", ("pptx",), _PPTX, lazy_writers.slide_bytes, GRAPH_KINDS, _SLIDE),
    Format(
        "PowerPoint, the whole walk",
        ("deck.pptx",),
        _PPTX,
        lazy_writers.deck_bytes,
        ARCHITECTURE_KINDS,
        _SLIDE,
    ),
    Format("draw.io diagram", ("drawio",), _DRAWIO, lazy_writers.drawio_bytes, GRAPH_KINDS, _EDITABLE),
    Format(
        "Decision record, Markdown",
        ("md",),
        "text/markdown",
        lazy_writers.markdown_record_bytes,
        ARCHITECTURE_KINDS,
    ),
    Format(
        "Decision record, web page",
        ("html", "htm"),
        "text/html",
        lazy_writers.html_record_bytes,
        ARCHITECTURE_KINDS,
        _VECTOR,
    ),
    Format("Mermaid flowchart", ("mmd", "mermaid"), "text/vnd.mermaid", lazy_writers.mermaid_bytes, GRAPH_KINDS),
    Format("D2 diagram", ("d2",), "text/plain", lazy_writers.d2_bytes, GRAPH_KINDS),
    Format("PlantUML diagram", ("puml", "plantuml"), "text/plain", lazy_writers.plantuml_bytes, GRAPH_KINDS),
    Format("Structurizr workspace", ("dsl",), "text/plain", lazy_writers.structurizr_bytes, ARCHITECTURE_KINDS),
    Format(
        "Outcome as data",
        ("outcome.json",),
        "application/json",
        lazy_writers.outcome_json_bytes,
        ARCHITECTURE_KINDS,
    ),
    Format("Questions and answers", ("csv",), "text/csv", lazy_writers.answers_csv_bytes, ARCHITECTURE_KINDS),
    Format(
        "Placed drawing",
        ("json",),
        "application/json",
        placement_json.json_bytes,
        GRAPH_KINDS,
        Supports.SIZE | Supports.CAPTION,
    ),
    Format("Graphviz text", ("dot", "gv"), "text/vnd.graphviz", lazy_writers.graphviz_bytes, GRAPH_KINDS),
)
"""What can be exported, the usual one first; a new format is a module and a line here."""


class UnknownFormatError(ExplorerError):
    """A file whose ending no format has."""

    def __init__(self, path: Path, known: tuple[Format, ...]) -> None:
        endings = ", ".join(f".{format_.extension}" for format_ in known)
        super().__init__(f"“{path.name}” cannot be exported: its ending must be one of {endings}.")


def formats_of(kind: SubjectKind) -> tuple[Format, ...]:
    """What can be made of such a thing, the usual format first."""
    return tuple(format_ for format_ in FORMATS if kind in format_.kinds)


def format_of(path: Path, kind: SubjectKind) -> Format:
    """The format that a file's ending asks for; UnknownFormatError when there is none for such a thing."""
    known, name = formats_of(kind), path.name.lower()
    fitting = {ending: one for one in known for ending in one.extensions if name[1:].endswith(f".{ending}")}
    if not fitting:
        raise UnknownFormatError(path, known)
    return fitting[max(fitting, key=len)]  # “deck.pptx” says more than “pptx”


def export_bytes(request: Request, format_: Format) -> bytes:
    """The request as the bytes of a file."""
    begun = perf_counter()
    made = format_.write(request)
    spent = round((perf_counter() - begun) * 1000)
    log.debug("Made a %s (%s) of %d bytes in %d ms.", format_.extension, format_.name, len(made), spent)
    return made


def export_file(path: Path, request: Request) -> None:
    """Write the file that its ending asks for, whole or not at all."""
    write_atomically(path, export_bytes(request, format_of(path, request.kind)))
    log.debug("Wrote the file “%s”.", path)
