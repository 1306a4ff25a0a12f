"""Export formats: the table of all formats, and the functions that turn a request into a file.

The modules behind most formats are imported on first use: slides alone cost 0.3 s and 30 MB.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Flag, auto
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from explorer.core.errors import ExplorerError
from explorer.export.images import pdf, png, svg
from explorer.export.notations import placement_json
from explorer.export.request.graph import placed_graph
from explorer.export.request.request import ArchitectureSubject, Request, SubjectKind
from explorer.storage.atomic_write import write_atomically

if TYPE_CHECKING:
    from explorer.export.record.document import Document

log = logging.getLogger(__name__)


class Supports(Flag):
    """Export options that a format can show."""

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
    SEPARATOR = auto()
    APPEARANCE = SIZE | THEME | BACKGROUND | CAPTION | ICONS


@dataclass(frozen=True)
class Format:
    """An export format.

    `extensions` are without the leading dot, the default first. `write` returns the bytes of the file:
    the same bytes for the same request, from any thread. It raises ExplorerError if the request does
    not fit the format. `kinds` are the subjects that the format can show, `supports` the export options.
    """

    name: str
    extensions: tuple[str, ...]
    media_type: str
    write: Callable[[Request], bytes]
    kinds: tuple[SubjectKind, ...] = tuple(SubjectKind)
    supports: Supports = Supports.NONE

    @property
    def extension(self) -> str:
        """The default file extension, without the leading dot."""
        return self.extensions[0]


class UnknownFormatError(ExplorerError):
    """A file name whose extension belongs to no format."""

    def __init__(self, path: Path, known: tuple[Format, ...]) -> None:
        extensions = ", ".join(f".{format_.extension}" for format_ in known)
        super().__init__(f"Cannot export “{path.name}”: its extension must be one of {extensions}.")


class UnsupportedSubjectError(ExplorerError):
    """A format that needs an architecture, for a request without one."""

    def __init__(self) -> None:
        super().__init__("This format needs an architecture. Choose PNG, SVG or PDF for this picture.")


class UnsupportedOptionError(ExplorerError):
    """An export option that the format cannot show."""


def formats_of(kind: SubjectKind) -> tuple[Format, ...]:
    """Return the formats that can show a kind of subject, the default first."""
    return tuple(format_ for format_ in FORMATS if kind in format_.kinds)


def format_of(path: Path, kind: SubjectKind) -> Format:
    """Return the format of a file name; raise UnknownFormatError if none fits.

    The longest extension wins: `x.deck.pptx` is a deck, `x.pptx` a slide.
    """
    known, name = formats_of(kind), path.name.lower()
    matches = {
        extension: format_
        for format_ in known
        for extension in format_.extensions
        if name[1:].endswith(f".{extension}")
    }
    if not matches:
        raise UnknownFormatError(path, known)
    return matches[max(matches, key=len)]


def export_bytes(request: Request, format_: Format) -> bytes:
    """Return the request as the bytes of a file in this format."""
    started = perf_counter()
    data = format_.write(request)
    spent = round((perf_counter() - started) * 1000)
    log.debug("Wrote a %s (%s) of %d bytes in %d ms.", format_.extension, format_.name, len(data), spent)
    return data


def export_file(path: Path, request: Request) -> None:
    """Write the request to a file in the format of its extension, completely or not at all."""
    write_atomically(path, export_bytes(request, format_of(path, request.kind)))
    log.debug("Wrote the file “%s”.", path)


_REQUIRED_SUPPORT = {
    "--theme": Supports.THEME,
    "--size": Supports.SIZE,
    "--scale": Supports.SIZE,
    "--shape": Supports.SIZE,
    "--dpi": Supports.RESOLUTION,
    "--transparent": Supports.BACKGROUND,
    "--around": Supports.CAPTION,
    "--outlines": Supports.TEXT_AS_PATHS,
    "--icons": Supports.ICONS,
    "--template": Supports.TEMPLATE,
    "--separator": Supports.SEPARATOR,
}
"""The support that each command-line option needs; options that are not listed work with every format."""

FORMAT_OPTIONS = tuple(_REQUIRED_SUPPORT)


def check_unsupported_options(format_: Format, given: Iterable[str]) -> None:
    """Raise UnsupportedOptionError if the format cannot show one of the given command-line options."""
    unsupported = [option for option in given if not _REQUIRED_SUPPORT[option] & format_.supports]
    if unsupported:
        have, them = ("has", "it") if len(unsupported) == 1 else ("have", "them")
        raise UnsupportedOptionError(
            f"{' and '.join(unsupported)} {have} no effect on a .{format_.extension} file ({format_.name}). "
            f"Leave {them} out."
        )


def _write_slide(request: Request) -> bytes:
    from explorer.export.slides.presentation import slide_presentation  # noqa: PLC0415

    return slide_presentation(request)


def _write_deck(request: Request) -> bytes:
    from explorer.export.slides.presentation import walk_presentation  # noqa: PLC0415

    return walk_presentation(request, _architecture_subject(request))


def _write_dot(request: Request) -> bytes:
    from explorer.export.notations.dot import dot_bytes  # noqa: PLC0415

    return dot_bytes(request)


def _write_drawio(request: Request) -> bytes:
    from explorer.export.notations.drawio import Diagram, drawio_xml  # noqa: PLC0415

    diagram = Diagram(*placed_graph(request), request.picture, request.options.icons)
    return drawio_xml(diagram, request.title, request.session)


def _write_drawio_svg(request: Request) -> bytes:
    return svg.svg_bytes(request, _write_drawio(request))


def _write_drawio_png(request: Request) -> bytes:
    return png.png_bytes(request, _write_drawio(request))


def _write_mermaid(request: Request) -> bytes:
    from explorer.export.notations.mermaid import mermaid_text  # noqa: PLC0415

    architecture = placed_graph(request).architecture
    return mermaid_text(architecture, request.title, request.description.full_text).encode()


def _write_d2(request: Request) -> bytes:
    from explorer.export.notations.d2 import d2_text  # noqa: PLC0415

    return d2_text(placed_graph(request).architecture, request.title).encode()


def _write_plantuml(request: Request) -> bytes:
    from explorer.export.notations.plantuml import plantuml_text  # noqa: PLC0415

    return plantuml_text(placed_graph(request).architecture, request.title).encode()


def _write_structurizr(request: Request) -> bytes:
    from explorer.export.notations.structurizr import structurizr_text  # noqa: PLC0415

    return structurizr_text(_architecture_subject(request).architecture, request.title).encode()


def _write_markdown_record(request: Request) -> bytes:
    """Write the record with a Mermaid diagram, or with a link to the image file in the same folder."""
    from explorer.export.record.markdown import code_block, image_link, markdown_document  # noqa: PLC0415

    if request.options.linked_image:
        figure = image_link(request.options.linked_image, request.title)
    else:
        figure = code_block(_write_mermaid(request).decode(), "mermaid")
    return markdown_document(_record_document(request), figure).encode()


def _write_html_record(request: Request) -> bytes:
    """Write the record as one HTML file with the picture embedded as SVG."""
    from explorer.export.record.html import html_document  # noqa: PLC0415

    natural_size = replace(request.options, size=None, scale=None)
    picture = svg.svg_bytes(replace(request, options=natural_size))
    return html_document(_record_document(request), picture, "image/svg+xml").encode()


def _write_outcome(request: Request) -> bytes:
    """Write the JSON that `recommend --format json` prints; docs/outcome.schema.json defines it."""
    from explorer.export.report.report import report_data  # noqa: PLC0415

    data = report_data(_architecture_subject(request).report)
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _write_answers(request: Request) -> bytes:
    from explorer.export.report.answers_csv import answers_csv  # noqa: PLC0415

    return answers_csv(_architecture_subject(request).report, request.options.csv_separator).encode()


def _record_document(request: Request) -> Document:
    from explorer.export.record.madr import decision_record  # noqa: PLC0415

    subject = _architecture_subject(request)
    return decision_record(subject.report, request.options.date, subject.notes)


def _architecture_subject(request: Request) -> ArchitectureSubject:
    if not isinstance(request.subject, ArchitectureSubject):
        raise UnsupportedSubjectError
    return request.subject


_GRAPHS = (SubjectKind.ARCHITECTURE, SubjectKind.DECISION_MAP)
_ARCHITECTURES = (SubjectKind.ARCHITECTURE,)
_IMAGE = Supports.APPEARANCE | Supports.SESSION
_VECTOR = _IMAGE | Supports.TEXT_AS_PATHS
_SLIDES = _IMAGE | Supports.TEMPLATE
_DRAWIO = "application/vnd.jgraph.mxfile"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FORMATS: tuple[Format, ...] = (
    Format("PNG image", ("png",), "image/png", png.png_bytes, supports=_IMAGE | Supports.RESOLUTION),
    Format("SVG image", ("svg",), "image/svg+xml", svg.svg_bytes, supports=_VECTOR),
    Format("PDF page", ("pdf",), "application/pdf", pdf.pdf_bytes, supports=Supports.APPEARANCE),
    Format("PowerPoint slide", ("pptx",), _PPTX, _write_slide, _GRAPHS, _SLIDES),
    Format("PowerPoint deck", ("deck.pptx",), _PPTX, _write_deck, _ARCHITECTURES, _SLIDES),
    Format("draw.io diagram", ("drawio",), _DRAWIO, _write_drawio, _GRAPHS, _IMAGE),
    Format("draw.io diagram in SVG", ("drawio.svg",), "image/svg+xml", _write_drawio_svg, _GRAPHS, _VECTOR),
    Format(
        "draw.io diagram in PNG",
        ("drawio.png",),
        "image/png",
        _write_drawio_png,
        _GRAPHS,
        _IMAGE | Supports.RESOLUTION,
    ),
    Format("Decision record, Markdown", ("md",), "text/markdown", _write_markdown_record, _ARCHITECTURES),
    Format("Decision record, HTML", ("html", "htm"), "text/html", _write_html_record, _ARCHITECTURES, _VECTOR),
    Format("Mermaid flowchart", ("mmd", "mermaid"), "text/vnd.mermaid", _write_mermaid, _GRAPHS),
    Format("D2 diagram", ("d2",), "text/plain", _write_d2, _GRAPHS),
    Format("PlantUML diagram", ("puml", "plantuml"), "text/plain", _write_plantuml, _GRAPHS),
    Format("Structurizr workspace", ("dsl",), "text/plain", _write_structurizr, _ARCHITECTURES),
    Format("Outcome, JSON", ("outcome.json",), "application/json", _write_outcome, _ARCHITECTURES),
    Format("Questions and answers, CSV", ("csv",), "text/csv", _write_answers, _ARCHITECTURES, Supports.SEPARATOR),
    Format(
        "Placed diagram, JSON",
        ("json",),
        "application/json",
        placement_json.json_bytes,
        _GRAPHS,
        Supports.SIZE | Supports.CAPTION,
    ),
    Format("Graphviz DOT", ("dot", "gv"), "text/vnd.graphviz", _write_dot, _GRAPHS),
)
"""All export formats, the default first. To add a format, write a module and add a line here."""
