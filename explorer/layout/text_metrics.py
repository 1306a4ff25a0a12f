"""How wide and high text is, asked of whoever draws it, and how it breaks into lines."""

from __future__ import annotations

from typing import Protocol


class TextMetrics(Protocol):
    """Measures text in the very font that is drawn."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The advance width in points of one line of text at a font size in points."""
        ...

    def height(self, size: float) -> float:
        """The height in points of one line at a font size in points."""
        ...

    def __hash__(self) -> int:
        """What was measured once is kept under the ruler that measured it."""
        ...
