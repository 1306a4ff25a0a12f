"""What the head of a PNG says, by the names that Pillow uses."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import IO

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 0.0254  # metres


@dataclass(frozen=True)
class PngHead:
    """A picture that was not read any further."""

    size: tuple[int, int]
    info: dict[str, tuple[float, float]] = field(default_factory=dict)
    format: str = "PNG"


def open(stream: IO[bytes]) -> PngHead:
    """The head of a PNG; ValueError where it is none."""
    if stream.read(8) != _SIGNATURE:
        raise ValueError("Only PNGs can be put on slides.")
    size, info = (0, 0), {}
    while head := stream.read(8):
        length, kind = struct.unpack(">I4s", head)
        data = stream.read(length + 4)[:-4]
        if kind == b"IHDR":
            size = struct.unpack(">II", data[:8])
        elif kind == b"pHYs":
            across, down, unit = struct.unpack(">IIB", data)
            if unit == 1:
                info["dpi"] = (across * _INCH, down * _INCH)
        elif kind == b"IDAT":  # what stands before the picture is all that there is to know
            break
    return PngHead(size, info)
