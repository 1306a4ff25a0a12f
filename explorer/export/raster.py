"""A picture as a PNG of the exact size, always the same bytes, in a file that is whole or untouched."""

from __future__ import annotations

import math
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFileDevice, QIODevice, QSaveFile
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from explorer.core.problems import ExplorerError
from explorer.export.fonts import printable
from explorer.export.paint import Icons, paint_picture
from explorer.export.request import Request
from explorer.render.picture import Picture

LONGEST_SIDE = 16_000
MOST_PIXELS = 100_000_000
POINTS_PER_INCH = 72

_USUAL_SCALE, _LEAST_SCALE = 2.0, 0.4
"""Pixels to the point: as a rule, and the fewest at which words can be read."""

_SLIDE = (13 + 1 / 3, 7.5)  # inches
_MARGIN = 0.02  # of the shorter side
_METRE = 39.3701  # inches


@dataclass(frozen=True)
class PngOptions:
    """How a PNG is made: an exact `size` in pixels, or else `scale` pixels to the point,
    which are two, or as many as a PNG may have, where nothing is said.

    Without `dpi`, an exact size fills a slide and a scaled picture keeps its natural size.
    """

    size: tuple[int, int] | None = None
    scale: float | None = None
    dpi: float | None = None
    transparent: bool = False
    title: str = ""


class EmptyPictureError(ExplorerError):
    """A picture without any area."""

    def __init__(self) -> None:
        super().__init__("There is nothing to draw yet: the picture is empty.")


class TooLargeError(ExplorerError):
    """A PNG that other programs could not open."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"A PNG of {width:,.0f} × {height:,.0f} pixels is too large: "
            f"choose at most {LONGEST_SIDE:,} a side and {MOST_PIXELS // 1_000_000} million in all."
        )


class IllegibleError(ExplorerError):
    """A picture so large that no PNG can show it legibly."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"So large a picture, {width:,.0f} × {height:,.0f} points, is too much for a PNG "
            "that can be read: show less of it, such as a map of smaller depth, or choose .json or .dot."
        )


class NotWrittenError(ExplorerError):
    """A file that could not be written; whatever stood in its place is as it was."""


def made(request: Request) -> bytes:
    """The bytes of the PNG file."""
    asked = request.options
    options = PngOptions(asked.size, asked.scale, asked.dpi, asked.transparent, request.title)
    return png_bytes(request.picture, options, Icons(asked.icons.svg))


def png_bytes(picture: Picture, options: PngOptions, icons: Icons) -> bytes:
    """The picture as the bytes of a PNG file."""
    image = _image(picture, options, icons)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise ExplorerError(f"The PNG could not be made: {writer.errorString()}.")
    return bytes(data.data())


def write_png(picture: Picture, path: Path, options: PngOptions, icons: Icons) -> None:
    """Write the picture to a PNG file, which is replaced as a whole or not at all."""
    write_whole(path, png_bytes(picture, options, icons))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either complete or, after a `NotWrittenError`, as it was before."""
    folder = path.absolute().parent
    try:
        _check_target(path, folder)
    except OSError as error:  # a name too long, a folder that must not be looked into
        raise NotWrittenError(f"“{path}” cannot be written: {error.strerror}.") from error
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise NotWrittenError(f"“{path}” cannot be written: you have no permission to.")
        raise NotWrittenError(f"“{path}” cannot be written: {file.errorString()}.")
    # On a full disk a write may fall short, or only the flush within commit may fail.
    if file.write(QByteArray(data)) != len(data) or not file.commit():
        fault, kind = file.errorString(), file.error()
        file.cancelWriting()
        if kind == QFileDevice.FileError.ResourceError or shutil.disk_usage(folder).free < len(data):
            raise NotWrittenError(f"The disk is full, so “{path}” was not written.")
        raise NotWrittenError(f"“{path}” was not written: {fault}.")


def _check_target(path: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise NotWrittenError(f"The folder “{folder}” does not exist, so “{path.name}” was not written.")
    if path.is_dir():
        raise NotWrittenError(f"“{path}” is a folder: choose the name of a file in it.")
    # Qt would put a plain file in the place of a device.
    if path.exists() and not path.is_file():
        raise NotWrittenError(f"“{path}” is no ordinary file, so it was left alone.")


def _image(picture: Picture, options: PngOptions, icons: Icons) -> QImage:
    width, height = picture.size
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise EmptyPictureError
    if options.size is None:
        scale = _fitting(width, height) if options.scale is None else options.scale
        columns, rows = width * scale, height * scale
        dpi = POINTS_PER_INCH * scale
    else:
        columns, rows = options.size
        room = 1 - 2 * _MARGIN
        margin = (1 - room) * min(columns, rows)
        scale = min((columns - margin) / width, (rows - margin) / height)
        dpi = max(columns / _SLIDE[0], rows / _SLIDE[1])
    if not (columns > 0 and rows > 0 and math.isfinite(columns * rows)):
        raise ExplorerError("A PNG must be at least one pixel wide and high.")
    if max(columns, rows) > LONGEST_SIDE or columns * rows > MOST_PIXELS:
        raise TooLargeError(columns, rows)

    paper = None if options.transparent else picture.background
    image = _sheet(max(1, round(columns)), max(1, round(rows)), paper)
    painter = QPainter(image)
    painter.translate((image.width() - width * scale) / 2, (image.height() - height * scale) / 2)
    painter.scale(scale, scale)
    paint_picture(painter, picture, icons, background=False)
    painter.end()
    # Only now: a resolution would not change what is drawn, and a reader of this need not wonder.
    image.setDotsPerMeterX(round((options.dpi or dpi) * _METRE))
    image.setDotsPerMeterY(round((options.dpi or dpi) * _METRE))
    if options.title.strip():
        image.setText("Title", printable(options.title).strip())
    image.setText("Software", "Berth")
    return image


def _fitting(width: float, height: float) -> float:
    """Pixels to the point: as a rule, or as a very large picture allows; IllegibleError for too few."""
    most = 0.999 * min(LONGEST_SIDE / max(width, height), math.sqrt(MOST_PIXELS / (width * height)))
    if most < _LEAST_SCALE:
        raise IllegibleError(width, height)
    return min(_USUAL_SCALE, most)


def _sheet(columns: int, rows: int, paper: str | None) -> QImage:
    opaque = paper is not None
    image = QImage(
        columns, rows, QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    )
    if image.isNull():
        raise ExplorerError(f"There is not enough memory for a PNG of {columns:,} × {rows:,} pixels.")
    image.fill(QColor(paper) if paper is not None else QColor(0, 0, 0, 0))
    return image
