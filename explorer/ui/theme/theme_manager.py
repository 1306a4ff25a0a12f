"""Which theme the window wears: the system's, unless the person has chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.theme.stylesheet import WindowColors

_COLOR_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "print": Qt.ColorScheme.Light,
}


class ThemePreference(Enum):
    """What the person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True)
class ThemeColors:
    """What the window and its canvas wear in one theme."""

    window: WindowColors
    canvas: CanvasColors


class ThemeManager(QObject):
    """Knows what is worn in each theme (`light`, `dark` and `print`) and says when it changes."""

    changed = Signal()

    def __init__(self, themes: Mapping[str, ThemeColors], wish: ThemePreference = ThemePreference.SYSTEM) -> None:
        super().__init__()
        self._themes = themes
        self.preference = wish
        self.theme = self._effective_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._update)
        if wish is not ThemePreference.SYSTEM:
            self.set_preference(wish)

    @property
    def colors(self) -> ThemeColors:
        """What is worn now."""
        return self._themes[self.theme]

    def set_preference(self, wish: ThemePreference) -> None:
        """Wear what is wished; the window's own frame goes along where the system lets it."""
        self.preference = wish
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(_COLOR_SCHEMES.get(wish.value, Qt.ColorScheme.Unknown))
        self._update()

    def _update(self) -> None:
        worn = self._effective_theme()
        if worn != self.theme:
            self.theme = worn
            self.changed.emit()

    def _effective_theme(self) -> str:
        if self.preference is not ThemePreference.SYSTEM:
            return str(self.preference.value)
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"
