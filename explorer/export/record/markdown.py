r"""A document as Markdown: a user's words are never its markup.

>>> plain("1. *not* a list | <b>")
'1\\. \\*not\\* a list \\| \\<b\\>'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from explorer.core.text import plain as printed
from explorer.export.record.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Line,
    Paragraph,
    Span,
    Table,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_ORDERED = re.compile(r"^(\s*\d+)([.)])")
_LED = re.compile(r"^(\s*)([-+=])")


def markdown(document: Document, picture: str) -> str:
    """The document as text; `picture` is what stands in the place of its figure, and gets its words."""
    lines = ["---", *(f"{key}: {json.dumps(value)}" for key, value in document.about), "---", ""]
    lines += [f"# {plain(document.title)}", ""]
    for block in document.blocks:
        lines += [*_block(block, picture), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def linked(address: str, told: str) -> str:
    """A picture in a file beside the document."""
    safe = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"![{plain(told)}](<{safe}>)"


def fenced(text: str, language: str) -> str:
    """Text of another language, as it is."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def plain(text: str) -> str:
    """The words as they are shown verbatim, on one line."""
    told = _MARKUP.sub(r"\\\1", " ".join(printed(text).split()))
    told = _ORDERED.sub(r"\1\\\2", told)
    return _LED.sub(r"\1\\\2", told)


def _block(block: Block, picture: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {plain(text)}"
        case Paragraph(line):
            yield _line(line)
        case Bullets(lines):
            yield from (f"* {_line(line)}" for line in lines)
        case Table(head, rows):
            yield f"| {' | '.join(map(plain, head))} |"
            yield f"|{' --- |' * len(head)}"
            yield from (f"| {' | '.join(map(_line, row))} |" for row in rows)
        case Figure():
            yield picture


def _line(line: Line) -> str:
    told = "".join(_span(span) for span in line)
    return _LED.sub(r"\1\\\2", told)


def _span(span: Span) -> str:
    if span.code:
        ticks = "`"
        while ticks in span.text:
            ticks += "`"
        text = " ".join(span.text.split()).replace("|", r"\|")
        return f"{ticks}{text}{ticks}" if len(ticks) == 1 else f"{ticks} {text} {ticks}"
    lead, tail = _edges(span.text)
    told = plain(span.text)
    if span.address and is_web(span.address):
        told = f"[{told}](<{span.address.replace('>', '%3E').replace('<', '%3C')}>)"
    elif span.address:
        told = f"{told}: {plain(span.address)}"
    if span.bold and told:
        told = f"**{told}**"
    return f"{lead}{told}{tail}"


def is_web(address: str) -> bool:
    """Whether an address is one that may be followed."""
    return bool(re.fullmatch(r"https?://\S+", address))


def _edges(text: str) -> tuple[str, str]:
    """The space before and after words, which markup must not swallow."""
    lead = " " if text[:1].isspace() else ""
    return lead, " " if text.strip() and text[-1:].isspace() else ""
