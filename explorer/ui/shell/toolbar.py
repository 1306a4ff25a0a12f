"""Toolbar: the name of the pack, the most used commands, and a menu of all commands."""

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
"""Minimum width in pixels, at the default text size, for texts beside the icons."""
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
"""Commands in submenus, so that the menu fits on a small screen."""
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
    """Shows the commands. Their functions are connected in the main window."""

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
            for command in group:
                row.addWidget(self._make_button(command))
        row.addSpacing(3)
        row.addWidget(self._make_menu_button())

    def show_title(self, title: str) -> None:
        """Show the title of the open pack."""
        self._title.show_text(title)

    def apply_theme(self, colors: WindowColors, scale: float) -> None:
        """Scale the icons with the text, and draw the menu icon in the colors of the theme."""
        self._menu_tool_button.setIcon(ToolbarIcon.MORE.to_icon(colors))
        for button in self.findChildren(QToolButton):
            button.setIconSize(ICON_SIZE * scale)
        self._scale = scale
        self._update_button_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the texts of buttons in a narrow window."""
        super().resizeEvent(event)
        self._update_button_texts()

    def _update_button_texts(self) -> None:
        # Large text needs the width for the buttons themselves.
        has_room = self._scale < _LARGE_TEXT_SCALE and self.width() >= _MIN_WIDTH_FOR_TEXT * self._scale
        for button in self._text_buttons:
            button.setToolButtonStyle(_ICON_AND_TEXT if has_room else _ICON_ONLY)

    def _make_button(self, command: CommandId) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions.by_id[command])
        button.setProperty("withText", command in _WITH_TEXT)
        if command in _WITH_TEXT:
            self._text_buttons.append(button)
        return button

    def _make_menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName("All commands")
        button.setToolTip("All commands")
        self._menu_tool_button = button
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        submenu_of = {self._actions.by_id[each]: name for name, group in _SUBMENUS.items() for each in group}
        submenus: dict[str, QMenu] = {}
        for action in self._actions.in_scope(CommandScope.MENU):
            if action in (self._actions.by_id[each] for each in _AFTER_SEPARATOR):
                menu.addSeparator()
            name = submenu_of.get(action)
            if name is None:
                menu.addAction(action)
                continue
            if name not in submenus:
                submenus[name] = menu.addMenu(name)
            submenus[name].addAction(action)
        button.setMenu(menu)
        return button

    def _make_divider(self) -> QFrame:
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedSize(1, 20)
        return line
