"""Style sheet and palette of the window: made from `resources/window.qss` and the colors of the theme."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from explorer.core.errors import ExplorerError
from explorer.storage.resources import resource_path

FONT_FAMILIES = (
    "Inter",
    "Segoe UI",
    "SF Pro Text",
    "Helvetica Neue",
    "Noto Sans",
    "Liberation Sans",
    "Arial",
)
"""The font families of the window, in order of preference."""

DEFAULT_TEXT_PIXELS = 14
"""The usual text size of a system in pixels."""


@dataclass(frozen=True)
class WindowColors:
    """The colors of the window as `#rrggbb`. A `_soft` color is the background of text in the color of that name."""

    base: str
    panel: str
    card: str
    card_hover: str
    line: str
    ink: str
    muted: str
    accent: str
    accent_ink: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    focus: str

    @classmethod
    def from_mapping(cls, table: Mapping[str, object]) -> WindowColors:
        """Return the colors of a `[window]` table. ExplorerError names every missing or invalid color."""
        invalid = [
            f"{field.name} = {table.get(field.name, 'nothing')}"
            for field in fields(cls)
            if not re.fullmatch(r"#[0-9A-Fa-f]{6}", str(table.get(field.name)))
        ]
        if invalid:
            raise ExplorerError(f"The theme's [window] has {', '.join(invalid)}; expected #rrggbb.")
        return cls(**{field.name: str(table[field.name]) for field in fields(cls)})


def mix_colors(first: str, second: str, share: float) -> str:
    """Return a color between two: `share` 0 is the first, 1 the second.

    >>> mix_colors("#000000", "#ffffff", 0.2)
    '#333333'
    """
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def choose_font_family(available: Collection[str]) -> str:
    """Return the preferred family that is available, or an empty text.

    >>> choose_font_family(["Comic Sans", "Arial", "Segoe UI"])
    'Segoe UI'
    """
    return next((name for name in FONT_FAMILIES if name in available), "")


def text_scale(system_font: QFont) -> float:
    """Return how much the user has enlarged the text of the system, between 1 and 2."""
    return min(2.0, max(1.0, QFontInfo(system_font).pixelSize() / DEFAULT_TEXT_PIXELS))


def apply_base_style(app: QApplication) -> None:
    """Set the Qt style and the font of the application. Call it before creating a window."""
    app.setStyle(QStyleFactory.create("Fusion"))
    font = app.font()
    if name := choose_font_family(QFontDatabase.families()):
        font.setFamily(name)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)


def make_palette(colors: WindowColors) -> QPalette:
    """Return the palette for everything that the style sheet does not cover."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colors.panel,
        role.WindowText: colors.ink,
        role.Base: colors.card,
        role.AlternateBase: colors.panel,
        role.Text: colors.ink,
        role.Button: colors.card,
        role.ButtonText: colors.ink,
        role.BrightText: colors.bad,
        role.ToolTipBase: colors.card,
        role.ToolTipText: colors.ink,
        role.PlaceholderText: colors.muted,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.accent_ink,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.Mid: colors.line,
    }
    palette = QPalette(QColor(colors.panel))
    for each, color in roles.items():
        palette.setColor(each, QColor(color))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.line))
    return palette


def make_style_sheet(colors: WindowColors, scale: float = 1.0) -> str:
    """Return the style sheet with these colors, and all text sizes multiplied by `scale`."""
    values = {field.name: str(getattr(colors, field.name)) for field in fields(colors)}
    values["hair"] = mix_colors(colors.line, colors.panel, 0.66)
    for tone in ("warn", "bad", "info", "accent"):
        values[f"{tone}_line"] = mix_colors(values[f"{tone}_soft"], values[tone], 0.35)
    for name, pixels in {"tiny": 12, "small": 13, "body": 15, "title": 17, "head": 21}.items():
        values[f"t_{name}"] = f"{round(pixels * scale)}px"
    return Template(_read_template()).substitute(values)


@lru_cache
def _read_template() -> str:
    path = resource_path("window.qss")
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise ExplorerError(f"Cannot read the style sheet “{path}”. Reinstall Berth.") from error
