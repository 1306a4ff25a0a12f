"""Qt text metrics: measures text in the bundled font that Qt draws."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFontMetricsF

from explorer.qt.fonts import EM_PIXELS, picture_font, printable

_LINE_HEIGHT = 1.15
"""Line height in em: ascent, descent and line gap of Liberation Sans."""


class QtTextMetrics:
    """The text metrics of all pictures that Qt paints; widths are cached."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Return the advance width in points of one line at a font size in points."""
        return _width_in_em(text, bold) * size

    def height(self, size: float) -> float:
        """Return the line height in points at a font size in points."""
        return _LINE_HEIGHT * size


@lru_cache(maxsize=8192)
def _width_in_em(text: str, bold: bool) -> float:
    return QFontMetricsF(picture_font(bold)).horizontalAdvance(printable(text)) / EM_PIXELS
