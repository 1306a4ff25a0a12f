"""Looks an SVG through before anything draws or embeds it: shapes and colours only, and of bearable size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from explorer.core.errors import ExplorerError

MAX_SVG_BYTES = 256 * 1024
"""Bytes; the largest of the AWS Architecture Icons has some thousands."""

_MAX_ELEMENTS, _MAX_DEPTH = 4_000, 64
_MAX_USES = 100
_MAX_SIDE = 4_096.0
_MAX_COORDINATE = 100_000.0
_MAX_SCALE = 1_000.0
_SVG_NAMESPACE, _NAMESPACE_SEPARATOR = "http://www.w3.org/2000/svg", " "

_ALLOWED_ELEMENTS = frozenset(
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
_NUMERIC_ATTRIBUTES = frozenset(
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
_LOCAL_LINK = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""", re.IGNORECASE)


class UnsafeSvgError(ExplorerError):
    """An SVG that is not drawn; its text says why, and goes on after the file's name."""


def read_svg(file: Path) -> bytes:
    """A file as it is, where it is an SVG of plain shapes; UnfitImageError or OSError."""
    with file.open("rb") as opened:
        return validate_svg(opened.read(MAX_SVG_BYTES + 1))


def validate_svg(data: bytes) -> bytes:
    """The same bytes, unmodified, where they are an SVG of plain shapes; raises UnfitImageError.

    Refused is whatever could run, fetch or expand, and whatever would take a drawing program too long:
    document types and entities, scripts, embedded images, links to the outside, text in other encodings
    than UTF-8, circular or nested references, dashes, and sizes, counts and numbers beyond reason.
    """
    if len(data) > MAX_SVG_BYTES:
        raise UnsafeSvgError(f"is larger than {MAX_SVG_BYTES // 1024} KB")
    look = _SvgValidator()
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE_SEPARATOR)
    parser.XmlDeclHandler = look.xml_declaration
    parser.StartDoctypeDeclHandler = look.document_type
    parser.ProcessingInstructionHandler = look.processing_instruction
    parser.StartElementHandler = look.start_element
    parser.EndElementHandler = look.end_element
    parser.CharacterDataHandler = look.character_data
    try:
        if b"\0" in data:  # other encodings than UTF-8, in which the same bytes would mean something else
            raise UnsafeSvgError("is not text in UTF-8")
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsafeSvgError(f"is no SVG, as line {error.lineno} shows") from error
    except (ValueError, LookupError) as error:
        raise UnsafeSvgError("is no SVG") from error
    look.finish()
    return data


