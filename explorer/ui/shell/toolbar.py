"""The slim bar above everything: the product's name, the commands used most, and a menu of all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from explorer.ui.shell.commands import THEME_COMMANDS, CommandActions, CommandId, CommandScope
from explorer.ui.theme.icons import ICON_SIZE, ToolbarIcon
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.labels import ElidedLabel
from explorer.ui.widgets.layouts import set_margins

_GROUPS = (
    (CommandId.NEW, CommandId.OPEN, CommandId.SAVE),
    (CommandId.UNDO, CommandId.REDO),
    (CommandId.FIND,),
    (CommandId.ALTERNATIVES, CommandId.FIT, CommandId.ZOOM_OUT, CommandId.ZOOM_IN),
    (CommandId.PIN, CommandId.COMPARE),
    (CommandId.COPY_PICTURE, CommandId.EXPORT, CommandId.PRESENT),
)
_ICON_AND_TEXT, _ICON_ONLY = (
    Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
    Qt.ToolButtonStyle.ToolButtonIconOnly,
)
_LARGE_TEXT_SCALE = 1.5
_MIN_WIDTH_FOR_TEXT = 1160
"""Pixels, at the ordinary size of text, below which words on buttons would be cut."""
_WITH_TEXT = {CommandId.NEW, CommandId.ALTERNATIVES, CommandId.EXPORT, CommandId.PRESENT}
_SUBMENUS = {
    "Share": (CommandId.SHARE, CommandId.COPY_CODE, CommandId.PASTE_CODE),
    "Questions": (
        CommandId.PREVIOUS_QUESTION,
        CommandId.NEXT_QUESTION,
        CommandId.CLEAR_ANSWER,
        CommandId.FIND,
    ),
    "Diagram": (
        CommandId.FIT,
        CommandId.ZOOM_IN,
        CommandId.ZOOM_OUT,
        CommandId.ALTERNATIVES,
        CommandId.ANIMATION,
    ),
    "Theme": THEME_COMMANDS,
}
"""Commands that are seldom wanted, or wanted together: the menu must fit on a small screen."""
_AFTER_SEPARATOR = {
    CommandId.CLEAR_ALL,
    CommandId.UNDO,
    CommandId.EXPORT,
    CommandId.PREVIOUS_QUESTION,
    CommandId.ARCHITECTURE,
    CommandId.THEME_SYSTEM,
    CommandId.ABOUT,
}


class Toolbar(QFrame):
    """Offers the commands; what they do is wired elsewhere."""

    def __init__(self, actions: CommandActions, title: str) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self._actions = actions
        self._text_buttons: list[QToolButton] = []
        self._scale = 1.0
        brand = QLabel("Berth")
        brand.setObjectName("brand")
        row = QHBoxLayout(self)
        set_margins(row, (18, 6, 10, 6), 2)
        row.addWidget(brand)
        row.addSpacing(10)
        self._title = ElidedLabel(title, "muted")
        row.addWidget(self._title, 1)
        for number, group in enumerate(_GROUPS):
            if number:
                row.addSpacing(3)
                row.addWidget(self._make_divider())
                row.addSpacing(3)
            for do in group:
                row.addWidget(self._make_button(do))
        row.addSpacing(3)
        row.addWidget(self._make_menu_button())

    def show_title(self, title: str) -> None:
        """Say what is decided."""
        self._title.show_text(title)

    def apply_theme(self, colours: WindowColors, scale: float) -> None:
        """Draw the icons as large as the text, and the menu's in the colours of the theme."""
        self._menu_tool_button.setIcon(ToolbarIcon.MORE.to_icon(colours))
        for button in self.findChildren(QToolButton):
            button.setIconSize(ICON_SIZE * scale)
        self._scale = scale
        self._update_button_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words on the buttons give way first."""
        super().resizeEvent(event)
        self._update_button_texts()

    def _update_button_texts(self) -> None:
        # Large text would take the room of the commands.
        roomy = self._scale < _LARGE_TEXT_SCALE and self.width() >= _MIN_WIDTH_FOR_TEXT * self._scale
        for button in self._text_buttons:
            button.setToolButtonStyle(_ICON_AND_TEXT if roomy else _ICON_ONLY)

    def _make_button(self, do: CommandId) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions.by_id[do])
        button.setProperty("words", do in _WITH_TEXT)
        if do in _WITH_TEXT:
            self._text_buttons.append(button)
        return button

    def _make_menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName("All commands")
        button.setToolTip("All commands")
        self._menu_tool_button = button
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        grouped = {self._actions.by_id[do]: name for name, dos in _SUBMENUS.items() for do in dos}
        within: dict[str, QMenu] = {}
        for action in self._actions.in_scope(CommandScope.MENU):
            if action in (self._actions.by_id[do] for do in _AFTER_SEPARATOR):
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

    def _make_divider(self) -> QFrame:
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedSize(1, 20)
        return line
