"""Which file the session is in: new, open, save, and what happens to what is not saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState, same_content
from explorer.core.session.workspace import WorkspaceChange
from explorer.engine.open_pack import OpenPack
from explorer.storage.file_names import safe_file_name
from explorer.storage.sessions.autosave import AutosaveFile, FileVersion
from explorer.storage.sessions.embedded import PICTURE_SUFFIXES
from explorer.storage.sessions.opening import NeedsOtherPack, OpenResult
from explorer.ui.document.autosave import Autosave
from explorer.ui.document.document_io import DocumentIo, WriteConflict, Written
from explorer.ui.document.file_watcher import FileWatcher
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.messages import MessageButtons
from explorer.ui.shell.settings import Settings

SESSION_SUFFIX = ".berth"
SAVE_FILTER = f"Berth sessions (*{SESSION_SUFFIX});;All files (*)"
OPEN_FILTER = f"Sessions and exported pictures ({' '.join(f'*{end}' for end in (SESSION_SUFFIX, *PICTURE_SUFFIXES))});;All files (*)"
_UNSAVED_KEPT = "What was not saved before is kept: Open recent brings it back."
_VIEW_ONLY = WorkspaceChange.CURRENT_QUESTION | WorkspaceChange.SELECTION


class DocumentController(QObject):
    """Keeps the session's file; what there is to say or to ask goes to whoever shows it.

    `titled` when the file is another, or whether anything is not in it yet; `asked` comes with choices, each
    a word and what it does; `elsewhere` names the folder of the pack that is to be opened first.
    """

    title_changed = Signal()
    pack_requested = Signal(Path)
    message = Signal(str)
    failed = Signal(str)
    question_raised = Signal(str, tuple)

    def __init__(self, open_pack: OpenPack, session: SessionStore, memory: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._open_pack, self._session, self._settings, self._window = open_pack, session, memory, window
        self._opened = OpenResult()
        self._modified = False
        self._is_parked = False
        self._session_token = object()
        self._parked: dict[Path, OpenResult] = {}
        self._pending: NeedsOtherPack | None = None
        self._autosave = Autosave(memory.autosave_folder, self)
        self._file_watcher = FileWatcher(memory.lock_folder, self)
        self._io = DocumentIo(self)
        self._autosave.failed.connect(self.failed)
        self._file_watcher.changed.connect(self._on_file_changed)
        self._file_watcher.missing.connect(self._on_file_missing)
        self._io.opened.connect(self.replace_session)
        self._io.other_pack_needed.connect(self._request_pack)
        self._io.compared.connect(self._on_compared)
        self._io.written.connect(self._on_written)
        self._io.conflicted.connect(self._ask_about_conflict)
        self._io.failed.connect(self.failed)
        session.changed.connect(self._on_session_changed)
        session.scenarios_changed.connect(partial(self._on_session_changed, WorkspaceChange.ANSWERS))

    @property
    def handlers(self) -> Mapping[CommandId, Callable[[], object]]:
        """What its commands do."""
        return {
            CommandId.NEW: self.new,
            CommandId.OPEN: self.choose_file,
            CommandId.SAVE: self.save,
            CommandId.SAVE_AS: self.save_as,
        }

    @property
    def path(self) -> Path | None:
        """The file that the session is in."""
        return self._opened.file_version.path

    @property
    def modified(self) -> bool:
        """Whether the session holds what its file does not."""
        return self._modified

    @property
    def recoverable_sessions(self) -> tuple[AutosaveFile, ...]:
        """What was not saved and is at nobody's hands, the latest first."""
        return self._autosave.recoverable_sessions()

    # Beginning

    def new(self) -> None:
        """Begin with nothing; what is not saved is kept."""
        self.replace_session(OpenResult())

    def choose_file(self) -> None:
        """Let the person choose a file and open it."""
        start = str(self.path.parent if self.path else Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a session", start, OPEN_FILTER)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a file, with what was not saved when it was left; one that is open already stays as it is."""
        if self.path is not None and path.absolute() == self.path.absolute():
            self._reopen(path)
            return
        self._io.open(path, self._pack, self.recoverable_sessions)

    def open_autosave(self, draft: AutosaveFile) -> None:
        """Go on with what was not saved."""
        self._io.open(draft, self._pack, ())

    def open_share_code(self, text: str) -> None:
        """Begin with the answers of a short code."""
        self._io.open(text, self._pack, ())

    def replace_session(self, opening: OpenResult) -> None:
        """Go on from an opening instead of from what there is, which is kept."""
        kept = self._modified and self._autosave.file is not None
        self._release()
        copy = self._attach(opening)
        self._session.restore(self._opened.session)
        if kept and not opening.warnings and opening.autosave is None:
            self.message.emit(_UNSAVED_KEPT)
        self._report_opened(opening, copy)

    def adopt(self, opening: OpenResult) -> None:
        """Take over an opening whose session is there already."""
        copy = self._attach(opening)
        self._write_autosave()
        self._report_opened(opening, copy)

    def _attach(self, opening: OpenResult) -> bool:
        """Take its draft and its file, or only a copy of what is in another's hands; whether it is one."""
        path, copy = opening.file_version.path, False
        if opening.autosave is not None and not self._autosave.resume(opening.autosave):
            opening = replace(opening, autosave=None, file_version=FileVersion(), file_session=SessionState())
        elif path is not None and not self._file_watcher.acquire_lock(path):
            opening, copy = replace(opening, file_version=FileVersion(), file_session=SessionState()), True
        self._opened = opening
        self._file_watcher.watch(opening.file_version)
        self._update_modified()
        if opening.file_version.path is not None:
            self._settings.add_recent_file(opening.file_version.path)
        return copy

    def _report_opened(self, opening: OpenResult, copy: bool) -> None:
        path = opening.file_version.path
        if copy and path is not None:
            self._ask_about_locked_file(path)
        elif opening.warnings:
            self.failed.emit(f"Not all is as it was saved: {'; '.join(opening.warnings)}.")
        elif opening.autosave is not None:
            self._ask_about_autosave(opening)

    # Another pack

    def _request_pack(self, wanted: NeedsOtherPack) -> None:
        self._pending = wanted
        self.pack_requested.emit(wanted.folder)

    def park(self, folder: Path) -> None:
        """Another pack is about to be opened: what is here waits for this folder’s, with its file."""
        self._parked[folder] = replace(self._opened, autosave=self._autosave.file)
        self._release()
        self._opened, self._is_parked = OpenResult(), True

    def resume(self, folder: Path) -> None:
        """The pack in a folder is open, and whatever waited for it is in the session again."""
        if not self._is_parked:
            return  # the same pack was read again
        self._is_parked = False
        wanted, self._pending = self._pending, None
        waited = self._parked.pop(folder, OpenResult())
        self._attach(replace(waited, session=self._session.state, warnings=()))
        self._write_autosave()
        if wanted is not None and wanted.pack_id == self._pack.id:
            self._io.open_with_pack(wanted.source, self._pack, self.recoverable_sessions)

    # Saving

    def save(self) -> None:
        """Save to the session's file; ask where there is none, or where something would be lost."""
        path = self.path
        if path is None:
            self.save_as()
        elif self._opened.overwrite_loses_data:
            choices: MessageButtons = (
                ("Save all the same", partial(self._write, path)),
                ("Save as…", self.save_as),
            )
            self._ask(f"“{path.name}” holds what this session does not, and would lose it.", choices)
        else:
            self._write(path, self._opened.file_version.sha256)

    def save_as(self) -> None:
        """Let the person choose a file and save there."""
        start = self.path or Path.home() / f"{safe_file_name(self._open_pack.pack.title)}{SESSION_SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the session", str(start), SAVE_FILTER)
        if not chosen:
            return
        path = Path(chosen)
        named = path if path.suffix.lower() == SESSION_SUFFIX else path.with_name(path.name + SESSION_SUFFIX)
        if named != path and named.exists():  # the dialog asked about the other name
            choices: MessageButtons = (
                ("Overwrite it", partial(self.save_to, named)),
                ("Save as…", self.save_as),
            )
            self._ask(f"“{named.name}” exists already.", choices)
        else:
            self.save_to(named)

    def save_to(self, path: Path) -> None:
        """Save to a file that was chosen, whatever stands there."""
        if path.absolute() != (self.path and self.path.absolute()) and not self._file_watcher.acquire_lock(path):
            self.failed.emit(f"“{path.name}” is open in another window of Berth; choose another name.")
            return
        self._write(path)

    def close(self) -> None:
        """Leave no work behind; what is not saved is kept without asking."""
        self._io.close()
        self._autosave.close(drop=not self._modified)
        self._file_watcher.close()

    def _write(self, path: Path, expected: str = "") -> None:
        self._io.write(path, self._pack, self._session.state, self._session_token, expected)

    def _on_written(self, result: Written) -> None:
        path = result.file_version.path
        assert path is not None
        self._settings.add_recent_file(path)
        if (
            result.session_token is self._session_token
        ):  # else another session has begun meanwhile, and that is not in it
            self._opened = OpenResult(result.session, result.session, result.file_version)
            self._file_watcher.watch(result.file_version)
            self._update_modified()
            self._write_autosave()
        self.message.emit(f"Saved to {path}.")

    # What is said

    def _ask(self, words: str, choices: MessageButtons) -> None:
        """Ask something about this very session: with the next one, the answer would mean something else."""
        meant = tuple((word, partial(self._run_if_current, self._session_token, deed)) for word, deed in choices)
        self.question_raised.emit(words, meant)

    def _run_if_current(self, whose: object, deed: Callable[[], object]) -> None:
        if whose is self._session_token:
            deed()
        else:
            self.failed.emit("That was asked about the session before this one, so nothing was done.")

    def _ask_about_locked_file(self, path: Path) -> None:
        take: MessageButtons = (("Work on the file all the same", partial(self._compare_with_file, path)),)
        self._ask(f"“{path.name}” is open in another window of Berth, so this is a copy of it.", take)

    def _reopen(self, path: Path) -> None:
        if not self._modified:
            self._load(path)
            return
        take: MessageButtons = (("Load what the file holds", partial(self._load, path)),)
        self._ask(f"“{path.name}” is open here already, with changes that are not saved.", take)

    def _ask_about_autosave(self, opening: OpenResult) -> None:
        path = opening.file_version.path
        if path is None:
            self._ask("Here is what was not saved when Berth ended.", (("Start afresh", self.new),))
        elif not same_content(opening.session, opening.file_session):
            take: MessageButtons = (("Take what the file holds", partial(self._load, path)),)
            self._ask(f"Here is what was not saved to “{path.name}” when it was left.", take)

    def _ask_about_conflict(self, clash: WriteConflict) -> None:
        path = clash.path
        if clash.session_token is not self._session_token:
            self.failed.emit(f"“{path.name}” was changed by another program, so it was not saved to. {_UNSAVED_KEPT}")
            return
        choices: MessageButtons = (
            ("Overwrite it", partial(self._write, path)),
            ("Load it", partial(self._load, path)),
            ("Save as…", self.save_as),
        )
        self._ask(f"“{path.name}” was changed by another program; it was not overwritten.", choices)

    def _on_file_changed(self) -> None:
        path = self.path
        if path is None:
            return
        choices: MessageButtons = (
            ("Load it", partial(self._load, path)),
            ("Keep what is here", partial(self._compare_with_file, path)),
        )
        self._ask(f"“{path.name}” was changed by another program.", choices)

    def _on_file_missing(self) -> None:
        path = self.path
        if path is not None:
            self._opened = replace(self._opened, file_session=SessionState(), file_version=FileVersion(path))
            self._update_modified()
            self.failed.emit(f"“{path.name}” was moved or deleted, or is closed to you; save to write it again.")

    # What is compared and kept

    @property
    def _pack(self) -> Pack:
        return self._open_pack.pack

    def _load(self, path: Path) -> None:
        """What the file holds, in the place of what is here."""
        self._io.load(path, self._pack)

    def _compare_with_file(self, path: Path) -> None:
        """What the file holds, beside what is here."""
        self._io.compare(path, self._pack)

    def _on_compared(self, found: OpenResult) -> None:
        self._opened = replace(self._opened, file_session=found.session, file_version=found.file_version)
        self._file_watcher.watch(found.file_version)
        self._update_modified()
        self._write_autosave()

    def _release(self) -> None:
        self._session_token = object()
        self._io.cancel_reads()
        self._autosave.release(drop=not self._modified)
        self._file_watcher.unwatch()

    def _on_session_changed(self, change: WorkspaceChange) -> None:
        if self._is_parked or not change & ~_VIEW_ONLY:
            return
        self._update_modified()
        self._write_autosave()

    def _write_autosave(self) -> None:
        if self._modified or self._autosave.file is not None:
            self._autosave.write(self._pack, self._session.state, self._opened.file_version)

    def _update_modified(self) -> None:
        self._modified = not same_content(self._session.state, self._opened.file_session)
        self.title_changed.emit()
