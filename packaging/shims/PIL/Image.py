"""Reads size and resolution from a PNG header, with Pillow's interface."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import IO

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254  # meters


@dataclass(frozen=True)
class PngHeader:
    """Size and metadata of a PNG, without its pixels."""

    size: tuple[int, int]
    info: dict[str, tuple[float, float]] = field(default_factory=dict)
    format: str = "PNG"


def open(stream: IO[bytes]) -> PngHeader:
    """Return the header of a PNG; raise ValueError for any other data."""
    if stream.read(8) != _SIGNATURE:
        raise ValueError("Only PNG images are supported on slides.")
    size, info = (0, 0), {}
    while header := stream.read(8):
        length, kind = struct.unpack(">I4s", header)
        data = stream.read(length + 4)[:-4]
        if kind == b"IHDR":
            size = struct.unpack(">II", data[:8])
        elif kind == b"pHYs":
            across, down, unit = struct.unpack(">IIB", data)
            if unit == 1:
                info["dpi"] = (across * _INCH, down * _INCH)
        elif kind == b"IDAT":  # all metadata precedes the pixels
            break
    return PngHeader(size, info)
