"""SVG sanitizer: accepts plain shapes of limited size, rejects scripts, links, entities and bombs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from explorer.core.errors import ExplorerError
from explorer.storage.private_files import read_regular

MAX_SVG_BYTES = 256 * 1024
"""The largest AWS Architecture Icon has a few kilobytes."""

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
_NOT_A_NUMBER = re.compile(r"\b(nan|inf|infinity)\b", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(px|pt|mm|cm|in|em|ex|%)?\s*")
_SCALING = re.compile(r"(scale|matrix)\s*\(([^)]*)\)")
_LINK = re.compile(r"url\(\s*(.?)", re.IGNORECASE)
_LOCAL_LINK = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""", re.IGNORECASE)


class UnsafeSvgError(ExplorerError):
    """An SVG is rejected; the text is the reason, to be written after the file's name."""


def read_svg(file: Path) -> bytes:
    """Return the unmodified bytes of a safe SVG file; UnsafeSvgError or OSError."""
    return validate_svg(read_regular(file, MAX_SVG_BYTES + 1))


def validate_svg(data: bytes) -> bytes:
    """Return the same bytes if they are a safe SVG, else raise UnsafeSvgError.

    Rejected are document types and entities, scripts, embedded images, external links, encodings other than
    UTF-8, circular or nested references, dashes, and sizes, counts and numbers above the limits.
    """
    if len(data) > MAX_SVG_BYTES:
        raise UnsafeSvgError(f"is larger than {MAX_SVG_BYTES // 1024} KB")
    validator = _SvgValidator()
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE_SEPARATOR)
    parser.XmlDeclHandler = validator.xml_declaration
    parser.StartDoctypeDeclHandler = validator.document_type
    parser.ProcessingInstructionHandler = validator.processing_instruction
    parser.StartElementHandler = validator.start_element
    parser.EndElementHandler = validator.end_element
    parser.CharacterDataHandler = validator.character_data
    try:
        if b"\0" in data:  # UTF-16 or UTF-32: other programs would read other characters
            raise UnsafeSvgError("is not encoded in UTF-8")
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnsafeSvgError(f"is not valid XML (line {error.lineno})") from error
    except (ValueError, LookupError) as error:
        raise UnsafeSvgError("is not valid XML") from error
    validator.finish()
    return data


