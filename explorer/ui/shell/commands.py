"""Every command of the window in one table."""

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
    """Everything that can be done by command."""

    NEW = auto()
    OPEN = auto()
    OPEN_RECENT = auto()
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


ANSWER_COMMANDS = tuple(do for do in CommandId if do.name.startswith("ANSWER_"))
THEME_COMMANDS = (CommandId.THEME_SYSTEM, CommandId.THEME_LIGHT, CommandId.THEME_DARK, CommandId.THEME_PRINT)


class CommandScope(Flag):
    """Where a command is offered, and where its keys work: everywhere unless limited.

    `CANVAS` limits them to the diagram, `PANES` to what does not need the same keys itself: in the
    diagram they go from box to box once one has the keyboard, in map and matrix always.
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
    """One command: its words, its keys, and where it is offered; a checkable one is on or off."""

    id: CommandId
    text: str
    shortcuts: tuple[str, ...]
    tooltip: str
    scope: CommandScope
    icon: ToolbarIcon | None = None
    checkable: bool = False


_ICON = ToolbarIcon

COMMANDS = (
    Command(
        CommandId.NEW,
        "New",
        ("Ctrl+N",),
        "Begin a session with no answers",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.NEW,
    ),
    Command(
        CommandId.OPEN,
        "Open…",
        ("Ctrl+O",),
        "Open a saved session",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.OPEN,
    ),
    Command(
        CommandId.OPEN_RECENT,
        "Open recent",
        (),
        "What was opened lately, and what was not saved",
        CommandScope.MENU,
    ),
    Command(
        CommandId.SAVE,
        "Save",
        ("Ctrl+S",),
        "Save the session to its file",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.SAVE,
    ),
    Command(
        CommandId.SAVE_AS,
        "Save as…",
        ("Ctrl+Shift+S",),
        "Save the session to another file",
        CommandScope.MENU,
    ),
    Command(
        CommandId.SHARE,
        "Share by code…",
        ("Ctrl+K",),
        "The answers as a short code to pass on",
        CommandScope.MENU,
    ),
    Command(
        CommandId.COPY_CODE,
        "Copy code",
        ("Ctrl+Shift+K",),
        "Put the code on the clipboard",
        CommandScope.MENU,
    ),
    Command(
        CommandId.PASTE_CODE,
        "Open copied code",
        ("Ctrl+Shift+V",),
        "Open the code you copied",
        CommandScope.MENU,
    ),
    Command(CommandId.CLEAR_ALL, "Clear all answers", (), "Leave every question open again", CommandScope.MENU),
    Command(CommandId.CHANGE_PACK, "Change pack…", ("Ctrl+P",), "Choose what is to be decided", CommandScope.MENU),
    Command(
        CommandId.UNDO,
        "Undo",
        ("Ctrl+Z",),
        "Take the last answer back",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.UNDO,
    ),
    Command(
        CommandId.REDO,
        "Redo",
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "Give it again",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.REDO,
    ),
    Command(
        CommandId.EXPORT,
        "Export…",
        ("Ctrl+Shift+E",),
        "Write the diagram to a file",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.EXPORT,
    ),
    Command(CommandId.EXPORT_AGAIN, "Export again", ("Ctrl+E",), "Write to the same file again", CommandScope.MENU),
    Command(CommandId.EXPORT_ALL, "Export all…", ("Ctrl+Alt+E",), "Every kind of file at once", CommandScope.MENU),
    Command(
        CommandId.COPY_PICTURE,
        "Copy picture",
        ("Ctrl+Shift+C",),
        "Copy the diagram",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.COPY,
    ),
    Command(
        CommandId.COPY_DESCRIPTION,
        "Copy description",
        ("Ctrl+Alt+C",),
        "Copy the diagram in words",
        CommandScope.MENU,
    ),
    Command(CommandId.COPY_FROM_CANVAS, "Copy picture", ("Ctrl+C",), "Copy the diagram", CommandScope.CANVAS_ONLY),
    Command(
        CommandId.PREVIOUS_QUESTION,
        "Previous question",
        ("Left",),
        "Go back one question",
        CommandScope.MENU | CommandScope.PANES_ONLY,
    ),
    Command(
        CommandId.NEXT_QUESTION,
        "Next question",
        ("Right",),
        "Go on to the next question",
        CommandScope.MENU | CommandScope.PANES_ONLY,
    ),
    Command(
        CommandId.CLEAR_ANSWER,
        "Clear answer",
        ("Backspace",),
        "Leave the question open again",
        CommandScope.MENU,
    ),
    Command(
        CommandId.FIND,
        "Find…",
        ("/",),
        "Find a question, answer, choice or takeaway",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.FIND,
    ),
    Command(CommandId.FIT, "Fit", ("0",), "Show the whole diagram", CommandScope.TOOLBAR_AND_MENU, _ICON.FIT),
    Command(
        CommandId.ZOOM_IN,
        "Zoom in",
        ("Ctrl++", "Ctrl+="),
        "See the diagram larger",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.ZOOM_IN,
    ),
    Command(
        CommandId.ZOOM_OUT,
        "Zoom out",
        ("Ctrl+-",),
        "See the diagram smaller",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.ZOOM_OUT,
    ),
    Command(
        CommandId.ALTERNATIVES,
        "Alternatives",
        ("G",),
        "Show what is still possible",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.ALTERNATIVES,
        True,
    ),
    Command(CommandId.ANIMATION, "Motion", (), "See things move to their new place", CommandScope.MENU, None, True),
    Command(CommandId.ARCHITECTURE, "Architecture", ("Ctrl+1",), "Show the diagram", CommandScope.MENU),
    Command(CommandId.MAP, "Decision map", ("Ctrl+2",), "Show the whole decision as a map", CommandScope.MENU),
    Command(
        CommandId.COMPARE,
        "Compare",
        ("Ctrl+3",),
        "Two scenarios side by side",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.COMPARE,
    ),
    Command(
        CommandId.MATRIX,
        "Matrix",
        ("Ctrl+M", "Ctrl+4"),
        "What each answer comes to",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.MATRIX,
    ),
    Command(
        CommandId.PIN,
        "Pin scenario",
        ("Ctrl+D",),
        "Keep these answers to compare them",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.PIN,
    ),
    Command(
        CommandId.PRESENT,
        "Present",
        ("F5",),
        "Only diagram and question",
        CommandScope.TOOLBAR_AND_MENU,
        _ICON.PRESENT,
        True,
    ),
    Command(
        CommandId.STOP_PRESENTING,
        "Stop presenting",
        ("Esc",),
        "Show everything again",
        CommandScope.SHORTCUT_ONLY,
    ),
    Command(CommandId.THEME_SYSTEM, "Theme: as the system", (), "Follow the system", CommandScope.MENU, None, True),
    Command(CommandId.THEME_LIGHT, "Theme: light", (), "Always light", CommandScope.MENU, None, True),
    Command(CommandId.THEME_DARK, "Theme: dark", (), "Always dark", CommandScope.MENU, None, True),
    Command(CommandId.THEME_PRINT, "Theme: print", (), "As it looks on paper", CommandScope.MENU, None, True),
    Command(CommandId.ICONS, "Icons…", (), "Choose whose icons the diagrams show", CommandScope.MENU),
    Command(CommandId.ABOUT, "About Berth", ("F1",), "Version, sources and notices", CommandScope.MENU),
    Command(CommandId.QUIT, "Quit", ("Ctrl+Q",), "Close the window", CommandScope.MENU),
    *(
        Command(do, f"Answer {number}", (str(number),), f"Give answer {number}", CommandScope.SHORTCUT_ONLY)
        for number, do in enumerate(ANSWER_COMMANDS, 1)
    ),
)


class CommandActions(QObject):
    """The table as Qt actions, all of them at work in one window."""

    def __init__(self, window: QWidget, table: Iterable[Command] = COMMANDS) -> None:
        super().__init__(window)
        self._commands = tuple(table)
        self.by_id: dict[CommandId, QAction] = {command.id: self._make_action(command) for command in self._commands}
        window.addActions([self.by_id[command.id] for command in self._commands if not command.scope & _LIMITED_SCOPES])
        themes = QActionGroup(self)
        for theme in THEME_COMMANDS:
            themes.addAction(self.by_id[theme])

    def in_scope(self, where: CommandScope) -> list[QAction]:
        """The actions that are offered there, in the order of the table."""
        return [self.by_id[command.id] for command in self._commands if command.scope & where]

    def connect_handlers(self, deeds: Mapping[CommandId, Callable[[], object]]) -> None:
        """Say what each command does."""
        for do, deed in deeds.items():
            self.by_id[do].triggered.connect(lambda _checked=False, deed=deed: deed())

    def connect_toggles(self, deeds: Mapping[CommandId, Callable[[bool], object]]) -> None:
        """Say what each command does that is on or off."""
        for do, deed in deeds.items():
            self.by_id[do].triggered.connect(deed)

    def show_colors(self, colours: WindowColors) -> None:
        """Draw the icons in the colours of the theme."""
        for command in self._commands:
            if command.icon:
                self.by_id[command.id].setIcon(command.icon.to_icon(colours))

    def _make_action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(False)
        if command.scope & _LIMITED_SCOPES:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{command.tooltip} ({shown})" if shown else command.tooltip)
        return action
