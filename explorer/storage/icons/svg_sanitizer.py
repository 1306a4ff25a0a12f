"""Looks an SVG through before anything draws or embeds it: shapes and colours only, and of bearable size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from explorer.core.errors import ExplorerError

LARGEST = 256 * 1024
"""Bytes; the largest of the AWS Architecture Icons has some thousands."""

_MOST_ELEMENTS, _DEEPEST = 4_000, 64
_MOST_USES = 100
_LONGEST_SIDE = 4_096.0
_FARTHEST = 100_000.0
_LARGEST_SCALE = 1_000.0
_SVG, _SPACE = "http://www.w3.org/2000/svg", " "

_SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "style",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    ]
)
_MEASURES = frozenset(
    [
        "d",
        "points",
        "transform",
        "gradientTransform",
        "viewBox",
        "x",
        "y",
        "width",
        "height",
        "rx",
        "ry",
        "r",
        "cx",
        "cy",
        "x1",
        "y1",
        "x2",
        "y2",
        "fx",
        "fy",
        "fr",
        "offset",
        "stroke-width",
        "stroke-miterlimit",
        "style",
    ]
)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(px|pt|mm|cm|in|em|ex|%)?\s*")
_SCALING = re.compile(r"(scale|matrix)\s*\(([^)]*)\)")
_LINK = re.compile(r"url\(\s*(.?)", re.IGNORECASE)
_LOCAL = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""", re.IGNORECASE)


class UnfitImageError(ExplorerError):
    """An SVG that is not drawn; its text says why, and goes on after the file's name."""


def read_svg(file: Path) -> bytes:
    """A file as it is, where it is an SVG of plain shapes; UnfitImageError or OSError."""
    with file.open("rb") as opened:
        return checked_svg(opened.read(LARGEST + 1))


def checked_svg(data: bytes) -> bytes:
    """The same bytes, unmodified, where they are an SVG of plain shapes; raises UnfitImageError.

    Refused is whatever could run, fetch or expand, and whatever would take a drawing program too long:
    document types and entities, scripts, embedded images, links to the outside, text in other encodings
    than UTF-8, circular or nested references, dashes, and sizes, counts and numbers beyond reason.
    """
    if len(data) > LARGEST:
        raise UnfitImageError(f"is larger than {LARGEST // 1024} KB")
    look = _Look()
    parser = expat.ParserCreate(namespace_separator=_SPACE)
    parser.XmlDeclHandler = look.declaration
    parser.StartDoctypeDeclHandler = look.document_type
    parser.ProcessingInstructionHandler = look.instruction
    parser.StartElementHandler = look.start
    parser.EndElementHandler = look.end
    parser.CharacterDataHandler = look.words
    try:
        if b"\0" in data:  # other encodings than UTF-8, in which the same bytes would mean something else
            raise UnfitImageError("is not text in UTF-8")
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnfitImageError(f"is no SVG, as line {error.lineno} shows") from error
    except (ValueError, LookupError) as error:
        raise UnfitImageError("is no SVG") from error
    look.finish()
    return data


