"""A picture on a slide of its own under a title, with notes for whoever speaks."""

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

_ICON_PIXELS = 192  # pixels a side: sharp on a slide of 4K, and a few kilobytes
_QUESTION_SIZE, _CHANGE_SIZE = 16.0, 14.0
_LINE_SPACING = 1.25


def add_picture_slide(
    deck: Presentation, title: str, request: Request, palette: SchemeColors, words: Sequence[str] = ()
) -> None:
    """A slide with a title, a line or two of words, the picture as large as it fits, and notes."""
    slide, room = add_titled_slide(deck, title)
    if words:
        room = _add_subtitle(slide, words, room)
    _add_picture(slide, request, palette, room)
    if isinstance(request.subject, ArchitectureSubject):
        set_speaker_notes(slide, speaker_notes(request.subject.report, request.subject.notes))


def set_speaker_notes(slide: Slide, notes: str) -> None:
    """Put words on a slide's notes page."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:  # a template may have a notes page without a place for notes
        frame.text = xml_safe_text(notes)


def _add_picture(slide: Slide, request: Request, palette: SchemeColors, room: Box) -> None:
    """Draw a picture on a slide, in the middle of a room in points and as large as it fits there."""
    w, h = (max(side, 1.0) for side in request.picture.size)
    scale = min(room.w / w, room.h / h)
    origin = Point(room.x + (room.w - w * scale) / 2, room.y + (room.h - h * scale) / 2)

    @cache
    def image(name: str) -> str:
        _, relationship = slide.part.get_or_add_image_part(BytesIO(icon_png(name, request.options.icons)))
        return str(relationship)

    pen = ShapeBuilder(scale, origin, palette, image)
    slide.shapes.element.extend(picture_shapes(*placed_graph(request), request.picture, pen))


def _add_subtitle(slide: Slide, words: Sequence[str], room: Box) -> Box:
    """Words beneath the title; the room that is left."""
    sizes = [_QUESTION_SIZE, *[_CHANGE_SIZE] * (len(words) - 1)]
    # Some two lines each, which is what a question and its effect are.
    lines = [(size, 1 + (len(text) * size / 2 > room.w)) for text, size in zip(words, sizes, strict=True)]
    high = sum(size * _LINE_SPACING * count for size, count in lines)
    shape = slide.shapes.add_textbox(Pt(room.x), Pt(room.y), Pt(room.w), Pt(high))
    shape.element.xpath(".//p:cNvPr")[0].set("descr", xml_safe_text(" ".join(words)))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_top = frame.margin_bottom = 0  # at its sides it begins where the title's words do
    for number, (text, size) in enumerate(zip(words, sizes, strict=True)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = xml_safe_text(text)
        paragraph.font.size = Pt(size)
        paragraph.font.bold = number > 0
        paragraph.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    return Box(room.x, room.y + high + 8, room.w, room.h - high - 8)


@lru_cache(200)
def icon_png(name: str, icons: IconSource) -> bytes:
    """An icon as a small PNG."""
    box = Box(0, 0, _ICON_PIXELS, _ICON_PIXELS)
    alone = Item(name, ItemKind.DECORATION, "", "", box, (Icon(name, box),))
    options = Options(scale=1, icons=icons, session=False)
    return png.png_bytes(Request("", Picture((_ICON_PIXELS, _ICON_PIXELS), None, (alone,)), options=options))
