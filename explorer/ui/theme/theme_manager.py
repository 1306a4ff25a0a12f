"""Theme manager: follows the system theme or the user's choice."""

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
    """The choices of the user."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True)
class ThemeColors:
    """The colors of the window and of its canvas in one theme."""

    window: WindowColors
    canvas: CanvasColors


class ThemeManager(QObject):
    """Holds the colors of each theme (`light`, `dark`, `print`); `changed` is emitted when another theme applies."""

    changed = Signal()

    def __init__(self, themes: Mapping[str, ThemeColors], preference: ThemePreference = ThemePreference.SYSTEM) -> None:
        super().__init__()
        self._themes = themes
        self.preference = preference
        self.theme = self._effective_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._update)
        if preference is not ThemePreference.SYSTEM:
            self.set_preference(preference)

    @property
    def colors(self) -> ThemeColors:
        """The colors of the theme that applies."""
        return self._themes[self.theme]

    def set_preference(self, preference: ThemePreference) -> None:
        """Apply the theme, including the title bar where supported."""
        self.preference = preference
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(_COLOR_SCHEMES.get(preference.value, Qt.ColorScheme.Unknown))
        self._update()

    def _update(self) -> None:
        theme = self._effective_theme()
        if theme != self.theme:
            self.theme = theme
            self.changed.emit()

    def _effective_theme(self) -> str:
        if self.preference is not ThemePreference.SYSTEM:
            return str(self.preference.value)
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"
