"""draw.io cell styles: native AWS stencils where draw.io has them, else the icons of the picture."""

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


def icon_style(name: str, find_icon: IconLookup, item: Item, *, beside: bool) -> str:
    """Return the style of a node by its icon's name, with the label below or beside the icon."""
    label_style = (
        _BASE_STYLE
        + "aspect=fixed;outlineConnect=0;"
        + (_LABEL_BESIDE if beside else _LABEL_BELOW)
        + _opacity_style(item)
    )
    return f"{_icon_shape(name, find_icon)}{label_style}"


def frame_style(kind: str, frame: Rectangle, title: TextShape | None) -> str:
    """Return the style of a group, which is a container in draw.io."""
    stroke = _stroke_style(frame.stroke)
    style = f"{_BASE_STYLE}container=1;collapsible=0;recursiveResize=0;fillColor=none;fontStyle=1;{stroke}"
    style += f"fontColor={title.color};" if title else ""
    stencil = _stencils()["group"].get(kind)
    if stencil is None:
        return f"rounded=0;{style}align=left;verticalAlign=top;spacingLeft=6;"
    centered = "grStroke=1;align=center;verticalAlign=top;spacingTop=25;"
    title_position = centered if kind == "auto-scaling" else f"grStroke=1;{_GROUP_TITLE}"
    shape = "groupCenter" if kind == "auto-scaling" else "group"
    return f"shape=mxgraph.aws4.{shape};grIcon=mxgraph.aws4.{stencil};{style}{title_position}"


def rectangle_style(frame: Rectangle, item: Item) -> str:
    """Return the style of any other rectangle."""
    rounded, fill = int(bool(frame.radius)), frame.fill or "none"
    return f"rounded={rounded};{_BASE_STYLE}fillColor={fill};{_stroke_style(frame.stroke)}{_opacity_style(item)}"


def text_style(text: TextShape, item: Item) -> str:
    """Return the style of text without a node or an edge."""
    align = "center" if text.centered else "left"
    return f"text;{_BASE_STYLE}align={align};verticalAlign=middle;resizable=0;spacing=0;{_opacity_style(item)}"


def label_style(text: TextShape, item: Item) -> str:
    """Return the style of an edge's label."""
    return (
        f"edgeLabel;{_BASE_STYLE}align=center;verticalAlign=middle;resizable=0;labelBackgroundColor=none;"
        f"fontColor={text.color};{_opacity_style(item)}"
    )


def badge_style(fill: str, text: TextShape | None, item: Item) -> str:
    """Return the style of a circle with a number."""
    font = f"fontColor={text.color};fontStyle=1;" if text else ""
    return (
        f"ellipse;{_BASE_STYLE}aspect=fixed;fillColor={fill};strokeColor=none;resizable=0;{font}{_opacity_style(item)}"
    )


def edge_style(line: Polyline, item: Item, anchors: str) -> str:
    """Return the style of an edge; `anchors` fixes its ends at the points of the picture."""
    head = "endArrow=open;endFill=0;endSize=8;" if line.arrow_head else "endArrow=none;"
    return (
        f"edgeStyle=orthogonalEdgeStyle;rounded=1;arcSize=12;orthogonalLoop=1;jettySize=auto;{_BASE_STYLE}"
        f"{head}{_stroke_style(line.stroke)}{_opacity_style(item)}{anchors}"
    )


def _icon_shape(name: str, find_icon: IconLookup) -> str:
    stencils = _stencils()
    if (service := stencils["service"].get(name)) is not None:
        fill = stencils["fill"][service["fill"]]
        icon = f"resIcon=mxgraph.aws4.{service['stencil']}"
        return f"shape=mxgraph.aws4.resourceIcon;{icon};fillColor={fill};strokeColor=#ffffff;"
    if (resource := stencils["resource"].get(name)) is not None:
        fill = stencils["fill"][resource["fill"]]
        return f"shape=mxgraph.aws4.{resource['stencil']};fillColor={fill};strokeColor=none;"
    glyph = find_icon(name) or find_icon("unknown") or b""
    # The data URL omits “;base64”, because a semicolon ends a style entry.
    return f"shape=image;imageAspect=1;image=data:image/svg+xml,{base64.b64encode(glyph).decode()};"


@cache
def _stencils() -> Mapping[str, Any]:
    return tomllib.loads(resource_path("drawio.toml").read_text(encoding="utf-8"))


def _stroke_style(stroke: Stroke | None) -> str:
    if stroke is None or stroke.width <= 0:
        return "strokeColor=none;"
    style = f"strokeColor={stroke.color};strokeWidth={stroke.width:g};"
    if any(stroke.dash):
        # draw.io measures dashes in line widths.
        pattern = " ".join(f"{length / stroke.width:g}" for length in stroke.dash)
        return f"{style}dashed=1;dashPattern={pattern};"
    return f"{style}dashed=0;"


def _opacity_style(item: Item) -> str:
    if item.opacity >= 1:
        return ""
    share = round(item.opacity * 100)
    return f"opacity={share};textOpacity={share};"
