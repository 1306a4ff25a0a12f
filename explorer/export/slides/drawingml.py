"""The shapes of a slide as elements of PresentationML and DrawingML (ISO/IEC 29500-1), from plain values.

python-pptx keeps the package and its pages; of shapes it knows neither transparency nor custom
dashes, bent connectors, glue without moving, nor texts for those who listen.
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
"""What a point is in the unit of a slide."""

_NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_A = ElementMaker(namespace=_NS["a"], nsmap=_NS)
_P = ElementMaker(namespace=_NS["p"], nsmap=_NS)
_EMBED = f"{{{_NS['r']}}}embed"

Element = Any
"""An element of lxml, which comes without types."""

ConnectionSite = tuple[int, int]
"""A shape's number, and which of its places a connector is fixed to."""


@dataclass(frozen=True)
class ShapeName:
    """What a shape is called: its number, its name in lists, and its text for those who listen."""

    shape_id: int
    name: str
    description: str


@dataclass(frozen=True)
class Color:
    """A colour: a place in the colour scheme (`tx1`) or a value (`RRGGBB`), and how opaque it is."""

    value: str
    opacity: float = 1.0

    def element(self) -> Element:
        """The colour as an element."""
        is_value = len(self.value) == 6 and all(c in "0123456789ABCDEF" for c in self.value)
        found = (_A.srgbClr if is_value else _A.schemeClr)(val=self.value)
        if self.opacity < 1:
            found.append(_A.alpha(val=_percentage(self.opacity)))
        return found


@dataclass(frozen=True)
class Run:
    """One line of text: what it says, in what size in points, and how high the line is."""

    text: str
    size: float
    height: float
    color: Color
    bold: bool = False
    centered: bool = True


def group(told: ShapeName, box: Box, children: Iterable[Element]) -> Element:
    """A group whose inside is measured as its outside is."""
    x, y, w, h = _to_emu(box)
    inside = (_A.chOff(x=x, y=y), _A.chExt(cx=w, cy=h))
    return _P.grpSp(
        _P.nvGrpSpPr(_shape_properties(told), _P.cNvGrpSpPr(), _P.nvPr()),
        _P.grpSpPr(_A.xfrm(_A.off(x=x, y=y), _A.ext(cx=w, cy=h), *inside)),
        *children,
    )


@dataclass(frozen=True)
class Geometry:
    """A preset's name and its one adjustment, where it has one."""

    preset: str
    adjustment: int | None = None


def preset_shape(
    told: ShapeName,
    kind: Geometry,
    box: Box,
    fill: Color | None,
    line: Element | None,
    runs: Sequence[Run] = (),
) -> Element:
    """A native shape, with text in it or none."""
    adjusted = [] if kind.adjustment is None else [_A.gd(name="adj", fmla=f"val {kind.adjustment}")]
    return _P.sp(
        _P.nvSpPr(_shape_properties(told), _P.cNvSpPr(), _P.nvPr()),
        _P.spPr(
            _transform(box),
            _A.prstGeom(_A.avLst(*adjusted), prst=kind.preset),
            _A.noFill() if fill is None else _A.solidFill(fill.element()),
            _A.ln(_A.noFill()) if line is None else line,
        ),
        _text_body(runs),
    )


def text_box(told: ShapeName, box: Box, runs: Sequence[Run]) -> Element:
    """A text box whose lines stay as they are."""
    return _P.sp(
        _P.nvSpPr(_shape_properties(told), _P.cNvSpPr(txBox="1"), _P.nvPr()),
        _P.spPr(_transform(box), _A.prstGeom(_A.avLst(), prst="rect"), _A.noFill()),
        _text_body(runs),
    )


def picture(told: ShapeName, box: Box, image: str, opacity: float = 1.0) -> Element:
    """A picture by the name of its relationship."""
    blip = _A.blip(**{_EMBED: image})
    if opacity < 1:
        blip.append(_A.alphaModFix(amt=_percentage(opacity)))
    return _P.pic(
        _P.nvPicPr(_shape_properties(told), _P.cNvPicPr(_A.picLocks(noChangeAspect="1")), _P.nvPr()),
        _P.blipFill(blip, _A.stretch(_A.fillRect())),
        _P.spPr(_transform(box), _A.prstGeom(_A.avLst(), prst="rect")),
    )


def connector(
    told: ShapeName,
    bent: BentConnector,
    line: Element,
    start: ConnectionSite | None,
    end: ConnectionSite | None,
) -> Element:
    """A connector, glued where it is said to be."""
    ends = [
        make(id=str(glue[0]), idx=str(glue[1]))
        for make, glue in ((_A.stCxn, start), (_A.endCxn, end))
        if glue is not None
    ]
    turns = {"rot": "5400000"} if bent.rotated else {}
    turns |= {"flipH": "1"} if bent.flip_h else {}
    turns |= {"flipV": "1"} if bent.flip_v else {}
    adjusted = [_A.gd(name=f"adj{number}", fmla=f"val {value}") for number, value in enumerate(bent.adjustments, 1)]
    return _P.cxnSp(
        _P.nvCxnSpPr(_shape_properties(told), _P.cNvCxnSpPr(*ends), _P.nvPr()),
        _P.spPr(_transform(bent.box, turns), _A.prstGeom(_A.avLst(*adjusted), prst=bent.preset), line),
    )


def line_style(stroke: Stroke, width: float, ink: Color, *, head: bool = False) -> Element:
    """A line in points on the slide; `head` puts an open arrow head at its end."""
    found = _A.ln(_A.solidFill(ink.element()), w=str(max(1, round(width * EMU_PER_POINT))))
    if any(stroke.dash):
        dashes = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pairs = zip(dashes[::2], dashes[1::2], strict=True)
        # Lengths are told in thousandths of a percent of the line's width.
        shares = [(_percentage(dash / stroke.width), _percentage(gap / stroke.width)) for dash, gap in pairs]
        found.append(_A.custDash(*(_A.ds(d=dash, sp=gap) for dash, gap in shares)))
    found.append(_A.miter(lim="800000"))
    if head:
        found.append(_A.tailEnd(type="arrow", w="med", len="med"))
    return found


def _text_body(runs: Sequence[Run]) -> Element:
    frame = {"wrap": "none", "anchor": "ctr", "lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0"}
    return _P.txBody(
        _A.bodyPr(_A.noAutofit(), **frame),
        _A.lstStyle(),
        *([_paragraph(run, fixed=len(runs) > 1) for run in runs] or [_A.p()]),
    )


def _paragraph(run: Run, *, fixed: bool) -> Element:
    """A line; among others it is as high as it is told to be, alone as high as its letters."""
    style = {"lang": "en-US", "sz": str(round(run.size * 100)), "b": "1" if run.bold else "0", "dirty": "0"}
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


def _shape_properties(told: ShapeName) -> Element:
    return _P.cNvPr(id=str(told.shape_id), name=xml_safe_text(told.name), descr=xml_safe_text(told.description))


def _transform(box: Box, turns: dict[str, str] | None = None) -> Element:
    x, y, w, h = _to_emu(box)
    return _A.xfrm(_A.off(x=x, y=y), _A.ext(cx=w, cy=h), **(turns or {}))


def _to_emu(box: Box) -> tuple[str, str, str, str]:
    x, y, w, h = (str(round(side * EMU_PER_POINT)) for side in box)
    return x, y, w, h


def _percentage(part: float) -> str:
    return str(round(part * 100_000))
