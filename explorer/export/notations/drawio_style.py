"""How things look in draw.io: its own AWS stencils where it has them, else the picture's."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from explorer.qt.painter import FindIcon
from explorer.render.picture import Frame, Item, Polyline, Stroke, Words
from explorer.storage.resources import resource

_BASE = "html=1;fontFamily=Arial;fontSize=12;"
_BELOW = "verticalLabelPosition=bottom;verticalAlign=top;align=center;"
_BESIDE = "labelPosition=right;verticalLabelPosition=middle;verticalAlign=middle;align=left;spacingLeft=4;"
_TILE = "spacingLeft=30;align=left;verticalAlign=top;spacingTop=-2;"


def icon_style(name: str, find: FindIcon, item: Item, *, beside: bool) -> str:
    """The style of a node by its icon's name; its words stand below it, or beside it."""
    words = _BASE + "aspect=fixed;outlineConnect=0;" + (_BESIDE if beside else _BELOW) + _faint(item)
    return f"{_shape(name, find)}{words}"


def frame_style(kind: str, frame: Frame, title: Words | None) -> str:
    """The style of a group's frame, which holds what stands in it."""
    look = (
        f"{_BASE}container=1;collapsible=0;recursiveResize=0;fillColor=none;fontStyle=1;{_line(frame.stroke)}"
    )
    look += f"fontColor={title.colour};" if title else ""
    stencil = _stencils()["group"].get(kind)
    if stencil is None:
        return f"rounded=0;{look}align=left;verticalAlign=top;spacingLeft=6;"
    centred = "grStroke=1;align=center;verticalAlign=top;spacingTop=25;"
    placed = centred if kind == "auto-scaling" else f"grStroke=1;{_TILE}"
    shape = "groupCenter" if kind == "auto-scaling" else "group"
    return f"shape=mxgraph.aws4.{shape};grIcon=mxgraph.aws4.{stencil};{look}{placed}"


def plain_style(frame: Frame, item: Item) -> str:
    """The style of any other rectangle."""
    fill = frame.fill or "none"
    return f"rounded={int(bool(frame.radius))};{_BASE}fillColor={fill};{_line(frame.stroke)}{_faint(item)}"


def text_style(words: Words, item: Item) -> str:
    """The style of words by themselves."""
    align = "center" if words.centred else "left"
    return f"text;{_BASE}align={align};verticalAlign=middle;resizable=0;spacing=0;{_faint(item)}"


def label_style(words: Words, item: Item) -> str:
    """The style of the words at an edge."""
    return (
        f"edgeLabel;{_BASE}align=center;verticalAlign=middle;resizable=0;labelBackgroundColor=none;"
        f"fontColor={words.colour};{_faint(item)}"
    )


def number_style(fill: str, words: Words | None, item: Item) -> str:
    """The style of a disc with a number."""
    ink = f"fontColor={words.colour};fontStyle=1;" if words else ""
    return f"ellipse;{_BASE}aspect=fixed;fillColor={fill};strokeColor=none;resizable=0;{ink}{_faint(item)}"


def edge_style(line: Polyline, item: Item, ends: str) -> str:
    """The style of an edge whose ends are fixed where the picture has them."""
    head = "endArrow=open;endFill=0;endSize=8;" if line.head else "endArrow=none;"
    return (
        f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=12;orthogonalLoop=1;jettySize=auto;{_BASE}"
        f"{head}{_line(line.stroke)}{_faint(item)}{ends}"
    )


def _shape(name: str, find: FindIcon) -> str:
    stencils = _stencils()
    if (tile := stencils["service"].get(name)) is not None:
        fill = stencils["fill"][tile["fill"]]
        icon = f"resIcon=mxgraph.aws4.{tile['stencil']}"
        return f"shape=mxgraph.aws4.resourceIcon;{icon};fillColor={fill};strokeColor=#ffffff;"
    if (bare := stencils["resource"].get(name)) is not None:
        fill = stencils["fill"][bare["fill"]]
        return f"shape=mxgraph.aws4.{bare['stencil']};fillColor={fill};strokeColor=none;"
    glyph = find(name) or find("unknown") or b""
    # The address has no “;base64”, since a semicolon ends an entry of a style.
    return f"shape=image;imageAspect=1;image=data:image/svg+xml,{base64.b64encode(glyph).decode()};"


@cache
def _stencils() -> Mapping[str, Any]:
    return tomllib.loads(resource("drawio.toml").read_text(encoding="utf-8"))


def _line(stroke: Stroke | None) -> str:
    if stroke is None or stroke.width <= 0:
        return "strokeColor=none;"
    look = f"strokeColor={stroke.colour};strokeWidth={stroke.width:g};"
    if any(stroke.dash):
        # draw.io tells dashes in widths of the line.
        pattern = " ".join(f"{length / stroke.width:g}" for length in stroke.dash)
        return f"{look}dashed=1;dashPattern={pattern};"
    return f"{look}dashed=0;"


def _faint(item: Item) -> str:
    if item.opacity >= 1:
        return ""
    share = round(item.opacity * 100)
    return f"opacity={share};textOpacity={share};"
