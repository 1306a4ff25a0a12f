"""Document file: the file, the lock and the autosave of the session, and whether the session is modified."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.core.session.session_state import SessionState, same_content
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.storage.sessions.autosave import AutosaveFile, FileVersion, expired
from explorer.storage.sessions.opening import OpenResult
from explorer.ui.document.autosave import Autosave
from explorer.ui.document.document_io import Written
from explorer.ui.document.file_watcher import FileWatcher
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.settings import Settings

_VIEW_ONLY = WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.SELECTION


class DocumentFile(QObject):
    """Autosaves the session after every change, and compares it with its file.

    `changed`: the file is another one, or the session became modified or saved. `overwritten` sends the path after
    another program has changed the file.
    """

    changed = Signal()
    overwritten = Signal(Path)

    def __init__(
        self, open_pack: OpenPack, session: SessionStore, settings: Settings, messages: Messages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._open_pack, self._session = open_pack, session
        self._settings, self._messages = settings, messages
        self._opened = OpenResult()
        self._is_modified = False
        self._is_parked = False
        self._autosave = Autosave(settings.autosave_folder, messages, self)
        self._watcher = FileWatcher(settings.lock_folder, self)
        self._watcher.changed.connect(self._on_overwritten)
        self._watcher.missing.connect(self._on_missing)
        session.changed.connect(self._on_session_changed)
        session.scenarios_changed.connect(partial(self._on_session_changed, WorkspaceChange.ANSWERS))

    @property
    def path(self) -> Path | None:
        """The file of the session; None before it is saved."""
        return self._opened.file_version.path

    @property
    def sha256(self) -> str:
        """The hash of the file when it was last read or written."""
        return self._opened.file_version.sha256

    @property
    def is_modified(self) -> bool:
        """Whether the session differs from its file."""
        return self._is_modified

    @property
    def has_unsaved_copy(self) -> bool:
        """Whether the session has changes that only its autosave contains."""
        return self._is_modified and self._autosave.file is not None

    @property
    def loses_data(self) -> bool:
        """Whether saving would remove data that Berth could not read from the file."""
        return self._opened.overwrite_loses_data

    @property
    def recoverable_sessions(self) -> tuple[AutosaveFile, ...]:
        """Unsaved sessions that no window has open, newest first."""
        return self._autosave.recoverable_sessions()

    @property
    def expired_sessions(self) -> tuple[AutosaveFile, ...]:
        """Unsaved sessions that are older than the user wants to keep them."""
        return expired(self.recoverable_sessions, self._settings.retention_days)

    def attach(self, opened: OpenResult) -> bool:
        """Take over the file and the autosave. Return whether another window has locked the file: this is a copy."""
        path, is_copy = opened.file_version.path, False
        if opened.autosave is not None and not self._autosave.resume(opened.autosave):
            opened = replace(opened, autosave=None, file_version=FileVersion(), file_session=SessionState())
        elif path is not None and not self._watcher.acquire_lock(path):
            opened, is_copy = replace(opened, file_version=FileVersion(), file_session=SessionState()), True
        self._set_opened(opened)
        if self.path is not None:
            self._settings.add_recent_file(self.path)
        return is_copy

    def release(self) -> None:
        """Let go of the file and the autosave, before another session takes their place."""
        self._autosave.release(discard=not self._is_modified)
        self._watcher.unwatch()

    def park(self) -> OpenResult:
        """Release the session and return it. Changes of the session are ignored until `resume`."""
        parked = replace(self._opened, session=self._session.state, autosave=self._autosave.file)
        self.release()
        self._opened, self._is_parked = OpenResult(), True
        return parked

    @property
    def is_parked(self) -> bool:
        """Whether the session is parked while another pack is opened."""
        return self._is_parked

    def resume(self, parked: OpenResult) -> None:
        """Take over the file and the autosave of a parked session, which the session store shows already."""
        self._is_parked = False
        self.attach(replace(parked, session=self._session.state, warnings=()))
        self.write_autosave()

    def compare_with(self, found: OpenResult) -> None:
        """Keep the session, and use this file and its content for comparison."""
        self._set_opened(replace(self._opened, file_session=found.session, file_version=found.file_version))
        self.write_autosave()

    def set_written(self, written: Written) -> None:
        """Record that the session was saved."""
        self._set_opened(OpenResult(written.session, written.session, written.file_version))
        self.write_autosave()

    def acquire_lock(self, path: Path) -> bool:
        """Lock another file for this window; return False if another window has locked it."""
        is_same = self.path is not None and path.absolute() == self.path.absolute()
        return is_same or self._watcher.acquire_lock(path)

    def write_autosave(self) -> None:
        """Write the session to its autosave if it is modified, or has an autosave already."""
        if self._is_modified or self._autosave.file is not None:
            self._autosave.write(self._open_pack.pack, self._session.state, self._opened.file_version)

    def close(self) -> None:
        """Keep unsaved changes in the autosave, and wait until no worker runs."""
        self._autosave.close(discard=not self._is_modified)
        self._watcher.close()

    def _set_opened(self, opened: OpenResult) -> None:
        self._opened = opened
        self._watcher.watch(opened.file_version)
        self._update_modified()

    def _on_overwritten(self) -> None:
        if self.path is not None:
            self.overwritten.emit(self.path)

    def _on_missing(self) -> None:
        path = self.path
        if path is not None:
            self._opened = replace(self._opened, file_session=SessionState(), file_version=FileVersion(path))
            self._update_modified()
            self._messages.error.emit(f"“{path.name}” was moved, deleted or is not readable. Save to recreate it.")

    def _on_session_changed(self, change: WorkspaceChange) -> None:
        if not self._is_parked and change & ~_VIEW_ONLY:
            self._update_modified()
            self.write_autosave()

    def _update_modified(self) -> None:
        self._is_modified = not same_content(self._session.state, self._opened.file_session)
        self.changed.emit()
