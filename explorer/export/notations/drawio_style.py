"""How things look in draw.io: its own AWS stencils where it has them, else the picture's."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from explorer.qt.painter import IconLookup
from explorer.render.picture import Item, Polyline, Rectangle, Stroke, TextShape
from explorer.storage.resources import resource_path

_BASE_STYLE = "html=1;fontFamily=Arial;fontSize=12;"
_LABEL_BELOW = "verticalLabelPosition=bottom;verticalAlign=top;align=center;"
_LABEL_BESIDE = "labelPosition=right;verticalLabelPosition=middle;verticalAlign=middle;align=left;spacingLeft=4;"
_GROUP_TITLE = "spacingLeft=30;align=left;verticalAlign=top;spacingTop=-2;"


def icon_style(name: str, find: IconLookup, item: Item, *, beside: bool) -> str:
    """The style of a node by its icon's name; its words stand below it, or beside it."""
    words = (
        _BASE_STYLE
        + "aspect=fixed;outlineConnect=0;"
        + (_LABEL_BESIDE if beside else _LABEL_BELOW)
        + _opacity_style(item)
    )
    return f"{_icon_shape(name, find)}{words}"


def frame_style(kind: str, frame: Rectangle, title: TextShape | None) -> str:
    """The style of a group's frame, which holds what stands in it."""
    look = f"{_BASE_STYLE}container=1;collapsible=0;recursiveResize=0;fillColor=none;fontStyle=1;{_stroke_style(frame.stroke)}"
    look += f"fontColor={title.color};" if title else ""
    stencil = _stencils()["group"].get(kind)
    if stencil is None:
        return f"rounded=0;{look}align=left;verticalAlign=top;spacingLeft=6;"
    centred = "grStroke=1;align=center;verticalAlign=top;spacingTop=25;"
    placed = centred if kind == "auto-scaling" else f"grStroke=1;{_GROUP_TITLE}"
    shape = "groupCenter" if kind == "auto-scaling" else "group"
    return f"shape=mxgraph.aws4.{shape};grIcon=mxgraph.aws4.{stencil};{look}{placed}"


def rectangle_style(frame: Rectangle, item: Item) -> str:
    """The style of any other rectangle."""
    fill = frame.fill or "none"
    return f"rounded={int(bool(frame.radius))};{_BASE_STYLE}fillColor={fill};{_stroke_style(frame.stroke)}{_opacity_style(item)}"


def text_style(words: TextShape, item: Item) -> str:
    """The style of words by themselves."""
    align = "center" if words.centered else "left"
    return f"text;{_BASE_STYLE}align={align};verticalAlign=middle;resizable=0;spacing=0;{_opacity_style(item)}"


def label_style(words: TextShape, item: Item) -> str:
    """The style of the words at an edge."""
    return (
        f"edgeLabel;{_BASE_STYLE}align=center;verticalAlign=middle;resizable=0;labelBackgroundColor=none;"
        f"fontColor={words.color};{_opacity_style(item)}"
    )


def badge_style(fill: str, words: TextShape | None, item: Item) -> str:
    """The style of a disc with a number."""
    ink = f"fontColor={words.color};fontStyle=1;" if words else ""
    return (
        f"ellipse;{_BASE_STYLE}aspect=fixed;fillColor={fill};strokeColor=none;resizable=0;{ink}{_opacity_style(item)}"
    )


def edge_style(line: Polyline, item: Item, ends: str) -> str:
    """The style of an edge whose ends are fixed where the picture has them."""
    head = "endArrow=open;endFill=0;endSize=8;" if line.arrow_head else "endArrow=none;"
    return (
        f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=12;orthogonalLoop=1;jettySize=auto;{_BASE_STYLE}"
        f"{head}{_stroke_style(line.stroke)}{_opacity_style(item)}{ends}"
    )


def _icon_shape(name: str, find: IconLookup) -> str:
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
    return tomllib.loads(resource_path("drawio.toml").read_text(encoding="utf-8"))


def _stroke_style(stroke: Stroke | None) -> str:
    if stroke is None or stroke.width <= 0:
        return "strokeColor=none;"
    look = f"strokeColor={stroke.color};strokeWidth={stroke.width:g};"
    if any(stroke.dash):
        # draw.io tells dashes in widths of the line.
        pattern = " ".join(f"{length / stroke.width:g}" for length in stroke.dash)
        return f"{look}dashed=1;dashPattern={pattern};"
    return f"{look}dashed=0;"


def _opacity_style(item: Item) -> str:
    if item.opacity >= 1:
        return ""
    share = round(item.opacity * 100)
    return f"opacity={share};textOpacity={share};"
