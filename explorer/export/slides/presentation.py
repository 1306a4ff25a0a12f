"""From a request to the bytes of a presentation, the same bytes for the same request."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from explorer.export.request.request import ArchitectureSubject, Request
from explorer.export.slides.color_scheme import SchemeColors, scheme_colors
from explorer.export.slides.deck import add_walk_slides
from explorer.export.slides.slide import add_picture_slide
from explorer.export.slides.template import blank_presentation, load_template, rewrite_zip
from explorer.render.theme import parse_theme
from explorer.storage.resources import theme_values
from explorer.storage.sessions.embedded import PPTX_SESSION_PART, SESSION_NAMESPACE
from explorer.storage.xml_text import xml_safe_text

_MAX_PROPERTY_LENGTH = 255


def slide_presentation(request: Request) -> bytes:
    """The bytes of a presentation with the picture on one slide."""
    deck, palette = _new_presentation(request)
    add_picture_slide(deck, request.title, request, palette)
    return _to_bytes(deck, request)


def walk_presentation(request: Request, case: ArchitectureSubject) -> bytes:
    """The bytes of a presentation of the whole walk, a slide for each answer."""
    deck, palette = _new_presentation(request)
    add_walk_slides(deck, request, case, palette)
    return _to_bytes(deck, request)


def _new_presentation(request: Request) -> tuple[Presentation, SchemeColors]:
    theme = parse_theme(theme_values(request.options.theme))
    template = request.options.template
    deck = blank_presentation(theme) if template is None else load_template(template)
    return deck, scheme_colors(theme, own=template is None)


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
    held = BytesIO()
    deck.save(held)
    return rewrite_zip(held.getvalue())


def _session_xml(session: str) -> bytes:
    words = xml_safe_text(session).replace("]]>", "]]]]><![CDATA[>")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<session xmlns="{SESSION_NAMESPACE}"><![CDATA[{words}]]></session>'
    ).encode()
