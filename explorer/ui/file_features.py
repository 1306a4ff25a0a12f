"""What the window offers around the session's file: itself, what is recent, its code, its notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.notes_pane import NotesPane
from explorer.ui.document.recent_menu import RecentMenu
from explorer.ui.document.session_store import SessionStore
from explorer.ui.document.share_dialog import ShareController
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.shell.commands import CommandActions, CommandId
from explorer.ui.shell.settings import Settings


class DocumentFeatures(QObject):
    """Keeps file, menu, code and notes in step with the session and with the pack that is open.

    `told`, `failed` and `asked` are for the one place where messages appear; a question has its choices.
    """

    title_changed = Signal()
    message = Signal(str)
    failed = Signal(str)
    question_raised = Signal(str, tuple)

    def __init__(self, open_pack: OpenPack, session: SessionStore, memory: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self.document = DocumentController(open_pack, session, memory, window)
        self.notes_pane = NotesPane()
        self.recent_menu = RecentMenu(self.document, memory, window)
        self._share = ShareController(open_pack, session, window)
        for teller in (self.document, self._share):
            teller.message.connect(self.message)
            teller.failed.connect(self.failed)
        self.document.question_raised.connect(self.question_raised)
        self.document.title_changed.connect(self.title_changed)
        self._share.code_entered.connect(self.document.open_share_code)
        self.recent_menu.file_requested.connect(self.document.open)
        self.recent_menu.autosave_requested.connect(self.document.open_autosave)
        self.notes_pane.notes_changed.connect(session.set_notes)
        session.changed.connect(self._on_session_changed)
        self._on_session_changed(WorkspaceChange.NOTES)

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """What its commands do, with what was last written among the notes."""
        deeds = {**self.document.handlers, **self._share.handlers}
        return {do: partial(self._flush_notes_and_run, deed) for do, deed in deeds.items()}

    def connect_to(self, packs: PackController, actions: CommandActions) -> None:
        """Give way to another pack, have the one opened that a file asks for, and offer the menu."""
        packs.pack_changing.connect(self.document.park)
        packs.pack_changed.connect(self.document.resume)
        self.document.pack_requested.connect(packs.open)
        actions.by_id[CommandId.OPEN_RECENT].setMenu(self.recent_menu)

    def close(self) -> None:
        """Leave no work behind, and nothing unsaved that was not kept."""
        self.notes_pane.flush()
        self.document.close()

    def _flush_notes_and_run(self, deed: Callable[[], object]) -> None:
        self.notes_pane.flush()
        deed()

    def _on_session_changed(self, change: WorkspaceChange) -> None:
        if change & WorkspaceChange.NOTES:
            self.notes_pane.show_notes(self._session.workspace.notes)
