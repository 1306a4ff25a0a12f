"""Adds a slide with a title, a picture as native shapes, and speaker notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from explorer.export.images import png
from explorer.export.request.graph import placed_graph
from explorer.export.request.request import ArchitectureSubject, Options, Request
from explorer.export.slides.color_scheme import SchemeColors
from explorer.export.slides.picture_shapes import picture_shapes
from explorer.export.slides.shape_builder import ShapeBuilder
from explorer.export.slides.speaker_notes import speaker_notes
from explorer.export.slides.template import add_titled_slide
from explorer.layout.geometry import Box, Point
from explorer.render.picture import Icon, Item, ItemKind, Picture
from explorer.storage.icons.source import IconSource
from explorer.storage.xml_text import xml_safe_text

_ICON_PIXELS = 192  # per side: sharp on a 4K slide, at a few kilobytes
_QUESTION_SIZE, _CHANGE_SIZE = 16.0, 14.0
_LINE_SPACING = 1.25


def add_picture_slide(
    deck: Presentation, title: str, request: Request, scheme_colors: SchemeColors, subtitle: Sequence[str] = ()
) -> None:
    """Add a slide with a title, a subtitle of one or two lines, the largest picture that fits, and notes."""
    slide, area = add_titled_slide(deck, title)
    if subtitle:
        area = _add_subtitle(slide, subtitle, area)
    _add_picture(slide, request, scheme_colors, area)
    if isinstance(request.subject, ArchitectureSubject):
        set_speaker_notes(slide, speaker_notes(request.subject.report, request.subject.notes))


def set_speaker_notes(slide: Slide, notes: str) -> None:
    """Set the speaker notes of a slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:  # the notes page of a template may lack a placeholder
        frame.text = xml_safe_text(notes)


def _add_picture(slide: Slide, request: Request, scheme_colors: SchemeColors, area: Box) -> None:
    """Add the picture, centered in an area (in points) and as large as fits there."""
    w, h = (max(side, 1.0) for side in request.picture.size)
    scale = min(area.w / w, area.h / h)
    origin = Point(area.x + (area.w - w * scale) / 2, area.y + (area.h - h * scale) / 2)

    @cache
    def image_id(name: str) -> str:
        _, relationship = slide.part.get_or_add_image_part(BytesIO(icon_png(name, request.options.icons)))
        return str(relationship)

    builder = ShapeBuilder(scale, origin, scheme_colors, image_id)
    slide.shapes.element.extend(picture_shapes(*placed_graph(request), request.picture, builder))


def _add_subtitle(slide: Slide, paragraphs: Sequence[str], area: Box) -> Box:
    """Add paragraphs below the title and return the area that is left."""
    sizes = [_QUESTION_SIZE, *[_CHANGE_SIZE] * (len(paragraphs) - 1)]
    # An estimate: one line, or two for text that is longer than the slide is wide.
    lines = [(size, 1 + (len(text) * size / 2 > area.w)) for text, size in zip(paragraphs, sizes, strict=True)]
    height = sum(size * _LINE_SPACING * count for size, count in lines)
    shape = slide.shapes.add_textbox(Pt(area.x), Pt(area.y), Pt(area.w), Pt(height))
    shape.element.xpath(".//p:cNvPr")[0].set("descr", xml_safe_text(" ".join(paragraphs)))
    frame = shape.text_frame
    frame.word_wrap = True
    # The side margins stay: they align the text with the title.
    frame.margin_top = frame.margin_bottom = 0  # pyright: ignore[reportAttributeAccessIssue]
    for number, (text, size) in enumerate(zip(paragraphs, sizes, strict=True)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = xml_safe_text(text)
        paragraph.font.size = Pt(size)
        paragraph.font.bold = number > 0
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    return Box(area.x, area.y + height + 8, area.w, area.h - height - 8)


@lru_cache(200)
def icon_png(name: str, icons: IconSource) -> bytes:
    """Return an icon as a small PNG."""
    box = Box(0, 0, _ICON_PIXELS, _ICON_PIXELS)
    item = Item(name, ItemKind.DECORATION, "", "", box, (Icon(name, box),))
    options = Options(scale=1, icons=icons, session=False)
    return png.png_bytes(Request("", Picture((_ICON_PIXELS, _ICON_PIXELS), None, (item,)), options=options))
