"""What other tools take over: each kind of file is made by modules that are loaded when it is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.core.errors import ExplorerError
from explorer.export.request.graph import graph_of
from explorer.export.request.request import Case, Request

if TYPE_CHECKING:
    from explorer.export.record.document import Document


def slide(request: Request) -> bytes:
    """A presentation with the drawing on one slide, as native shapes."""
    from explorer.export.slides.presentation import one_slide  # noqa: PLC0415 (0.3 s and 30 MB that only slides need)

    return one_slide(request)


def deck(request: Request) -> bytes:
    """A presentation of the whole walk, a slide for each answer."""
    from explorer.export.slides.presentation import walk  # noqa: PLC0415 (as for a slide)

    return walk(request, _case(request))


def dot(request: Request) -> bytes:
    """DOT text for Graphviz."""
    from explorer.export.notations import dot  # noqa: PLC0415 (the package graphviz is needed for nothing else)

    return dot.made(request)


def drawio(request: Request) -> bytes:
    """A draw.io file."""
    from explorer.export.notations.drawio import Drawing, drawio_xml  # noqa: PLC0415

    drawing = Drawing(*graph_of(request), request.picture, request.options.icons)
    return drawio_xml(drawing, request.title, request.session)


def mermaid(request: Request) -> bytes:
    """A Mermaid flowchart."""
    from explorer.export.notations.mermaid import mermaid_text  # noqa: PLC0415

    return mermaid_text(graph_of(request).architecture, request.title).encode()


def d2(request: Request) -> bytes:
    """A D2 diagram."""
    from explorer.export.notations.d2 import d2_text  # noqa: PLC0415

    return d2_text(graph_of(request).architecture, request.title).encode()


def plantuml(request: Request) -> bytes:
    """A PlantUML diagram."""
    from explorer.export.notations.plantuml import plantuml_text  # noqa: PLC0415

    return plantuml_text(graph_of(request).architecture, request.title).encode()


def structurizr(request: Request) -> bytes:
    """A Structurizr workspace."""
    from explorer.export.notations.structurizr import structurizr_text  # noqa: PLC0415

    return structurizr_text(_case(request).architecture, request.title).encode()


def record(request: Request) -> bytes:
    """A decision record in Markdown, with the drawing as a Mermaid diagram or as a link beside it."""
    from explorer.export.record.markdown import fenced, linked, markdown  # noqa: PLC0415

    if request.options.beside:
        picture = linked(request.options.beside, request.title)
    else:
        picture = fenced(mermaid(request).decode(), "mermaid")
    return markdown(_record(request), picture).encode()


def record_page(request: Request) -> bytes:
    """The same record as one HTML file, with the picture in it."""
    from explorer.export.images import svg  # noqa: PLC0415
    from explorer.export.record.html import html  # noqa: PLC0415

    options = replace(request.options, size=None, scale=None)
    return html(_record(request), svg.made(replace(request, options=options)), "image/svg+xml").encode()


def outcome(request: Request) -> bytes:
    """The outcome as JSON, as `recommend` prints it; docs/outcome.schema.json says what is in it."""
    from explorer.export.report.report import as_data  # noqa: PLC0415

    return (json.dumps(as_data(_case(request).report), ensure_ascii=False, indent=2) + "\n").encode()


def answers(request: Request) -> bytes:
    """The questions and answers as CSV."""
    from explorer.export.report.answers_csv import answers_csv  # noqa: PLC0415

    return answers_csv(_case(request).report).encode()


def _record(request: Request) -> Document:
    from explorer.export.record.madr import decision_record  # noqa: PLC0415

    case = _case(request)
    return decision_record(case.report, request.options.date, case.notes)


def _case(request: Request) -> Case:
    if not isinstance(request.about, Case):
        raise ExplorerError("This kind of file is made of an architecture only: choose PNG for this picture.")
    return request.about
