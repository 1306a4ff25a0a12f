"""Every kind of file that Berth writes, as one table, and the one way from a request to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from explorer.core.problems import ExplorerError
from explorer.export import data, dot_text, pdf, png, svg
from explorer.export.files import write_whole
from explorer.export.request import Kind, Request

DRAWN = (Kind.CASE, Kind.MAP)


@dataclass(frozen=True)
class Format:
    """A kind of file: its name for people, its endings (the usual one first), and how it is made.

    `of` says what it can be made of. `make` gives the same bytes for the same request, may be asked in
    any thread, and raises ExplorerError where it cannot.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    make: Callable[[Request], bytes]
    of: tuple[Kind, ...] = tuple(Kind)

    @property
    def ending(self) -> str:
        """The usual ending, without a dot."""
        return self.endings[0]


FORMATS: tuple[Format, ...] = (
    Format("PNG image", ("png",), "image/png", png.made),
    Format("SVG drawing", ("svg",), "image/svg+xml", svg.made),
    Format("PDF page", ("pdf",), "application/pdf", pdf.made),
    Format("Placed drawing", ("json",), "application/json", data.made, DRAWN),
    Format("Graphviz text", ("dot", "gv"), "text/vnd.graphviz", dot_text.made, DRAWN),
)
"""What can be exported, the usual one first; a new format is a module and a line here."""


class UnknownFormatError(ExplorerError):
    """A file whose ending no format has."""

    def __init__(self, path: Path, known: tuple[Format, ...]) -> None:
        endings = ", ".join(f".{format_.ending}" for format_ in known)
        super().__init__(f"“{path.name}” cannot be exported: its ending must be one of {endings}.")


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """What can be made of such a thing, the usual format first."""
    return tuple(format_ for format_ in FORMATS if kind in format_.of)


def format_of(path: Path, kind: Kind) -> Format:
    """The format that a file's ending asks for; UnknownFormatError when there is none for such a thing."""
    known = formats_of(kind)
    ending = path.suffix.lower().lstrip(".")
    for format_ in known:
        if ending in format_.endings:
            return format_
    raise UnknownFormatError(path, known)


def exported(request: Request, format_: Format) -> bytes:
    """The request as the bytes of a file."""
    return format_.make(request)


def export_file(path: Path, request: Request) -> None:
    """Write the file that its ending asks for, whole or not at all."""
    write_whole(path, exported(request, format_of(path, request.kind)))