class _Look:
    """What has been seen of one SVG so far."""

    def __init__(self) -> None:
        self._count = self._uses = 0
        self._open: list[tuple[str, str, float]] = []  # element, its id, and how much it is enlarged
        self._refers: dict[str, set[str]] = {}  # from an id to the ids that are referred to within it
        self._used: set[str] = set()
        self._using: set[str] = set()  # ids within which something is used
        self._style: list[str] = []

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise UnfitImageError("is not text in UTF-8")

    def document_type(self, *_declared: object) -> None:
        raise UnfitImageError("declares a document type, in which entities may hide")

    def instruction(self, target: str, _data: str) -> None:
        raise UnfitImageError(f"holds an instruction for other programs (“{target[:40]}”)")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(_SPACE)
        if space != _SVG or element not in _SHAPES:
            raise UnfitImageError(f"holds “{element[:40]}”, which no icon needs")
        if (element == "svg") != (not self._open):
            raise UnfitImageError("is no SVG of its own, or holds another")
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) >= _DEEPEST:
            raise UnfitImageError("holds more shapes than an icon can")
        if element == "svg":
            _refuse_size(attributes)
        larger = self._open[-1][2] if self._open else 1.0
        self._open.append((element, attributes.get("id", ""), larger))
        for key, value in attributes.items():
            self._attribute(element, key.rpartition(_SPACE)[2], value)
        if element == "use":
            self._uses += 1
            self._using |= {known for _, known, _ in self._open if known}
            if self._uses > _MOST_USES:
                raise UnfitImageError("repeats its shapes more often than an icon does")

    def end(self, _name: str) -> None:
        if self._open.pop()[0] == "style":
            _refuse_style("".join(self._style))
            self._style.clear()

    def words(self, text: str) -> None:
        if self._open and self._open[-1][0] == "style":
            self._style.append(text)

    def finish(self) -> None:
        """Refuse what refers to itself, by however many steps, and what is used within what is used."""
        if self._used & self._using:
            raise UnfitImageError("repeats shapes within shapes that are repeated")
        done: set[str] = set()
        for start in self._refers:
            self._walk(start, (), done)

    def _attribute(self, element: str, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise UnfitImageError(f"holds a script (“{key[:40]}”)")
        if key in ("base", "src"):
            raise UnfitImageError("refers to something outside itself")
        if key == "href":
            if not value.strip().startswith("#"):
                raise UnfitImageError("refers to something outside itself")
            self._refer(value.strip()[1:])
            if element == "use":
                self._used.add(value.strip()[1:])
        if key == "stroke-dasharray" and value.strip() != "none":
            raise UnfitImageError("holds dashed lines, which no icon needs")
        if key == "style":
            _refuse_style(value)
        for linked in _links(value):
            self._refer(linked)
        if key in _MEASURES:
            _refuse_numbers(value)
        if key == "transform":
            self._enlarge(value)

    def _enlarge(self, transform: str) -> None:
        element, known, larger = self._open[-1]
        for function, numbers in _SCALING.findall(transform):
            values = [abs(float(number)) for number in _NUMBER.findall(numbers)]
            larger *= max(values[: 4 if function == "matrix" else 2], default=1.0)
        if larger > _LARGEST_SCALE:
            raise UnfitImageError("is enlarged beyond reason")
        self._open[-1] = (element, known, max(larger, 1e-9))

    def _refer(self, target: str) -> None:
        for _, known, _ in self._open:
            if known:
                self._refers.setdefault(known, set()).add(target)

    def _walk(self, at: str, above: tuple[str, ...], done: set[str]) -> None:
        if at in above or len(above) > _DEEPEST:
            raise UnfitImageError("refers to itself in a circle")
        if at in done:
            return
        for target in self._refers.get(at, ()):
            self._walk(target, (*above, at), done)
        done.add(at)


def _links(value: str) -> Iterator[str]:
    local = _LOCAL.findall(value)
    if len(_LINK.findall(value)) != len(local):
        raise UnfitImageError("refers to something outside itself")
    yield from local


def _refuse_style(text: str) -> None:
    if "@" in text or "\\" in text or "/*" in text:
        raise UnfitImageError("holds a style sheet that could fetch something")
    if "dasharray" in text:
        raise UnfitImageError("holds dashed lines, which no icon needs")
    list(_links(text))
    _refuse_numbers(re.sub(r"#[0-9a-fA-F]+", "", text))


def _refuse_numbers(text: str) -> None:
    for number in _NUMBER.findall(text):
        value = float(number)
        if not math.isfinite(value) or abs(value) > _FARTHEST:
            raise UnfitImageError(f"holds the number {number[:20]}, beyond what can be drawn")


def _refuse_size(attributes: dict[str, str]) -> None:
    sides = [attributes[key] for key in ("width", "height") if key in attributes]
    for side in sides:
        told = _LENGTH.fullmatch(side)
        if told is None or not 0 < float(told[1]) <= _LONGEST_SIDE:
            raise UnfitImageError(f"is {side[:20]} wide or high, where an icon has 1 to {_LONGEST_SIDE:,.0f}")
    box = [float(number) for number in _NUMBER.findall(attributes.get("viewBox", ""))]
    if box and (len(box) != 4 or not all(0 < side <= _LONGEST_SIDE for side in box[2:])):
        raise UnfitImageError("has a view box of no sensible size")
    if not box and len(sides) < 2:
        raise UnfitImageError("does not say how large it is")
