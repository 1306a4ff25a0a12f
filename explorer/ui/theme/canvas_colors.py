"""Colors of the canvas in one theme: its background, messages and rings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CanvasColors:
    """Colors as `#rrggbb`, from the tables `[canvas]`, `[state]` and `[window]` of a theme file."""

    canvas: str = "#FFFFFF"
    text: str = "#545F6D"
    card: str = "#FFFFFF"
    line: str = "#7B8795"
    hover: str = "#4C8F97"
    selected: str = "#0A6570"
    focus: str = "#0A6570"
