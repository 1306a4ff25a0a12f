"""A request as a PNG: exact pixels, what they show in words, and the session, always the same bytes.

Written chunk by chunk rather than by Qt, whose writer takes several times as long and leaves no
word on where a text stands: here every text comes before the pixels, so that a reader finds it
without them.
"""

from __future__ import annotations

import struct
import zlib

from PySide6.QtGui import QImage

from explorer.export.images.raster import pixel_grid_for, render_image
from explorer.export.request.request import Request
from explorer.qt.fonts import printable
from explorer.qt.painter import IconPainter
from explorer.storage.sessions.embedded import PNG_SIGNATURE, SESSION_KEYWORD

_INCHES_PER_METER = 39.3701  # inches
_RGB, _RGBA = 2, 6
_PERCEPTUAL_INTENT = b"\0"
_COMPRESSION_LEVEL = 3
"""Of zlib's nine: the next takes half as long again for a seventh of the bytes."""


def png_bytes(request: Request) -> bytes:
    """The bytes of the PNG file."""
    sheet = pixel_grid_for(request.picture, request.options)
    image = render_image(request.picture, sheet, IconPainter(request.options.icons.svg))
    dots = round(sheet.dpi * _INCHES_PER_METER)
    kind = _RGB if request.picture.background else _RGBA
    chunks = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", sheet.columns, sheet.rows, 8, kind, 0, 0, 0)),
        _chunk(b"sRGB", _PERCEPTUAL_INTENT),
        _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        _text_chunk("Title", printable(request.title).strip()),
        _text_chunk("Description", request.description.full_text),
        _text_chunk("Software", "Berth"),
        _text_chunk(SESSION_KEYWORD, request.session, packed=True),
        _chunk(b"IDAT", zlib.compress(_scanlines(image), _COMPRESSION_LEVEL)),
        _chunk(b"IEND", b""),
    ]
    return PNG_SIGNATURE + b"".join(chunks)


def _scanlines(image: QImage) -> bytes:
    """The pixels row by row, each behind the byte that says that it is not filtered.

    Flat colours pack best as they are; no filter is worth its time here.
    """
    opaque = not image.hasAlphaChannel()
    image.convertTo(QImage.Format.Format_RGB888 if opaque else QImage.Format.Format_RGBA8888)
    wide, step = image.width() * (3 if opaque else 4), image.bytesPerLine()
    bits = memoryview(image.constBits())
    return b"".join(
        part for start in range(0, step * image.height(), step) for part in (b"\0", bits[start : start + wide])
    )


def _text_chunk(keyword: str, text: str, *, packed: bool = False) -> bytes:
    """A chunk of international text; nothing where there is none."""
    if not text:
        return b""
    raw = text.encode("utf-8", "replace")
    body = b"\1\0\0\0" + zlib.compress(raw, 9) if packed else b"\0\0\0\0" + raw
    return _chunk(b"iTXt", keyword.encode("latin-1") + b"\0" + body)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
