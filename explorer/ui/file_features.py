"""What the window offers around the session's file: itself, what is recent, its code, its notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.workspace import Change
from explorer.engine.protocols import Desk
from explorer.ui.document.document_controller import Filing
from explorer.ui.document.notes_pane import NotesPane
from explorer.ui.document.recent_menu import RecentMenu
from explorer.ui.document.session_store import Session
from explorer.ui.document.share_dialog import Sharing
from explorer.ui.pack.pack_controller import PackRoom
from explorer.ui.shell.commands import Actions, Do
from explorer.ui.shell.settings import Memory


class FileRoom(QObject):
    """Keeps file, menu, code and notes in step with the session and with the pack that is open.

    `told`, `failed` and `asked` are for the one place where messages appear; a question has its choices.
    """

    titled = Signal()
    told = Signal(str)
    failed = Signal(str)
    asked = Signal(str, tuple)

    def __init__(self, desk: Desk, session: Session, memory: Memory, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self.filing = Filing(desk, session, memory, window)
        self.notes = NotesPane()
        self.recent = RecentMenu(self.filing, memory, window)
        self._sharing = Sharing(desk, session, window)
        for teller in (self.filing, self._sharing):
            teller.told.connect(self.told)
            teller.failed.connect(self.failed)
        self.filing.asked.connect(self.asked)
        self.filing.titled.connect(self.titled)
        self._sharing.entered.connect(self.filing.open_code)
        self.recent.wished.connect(self.filing.open)
        self.recent.left_wished.connect(self.filing.open_left)
        self.notes.noted.connect(session.annotate)
        session.changed.connect(self._follow)
        self._follow(Change.NOTES)

    @property
    def deeds(self) -> Mapping[Do, Callable[[], object]]:
        """What its commands do, with what was last written among the notes."""
        deeds = {**self.filing.deeds, **self._sharing.deeds}
        return {do: partial(self._with_notes, deed) for do, deed in deeds.items()}

    def follow(self, packs: PackRoom, actions: Actions) -> None:
        """Give way to another pack, have the one opened that a file asks for, and offer the menu."""
        packs.turning.connect(self.filing.step_out)
        packs.turned.connect(self.filing.step_in)
        self.filing.elsewhere.connect(packs.open)
        actions.of[Do.RECENT].setMenu(self.recent)

    def close(self) -> None:
        """Leave no work behind, and nothing unsaved that was not kept."""
        self.notes.report()
        self.filing.close()

    def _with_notes(self, deed: Callable[[], object]) -> None:
        self.notes.report()
        deed()

    def _follow(self, change: Change) -> None:
        if change & Change.NOTES:
            self.notes.show_notes(self._session.workspace.notes)
