"""The slim bar above everything: the product's name, the commands used most, and a menu of all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from explorer.ui.shell.commands import THEMES, Actions, Do, Where
from explorer.ui.theme.icons import SIZE, Pictogram
from explorer.ui.theme.stylesheet import WindowColours
from explorer.ui.widgets.basic import Elided, spaced

_GROUPS = (
    (Do.NEW, Do.OPEN, Do.SAVE),
    (Do.UNDO, Do.REDO),
    (Do.FIND,),
    (Do.GHOSTS, Do.FIT, Do.ZOOM_OUT, Do.ZOOM_IN),
    (Do.PIN, Do.COMPARE),
    (Do.COPY, Do.EXPORT, Do.PRESENT),
)
_BESIDE, _WITHOUT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
_LARGE = 1.5
_ROOMY = 1160
"""Pixels, at the ordinary size of text, below which words on buttons would be cut."""
_WITH_WORDS = {Do.NEW, Do.GHOSTS, Do.EXPORT, Do.PRESENT}
_SUBMENUS = {
    "Share": (Do.SHARE, Do.COPY_CODE, Do.PASTE_CODE),
    "Questions": (Do.PREVIOUS, Do.NEXT, Do.CLEAR, Do.FIND),
    "Diagram": (Do.FIT, Do.ZOOM_IN, Do.ZOOM_OUT, Do.GHOSTS, Do.MOTION),
    "Theme": THEMES,
}
"""Commands that are seldom wanted, or wanted together: the menu must fit on a small screen."""
_NEW_SECTION = {Do.START_OVER, Do.UNDO, Do.EXPORT, Do.PREVIOUS, Do.ARCHITECTURE, Do.THEME_SYSTEM, Do.ABOUT}


class Toolbar(QFrame):
    """Offers the commands; what they do is wired elsewhere."""

    def __init__(self, actions: Actions, title: str) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self._actions = actions
        self._worded: list[QToolButton] = []
        self._scale = 1.0
        brand = QLabel("Berth")
        brand.setObjectName("brand")
        row = QHBoxLayout(self)
        spaced(row, (18, 6, 10, 6), 2)
        row.addWidget(brand)
        row.addSpacing(10)
        self._title = Elided(title, "muted")
        row.addWidget(self._title, 1)
        for number, group in enumerate(_GROUPS):
            if number:
                row.addSpacing(3)
                row.addWidget(self._divider())
                row.addSpacing(3)
            for do in group:
                row.addWidget(self._button(do))
        row.addSpacing(3)
        row.addWidget(self._menu_button())

    def show_title(self, title: str) -> None:
        """Say what is decided."""
        self._title.show_text(title)

    def show_look(self, colours: WindowColours, scale: float) -> None:
        """Draw the icons as large as the text, and the menu's in the colours of the theme."""
        self._menu.setIcon(Pictogram.MORE.icon(colours))
        for button in self.findChildren(QToolButton):
            button.setIconSize(SIZE * scale)
        self._scale = scale
        self._choose_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words on the buttons give way first."""
        super().resizeEvent(event)
        self._choose_words()

    def _choose_words(self) -> None:
        # Large text would take the room of the commands.
        roomy = self._scale < _LARGE and self.width() >= _ROOMY * self._scale
        for button in self._worded:
            button.setToolButtonStyle(_BESIDE if roomy else _WITHOUT)

    def _button(self, do: Do) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions.of[do])
        button.setProperty("words", do in _WITH_WORDS)
        if do in _WITH_WORDS:
            self._worded.append(button)
        return button

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName("All commands")
        button.setToolTip("All commands")
        self._menu = button
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        grouped = {self._actions.of[do]: name for name, dos in _SUBMENUS.items() for do in dos}
        within: dict[str, QMenu] = {}
        for action in self._actions.at(Where.MENU):
            if action in (self._actions.of[do] for do in _NEW_SECTION):
                menu.addSeparator()
            name = grouped.get(action)
            if name is None:
                menu.addAction(action)
                continue
            if name not in within:
                within[name] = menu.addMenu(name)
            within[name].addAction(action)
        button.setMenu(menu)
        return button

    def _divider(self) -> QFrame:
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedSize(1, 20)
        return line
