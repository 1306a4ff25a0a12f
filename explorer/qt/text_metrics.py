"""Measures text in the very font that Qt draws it in."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFontMetricsF

from explorer.qt.fonts import EM_PIXELS, picture_font, printable

# Ascent, descent and a little air: what Liberation Sans asks for.
_LINE_HEIGHT = 1.15


class QtTextMetrics:
    """The ruler for pictures that Qt paints; a text that was measured once is not measured again."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The advance width in points of one line of text at a font size in points."""
        return _width_in_em(text, bold) * size

    def height(self, size: float) -> float:
        """The height in points of one line at a font size in points."""
        return _LINE_HEIGHT * size


@lru_cache(maxsize=8192)
def _width_in_em(text: str, bold: bool) -> float:
    return QFontMetricsF(picture_font(bold)).horizontalAdvance(printable(text)) / EM_PIXELS
