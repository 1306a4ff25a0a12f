"""Slide shapes as PresentationML and DrawingML elements (ISO/IEC 29500-1).

python-pptx writes the package and the slides. Its shapes lack transparency, custom dashes, bent
connectors, connections that do not move the connector, and alternative text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.builder import ElementMaker

from explorer.export.slides.connectors import BentConnector
from explorer.layout.geometry import Box
from explorer.render.picture import Stroke
from explorer.storage.xml_text import xml_safe_text

EMU_PER_POINT = 12_700
"""English Metric Units, the unit of a slide, per point."""

_NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_A = ElementMaker(namespace=_NS["a"], nsmap=_NS)
_P = ElementMaker(namespace=_NS["p"], nsmap=_NS)
_EMBED = f"{{{_NS['r']}}}embed"

LANGUAGE = "en-US"
"""The language of all text on slides, for spelling and screen readers."""

Element = Any
"""An lxml element; lxml has no type hints."""

ConnectionSite = tuple[int, int]
"""A shape id, and the index of the connection site on that shape."""


@dataclass(frozen=True)
class ShapeName:
    """The id of a shape, its name in the selection pane, and its alternative text."""

    shape_id: int
    name: str
    description: str


@dataclass(frozen=True)
class Color:
    """A color: a name in the color scheme (`tx1`) or a value (`RRGGBB`), with an opacity."""

    value: str
    opacity: float = 1.0

    def element(self) -> Element:
        """Return the color as an element."""
        is_value = len(self.value) == 6 and all(c in "0123456789ABCDEF" for c in self.value)
        element = (_A.srgbClr if is_value else _A.schemeClr)(val=self.value)
        if self.opacity < 1:
            element.append(_A.alpha(val=_percentage(self.opacity)))  # pyright: ignore[reportAttributeAccessIssue]
        return element


@dataclass(frozen=True)
class Run:
    """One line of text; font size and line height are in points."""

    text: str
    size: float
    height: float
    color: Color
    bold: bool = False
    centered: bool = True


def group(name: ShapeName, box: Box, children: Iterable[Element]) -> Element:
    """Return a group whose children use the coordinates of the slide."""
    x, y, w, h = _to_emu(box)
    child_frame = (_A.chOff(x=x, y=y), _A.chExt(cx=w, cy=h))
    return _P.grpSp(
        _P.nvGrpSpPr(_shape_properties(name), _P.cNvGrpSpPr(), _P.nvPr()),
        _P.grpSpPr(_A.xfrm(_A.off(x=x, y=y), _A.ext(cx=w, cy=h), *child_frame)),
        *children,
    )


@dataclass(frozen=True)
class Geometry:
    """A preset geometry, with its adjustment if it has one."""

    preset: str
    adjustment: int | None = None


def preset_shape(
    name: ShapeName,
    geometry: Geometry,
    box: Box,
    fill: Color | None,
    line: Element | None,
    runs: Sequence[Run] = (),
) -> Element:
    """Return a native shape, with text if there are any runs."""
    adjustments = [] if geometry.adjustment is None else [_A.gd(name="adj", fmla=f"val {geometry.adjustment}")]
    return _P.sp(
        _P.nvSpPr(_shape_properties(name), _P.cNvSpPr(), _P.nvPr()),
        _P.spPr(
            _transform(box),
            _A.prstGeom(_A.avLst(*adjustments), prst=geometry.preset),
            _A.noFill() if fill is None else _A.solidFill(fill.element()),
            _A.ln(_A.noFill()) if line is None else line,
        ),
        _text_body(runs),
    )


def text_box(name: ShapeName, box: Box, runs: Sequence[Run]) -> Element:
    """Return a text box that does not wrap its lines."""
    return _P.sp(
        _P.nvSpPr(_shape_properties(name), _P.cNvSpPr(txBox="1"), _P.nvPr()),
        _P.spPr(_transform(box), _A.prstGeom(_A.avLst(), prst="rect"), _A.noFill()),
        _text_body(runs),
    )


def picture(name: ShapeName, box: Box, image: str, opacity: float = 1.0) -> Element:
    """Return a picture by the relationship id of its image."""
    blip = _A.blip(**{_EMBED: image})
    if opacity < 1:
        blip.append(_A.alphaModFix(amt=_percentage(opacity)))  # pyright: ignore[reportAttributeAccessIssue]
    return _P.pic(
        _P.nvPicPr(_shape_properties(name), _P.cNvPicPr(_A.picLocks(noChangeAspect="1")), _P.nvPr()),
        _P.blipFill(blip, _A.stretch(_A.fillRect())),
        _P.spPr(_transform(box), _A.prstGeom(_A.avLst(), prst="rect")),
    )


def connector(
    name: ShapeName,
    bent: BentConnector,
    line: Element,
    start: ConnectionSite | None,
    end: ConnectionSite | None,
) -> Element:
    """Return a connector, attached to the connection sites that are given."""
    ends = [
        create(id=str(site[0]), idx=str(site[1]))
        for create, site in ((_A.stCxn, start), (_A.endCxn, end))
        if site is not None
    ]
    turns = {"rot": "5400000"} if bent.rotated else {}
    turns |= {"flipH": "1"} if bent.flip_h else {}
    turns |= {"flipV": "1"} if bent.flip_v else {}
    adjustments = [_A.gd(name=f"adj{number}", fmla=f"val {value}") for number, value in enumerate(bent.adjustments, 1)]
    return _P.cxnSp(
        _P.nvCxnSpPr(_shape_properties(name), _P.cNvCxnSpPr(*ends), _P.nvPr()),
        _P.spPr(_transform(bent.box, turns), _A.prstGeom(_A.avLst(*adjustments), prst=bent.preset), line),
    )


def line_style(stroke: Stroke, width: float, color: Color, *, head: bool = False) -> Element:
    """Return the style of a line of this width in points; `head` adds an open arrow head at the end."""
    element = _A.ln(_A.solidFill(color.element()), w=str(max(1, round(width * EMU_PER_POINT))))
    if any(stroke.dash):
        dashes = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pairs = zip(dashes[::2], dashes[1::2], strict=True)
        # Lengths are in 1/1,000 percent of the line width.
        shares = [(_percentage(dash / stroke.width), _percentage(gap / stroke.width)) for dash, gap in pairs]
        element.append(_A.custDash(*(_A.ds(d=dash, sp=gap) for dash, gap in shares)))  # pyright: ignore[reportAttributeAccessIssue]
    element.append(_A.miter(lim="800000"))  # pyright: ignore[reportAttributeAccessIssue]
    if head:
        element.append(_A.tailEnd(type="arrow", w="med", len="med"))  # pyright: ignore[reportAttributeAccessIssue]
    return element


def _text_body(runs: Sequence[Run]) -> Element:
    frame = {"wrap": "none", "anchor": "ctr", "lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0"}
    return _P.txBody(
        _A.bodyPr(_A.noAutofit(), **frame),
        _A.lstStyle(),
        *([_paragraph(run, fixed=len(runs) > 1) for run in runs] or [_A.p()]),
    )


def _paragraph(run: Run, *, fixed: bool) -> Element:
    """Return a paragraph of one line; `fixed` sets the line height, which only text of several lines needs."""
    style = {"lang": LANGUAGE, "sz": str(round(run.size * 100)), "b": "1" if run.bold else "0", "dirty": "0"}
    return _A.p(
        _A.pPr(
            *([_A.lnSpc(_A.spcPts(val=str(round(run.height * 100))))] if fixed else []),
            _A.spcBef(_A.spcPts(val="0")),
            _A.buNone(),
            algn="ctr" if run.centered else "l",
        ),
        _A.r(
            _A.rPr(_A.solidFill(run.color.element()), _A.latin(typeface="+mn-lt"), **style),
            _A.t(xml_safe_text(run.text)),
        ),
    )


def _shape_properties(name: ShapeName) -> Element:
    return _P.cNvPr(id=str(name.shape_id), name=xml_safe_text(name.name), descr=xml_safe_text(name.description))


def _transform(box: Box, turns: dict[str, str] | None = None) -> Element:
    x, y, w, h = _to_emu(box)
    return _A.xfrm(_A.off(x=x, y=y), _A.ext(cx=w, cy=h), **(turns or {}))


def _to_emu(box: Box) -> tuple[str, str, str, str]:
    x, y, w, h = (str(round(side * EMU_PER_POINT)) for side in box)
    return x, y, w, h


def _percentage(part: float) -> str:
    return str(round(part * 100_000))
