"""A picture as an image of exact pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtGui import QColor, QImage, QPainter

from explorer.core.errors import ExplorerError
from explorer.export.request.request import Options
from explorer.qt.painter import IconPainter, paint_picture
from explorer.render.picture import Picture

MAX_SIDE = 16_000
MAX_PIXELS = 100_000_000
POINTS_PER_INCH = 72

_DEFAULT_SCALE, _MIN_SCALE = 2.0, 0.4
"""Pixels to the point: as a rule, and the fewest at which words can be read."""

_SLIDE_INCHES = (13 + 1 / 3, 7.5)  # inches
_MARGIN_SHARE = 0.02  # of the shorter side


class EmptyPictureError(ExplorerError):
    """A picture without any area."""

    def __init__(self) -> None:
        super().__init__("There is nothing to draw yet: the picture is empty.")


class ImageTooLargeError(ExplorerError):
    """A PNG that other programs could not open."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"A PNG of {width:,.0f} × {height:,.0f} pixels is too large: "
            f"choose at most {MAX_SIDE:,} a side and {MAX_PIXELS // 1_000_000} million in all."
        )


class IllegibleError(ExplorerError):
    """A picture so large that no PNG can show it legibly."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"So large a picture, {width:,.0f} × {height:,.0f} points, is too much for a PNG "
            "that can be read: show less of it, such as a map of smaller depth, or choose .svg."
        )


@dataclass(frozen=True)
class PixelGrid:
    """The pixels that a picture is drawn on: columns, rows, pixels to the point, and dots to the inch."""

    columns: int
    rows: int
    scale: float
    dpi: float


def pixel_grid_for(picture: Picture, options: Options) -> PixelGrid:
    """The sheet that the options ask for.

    Without `dpi`, an exact size fills a slide and a scaled picture keeps its natural size.
    """
    width, height = picture.size
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        raise EmptyPictureError
    if options.size is None:
        scale = _default_scale_for(width, height) if options.scale is None else options.scale
        columns, rows = width * scale, height * scale
        dpi = POINTS_PER_INCH * scale
    else:
        columns, rows = options.size
        margin = 2 * _MARGIN_SHARE * min(columns, rows)
        scale = min((columns - margin) / width, (rows - margin) / height)
        dpi = max(columns / _SLIDE_INCHES[0], rows / _SLIDE_INCHES[1])
    if not (columns > 0 and rows > 0 and math.isfinite(columns * rows)):
        raise ExplorerError("A PNG must be at least one pixel wide and high.")
    if max(columns, rows) > MAX_SIDE or columns * rows > MAX_PIXELS:
        raise ImageTooLargeError(columns, rows)
    return PixelGrid(max(1, round(columns)), max(1, round(rows)), scale, options.dpi or dpi)


def render_image(picture: Picture, sheet: PixelGrid, icons: IconPainter) -> QImage:
    """The picture on its sheet; with an alpha channel where it has no background of its own."""
    image = _blank_image(sheet, picture.background)
    width, height = picture.size
    painter = QPainter(image)
    painter.translate((sheet.columns - width * sheet.scale) / 2, (sheet.rows - height * sheet.scale) / 2)
    painter.scale(sheet.scale, sheet.scale)
    paint_picture(painter, picture, icons, background=False)
    painter.end()
    return image


def _default_scale_for(width: float, height: float) -> float:
    """Pixels to the point: as a rule, or as a very large picture allows; IllegibleError for too few."""
    most = 0.999 * min(MAX_SIDE / max(width, height), math.sqrt(MAX_PIXELS / (width * height)))
    if most < _MIN_SCALE:
        raise IllegibleError(width, height)
    return min(_DEFAULT_SCALE, most)


def _blank_image(sheet: PixelGrid, paper: str | None) -> QImage:
    clear = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(sheet.columns, sheet.rows, QImage.Format.Format_RGB32 if paper else clear)
    if image.isNull():
        raise ExplorerError(f"There is not enough memory for a PNG of {sheet.columns:,} × {sheet.rows:,} pixels.")
    image.fill(QColor(paper) if paper else QColor(0, 0, 0, 0))
    return image
