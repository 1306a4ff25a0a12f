"""Every command of the window in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, Flag, auto

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from explorer.ui.theme.icons import Pictogram
from explorer.ui.theme.stylesheet import WindowColours


class Do(Enum):
    """Everything that can be done by command."""

    NEW = auto()
    OPEN = auto()
    RECENT = auto()
    SAVE = auto()
    SAVE_AS = auto()
    SHARE = auto()
    COPY_CODE = auto()
    PASTE_CODE = auto()
    START_OVER = auto()
    CHANGE_PACK = auto()
    UNDO = auto()
    REDO = auto()
    EXPORT = auto()
    EXPORT_AGAIN = auto()
    EXPORT_ALL = auto()
    COPY = auto()
    COPY_SELECTED = auto()
    COPY_TEXT = auto()
    PREVIOUS = auto()
    NEXT = auto()
    CLEAR = auto()
    FIND = auto()
    FIT = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    GHOSTS = auto()
    MOTION = auto()
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


ANSWERS = tuple(do for do in Do if do.name.startswith("ANSWER_"))
THEMES = (Do.THEME_SYSTEM, Do.THEME_LIGHT, Do.THEME_DARK, Do.THEME_PRINT)


class Where(Flag):
    """Where a command is offered, and where its keys work: everywhere unless limited.

    `CANVAS` limits them to the diagram, `PANES` to what does not need the same keys itself: in the
    diagram they go from box to box once one has the keyboard, in map and matrix always.
    """

    KEYS = 0
    TOOLBAR = auto()
    MENU = auto()
    CANVAS = auto()
    PANES = auto()
    BOTH = TOOLBAR | MENU


_LIMITED = Where.CANVAS | Where.PANES


@dataclass(frozen=True)
class Command:
    """One command: its words, its keys, and where it is offered; a checkable one is on or off."""

    id: Do
    text: str
    keys: tuple[str, ...]
    tip: str
    where: Where
    pictogram: Pictogram | None = None
    checkable: bool = False


_PIC = Pictogram

TABLE = (
    Command(Do.NEW, "New", ("Ctrl+N",), "Begin a session with no answers", Where.BOTH, _PIC.NEW),
    Command(Do.OPEN, "Open…", ("Ctrl+O",), "Open a saved session", Where.BOTH, _PIC.OPEN),
    Command(Do.RECENT, "Open recent", (), "What was opened lately, and what was not saved", Where.MENU),
    Command(Do.SAVE, "Save", ("Ctrl+S",), "Save the session to its file", Where.BOTH, _PIC.SAVE),
    Command(Do.SAVE_AS, "Save as…", ("Ctrl+Shift+S",), "Save the session to another file", Where.MENU),
    Command(Do.SHARE, "Share by code…", ("Ctrl+K",), "The answers as a short code to pass on", Where.MENU),
    Command(Do.COPY_CODE, "Copy code", ("Ctrl+Shift+K",), "Put the code on the clipboard", Where.MENU),
    Command(Do.PASTE_CODE, "Open copied code", ("Ctrl+Shift+V",), "Open the code you copied", Where.MENU),
    Command(Do.START_OVER, "Clear all answers", (), "Leave every question open again", Where.MENU),
    Command(Do.CHANGE_PACK, "Change pack…", ("Ctrl+P",), "Choose what is to be decided", Where.MENU),
    Command(Do.UNDO, "Undo", ("Ctrl+Z",), "Take the last answer back", Where.BOTH, _PIC.UNDO),
    Command(Do.REDO, "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Give it again", Where.BOTH, _PIC.REDO),
    Command(Do.EXPORT, "Export…", ("Ctrl+Shift+E",), "Write the diagram to a file", Where.BOTH, _PIC.EXPORT),
    Command(Do.EXPORT_AGAIN, "Export again", ("Ctrl+E",), "Write to the same file again", Where.MENU),
    Command(Do.EXPORT_ALL, "Export all…", ("Ctrl+Alt+E",), "Every kind of file at once", Where.MENU),
    Command(Do.COPY, "Copy picture", ("Ctrl+Shift+C",), "Copy the diagram", Where.BOTH, _PIC.COPY),
    Command(Do.COPY_TEXT, "Copy description", ("Ctrl+Alt+C",), "Copy the diagram in words", Where.MENU),
    Command(Do.COPY_SELECTED, "Copy picture", ("Ctrl+C",), "Copy the diagram", Where.CANVAS),
    Command(Do.PREVIOUS, "Previous question", ("Left",), "Go back one question", Where.MENU | Where.PANES),
    Command(Do.NEXT, "Next question", ("Right",), "Go on to the next question", Where.MENU | Where.PANES),
    Command(Do.CLEAR, "Clear answer", ("Backspace",), "Leave the question open again", Where.MENU),
    Command(Do.FIND, "Find…", ("/",), "Find a question, answer, choice or takeaway", Where.BOTH, _PIC.FIND),
    Command(Do.FIT, "Fit", ("0",), "Show the whole diagram", Where.BOTH, _PIC.FIT),
    Command(Do.ZOOM_IN, "Zoom in", ("Ctrl++", "Ctrl+="), "See the diagram larger", Where.BOTH, _PIC.ZOOM_IN),
    Command(Do.ZOOM_OUT, "Zoom out", ("Ctrl+-",), "See the diagram smaller", Where.BOTH, _PIC.ZOOM_OUT),
    Command(Do.GHOSTS, "Alternatives", ("G",), "Show what is still possible", Where.BOTH, _PIC.GHOSTS, True),
    Command(Do.MOTION, "Motion", (), "See things move to their new place", Where.MENU, None, True),
    Command(Do.ARCHITECTURE, "Architecture", ("Ctrl+1",), "Show the diagram", Where.MENU),
    Command(Do.MAP, "Decision map", ("Ctrl+2",), "Show the whole decision as a map", Where.MENU),
    Command(Do.COMPARE, "Compare", ("Ctrl+3",), "Two scenarios side by side", Where.BOTH, _PIC.COMPARE),
    Command(Do.MATRIX, "Matrix", ("Ctrl+M", "Ctrl+4"), "What each answer comes to", Where.BOTH, _PIC.MATRIX),
    Command(Do.PIN, "Pin scenario", ("Ctrl+D",), "Keep these answers to compare them", Where.BOTH, _PIC.PIN),
    Command(Do.PRESENT, "Present", ("F5",), "Only diagram and question", Where.BOTH, _PIC.PRESENT, True),
    Command(Do.STOP_PRESENTING, "Stop presenting", ("Esc",), "Show everything again", Where.KEYS),
    Command(Do.THEME_SYSTEM, "Theme: as the system", (), "Follow the system", Where.MENU, None, True),
    Command(Do.THEME_LIGHT, "Theme: light", (), "Always light", Where.MENU, None, True),
    Command(Do.THEME_DARK, "Theme: dark", (), "Always dark", Where.MENU, None, True),
    Command(Do.THEME_PRINT, "Theme: print", (), "As it looks on paper", Where.MENU, None, True),
    Command(Do.ICONS, "Icons…", (), "Choose whose icons the diagrams show", Where.MENU),
    Command(Do.ABOUT, "About Berth", ("F1",), "Version, sources and notices", Where.MENU),
    Command(Do.QUIT, "Quit", ("Ctrl+Q",), "Close the window", Where.MENU),
    *(
        Command(do, f"Answer {number}", (str(number),), f"Give answer {number}", Where.KEYS)
        for number, do in enumerate(ANSWERS, 1)
    ),
)


class Actions(QObject):
    """The table as Qt actions, all of them at work in one window."""

    def __init__(self, window: QWidget, table: Iterable[Command] = TABLE) -> None:
        super().__init__(window)
        self._table = tuple(table)
        self.of: dict[Do, QAction] = {command.id: self._action(command) for command in self._table}
        window.addActions([self.of[command.id] for command in self._table if not command.where & _LIMITED])
        themes = QActionGroup(self)
        for theme in THEMES:
            themes.addAction(self.of[theme])

    def at(self, where: Where) -> list[QAction]:
        """The actions that are offered there, in the order of the table."""
        return [self.of[command.id] for command in self._table if command.where & where]

    def wire(self, deeds: Mapping[Do, Callable[[], object]]) -> None:
        """Say what each command does."""
        for do, deed in deeds.items():
            self.of[do].triggered.connect(lambda _checked=False, deed=deed: deed())

    def wire_toggles(self, deeds: Mapping[Do, Callable[[bool], object]]) -> None:
        """Say what each command does that is on or off."""
        for do, deed in deeds.items():
            self.of[do].triggered.connect(deed)

    def show_colours(self, colours: WindowColours) -> None:
        """Draw the icons in the colours of the theme."""
        for command in self._table:
            if command.pictogram:
                self.of[command.id].setIcon(command.pictogram.icon(colours))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(False)
        if command.where & _LIMITED:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{command.tip} ({shown})" if shown else command.tip)
        return action
