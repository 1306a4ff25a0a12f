"""Commands of the window: one table, and the Qt actions made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, Flag, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from explorer.ui.theme.icons import ToolbarIcon
from explorer.ui.theme.stylesheet import WindowColors


class CommandId(Enum):
    """The commands."""

    NEW = auto()
    OPEN = auto()
    OPEN_RECENT = auto()
    UNSAVED_SESSIONS = auto()
    SAVE = auto()
    SAVE_AS = auto()
    SHARE = auto()
    COPY_CODE = auto()
    PASTE_CODE = auto()
    CLEAR_ALL = auto()
    CHANGE_PACK = auto()
    UNDO = auto()
    REDO = auto()
    EXPORT = auto()
    EXPORT_AGAIN = auto()
    EXPORT_ALL = auto()
    COPY_PICTURE = auto()
    COPY_FROM_CANVAS = auto()
    COPY_DESCRIPTION = auto()
    PREVIOUS_QUESTION = auto()
    NEXT_QUESTION = auto()
    CLEAR_ANSWER = auto()
    FIND = auto()
    FIT = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    ALTERNATIVES = auto()
    ANIMATION = auto()
    ARCHITECTURE = auto()
    MAP = auto()
    PIN = auto()
    COMPARE = auto()
    MATRIX = auto()
    PRESENT = auto()
    STOP_PRESENTING = auto()
    ICONS = auto()
    THEME_SYSTEM = auto()
    THEME_LIGHT = auto()
    THEME_DARK = auto()
    THEME_PRINT = auto()
    ABOUT = auto()
    QUIT = auto()
    ANSWER_1 = auto()
    ANSWER_2 = auto()
    ANSWER_3 = auto()
    ANSWER_4 = auto()
    ANSWER_5 = auto()
    ANSWER_6 = auto()
    ANSWER_7 = auto()
    ANSWER_8 = auto()
    ANSWER_9 = auto()


ANSWER_COMMANDS = tuple(command for command in CommandId if command.name.startswith("ANSWER_"))
THEME_COMMANDS = (CommandId.THEME_SYSTEM, CommandId.THEME_LIGHT, CommandId.THEME_DARK, CommandId.THEME_PRINT)


class CommandScope(Flag):
    """Where a command is offered, and where its shortcuts work: in the whole window unless limited.

    `CANVAS_ONLY` limits the shortcuts to the diagram. `PANES_ONLY` limits them to panes that do not use the same keys:
    arrow keys move between the items of the diagram once one has the focus, and always in map and matrix.
    """

    SHORTCUT_ONLY = 0
    TOOLBAR = auto()
    MENU = auto()
    CANVAS_ONLY = auto()
    PANES_ONLY = auto()
    TOOLBAR_AND_MENU = TOOLBAR | MENU


_LIMITED_SCOPES = CommandScope.CANVAS_ONLY | CommandScope.PANES_ONLY


@dataclass(frozen=True)
class Command:
    """A command: its text, shortcuts and tooltip, and where it is offered. A checkable command is on or off."""

    id: CommandId
    text: str
    shortcuts: tuple[str, ...]
    tooltip: str
    scope: CommandScope
    icon: ToolbarIcon | None = None
    checkable: bool = False


_ID, _ICON = CommandId, ToolbarIcon
_MENU, _BOTH, _KEYS = CommandScope.MENU, CommandScope.TOOLBAR_AND_MENU, CommandScope.SHORTCUT_ONLY
_MENU_AND_PANES = CommandScope.MENU | CommandScope.PANES_ONLY

COMMANDS = (
    Command(_ID.NEW, "New", ("Ctrl+N",), "Start a session without answers", _BOTH, _ICON.NEW),
    Command(_ID.OPEN, "Open…", ("Ctrl+O",), "Open a saved session", _BOTH, _ICON.OPEN),
    Command(_ID.OPEN_RECENT, "Open recent", (), "Recent files and unsaved sessions", _MENU),
    Command(_ID.UNSAVED_SESSIONS, "Unsaved sessions…", (), "Restore or delete unsaved sessions", _MENU),
    Command(_ID.SAVE, "Save", ("Ctrl+S",), "Save the session", _BOTH, _ICON.SAVE),
    Command(_ID.SAVE_AS, "Save as…", ("Ctrl+Shift+S",), "Save the session to another file", _MENU),
    Command(_ID.SHARE, "Share by code…", ("Ctrl+K",), "Show the answers as a share code", _MENU),
    Command(_ID.COPY_CODE, "Copy share code", ("Ctrl+Shift+K",), "Copy the share code", _MENU),
    Command(_ID.PASTE_CODE, "Open copied code", ("Ctrl+Shift+V",), "Open the share code on the clipboard", _MENU),
    Command(_ID.CLEAR_ALL, "Clear all answers", (), "Clear the answers to all questions", _MENU),
    Command(_ID.CHANGE_PACK, "Change pack…", ("Ctrl+P",), "Choose another pack", _MENU),
    Command(_ID.UNDO, "Undo", ("Ctrl+Z",), "Undo the last answer", _BOTH, _ICON.UNDO),
    Command(_ID.REDO, "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Redo the answer", _BOTH, _ICON.REDO),
    Command(_ID.EXPORT, "Export…", ("Ctrl+Shift+E",), "Write the diagram to a file", _BOTH, _ICON.EXPORT),
    Command(_ID.EXPORT_AGAIN, "Export again", ("Ctrl+E",), "Write to the same file again", _MENU),
    Command(_ID.EXPORT_ALL, "Export all…", ("Ctrl+Alt+E",), "Write all formats to one zip file", _MENU),
    Command(_ID.COPY_PICTURE, "Copy picture", ("Ctrl+Shift+C",), "Copy the diagram", _BOTH, _ICON.COPY),
    Command(_ID.COPY_DESCRIPTION, "Copy description", ("Ctrl+Alt+C",), "Copy the diagram as text", _MENU),
    Command(_ID.COPY_FROM_CANVAS, "Copy picture", ("Ctrl+C",), "Copy the diagram", CommandScope.CANVAS_ONLY),
    Command(_ID.PREVIOUS_QUESTION, "Previous question", ("Left",), "Go to the previous question", _MENU_AND_PANES),
    Command(_ID.NEXT_QUESTION, "Next question", ("Right",), "Go to the next question", _MENU_AND_PANES),
    Command(_ID.CLEAR_ANSWER, "Clear answer", ("Backspace",), "Clear the answer to this question", _MENU),
    Command(_ID.FIND, "Find…", ("/",), "Find a question, answer, choice or takeaway", _BOTH, _ICON.FIND),
    Command(_ID.FIT, "Fit", ("0",), "Show the whole diagram", _BOTH, _ICON.FIT),
    Command(_ID.ZOOM_IN, "Zoom in", ("Ctrl++", "Ctrl+="), "Enlarge the diagram", _BOTH, _ICON.ZOOM_IN),
    Command(_ID.ZOOM_OUT, "Zoom out", ("Ctrl+-",), "Reduce the diagram", _BOTH, _ICON.ZOOM_OUT),
    Command(_ID.ALTERNATIVES, "Alternatives", ("G",), "Show possible alternatives", _BOTH, _ICON.ALTERNATIVES, True),
    Command(_ID.ANIMATION, "Animation", (), "Animate changes of the diagram", _MENU, None, True),
    Command(_ID.ARCHITECTURE, "Architecture", ("Ctrl+1",), "Show the diagram", _MENU),
    Command(_ID.MAP, "Decision map", ("Ctrl+2",), "Show all decisions as a map", _MENU),
    Command(_ID.COMPARE, "Compare", ("Ctrl+3",), "Show two scenarios side by side", _BOTH, _ICON.COMPARE),
    Command(_ID.MATRIX, "Matrix", ("Ctrl+M", "Ctrl+4"), "Show the result of each answer", _BOTH, _ICON.MATRIX),
    Command(_ID.PIN, "Pin scenario", ("Ctrl+D",), "Pin the current answers for a comparison", _BOTH, _ICON.PIN),
    Command(_ID.PRESENT, "Present", ("F5",), "Show only the diagram and the question", _BOTH, _ICON.PRESENT, True),
    Command(_ID.STOP_PRESENTING, "Stop presenting", ("Esc",), "Show all panes", _KEYS),
    Command(_ID.THEME_SYSTEM, "Theme: system", (), "Follow the system theme", _MENU, None, True),
    Command(_ID.THEME_LIGHT, "Theme: light", (), "Use the light theme", _MENU, None, True),
    Command(_ID.THEME_DARK, "Theme: dark", (), "Use the dark theme", _MENU, None, True),
    Command(_ID.THEME_PRINT, "Theme: print", (), "Use the print theme", _MENU, None, True),
    Command(_ID.ICONS, "Icons…", (), "Choose the icons of the diagrams", _MENU),
    Command(_ID.ABOUT, "About Berth", ("F1",), "Version, sources and notices", _MENU),
    Command(_ID.QUIT, "Quit", ("Ctrl+Q",), "Close the window", _MENU),
    *(
        Command(command, f"Answer {number}", (str(number),), f"Choose answer {number}", _KEYS)
        for number, command in enumerate(ANSWER_COMMANDS, 1)
    ),
)


class CommandActions(QObject):
    """The commands of one window as Qt actions."""

    def __init__(self, window: QWidget, commands: Iterable[Command] = COMMANDS) -> None:
        super().__init__(window)
        self._commands = tuple(commands)
        self.by_id: dict[CommandId, QAction] = {command.id: self._make_action(command) for command in self._commands}
        window.addActions([self.by_id[command.id] for command in self._commands if not command.scope & _LIMITED_SCOPES])
        themes = QActionGroup(self)
        for theme in THEME_COMMANDS:
            themes.addAction(self.by_id[theme])

    def in_scope(self, scope: CommandScope) -> list[QAction]:
        """Return the actions of a scope, in the order of the table."""
        return [self.by_id[command.id] for command in self._commands if command.scope & scope]

    def connect_handlers(self, handlers: Mapping[CommandId, Callable[[], object]]) -> None:
        """Connect commands to their functions."""
        for command, handler in handlers.items():
            self.by_id[command].triggered.connect(lambda _checked=False, handler=handler: handler())

    def connect_toggles(self, handlers: Mapping[CommandId, Callable[[bool], object]]) -> None:
        """Connect checkable commands to functions that take the new state."""
        for command, handler in handlers.items():
            self.by_id[command].triggered.connect(handler)

    def show_colors(self, colors: WindowColors) -> None:
        """Draw the icons in the colors of the theme."""
        for command in self._commands:
            if command.icon:
                self.by_id[command.id].setIcon(command.icon.to_icon(colors))

    def _make_action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(False)
        if command.scope & _LIMITED_SCOPES:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{command.tooltip} ({shortcut})" if shortcut else command.tooltip)
        return action
