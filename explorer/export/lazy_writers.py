"""What other tools take over: each kind of file is made by modules that are loaded when it is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.core.errors import ExplorerError
from explorer.export.request.graph import placed_graph
from explorer.export.request.request import ArchitectureSubject, Request

if TYPE_CHECKING:
    from explorer.export.record.document import Document


def slide_bytes(request: Request) -> bytes:
    """A presentation with the drawing on one slide, as native shapes."""
    from explorer.export.slides.presentation import slide_presentation  # noqa: PLC0415 (0.3 s and 30 MB that only slides need)

    return slide_presentation(request)


def deck_bytes(request: Request) -> bytes:
    """A presentation of the whole walk, a slide for each answer."""
    from explorer.export.slides.presentation import walk_presentation  # noqa: PLC0415 (as for a slide)

    return walk_presentation(request, _architecture_subject(request))


def graphviz_bytes(request: Request) -> bytes:
    """DOT text for Graphviz."""
    from explorer.export.notations import dot  # noqa: PLC0415 (the package graphviz is needed for nothing else)

    return dot.dot_bytes(request)


def drawio_bytes(request: Request) -> bytes:
    """A draw.io file."""
    from explorer.export.notations.drawio import DiagramInput, drawio_xml  # noqa: PLC0415

    drawing = DiagramInput(*placed_graph(request), request.picture, request.options.icons)
    return drawio_xml(drawing, request.title, request.session)


def mermaid_bytes(request: Request) -> bytes:
    """A Mermaid flowchart."""
    from explorer.export.notations.mermaid import mermaid_text  # noqa: PLC0415

    return mermaid_text(placed_graph(request).architecture, request.title).encode()


def d2_bytes(request: Request) -> bytes:
    """A D2 diagram."""
    from explorer.export.notations.d2 import d2_text  # noqa: PLC0415

    return d2_text(placed_graph(request).architecture, request.title).encode()


def plantuml_bytes(request: Request) -> bytes:
    """A PlantUML diagram."""
    from explorer.export.notations.plantuml import plantuml_text  # noqa: PLC0415

    return plantuml_text(placed_graph(request).architecture, request.title).encode()


def structurizr_bytes(request: Request) -> bytes:
    """A Structurizr workspace."""
    from explorer.export.notations.structurizr import structurizr_text  # noqa: PLC0415

    return structurizr_text(_architecture_subject(request).architecture, request.title).encode()


def markdown_record_bytes(request: Request) -> bytes:
    """A decision record in Markdown, with the drawing as a Mermaid diagram or as a link beside it."""
    from explorer.export.record.markdown import code_block, image_link, markdown_document  # noqa: PLC0415

    if request.options.linked_image:
        picture = image_link(request.options.linked_image, request.title)
    else:
        picture = code_block(mermaid_bytes(request).decode(), "mermaid")
    return markdown_document(_record_document(request), picture).encode()


def html_record_bytes(request: Request) -> bytes:
    """The same record as one HTML file, with the picture in it."""
    from explorer.export.images import svg  # noqa: PLC0415
    from explorer.export.record.html import html_document  # noqa: PLC0415

    options = replace(request.options, size=None, scale=None)
    return html_document(
        _record_document(request), svg.svg_bytes(replace(request, options=options)), "image/svg+xml"
    ).encode()


def outcome_json_bytes(request: Request) -> bytes:
    """The outcome as JSON, as `recommend` prints it; docs/outcome.schema.json says what is in it."""
    from explorer.export.report.report import report_data  # noqa: PLC0415

    return (
        json.dumps(report_data(_architecture_subject(request).report), ensure_ascii=False, indent=2) + "\n"
    ).encode()


def answers_csv_bytes(request: Request) -> bytes:
    """The questions and answers as CSV."""
    from explorer.export.report.answers_csv import answers_csv  # noqa: PLC0415

    return answers_csv(_architecture_subject(request).report).encode()


def _record_document(request: Request) -> Document:
    from explorer.export.record.madr import decision_record  # noqa: PLC0415

    case = _architecture_subject(request)
    return decision_record(case.report, request.options.date, case.notes)


def _architecture_subject(request: Request) -> ArchitectureSubject:
    if not isinstance(request.subject, ArchitectureSubject):
        raise ExplorerError("This kind of file is made of an architecture only: choose PNG for this picture.")
    return request.subject
