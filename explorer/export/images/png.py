"""PNG writer: exact pixels, a text description and the embedded session; deterministic bytes.

The chunks are written here, not by Qt. Qt's writer takes several times as long, and it does not
state where it puts texts. Here all texts precede the pixels, so that a reader need not decode these.
"""

from __future__ import annotations

import struct
import zlib
from urllib.parse import quote

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
"""zlib level: the next level takes 50% longer and saves one seventh of the bytes."""


def png_bytes(request: Request, drawio_source: bytes = b"") -> bytes:
    """Return the picture as the bytes of a PNG file; raise ImageTooLargeError if it has too many pixels.

    `drawio_source` is a draw.io file to embed, so that draw.io can edit the image.
    """
    grid = pixel_grid_for(request.picture, request.options)
    image = render_image(request.picture, grid, IconPainter(request.options.icons.svg))
    pixels_per_meter = round(grid.dpi * _INCHES_PER_METER)
    color_type = _RGB if request.picture.background else _RGBA
    chunks = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", grid.columns, grid.rows, 8, color_type, 0, 0, 0)),
        _chunk(b"sRGB", _PERCEPTUAL_INTENT),
        _chunk(b"pHYs", struct.pack(">IIB", pixels_per_meter, pixels_per_meter, 1)),
        _text_chunk("Title", printable(request.title).strip()),
        _text_chunk("Description", request.description.full_text),
        _text_chunk("Software", "Berth"),
        _text_chunk(SESSION_KEYWORD, request.session, compressed=True),
        *([_drawio_chunk(drawio_source)] if drawio_source else []),
        _chunk(b"IDAT", zlib.compress(_scanlines(image), _COMPRESSION_LEVEL)),
        _chunk(b"IEND", b""),
    ]
    return PNG_SIGNATURE + b"".join(chunks)


def _scanlines(image: QImage) -> bytes:
    """Return the pixels row by row, each row after its filter byte.

    The filter is 0 (none): flat colors compress best without one.
    """
    opaque = not image.hasAlphaChannel()
    image.convertTo(QImage.Format.Format_RGB888 if opaque else QImage.Format.Format_RGBA8888)
    wide, step = image.width() * (3 if opaque else 4), image.bytesPerLine()
    bits = memoryview(image.constBits())
    return b"".join(
        part for start in range(0, step * image.height(), step) for part in (b"\0", bits[start : start + wide])
    )


def _text_chunk(keyword: str, text: str, *, compressed: bool = False) -> bytes:
    """Return an `iTXt` chunk; empty if there is no text."""
    if not text:
        return b""
    raw = text.encode("utf-8", "replace")
    body = b"\1\0\0\0" + zlib.compress(raw, 9) if compressed else b"\0\0\0\0" + raw
    return _chunk(b"iTXt", keyword.encode("latin-1") + b"\0" + body)


def _drawio_chunk(source: bytes) -> bytes:
    """Return the draw.io file as the percent-encoded text chunk that draw.io reads."""
    return _chunk(b"tEXt", b"mxfile\0" + quote(source.decode(), safe="").encode("ascii"))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
