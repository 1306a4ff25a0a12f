"""Document features of the window: session file, recent menu, share codes and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.notes_pane import NotesPane
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.recent_menu import RecentMenu
from explorer.ui.document.session_store import SessionStore
from explorer.ui.document.share_dialog import ShareController
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.shell.commands import CommandActions, CommandId
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.settings import Settings


class DocumentFeatures(QObject):
    """Creates and connects everything that belongs to the session's file, and follows the open pack."""

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        settings: Settings,
        parked: ParkedSessions,
        messages: Messages,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self.document = DocumentController(open_pack, session, settings, parked, messages, window)
        self.notes_pane = NotesPane()
        self.recent_menu = RecentMenu(self.document, settings, window)
        self._share = ShareController(open_pack, session, messages, window)
        self._share.code_entered.connect(self.document.open_share_code)
        self.recent_menu.file_requested.connect(self.document.open)
        self.recent_menu.autosave_requested.connect(self.document.open_autosave)
        self.notes_pane.notes_changed.connect(session.set_notes)
        session.changed.connect(self._on_session_changed)
        self._on_session_changed(WorkspaceChange.NOTES)

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """The functions of the document commands. Each stores the notes first, so that no key stroke is lost."""
        handlers = {**self.document.handlers, **self._share.handlers}
        return {command: partial(self._flush_notes_and_run, handler) for command, handler in handlers.items()}

    def connect_to(self, packs: PackController, actions: CommandActions) -> None:
        """Park and resume sessions as packs change, open the pack that a file needs, and add the recent menu."""
        packs.pack_changing.connect(self.document.park)
        packs.pack_changed.connect(self.document.resume)
        self.document.pack_requested.connect(packs.open)
        actions.by_id[CommandId.OPEN_RECENT].setMenu(self.recent_menu)

    def close(self) -> None:
        """Store the notes, finish writing, and keep unsaved changes in the autosave."""
        self.notes_pane.flush()
        self.document.close()

    def _flush_notes_and_run(self, handler: Callable[[], object]) -> None:
        self.notes_pane.flush()
        handler()

    def _on_session_changed(self, change: WorkspaceChange) -> None:
        if change & WorkspaceChange.NOTES:
            self.notes_pane.show_notes(self._session.workspace.notes)
