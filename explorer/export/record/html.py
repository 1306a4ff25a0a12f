"""HTML writer: a document as one self-contained file with a light and a dark color scheme."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

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
from explorer.export.record.markdown import is_web_url

STYLESHEET = """
:root { color-scheme: light dark;
  --ink: #16191f; --soft: #545f6d; --line: #c9d0d8; --paper: #fff; --accent: #0a6570; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf1; --soft: #a5b0bd; --line: #3b4653; --paper: #14181d; --accent: #6fc3cd; }
}
body { margin: 2.5rem auto; max-width: 62rem; padding: 0 1.5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; }
h2 { margin-top: 2.2em; border-bottom: 1px solid var(--line); }
h3 { margin-bottom: 0.2em; }
a { color: var(--accent); }
dl { display: flex; gap: 0.4rem 2rem; flex-wrap: wrap; color: var(--soft); }
dl div { display: flex; gap: 0.5rem; }
dd { margin: 0; color: var(--ink); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
  border-bottom: 1px solid var(--line); }
figure { margin: 1.5rem 0; padding: 0.75rem; border: 1px solid var(--line); background: #fff; }
figure img { display: block; width: 100%; height: auto; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
@media print {
  body { margin: 0; max-width: none; }
  h2, h3 { break-after: avoid; } figure { break-inside: avoid; }
}
"""


def html_document(document: Document, picture: bytes, media_type: str) -> str:
    """Return the document as HTML with the picture embedded."""
    url = f"data:{media_type};base64,{base64.b64encode(picture).decode()}"
    body = "\n".join(line for block in document.blocks for line in _block(block, url))
    facts = "".join(f"<div><dt>{escape(key)}</dt><dd>{escape(value)}</dd></div>" for key, value in document.metadata)
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_escape_text(document.title)}</title>\n<style>{STYLESHEET}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{_escape_text(document.title)}</h1>\n<dl>{facts}</dl>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block, picture: str) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{_escape_text(text)}</h{level}>"
        case Paragraph(line):
            yield f"<p>{_inline(line)}</p>"
        case BulletList(lines):
            yield "<ul>"
            yield from (f"<li>{_inline(line)}</li>" for line in lines)
            yield "</ul>"
        case Table(head, rows):
            cells = "".join(f"<th scope='col'>{_escape_text(cell)}</th>" for cell in head)
            yield f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>"
            yield from (f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in rows)
            yield "</tbody>\n</table>"
        case Figure(alt_text):
            yield f'<figure><img src="{picture}" alt="{_escape_text(alt_text)}"></figure>'


def _inline(line: RichText) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    html = _escape_text(span.text)
    if span.code:
        html = f"<code>{html}</code>"
    if span.url and is_web_url(span.url):
        html = f'<a href="{escape(span.url)}" rel="noreferrer">{html}</a>'
    elif span.url:
        html = f"{html}: {_escape_text(span.url)}"
    return f"<strong>{html}</strong>" if span.bold else html


def _escape_text(text: str) -> str:
    """Return text that a browser shows verbatim; control characters become spaces."""
    return escape(strip_control_chars(text))