class _SvgValidator:
    """What has been seen of one SVG so far."""

    def __init__(self) -> None:
        self._element_count = self._use_count = 0
        self._open_elements: list[tuple[str, str, float]] = []  # element, its id, and how much it is enlarged
        self._references: dict[str, set[str]] = {}  # from an id to the ids that are referred to within it
        self._use_targets: set[str] = set()
        self._ids_with_use: set[str] = set()  # ids within which something is used
        self._style_text: list[str] = []

    def xml_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise UnsafeSvgError("is not text in UTF-8")

    def document_type(self, *_declared: object) -> None:
        raise UnsafeSvgError("declares a document type, in which entities may hide")

    def processing_instruction(self, target: str, _data: str) -> None:
        raise UnsafeSvgError(f"holds an instruction for other programs (“{target[:40]}”)")

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(_NAMESPACE_SEPARATOR)
        if space != _SVG_NAMESPACE or element not in _ALLOWED_ELEMENTS:
            raise UnsafeSvgError(f"holds “{element[:40]}”, which no icon needs")
        if (element == "svg") != (not self._open_elements):
            raise UnsafeSvgError("is no SVG of its own, or holds another")
        self._element_count += 1
        if self._element_count > _MAX_ELEMENTS or len(self._open_elements) >= _MAX_DEPTH:
            raise UnsafeSvgError("holds more shapes than an icon can")
        if element == "svg":
            _check_size(attributes)
        larger = self._open_elements[-1][2] if self._open_elements else 1.0
        self._open_elements.append((element, attributes.get("id", ""), larger))
        for key, value in attributes.items():
            self._check_attribute(element, key.rpartition(_NAMESPACE_SEPARATOR)[2], value)
        if element == "use":
            self._use_count += 1
            self._ids_with_use |= {known for _, known, _ in self._open_elements if known}
            if self._use_count > _MAX_USES:
                raise UnsafeSvgError("repeats its shapes more often than an icon does")

    def end_element(self, _name: str) -> None:
        if self._open_elements.pop()[0] == "style":
            _check_style("".join(self._style_text))
            self._style_text.clear()

    def character_data(self, text: str) -> None:
        if self._open_elements and self._open_elements[-1][0] == "style":
            self._style_text.append(text)

    def finish(self) -> None:
        """Refuse what refers to itself, by however many steps, and what is used within what is used."""
        if self._use_targets & self._ids_with_use:
            raise UnsafeSvgError("repeats shapes within shapes that are repeated")
        done: set[str] = set()
        for start in self._references:
            self._check_cycles(start, (), done)

    def _check_attribute(self, element: str, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise UnsafeSvgError(f"holds a script (“{key[:40]}”)")
        if key in ("base", "src"):
            raise UnsafeSvgError("refers to something outside itself")
        if key == "href":
            if not value.strip().startswith("#"):
                raise UnsafeSvgError("refers to something outside itself")
            self._add_reference(value.strip()[1:])
            if element == "use":
                self._use_targets.add(value.strip()[1:])
        if key == "stroke-dasharray" and value.strip() != "none":
            raise UnsafeSvgError("holds dashed lines, which no icon needs")
        if key == "style":
            _check_style(value)
        for linked in _local_links(value):
            self._add_reference(linked)
        if key in _NUMERIC_ATTRIBUTES:
            _check_numbers(value)
        if key == "transform":
            self._check_scale(value)

    def _check_scale(self, transform: str) -> None:
        element, known, larger = self._open_elements[-1]
        for function, numbers in _SCALING.findall(transform):
            values = [abs(float(number)) for number in _NUMBER.findall(numbers)]
            larger *= max(values[: 4 if function == "matrix" else 2], default=1.0)
        if larger > _MAX_SCALE:
            raise UnsafeSvgError("is enlarged beyond reason")
        self._open_elements[-1] = (element, known, max(larger, 1e-9))

    def _add_reference(self, target: str) -> None:
        for _, known, _ in self._open_elements:
            if known:
                self._references.setdefault(known, set()).add(target)

    def _check_cycles(self, at: str, above: tuple[str, ...], done: set[str]) -> None:
        if at in above or len(above) > _MAX_DEPTH:
            raise UnsafeSvgError("refers to itself in a circle")
        if at in done:
            return
        for target in self._references.get(at, ()):
            self._check_cycles(target, (*above, at), done)
        done.add(at)


def _local_links(value: str) -> Iterator[str]:
    local = _LOCAL_LINK.findall(value)
    if len(_LINK.findall(value)) != len(local):
        raise UnsafeSvgError("refers to something outside itself")
    yield from local


def _check_style(text: str) -> None:
    if "@" in text or "\\" in text or "/*" in text:
        raise UnsafeSvgError("holds a style sheet that could fetch something")
    if "dasharray" in text:
        raise UnsafeSvgError("holds dashed lines, which no icon needs")
    list(_local_links(text))
    _check_numbers(re.sub(r"#[0-9a-fA-F]+", "", text))


def _check_numbers(text: str) -> None:
    for number in _NUMBER.findall(text):
        value = float(number)
        if not math.isfinite(value) or abs(value) > _MAX_COORDINATE:
            raise UnsafeSvgError(f"holds the number {number[:20]}, beyond what can be drawn")


def _check_size(attributes: dict[str, str]) -> None:
    sides = [attributes[key] for key in ("width", "height") if key in attributes]
    for side in sides:
        told = _LENGTH.fullmatch(side)
        if told is None or not 0 < float(told[1]) <= _MAX_SIDE:
            raise UnsafeSvgError(f"is {side[:20]} wide or high, where an icon has 1 to {_MAX_SIDE:,.0f}")
    box = [float(number) for number in _NUMBER.findall(attributes.get("viewBox", ""))]
    if box and (len(box) != 4 or not all(0 < side <= _MAX_SIDE for side in box[2:])):
        raise UnsafeSvgError("has a view box of no sensible size")
    if not box and len(sides) < 2:
        raise UnsafeSvgError("does not say how large it is")
