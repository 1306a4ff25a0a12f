"""Which file the session is in: new, open, save, and what happens to what is not saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.model.pack import Pack
from explorer.core.session.session import SavedSession, same_content
from explorer.core.session.workspace import Change
from explorer.engine.protocols import Subject
from explorer.storage.file_names import file_name
from explorer.storage.sessions.autosave import Draft, Origin
from explorer.storage.sessions.embedded import PICTURES
from explorer.storage.sessions.opening import Elsewhere, Opening
from explorer.ui.document.autosave import Keeper
from explorer.ui.document.document_io import Clash, FileWork, Written
from explorer.ui.document.file_watcher import Watch
from explorer.ui.document.session_store import Session
from explorer.ui.shell.commands import Do
from explorer.ui.shell.notice_bar import Choices
from explorer.ui.shell.settings import Memory

ENDING = ".berth"
KINDS = f"Berth sessions (*{ENDING});;All files (*)"
OPENED = (
    f"Sessions and exported pictures ({' '.join(f'*{end}' for end in (ENDING, *PICTURES))});;All files (*)"
)
_KEPT = "What was not saved before is kept: Open recent brings it back."
_NOT_CONTENT = Change.PLACE | Change.SELECTION


class Filing(QObject):
    """Keeps the session's file; what there is to say or to ask goes to whoever shows it.

    `titled` when the file is another, or whether anything is not in it yet; `asked` comes with choices, each
    a word and what it does; `elsewhere` names the folder of the pack that is to be opened first.
    """

    titled = Signal()
    elsewhere = Signal(Path)
    told = Signal(str)
    failed = Signal(str)
    asked = Signal(str, tuple)

    def __init__(self, desk: Subject, session: Session, memory: Memory, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._memory, self._window = desk, session, memory, window
        self._opening = Opening()
        self._modified = False
        self._out = False
        self._whose = object()
        self._waiting: dict[Path, Opening] = {}
        self._wanted: Elsewhere | None = None
        self._keeper = Keeper(memory.drafts, self)
        self._watch = Watch(memory.locks, self)
        self._work = FileWork(self)
        self._keeper.failed.connect(self.failed)
        self._watch.changed.connect(self._tell_changed)
        self._watch.vanished.connect(self._tell_vanished)
        self._work.opened.connect(self.begin)
        self._work.belongs.connect(self._ask_for_pack)
        self._work.compared.connect(self._compare)
        self._work.written.connect(self._take_written)
        self._work.clashed.connect(self._ask_about_clash)
        self._work.failed.connect(self.failed)
        session.changed.connect(self._follow)
        session.rearranged.connect(partial(self._follow, Change.ANSWERS))

    @property
    def deeds(self) -> Mapping[Do, Callable[[], object]]:
        """What its commands do."""
        return {Do.NEW: self.new, Do.OPEN: self.ask, Do.SAVE: self.save, Do.SAVE_AS: self.save_as}

    @property
    def path(self) -> Path | None:
        """The file that the session is in."""
        return self._opening.origin.path

    @property
    def modified(self) -> bool:
        """Whether the session holds what its file does not."""
        return self._modified

    @property
    def left(self) -> tuple[Draft, ...]:
        """What was not saved and is at nobody's hands, the latest first."""
        return self._keeper.left()

    # Beginning

    def new(self) -> None:
        """Begin with nothing; what is not saved is kept."""
        self.begin(Opening())

    def ask(self) -> None:
        """Let the person choose a file and open it."""
        start = str(self.path.parent if self.path else Path.home())
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a session", start, OPENED)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a file, with what was not saved when it was left; one that is open already stays as it is."""
        if self.path is not None and path.absolute() == self.path.absolute():
            self._stay_with(path)
            return
        self._work.find(path, self._pack, self.left)

    def open_left(self, draft: Draft) -> None:
        """Go on with what was not saved."""
        self._work.find(draft, self._pack, ())

    def open_code(self, text: str) -> None:
        """Begin with the answers of a short code."""
        self._work.find(text, self._pack, ())

    def begin(self, opening: Opening) -> None:
        """Go on from an opening instead of from what there is, which is kept."""
        kept = self._modified and self._keeper.draft is not None
        self._leave()
        copy = self._take(opening)
        self._session.restore(self._opening.session)
        if kept and not opening.remarks and opening.draft is None:
            self.told.emit(_KEPT)
        self._announce(opening, copy)

    def enter(self, opening: Opening) -> None:
        """Take over an opening whose session is there already."""
        copy = self._take(opening)
        self._keep()
        self._announce(opening, copy)

    def _take(self, opening: Opening) -> bool:
        """Take its draft and its file, or only a copy of what is in another's hands; whether it is one."""
        path, copy = opening.origin.path, False
        if opening.draft is not None and not self._keeper.take_over(opening.draft):
            opening = replace(opening, draft=None, origin=Origin(), filed=SavedSession())
        elif path is not None and not self._watch.claim(path):
            opening, copy = replace(opening, origin=Origin(), filed=SavedSession()), True
        self._opening = opening
        self._watch.follow(opening.origin)
        self._look_for_changes()
        if opening.origin.path is not None:
            self._memory.note_recent(opening.origin.path)
        return copy

    def _announce(self, opening: Opening, copy: bool) -> None:
        path = opening.origin.path
        if copy and path is not None:
            self._ask_about_copy(path)
        elif opening.remarks:
            self.failed.emit(f"Not all is as it was saved: {'; '.join(opening.remarks)}.")
        elif opening.draft is not None:
            self._ask_about_left(opening)

    # Another pack

    def _ask_for_pack(self, wanted: Elsewhere) -> None:
        self._wanted = wanted
        self.elsewhere.emit(wanted.folder)

    def step_out(self, folder: Path) -> None:
        """Another pack is about to be opened: what is here waits for this folder’s, with its file."""
        self._waiting[folder] = replace(self._opening, draft=self._keeper.draft)
        self._leave()
        self._opening, self._out = Opening(), True

    def step_in(self, folder: Path) -> None:
        """The pack in a folder is open, and whatever waited for it is in the session again."""
        if not self._out:
            return  # the same pack was read again
        self._out = False
        wanted, self._wanted = self._wanted, None
        waited = self._waiting.pop(folder, Opening())
        self._take(replace(waited, session=self._session.saved, remarks=()))
        self._keep()
        if wanted is not None and wanted.pack == self._pack.id:
            self._work.open_with(wanted.source, self._pack, self.left)

    # Saving

    def save(self) -> None:
        """Save to the session's file; ask where there is none, or where something would be lost."""
        path = self.path
        if path is None:
            self.save_as()
        elif self._opening.lossy:
            choices: Choices = (("Save all the same", partial(self._write, path)), ("Save as…", self.save_as))
            self._ask(f"“{path.name}” holds what this session does not, and would lose it.", choices)
        else:
            self._write(path, self._opening.origin.print)

    def save_as(self) -> None:
        """Let the person choose a file and save there."""
        start = self.path or Path.home() / f"{file_name(self._desk.title)}{ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the session", str(start), KINDS)
        if not chosen:
            return
        path = Path(chosen)
        named = path if path.suffix.lower() == ENDING else path.with_name(path.name + ENDING)
        if named != path and named.exists():  # the dialog asked about the other name
            choices: Choices = (("Overwrite it", partial(self.save_to, named)), ("Save as…", self.save_as))
            self._ask(f"“{named.name}” exists already.", choices)
        else:
            self.save_to(named)

    def save_to(self, path: Path) -> None:
        """Save to a file that was chosen, whatever stands there."""
        if path.absolute() != (self.path and self.path.absolute()) and not self._watch.claim(path):
            self.failed.emit(f"“{path.name}” is open in another window of Berth; choose another name.")
            return
        self._write(path)

    def close(self) -> None:
        """Leave no work behind; what is not saved is kept without asking."""
        self._work.close()
        self._keeper.close(drop=not self._modified)
        self._watch.close()

    def _write(self, path: Path, expected: str = "") -> None:
        self._work.write(path, self._pack, self._session.saved, self._whose, expected)

    def _take_written(self, result: Written) -> None:
        path = result.origin.path
        assert path is not None
        self._memory.note_recent(path)
        if result.whose is self._whose:  # else another session has begun meanwhile, and that is not in it
            self._opening = Opening(result.session, result.session, result.origin)
            self._watch.follow(result.origin)
            self._look_for_changes()
            self._keep()
        self.told.emit(f"Saved to {path}.")

    # What is said

    def _ask(self, words: str, choices: Choices) -> None:
        """Ask something about this very session: with the next one, the answer would mean something else."""
        meant = tuple((word, partial(self._do_for, self._whose, deed)) for word, deed in choices)
        self.asked.emit(words, meant)

    def _do_for(self, whose: object, deed: Callable[[], object]) -> None:
        if whose is self._whose:
            deed()
        else:
            self.failed.emit("That was asked about the session before this one, so nothing was done.")

    def _ask_about_copy(self, path: Path) -> None:
        take: Choices = (("Work on the file all the same", partial(self._look_at, path)),)
        self._ask(f"“{path.name}” is open in another window of Berth, so this is a copy of it.", take)

    def _stay_with(self, path: Path) -> None:
        if not self._modified:
            self._load(path)
            return
        take: Choices = (("Load what the file holds", partial(self._load, path)),)
        self._ask(f"“{path.name}” is open here already, with changes that are not saved.", take)

    def _ask_about_left(self, opening: Opening) -> None:
        path = opening.origin.path
        if path is None:
            self._ask("Here is what was not saved when Berth ended.", (("Start afresh", self.new),))
        elif not same_content(opening.session, opening.filed):
            take: Choices = (("Take what the file holds", partial(self._load, path)),)
            self._ask(f"Here is what was not saved to “{path.name}” when it was left.", take)

    def _ask_about_clash(self, clash: Clash) -> None:
        path = clash.path
        if clash.whose is not self._whose:
            self.failed.emit(f"“{path.name}” was changed by another program, so it was not saved to. {_KEPT}")
            return
        choices: Choices = (
            ("Overwrite it", partial(self._write, path)),
            ("Load it", partial(self._load, path)),
            ("Save as…", self.save_as),
        )
        self._ask(f"“{path.name}” was changed by another program; it was not overwritten.", choices)

    def _tell_changed(self) -> None:
        path = self.path
        if path is None:
            return
        choices: Choices = (
            ("Load it", partial(self._load, path)),
            ("Keep what is here", partial(self._look_at, path)),
        )
        self._ask(f"“{path.name}” was changed by another program.", choices)

    def _tell_vanished(self) -> None:
        path = self.path
        if path is not None:
            self._opening = replace(self._opening, filed=SavedSession(), origin=Origin(path))
            self._look_for_changes()
            self.failed.emit(
                f"“{path.name}” was moved or deleted, or is closed to you; save to write it again."
            )

    # What is compared and kept

    @property
    def _pack(self) -> Pack:
        return self._desk.pack

    def _load(self, path: Path) -> None:
        """What the file holds, in the place of what is here."""
        self._work.load(path, self._pack)

    def _look_at(self, path: Path) -> None:
        """What the file holds, beside what is here."""
        self._work.compare(path, self._pack)

    def _compare(self, found: Opening) -> None:
        self._opening = replace(self._opening, filed=found.session, origin=found.origin)
        self._watch.follow(found.origin)
        self._look_for_changes()
        self._keep()

    def _leave(self) -> None:
        self._whose = object()
        self._work.forget()
        self._keeper.leave(drop=not self._modified)
        self._watch.leave()

    def _follow(self, change: Change) -> None:
        if self._out or not change & ~_NOT_CONTENT:
            return
        self._look_for_changes()
        self._keep()

    def _keep(self) -> None:
        if self._modified or self._keeper.draft is not None:
            self._keeper.keep(self._pack, self._session.saved, self._opening.origin)

    def _look_for_changes(self) -> None:
        self._modified = not same_content(self._session.saved, self._opening.filed)
        self.titled.emit()
