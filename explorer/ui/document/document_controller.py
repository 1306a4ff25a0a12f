"""Document controller: opens, saves and autosaves the session, and knows which file it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.engine.open_pack import OpenPack
from explorer.storage.file_names import safe_file_name
from explorer.storage.sessions.autosave import AutosaveFile
from explorer.storage.sessions.embedded import PICTURE_SUFFIXES
from explorer.storage.sessions.opening import NeedsOtherPack, OpenResult
from explorer.ui.document.document_file import DocumentFile
from explorer.ui.document.document_io import DocumentIo, Written
from explorer.ui.document.document_questions import UNSAVED_KEPT, DocumentActions, DocumentQuestions
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.document.unsaved_dialog import UnsavedSessionsDialog
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.messages import Messages
from explorer.ui.shell.settings import Settings

SESSION_SUFFIX = ".berth"
SAVE_FILTER = f"Berth sessions (*{SESSION_SUFFIX});;All files (*)"
_OPEN_PATTERNS = " ".join(f"*{suffix}" for suffix in (SESSION_SUFFIX, *PICTURE_SUFFIXES))
OPEN_FILTER = f"Sessions and exported pictures ({_OPEN_PATTERNS});;All files (*)"


class DocumentController(QObject):
    """Owns the file of the session. No session is discarded without a copy: unsaved changes stay in an autosave.

    `title_changed`: the file is another one, or the session became modified or saved. `pack_requested` sends the
    folder of the pack that a session needs; opening continues once that pack is open.
    """

    title_changed = Signal()
    pack_requested = Signal(Path)

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
        self._open_pack, self._session, self._settings = open_pack, session, settings
        self._parked, self._messages, self._window = parked, messages, window
        self._pending: NeedsOtherPack | None = None
        actions = DocumentActions(
            self.new, self.load, self.use_file, self.save_to, self.save_as, self.show_unsaved_sessions
        )
        self._questions = DocumentQuestions(actions, messages)
        self.file = DocumentFile(open_pack, session, settings, messages, self)
        self.file.changed.connect(self.title_changed)
        self.file.overwritten.connect(self._questions.ask_about_changed_file)
        self._io = DocumentIo(messages, self)
        self._io.opened.connect(self.replace_session)
        self._io.other_pack_needed.connect(self._request_pack)
        self._io.compared.connect(self.file.compare_with)
        self._io.written.connect(self._on_written)
        self._io.conflicted.connect(self._questions.report_conflict)

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """The functions of the file commands."""
        return {
            CommandId.NEW: self.new,
            CommandId.OPEN: self.choose_file,
            CommandId.UNSAVED_SESSIONS: self.show_unsaved_sessions,
            CommandId.SAVE: self.save,
            CommandId.SAVE_AS: self.save_as,
        }

    @property
    def path(self) -> Path | None:
        """The file of the session; None before it is saved."""
        return self.file.path

    @property
    def modified(self) -> bool:
        """Whether the session differs from its file."""
        return self.file.is_modified

    @property
    def recoverable_sessions(self) -> tuple[AutosaveFile, ...]:
        """Unsaved sessions that no window has open, newest first."""
        return self.file.recoverable_sessions

    # Opening

    def new(self) -> None:
        """Start an empty session."""
        self.replace_session(OpenResult())

    def choose_file(self) -> None:
        """Ask for a file and open it."""
        start = str(self.path.parent if self.path else Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a session", start, OPEN_FILTER)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a file with its autosaved changes. Ask first if it is open already and the session is modified."""
        if self.path is None or path.absolute() != self.path.absolute():
            self._io.open(path, self._open_pack.pack, self.recoverable_sessions)
        elif self.modified:
            self._questions.report_unsaved_changes(path)
        else:
            self.load(path)

    def open_autosave(self, autosave: AutosaveFile) -> None:
        """Restore an unsaved session."""
        self._io.open(autosave, self._open_pack.pack, ())

    def open_share_code(self, code: str) -> None:
        """Start a session with the answers of a share code."""
        self._io.open(code, self._open_pack.pack, ())

    def load(self, path: Path) -> None:
        """Replace the session by the content of the file, without its autosaved changes."""
        self._io.load(path, self._open_pack.pack)

    def use_file(self, path: Path) -> None:
        """Keep the session, compare it with this file, and save to the file from now on."""
        self._io.compare(path, self._open_pack.pack)

    def replace_session(self, opened: OpenResult) -> None:
        """Show an opened session instead of the current one, whose unsaved changes stay in its autosave."""
        kept = self.file.has_unsaved_copy
        self._end_session()
        self.file.release()
        is_copy = self.file.attach(opened)
        self._session.restore(opened.session)
        if kept and not opened.warnings and opened.autosave is None:
            self._messages.info.emit(UNSAVED_KEPT)
        self._questions.report_opened(opened, is_copy)

    def adopt(self, opened: OpenResult) -> None:
        """Take over the file and the autosave of a session that the session store shows already."""
        is_copy = self.file.attach(opened)
        self.file.write_autosave()
        if is_copy or opened.warnings or opened.autosave is not None:
            self._questions.report_opened(opened, is_copy)
        elif count := len(self.file.expired_sessions):
            self._questions.report_expired(count, self._settings.retention_days)

    def show_unsaved_sessions(self) -> None:
        """Show the dialog with all unsaved sessions that no window has open."""
        dialog = UnsavedSessionsDialog(self.recoverable_sessions, self._settings, self._window)
        dialog.restore_requested.connect(self.open_autosave)
        dialog.open()

    # Another pack

    def park(self, folder: Path) -> None:
        """Park the session: the pack in `folder` is about to close."""
        self._end_session()
        self._parked.park(folder, self.file.park())

    def resume(self, folder: Path) -> None:
        """Take back the file of the session that is parked for `folder`, whose pack is open now."""
        if not self.file.is_parked:
            return  # the pack was only reloaded
        pending, self._pending = self._pending, None
        self.file.resume(self._parked.take(folder))
        if pending is not None and pending.pack_id == self._open_pack.pack.id:
            self._io.open_with_pack(pending.source, self._open_pack.pack, self.recoverable_sessions)

    # Saving

    def save(self) -> None:
        """Save to the session's file. Ask if there is no file, or if saving would lose data."""
        path = self.path
        if path is None:
            self.save_as()
        elif self.file.loses_data:
            self._questions.ask_before_losing_data(path)
        else:
            self._write(path, self.file.sha256)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        start = self.path or Path.home() / f"{safe_file_name(self._open_pack.pack.title)}{SESSION_SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the session", str(start), SAVE_FILTER)
        if not chosen:
            return
        path = Path(chosen)
        with_suffix = path if path.suffix.lower() == SESSION_SUFFIX else path.with_name(path.name + SESSION_SUFFIX)
        if with_suffix != path and with_suffix.exists():  # the dialog has only checked the name without the suffix
            self._questions.ask_before_overwriting(with_suffix)
        else:
            self.save_to(with_suffix)

    def save_to(self, path: Path) -> None:
        """Save to this file and replace its content."""
        if not self.file.acquire_lock(path):
            self._messages.error.emit(f"“{path.name}” is open in another window of Berth. Choose another name.")
            return
        self._write(path)

    def close(self) -> None:
        """Finish writing, and keep unsaved changes in the autosave."""
        self._io.close()
        self.file.close()

    # Results of the workers

    def _request_pack(self, needed: NeedsOtherPack) -> None:
        self._pending = needed
        self.pack_requested.emit(needed.folder)

    def _on_written(self, written: Written) -> None:
        path = written.file_version.path
        assert path is not None
        self._settings.add_recent_file(path)
        if written.session_token is self._questions.session_token:  # else another session has been opened meanwhile
            self.file.set_written(written)
        self._messages.info.emit(f"Saved to {path}.")

    def _end_session(self) -> None:
        """Invalidate questions and reads that belong to the session."""
        self._questions.begin_session()
        self._io.cancel_reads()

    def _write(self, path: Path, expected_sha256: str = "") -> None:
        token = self._questions.session_token
        self._io.write(path, self._open_pack.pack, self._session.state, token, expected_sha256)
