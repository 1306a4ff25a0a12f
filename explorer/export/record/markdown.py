r"""Markdown writer: text of the user never becomes markup.

>>> escape_markdown("1. *not* a list | <b>")
'1\\. \\*not\\* a list \\| \\<b\\>'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explorer.core.text import strip_control_chars
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


def markdown_document(document: Document, figure: str) -> str:
    """Return the document as Markdown; `figure` is the Markdown to insert in place of the figure."""
    lines = ["---", *(f"{key}: {json.dumps(value)}" for key, value in document.metadata), "---", ""]
    lines += [f"# {escape_markdown(document.title)}", ""]
    for block in document.blocks:
        lines += [*_block(block, figure), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def image_link(url: str, alt_text: str) -> str:
    """Return the Markdown for an image file."""
    safe = url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"![{escape_markdown(alt_text)}](<{safe}>)"


def code_block(text: str, language: str) -> str:
    """Return text as a fenced code block."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows verbatim, on one line."""
    escaped = _SPECIAL_CHARS.sub(r"\\\1", " ".join(strip_control_chars(text).split()))
    escaped = _ORDERED_LIST_MARKER.sub(r"\1\\\2", escaped)
    return _LIST_MARKER.sub(r"\1\\\2", escaped)


def _block(block: Block, figure: str) -> Iterator[str]:
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
            yield figure


def _inline(line: RichText) -> str:
    escaped = "".join(_span(span) for span in line)
    return _LIST_MARKER.sub(r"\1\\\2", escaped)


def _span(span: Span) -> str:
    if span.code:
        ticks = "`"
        while ticks in span.text:
            ticks += "`"
        text = " ".join(span.text.split()).replace("|", r"\|")
        return f"{ticks}{text}{ticks}" if len(ticks) == 1 else f"{ticks} {text} {ticks}"
    lead, tail = _surrounding_spaces(span.text)
    escaped = escape_markdown(span.text)
    if span.url and is_web_url(span.url):
        escaped = f"[{escaped}](<{span.url.replace('>', '%3E').replace('<', '%3C')}>)"
    elif span.url:
        escaped = f"{escaped}: {escape_markdown(span.url)}"
    if span.bold and escaped:
        escaped = f"**{escaped}**"
    return f"{lead}{escaped}{tail}"


def is_web_url(url: str) -> bool:
    """Return whether a link to this URL is safe: `http` or `https` only."""
    return bool(re.fullmatch(r"https?://\S+", url))


def _surrounding_spaces(text: str) -> tuple[str, str]:
    """Return the spaces around text, which must stay outside its markup."""
    lead = " " if text[:1].isspace() else ""
    return lead, " " if text.strip() and text[-1:].isspace() else ""
