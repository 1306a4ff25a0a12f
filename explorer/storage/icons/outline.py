"""Outline glyphs for print: black lines on white instead of filled tiles."""

from __future__ import annotations

import re

OUTLINE_SUFFIX = "-outlined"
"""The suffix of a glyph's name that selects its outline. Official icons are never changed."""

_BACKGROUND = re.compile(rb'<rect width="(\d+)" height="\1"( rx="[\d.]+")? fill="#[0-9A-Fa-f]{6}"/>')
_BORDER = re.compile(rb'\s*<rect x="\.5" y="\.5"[^>]*fill="none"[^>]*/>')
_COLOR = re.compile(rb'"#[0-9A-Fa-f]{6}"')
_WHITE, _BLACK = b'"#FFFFFF"', b'"#000000"'


def outline_glyph(glyph: bytes) -> bytes:
    """Return a glyph's SVG with a border instead of its tile; white becomes black, other colors become white."""

    def swap(match: re.Match[bytes]) -> bytes:
        return _BLACK if match[0].upper() == _WHITE else _WHITE

    svg = _COLOR.sub(swap, _BORDER.sub(b"", glyph, count=1))
    return _BACKGROUND.sub(_border_rect, svg, count=1)


def _border_rect(tile: re.Match[bytes]) -> bytes:
    side = int(tile[1])
    return (
        b'<rect x=".75" y=".75" width="%(side)g" height="%(side)g"%(round)s fill="#FFFFFF" '
        b'stroke="#000000" stroke-width="1.5"/>'
    ) % {b"side": side - 1.5, b"round": tile[2] or b""}
