"""Which theme the window wears: the system's, unless the person has chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from explorer.ui.diagram.items import CanvasColours
from explorer.ui.theme.stylesheet import WindowColours

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "print": Qt.ColorScheme.Light,
}


class Wish(Enum):
    """What the person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"


@dataclass(frozen=True)
class Attire:
    """What the window and its canvas wear in one theme."""

    window: WindowColours
    canvas: CanvasColours


class Dress(QObject):
    """Knows what is worn in each theme (`light`, `dark` and `print`) and says when it changes."""

    changed = Signal()

    def __init__(self, themes: Mapping[str, Attire], wish: Wish = Wish.SYSTEM) -> None:
        super().__init__()
        self._themes = themes
        self.wish = wish
        self.theme = self._worn()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        if wish is not Wish.SYSTEM:
            self.choose(wish)

    @property
    def attire(self) -> Attire:
        """What is worn now."""
        return self._themes[self.theme]

    def choose(self, wish: Wish) -> None:
        """Wear what is wished; the window's own frame goes along where the system lets it."""
        self.wish = wish
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(_SCHEMES.get(wish.value, Qt.ColorScheme.Unknown))
        self._follow()

    def _follow(self) -> None:
        worn = self._worn()
        if worn != self.theme:
            self.theme = worn
            self.changed.emit()

    def _worn(self) -> str:
        if self.wish is not Wish.SYSTEM:
            return str(self.wish.value)
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"
