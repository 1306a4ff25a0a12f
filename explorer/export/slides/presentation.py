"""From a request to the bytes of a presentation, the same bytes for the same request."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from explorer.export.request.request import Case, Request
from explorer.export.slides.color_scheme import Palette, palette_of
from explorer.export.slides.deck import add_walk
from explorer.export.slides.slide import add_page
from explorer.export.slides.template import blank, from_file, rezipped
from explorer.render.theme import theme_of
from explorer.storage.resources import theme_values
from explorer.storage.sessions.embedded import SESSION_NAMESPACE, SLIDES_SESSION
from explorer.storage.xml_text import xml_text

_LONGEST_PROPERTY = 255


def one_slide(request: Request) -> bytes:
    """The bytes of a presentation with the picture on one slide."""
    deck, palette = _begun(request)
    add_page(deck, request.title, request, palette)
    return _finished(deck, request)


def walk(request: Request, case: Case) -> bytes:
    """The bytes of a presentation of the whole walk, a slide for each answer."""
    deck, palette = _begun(request)
    add_walk(deck, request, case, palette)
    return _finished(deck, request)


def _begun(request: Request) -> tuple[Presentation, Palette]:
    theme = theme_of(theme_values(request.options.theme))
    template = request.options.template
    deck = blank(theme) if template is None else from_file(template)
    return deck, palette_of(theme, own=template is None)


def _finished(deck: Presentation, request: Request) -> bytes:
    deck.core_properties.title = xml_text(request.title)[:_LONGEST_PROPERTY]
    deck.core_properties.author = deck.core_properties.last_modified_by = "Berth"
    if request.options.date:
        day = datetime.fromisoformat(request.options.date)
        deck.core_properties.created = deck.core_properties.modified = day
    if request.session:
        part = Part(
            PackURI(f"/{SLIDES_SESSION}"), "application/xml", deck.part.package, _carried(request.session)
        )
        deck.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    held = BytesIO()
    deck.save(held)
    return rezipped(held.getvalue())


def _carried(session: str) -> bytes:
    words = xml_text(session).replace("]]>", "]]]]><![CDATA[>")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<session xmlns="{SESSION_NAMESPACE}"><![CDATA[{words}]]></session>'
    ).encode()
