"""What a document is made of, whatever language it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Words, which may be bold, program text, or lead to an address."""

    text: str
    bold: bool = False
    code: bool = False
    address: str = ""


Line = tuple[Span, ...]
"""One paragraph's words."""


@dataclass(frozen=True)
class Heading:
    """A heading; 1 is the document's own."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words that belong together."""

    line: Line


@dataclass(frozen=True)
class Bullets:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows beneath a head; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Figure:
    """The place of the picture, and what it shows."""

    told: str


Block = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True)
class Document:
    """A title, facts about the document itself, and its blocks."""

    title: str
    about: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def say(*parts: str | Span) -> Line:
    """Words in a row; plain ones as they are."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def bold(text: str) -> Span:
    """Words that stand out."""
    return Span(text, bold=True)
