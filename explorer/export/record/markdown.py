r"""A document as Markdown: a user's words are never its markup.

>>> plain("1. *not* a list | <b>")
'1\\. \\*not\\* a list \\| \\<b\\>'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explorer.core.text import strip_control_chars as printed
from explorer.export.record.document import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Paragraph,
    RichText,
    Span,
    Table,
)

_SPECIAL_CHARS = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_ORDERED_LIST_MARKER = re.compile(r"^(\s*\d+)([.)])")
_LIST_MARKER = re.compile(r"^(\s*)([-+=])")


def markdown_document(document: Document, picture: str) -> str:
    """The document as text; `picture` is what stands in the place of its figure, and gets its words."""
    lines = ["---", *(f"{key}: {json.dumps(value)}" for key, value in document.metadata), "---", ""]
    lines += [f"# {escape_markdown(document.title)}", ""]
    for block in document.blocks:
        lines += [*_block(block, picture), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def image_link(address: str, told: str) -> str:
    """A picture in a file beside the document."""
    safe = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"![{escape_markdown(told)}](<{safe}>)"


def code_block(text: str, language: str) -> str:
    """Text of another language, as it is."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def escape_markdown(text: str) -> str:
    """The words as they are shown verbatim, on one line."""
    told = _SPECIAL_CHARS.sub(r"\\\1", " ".join(printed(text).split()))
    told = _ORDERED_LIST_MARKER.sub(r"\1\\\2", told)
    return _LIST_MARKER.sub(r"\1\\\2", told)


def _block(block: Block, picture: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {escape_markdown(text)}"
        case Paragraph(line):
            yield _inline(line)
        case BulletList(lines):
            yield from (f"* {_inline(line)}" for line in lines)
        case Table(head, rows):
            yield f"| {' | '.join(map(escape_markdown, head))} |"
            yield f"|{' --- |' * len(head)}"
            yield from (f"| {' | '.join(map(_inline, row))} |" for row in rows)
        case Figure():
            yield picture


def _inline(line: RichText) -> str:
    told = "".join(_span(span) for span in line)
    return _LIST_MARKER.sub(r"\1\\\2", told)


def _span(span: Span) -> str:
    if span.code:
        ticks = "`"
        while ticks in span.text:
            ticks += "`"
        text = " ".join(span.text.split()).replace("|", r"\|")
        return f"{ticks}{text}{ticks}" if len(ticks) == 1 else f"{ticks} {text} {ticks}"
    lead, tail = _surrounding_spaces(span.text)
    told = escape_markdown(span.text)
    if span.url and is_web_url(span.url):
        told = f"[{told}](<{span.url.replace('>', '%3E').replace('<', '%3C')}>)"
    elif span.url:
        told = f"{told}: {escape_markdown(span.url)}"
    if span.bold and told:
        told = f"**{told}**"
    return f"{lead}{told}{tail}"


def is_web_url(address: str) -> bool:
    """Whether an address is one that may be followed."""
    return bool(re.fullmatch(r"https?://\S+", address))


def _surrounding_spaces(text: str) -> tuple[str, str]:
    """The space before and after words, which markup must not swallow."""
    lead = " " if text[:1].isspace() else ""
    return lead, " " if text.strip() and text[-1:].isspace() else ""
