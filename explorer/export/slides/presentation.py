"""Presentation writer: one slide or a whole deck; deterministic bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from explorer.export.request.request import ArchitectureSubject, Request
from explorer.export.slides.color_scheme import SchemeColors, scheme_colors_of
from explorer.export.slides.deck import add_walk_slides
from explorer.export.slides.drawingml import LANGUAGE, Element
from explorer.export.slides.slide import add_picture_slide
from explorer.export.slides.template import blank_presentation, load_template, rewrite_zip
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from explorer.storage.sessions.embedded import PPTX_SESSION_PART, SESSION_NAMESPACE
from explorer.storage.xml_text import xml_safe_text

_MAX_PROPERTY_LENGTH = 255


def slide_presentation(request: Request) -> bytes:
    """Return a presentation with the picture on one slide."""
    deck, scheme_colors = _new_presentation(request)
    add_picture_slide(deck, request.title, request, scheme_colors)
    return _to_bytes(deck, request)


def walk_presentation(request: Request, subject: ArchitectureSubject) -> bytes:
    """Return a presentation with a slide for each answer."""
    deck, scheme_colors = _new_presentation(request)
    add_walk_slides(deck, request, subject, scheme_colors)
    return _to_bytes(deck, request)


def _new_presentation(request: Request) -> tuple[Presentation, SchemeColors]:
    theme = parse_theme(theme_values(request.options.theme))
    template = request.options.template
    deck = blank_presentation(theme) if template is None else load_template(template)
    return deck, scheme_colors_of(theme, default=template is None)


def _to_bytes(deck: Presentation, request: Request) -> bytes:
    deck.core_properties.title = xml_safe_text(request.title)[:_MAX_PROPERTY_LENGTH]
    deck.core_properties.author = deck.core_properties.last_modified_by = "Berth"
    if request.options.date:
        day = datetime.fromisoformat(request.options.date)
        deck.core_properties.created = deck.core_properties.modified = day
    if request.session:
        part = Part(
            PackURI(f"/{PPTX_SESSION_PART}"),
            "application/xml",
            deck.part.package,
            _session_xml(request.session),
        )
        deck.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    for slide in deck.slides:
        _set_language(slide.element)
        if slide.has_notes_slide:
            _set_language(slide.notes_slide.element)
    buffer = BytesIO()
    deck.save(buffer)
    return rewrite_zip(buffer.getvalue())


def _set_language(element: Element) -> None:
    """Set the language of all text runs that have none: python-pptx writes none."""
    for run in element.xpath(".//a:r"):
        properties = run.get_or_add_rPr()
        if properties.get("lang") is None:
            properties.set("lang", LANGUAGE)


def _session_xml(session: str) -> bytes:
    text = xml_safe_text(session).replace("]]>", "]]]]><![CDATA[>")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<session xmlns="{SESSION_NAMESPACE}"><![CDATA[{text}]]></session>'
    ).encode()
