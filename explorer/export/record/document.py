"""Document model: headings, paragraphs, lists, tables and a figure, independent of the output format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Text that may be bold, code or a link."""

    text: str
    bold: bool = False
    code: bool = False
    url: str = ""


RichText = tuple[Span, ...]
"""The text of one paragraph, list item or table cell."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: RichText


@dataclass(frozen=True)
class BulletList:
    """A bullet list."""

    items: tuple[RichText, ...]


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[RichText, ...], ...]


@dataclass(frozen=True)
class Figure:
    """The place of the picture, with its alternative text."""

    alt_text: str


Block = Heading | Paragraph | BulletList | Table | Figure


@dataclass(frozen=True)
class Document:
    """A title, metadata (key and value), and the blocks."""

    title: str
    metadata: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def rich_text(*parts: str | Span) -> RichText:
    """Return rich text from plain strings and spans, without empty parts."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def bold(text: str) -> Span:
    """Return bold text."""
    return Span(text, bold=True)
