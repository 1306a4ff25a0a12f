"""Rasterizer: paints a picture on an image of an exact size in pixels."""

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
"""Pixels per point: the default, and the minimum for legible text."""

_SLIDE_INCHES = (13 + 1 / 3, 7.5)  # inches
_MARGIN_SHARE = 0.02  # of the shorter side


class EmptyPictureError(ExplorerError):
    """A picture without area."""

    def __init__(self) -> None:
        super().__init__("The picture is empty, so there is nothing to export.")


class ImageTooLargeError(ExplorerError):
    """A PNG with more pixels than other programs can open."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"A PNG of {width:,.0f} × {height:,.0f} pixels is too large. "
            f"Choose at most {MAX_SIDE:,} pixels per side and {MAX_PIXELS // 1_000_000} million in total."
        )


class IllegibleError(ExplorerError):
    """A picture that no PNG of an acceptable size can show legibly."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(
            f"The picture ({width:,.0f} × {height:,.0f} points) is too large for a legible PNG. "
            "Reduce it, for example with a smaller map depth, or choose .svg."
        )


@dataclass(frozen=True)
class PixelGrid:
    """Pixel grid of an image: columns, rows, `scale` in pixels per point, `dpi` in pixels per inch."""

    columns: int
    rows: int
    scale: float
    dpi: float


def pixel_grid_for(picture: Picture, options: Options) -> PixelGrid:
    """Return the pixel grid for the options; raise ExplorerError if it is too large or empty.

    Without `dpi`, an image of exact size fills a slide, and any other image keeps its natural size.
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
        raise ExplorerError("A PNG must be at least 1 × 1 pixel. Choose a larger size or scale.")
    if max(columns, rows) > MAX_SIDE or columns * rows > MAX_PIXELS:
        raise ImageTooLargeError(columns, rows)
    return PixelGrid(max(1, round(columns)), max(1, round(rows)), scale, options.dpi or dpi)


def render_image(picture: Picture, grid: PixelGrid, icons: IconPainter) -> QImage:
    """Paint the picture; the image has an alpha channel if the picture has no background."""
    image = _blank_image(grid, picture.background)
    width, height = picture.size
    painter = QPainter(image)
    painter.translate((grid.columns - width * grid.scale) / 2, (grid.rows - height * grid.scale) / 2)
    painter.scale(grid.scale, grid.scale)
    paint_picture(painter, picture, icons, background=False)
    painter.end()
    return image


def _default_scale_for(width: float, height: float) -> float:
    """Return the default pixels per point, or fewer for a very large picture; raise IllegibleError."""
    largest = 0.999 * min(MAX_SIDE / max(width, height), math.sqrt(MAX_PIXELS / (width * height)))
    if largest < _MIN_SCALE:
        raise IllegibleError(width, height)
    return min(_DEFAULT_SCALE, largest)


def _blank_image(grid: PixelGrid, background: str | None) -> QImage:
    transparent = QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(grid.columns, grid.rows, QImage.Format.Format_RGB32 if background else transparent)
    if image.isNull():
        raise ExplorerError(
            f"Not enough memory for a PNG of {grid.columns:,} × {grid.rows:,} pixels. Choose a smaller size."
        )
    image.fill(QColor(background) if background else QColor(0, 0, 0, 0))
    return image
