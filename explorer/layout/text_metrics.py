"""Protocol for measuring text in the font that draws it."""

from __future__ import annotations

from typing import Protocol


class TextMetrics(Protocol):
    """Measures single lines of text; hashable, because results are cached per instance."""

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Return the advance width in points of one line at a font size in points."""
        ...

    def height(self, size: float) -> float:
        """Return the line height in points at a font size in points."""
        ...

    def __hash__(self) -> int:
        """Return a hash, so that the instance can be part of a cache key."""
        ...
