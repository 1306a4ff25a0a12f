"""Presentation templates: the default 16:9 template, or a file of the user."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import cast

import pptx
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from explorer.core.errors import ExplorerError, os_error_text
from explorer.export.slides.color_scheme import color_scheme
from explorer.layout.geometry import Box
from explorer.render.theme import Theme
from explorer.storage.bounded_reader import BoundedReader
from explorer.storage.reproducible_zip import build_zip
from explorer.storage.xml_text import xml_safe_text

MAX_BYTES = 100_000_000
MAX_UNPACKED = 400_000_000
"""Bytes; a file that unpacks to more is no template and could exhaust the memory."""

_MAX_DIRECTORY_BYTES = 2_000_000
"""Of the zip: about 20,000 parts; a template has some hundred."""

_WIDTH, _HEIGHT = 960.0, 540.0  # points: 16:9
_MARGIN = 30.0
_TITLE_SIZE = 26
_FONT = "Arial"  # has the metrics of the bundled font and is available in every office suite

_POTX_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
_PPTX_TYPE = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_THUMBNAIL_RELATIONSHIP = re.compile(rb'<Relationship [^>]*metadata/thumbnail"[^>]*/>')
"""The thumbnail of the python-pptx template, a blank slide."""

_CONTENT_TYPES = "[Content_Types].xml"


class TemplateError(ExplorerError):
    """A file that is not usable as a template; the message names the file and the cause."""


def blank_presentation(theme: Theme) -> Presentation:
    """Return an empty 16:9 presentation in the colors and the font of a theme."""
    return pptx.Presentation(BytesIO(_default_template(tuple(color_scheme(theme).items()))))


def load_template(path: Path) -> Presentation:
    """Return a user's `.pptx` or `.potx` without its slides; raise TemplateError if it is not usable."""
    try:
        if not path.is_file():
            raise TemplateError(f"The template “{path}” cannot be used: it is not a file.")
        if path.stat().st_size > MAX_BYTES:
            raise TemplateError(
                f"The template “{path}” is larger than {MAX_BYTES // 1_000_000} MB. Remove large images from it."
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise TemplateError(f"The template “{path}” cannot be read: {os_error_text(error)}.") from error
    try:
        raw = cast(RawIOBase, BytesIO(data))  # all that BufferedReader needs of it
        too_many_parts = TemplateError(f"The template “{path}” has too many parts. Choose another file.")
        with (
            BoundedReader(raw, _MAX_DIRECTORY_BYTES, lambda: too_many_parts) as file,
            zipfile.ZipFile(file) as package,
        ):
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                raise TemplateError(
                    f"The template “{path}” unpacks to more than {MAX_UNPACKED:,} bytes. Choose another file."
                )
        deck = pptx.Presentation(
            BytesIO(rewrite_zip(data, {_CONTENT_TYPES: lambda part: part.replace(_POTX_TYPE, _PPTX_TYPE)}))
        )
        _remove_slides(deck)
        if not deck.slide_layouts:
            raise TemplateError(f"The template “{path}” has no slide layout. Add one to its slide master.")
    except TemplateError:
        raise
    except Exception as error:  # python-pptx raises errors of many types for a damaged package
        raise TemplateError(
            f"The template “{path}” cannot be used: it is not a presentation (.pptx or .potx)."
        ) from error
    return deck


def add_titled_slide(deck: Presentation, title: str) -> tuple[Slide, Box]:
    """Add a slide with a title; return it with the area below the title, in points."""
    slide = deck.slides.add_slide(_title_layout(deck))
    wide, high = (side / 12_700 for side in (deck.slide_width or 1, deck.slide_height or 1))
    top = _MARGIN
    for shape in list(slide.placeholders):
        if slide.shapes.title is not None and shape.shape_id == slide.shapes.title.shape_id:
            slide.shapes.title.text = xml_safe_text(title)
            top = (shape.top + shape.height) / 12_700
            shape.element.xpath(".//p:cNvPr")[0].set("descr", xml_safe_text(title))
        else:  # an empty placeholder would show a prompt
            shape.element.getparent().remove(shape.element)
    if top > high / 2:  # the title is in the middle or at the bottom: ignore it
        top = _MARGIN
    return slide, Box(_MARGIN, top + 6, wide - 2 * _MARGIN, high - top - 6 - _MARGIN * 0.7)


def _title_layout(deck: Presentation) -> SlideLayout:
    """Return the layout that has a title and the fewest other placeholders."""

    def cost(layout: SlideLayout) -> tuple[bool, int]:
        names = [shape.placeholder_format.type.name for shape in list(layout.placeholders)]  # pyright: ignore[reportArgumentType]
        others = [name for name in names if name not in ("TITLE", "DATE", "FOOTER", "SLIDE_NUMBER")]
        return "TITLE" not in names, len(others)

    return min(deck.slide_layouts, key=cost)


def _remove_slides(deck: Presentation) -> None:
    """Remove all slides of a template."""
    slides = deck.slides.element
    for entry in list(slides):
        deck.part.drop_rel(entry.rId)
        slides.remove(entry)


@lru_cache(4)
def _default_template(colors: tuple[tuple[str, str], ...]) -> bytes:
    """Return the default template: that of python-pptx in 16:9, with these colors and the default font."""
    deck = pptx.Presentation()
    widen = _WIDTH * 12_700 / deck.slide_width  # pyright: ignore[reportOperatorIssue]
    deck.slide_width, deck.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
    down = _HEIGHT * 12_700 / 6_858_000
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = round(shape.left * widen), round(shape.width * widen)
                shape.top, shape.height = round(shape.top * down), round(shape.height * down)  # pyright: ignore
    for shape in deck.slide_master.placeholders:
        if shape.placeholder_format.type is not None and shape.placeholder_format.type.name == "TITLE":
            shape.left, shape.top, shape.width, shape.height = Pt(_MARGIN), Pt(16), Pt(900), Pt(44)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            for paragraph in shape.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.LEFT
    buffer = BytesIO()
    deck.save(buffer)
    by_name = dict(colors)
    return rewrite_zip(
        buffer.getvalue(),
        {
            "_rels/.rels": lambda part: _THUMBNAIL_RELATIONSHIP.sub(b"", part),
            "ppt/theme/theme1.xml": lambda part: _with_theme(part, by_name),
            "ppt/slideMasters/slideMaster1.xml": _with_left_titles,
        },
    )


def _with_theme(part: bytes, colors: dict[str, str]) -> bytes:
    """Return a theme part with other colors and the default font."""
    text = part.decode()
    for name, color in colors.items():
        value = f'<a:{name}><a:srgbClr val="{color.lstrip("#").upper()}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", value, text, count=1, flags=re.DOTALL)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", text)
    text = re.sub(r'(<a:(?:theme|clrScheme|fontScheme)\b[^>]*\bname=")[^"]*', r"\g<1>Berth", text)
    return text.encode()


def _with_left_titles(part: bytes) -> bytes:
    """Return a slide master with smaller titles, aligned left, to leave space for the picture."""
    text = part.decode()
    style = re.search(r"<p:titleStyle>.*?</p:titleStyle>", text, flags=re.DOTALL)
    if style is None:
        return part
    changed = re.sub(r'algn="ctr"', 'algn="l"', style[0])
    changed = re.sub(r'sz="\d+"', f'sz="{_TITLE_SIZE * 100}" b="1"', changed, count=1)
    return text.replace(style[0], changed).encode()


def rewrite_zip(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """Return a package with some parts changed and with fixed time stamps."""
    edits = changes or {}
    with zipfile.ZipFile(BytesIO(data)) as old:
        return build_zip((name, edits.get(name, bytes)(old.read(name))) for name in old.namelist())
