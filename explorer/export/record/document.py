"""What a document is made of, whatever language it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Words, which may be bold, program text, or lead to an address."""

    text: str
    bold: bool = False
    code: bool = False
    url: str = ""


RichText = tuple[Span, ...]
"""One paragraph's words."""


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the document's own."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words that belong together."""

    text: RichText


@dataclass(frozen=True)
class BulletList:
    """A list."""

    items: tuple[RichText, ...]


@dataclass(frozen=True)
class Table:
    """Rows beneath a head; every row has as many cells as the head."""

    header: tuple[str, ...]
    rows: tuple[tuple[RichText, ...], ...]


@dataclass(frozen=True)
class Figure:
    """The place of the picture, and what it shows."""

    alt_text: str


Block = Heading | Paragraph | BulletList | Table | Figure


@dataclass(frozen=True)
class Document:
    """A title, facts about the document itself, and its blocks."""

    title: str
    metadata: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def rich_text(*parts: str | Span) -> RichText:
    """Words in a row; plain ones as they are."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def bold(text: str) -> Span:
    """Words that stand out."""
    return Span(text, bold=True)