class _SvgValidator:
    """Handles the parser's events of one SVG, and raises UnsafeSvgError."""

    def __init__(self) -> None:
        self._element_count = self._use_count = 0
        self._open_elements: list[tuple[str, str, float]] = []  # element, id, and accumulated scale
        self._references: dict[str, set[str]] = {}  # the ids that an element with an id refers to
        self._ids: set[str] = set()
        self._use_targets: set[str] = set()
        self._ids_with_use: set[str] = set()  # the ids of elements that contain a <use>
        self._style_text: list[str] = []

    def xml_declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise UnsafeSvgError("is not encoded in UTF-8")

    def document_type(self, *_declared: object) -> None:
        raise UnsafeSvgError("declares a document type")

    def processing_instruction(self, target: str, _data: str) -> None:
        raise UnsafeSvgError(f"contains a processing instruction (“{target[:40]}”)")

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(_NAMESPACE_SEPARATOR)
        if space != _SVG_NAMESPACE or element not in _ALLOWED_ELEMENTS:
            raise UnsafeSvgError(f"contains the element “{element[:40]}”, which is not allowed")
        if (element == "svg") != (not self._open_elements):
            raise UnsafeSvgError("has no single <svg> root")
        self._element_count += 1
        if self._element_count > _MAX_ELEMENTS or len(self._open_elements) >= _MAX_DEPTH:
            raise UnsafeSvgError("has too many or too deeply nested elements")
        if element == "svg":
            _check_size(attributes)
        scale = self._open_elements[-1][2] if self._open_elements else 1.0
        self._ids.add(attributes.get("id", ""))
        self._open_elements.append((element, attributes.get("id", ""), scale))
        for key, value in attributes.items():
            self._check_attribute(element, key.rpartition(_NAMESPACE_SEPARATOR)[2], value)
        if element == "use":
            self._use_count += 1
            self._ids_with_use |= {known for _, known, _ in self._open_elements if known}
            if self._use_count > _MAX_USES:
                raise UnsafeSvgError("has too many <use> elements")

    def end_element(self, _name: str) -> None:
        if self._open_elements.pop()[0] == "style":
            _check_style("".join(self._style_text))
            self._style_text.clear()

    def character_data(self, text: str) -> None:
        if self._open_elements and self._open_elements[-1][0] == "style":
            self._style_text.append(text)

    def finish(self) -> None:
        """Reject circular references, and <use> elements that are nested or refer to no element."""
        if self._use_targets & self._ids_with_use:
            raise UnsafeSvgError("has nested <use> elements")
        undefined = min(self._use_targets - (self._ids - {""}), default=None)
        if undefined is not None:
            raise UnsafeSvgError(f"has a <use> element that refers to “#{undefined[:40]}”, which does not exist")
        done: set[str] = set()
        for start in self._references:
            self._check_cycles(start, (), done)

    def _check_attribute(self, element: str, key: str, value: str) -> None:
        """Reject an attribute that runs a script, links to another file or exceeds a limit; others are allowed."""
        if key.lower().startswith("on"):
            raise UnsafeSvgError(f"contains a script (“{key[:40]}”)")
        # Attribute names are case-sensitive in XML, but not in HTML, where an exported SVG can be embedded.
        if key.lower() in ("base", "src") or (key.lower() == "href" and key != "href"):
            raise UnsafeSvgError(f"contains an external link (“{key[:40]}”)")
        if key == "href":
            if not value.strip().startswith("#"):
                raise UnsafeSvgError("contains an external link")
            self._add_reference(value.strip()[1:])
            if element == "use":
                self._use_targets.add(value.strip()[1:])
        if key == "stroke-dasharray" and value.strip() != "none":
            raise UnsafeSvgError("has dashed lines, which take too long to draw")
        if key == "style":
            _check_style(value)
        for linked in _local_links(value):
            self._add_reference(linked)
        if key in _NUMERIC_ATTRIBUTES:
            if _NOT_A_NUMBER.search(value):
                raise UnsafeSvgError(f"has the value “{value[:20]}” for “{key}”, which is not a number")
            _check_numbers(value)
        if key == "transform":
            self._check_scale(value)

    def _check_scale(self, transform: str) -> None:
        element, element_id, scale = self._open_elements[-1]
        for function, numbers in _SCALING.findall(transform):
            values = [abs(float(number)) for number in _NUMBER.findall(numbers)]
            scale *= max(values[: 4 if function == "matrix" else 2], default=1.0)
        if scale > _MAX_SCALE:
            raise UnsafeSvgError(f"has a scale above {_MAX_SCALE:,.0f}")
        self._open_elements[-1] = (element, element_id, max(scale, 1e-9))

    def _add_reference(self, target: str) -> None:
        for _, known, _ in self._open_elements:
            if known:
                self._references.setdefault(known, set()).add(target)

    def _check_cycles(self, element_id: str, above: tuple[str, ...], done: set[str]) -> None:
        if element_id in above or len(above) > _MAX_DEPTH:
            raise UnsafeSvgError("has circular references")
        if element_id in done:
            return
        for target in self._references.get(element_id, ()):
            self._check_cycles(target, (*above, element_id), done)
        done.add(element_id)


def _local_links(value: str) -> Iterator[str]:
    local = _LOCAL_LINK.findall(value)
    if len(_LINK.findall(value)) != len(local):
        raise UnsafeSvgError("contains an external link")
    yield from local


def _check_style(text: str) -> None:
    if "@" in text or "\\" in text or "/*" in text:
        raise UnsafeSvgError("has a style sheet with an import or an escape")
    if "dasharray" in text:
        raise UnsafeSvgError("has dashed lines, which take too long to draw")
    list(_local_links(text))
    _check_numbers(re.sub(r"#[0-9a-fA-F]+", "", text))


def _check_numbers(text: str) -> None:
    for number in _NUMBER.findall(text):
        value = float(number)
        if not math.isfinite(value) or abs(value) > _MAX_COORDINATE:
            raise UnsafeSvgError(f"contains the number {number[:20]}, which is too large")


def _check_size(attributes: dict[str, str]) -> None:
    sides = [attributes[key] for key in ("width", "height") if key in attributes]
    for side in sides:
        length = _LENGTH.fullmatch(side)
        if length is None or not 0 < float(length[1]) <= _MAX_SIDE:
            raise UnsafeSvgError(f"has the width or height “{side[:20]}”; the maximum is {_MAX_SIDE:,.0f}")
    box = [float(number) for number in _NUMBER.findall(attributes.get("viewBox", ""))]
    if box and (len(box) != 4 or not all(0 < side <= _MAX_SIDE for side in box[2:])):
        raise UnsafeSvgError("has a view box without a valid size")
    if not box and len(sides) < 2:
        raise UnsafeSvgError("has neither a size nor a view box")
