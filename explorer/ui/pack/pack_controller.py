"""Turns the window to the pack that is opened or edited, and loses nothing of what was worked on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import Problem
from explorer.core.model.pack import Pack
from explorer.core.session.compatibility import format_given_answer
from explorer.core.session.session_state import SessionState
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.storage.packs.catalog import PackInfo
from explorer.ui.document.session_store import SessionStore
from explorer.ui.pack.pack_chooser import PackCatalog, PackChooser, StartPackList
from explorer.ui.pack.pack_loader import PackLoader, PackProblems
from explorer.ui.pack.problem_list import ProblemList, format_location


class PackController(QObject):
    """Keeps session, desk, problem list and start page in step with a library.

    `turning` names the folder whose pack gives way to another, `turned` that of the pack whose desk answers
    from now on; `told` says in a sentence what happened, and whether that stays.
    """

    pack_changing = Signal(Path)
    pack_changed = Signal(Path)
    message = Signal(str, bool)
    failed = Signal(str)

    def __init__(self, open_pack: OpenPack, session: SessionStore, window: QWidget) -> None:
        super().__init__(window)
        self._open_pack, self._session, self._window = open_pack, session, window
        self.problem_list = ProblemList()
        self.start_list = StartPackList()
        self.loader: PackLoader | None = None
        self._packs: tuple[PackInfo, ...] = ()
        self._parked_sessions: dict[Path, SessionState] = {}
        self._unsupported_answers: dict[tuple[str, str], str] = {}
        self.problem_list.open_requested.connect(self._open_file)
        self.problem_list.copy_requested.connect(self._copy)
        self.start_list.browse_requested.connect(self.choose)

    def set_loader(self, library: PackLoader) -> None:
        """Show what the library has open from now on, and let it open what is chosen."""
        self.loader = library
        library.setParent(self)
        library.packs_listed.connect(self._on_packs_listed)
        library.opening.connect(self._on_opening)
        library.opened.connect(self._on_opened)
        library.reloaded.connect(self._on_reloaded)
        library.invalid.connect(self._show_problems)
        library.valid.connect(partial(self.problem_list.show_problems, "", ()))
        library.failed.connect(self.failed)
        self.start_list.chosen.connect(library.open)
        self._on_packs_listed(())

    def close(self) -> None:
        """Leave no work behind."""
        if self.loader is not None:
            self.loader.close()

    def open(self, folder: Path) -> None:
        """Open the pack in a folder."""
        if self.loader is not None:
            self.loader.open(folder)

    def choose(self) -> None:
        """Let the person choose another pack."""
        if self.loader is None:
            return
        chooser = PackChooser(self._catalog(), self._window)
        chooser.chosen.connect(self.loader.open)
        chooser.browse_requested.connect(self._browse)
        chooser.open()

    def _browse(self) -> None:
        if self.loader is None:
            return
        start = str(self._folder.parent)
        chosen = QFileDialog.getExistingDirectory(self._window, "Open the folder of a pack", start)
        if chosen:
            self.loader.open(Path(chosen))

    # What is open

    @property
    def _folder(self) -> Path:
        assert self._open_pack.folder is not None
        return self._open_pack.folder

    def _on_opening(self) -> None:
        """Park the session of the pack that is about to be replaced."""
        self.pack_changing.emit(self._folder)
        if not self._session.state.is_empty:
            self._parked_sessions[self._folder] = self._session.state

    def _on_opened(self, before: LoadedPack) -> None:
        """Continue with the parked session of this pack, or with an empty one."""
        folder, pack = self._folder, self._open_pack.pack
        self._session.switch_pack(pack, self._parked_sessions.pop(folder, SessionState()))
        self._unsupported_answers = {}
        self.pack_changed.emit(folder)
        self._on_packs_listed(self._packs)
        is_parked = before.folder in self._parked_sessions
        kept = f" Your session with “{before.pack.title}” is kept: change back at any time." if is_parked else ""
        self.message.emit(f"“{pack.title}” is open.{kept}", False)

    def _on_reloaded(self, before: LoadedPack) -> None:
        """Keep the session; answers that the edited pack does not define are kept aside."""
        self._session.switch_pack(self._open_pack.pack)
        self.pack_changed.emit(self._folder)
        self._on_packs_listed(self._packs)
        was, self._unsupported_answers = self._unsupported_answers, self._name_unsupported(before.pack)
        back = [
            name for answer, name in was.items() if answer not in self._unsupported_answers and self._is_given(answer)
        ]
        words = ["The pack has been read again."]
        if back:
            words.append(f"Back again: {', '.join(back)}.")
        if self._unsupported_answers:
            words.append(
                f"Kept aside until the pack knows them again: {', '.join(self._unsupported_answers.values())}."
            )
        self.message.emit(" ".join(words), bool(self._unsupported_answers))

    def _name_unsupported(self, before: Pack) -> dict[tuple[str, str], str]:
        aside = ((str(question), str(answer)) for question, answer in self._session.unsupported_answers.items())
        return {
            answer: self._unsupported_answers.get(answer) or format_given_answer(before, *answer) for answer in aside
        }

    def _is_given(self, answer: tuple[str, str]) -> bool:
        return answer in {(str(q), str(a)) for q, a in self._session.workspace.answers.items()}

    # What can be chosen

    def _on_packs_listed(self, labels: tuple[PackInfo, ...]) -> None:
        pack, known = self._open_pack.pack, [label.folder for label in labels]
        if self._folder not in known and labels:
            labels = (*labels, PackInfo(self._folder, pack.id, pack.title, pack.summary, pack.as_of))
        self._packs = labels
        self.start_list.show_catalog(self._catalog())

    def _catalog(self) -> PackCatalog:
        return PackCatalog(
            self._packs,
            self._folder,
            {folder: _answers_kept(kept) for folder, kept in self._parked_sessions.items()},
        )

    # What is wrong

    def _show_problems(self, faults: PackProblems) -> None:
        self.problem_list.show_problems(faults.summary, faults.problems)

    def _open_file(self, problem: Problem) -> None:
        path = Path(problem.file).absolute()
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.message.emit(f"{path.name} is being opened; the fault is in line {problem.line}.", False)
        else:
            self._copy(
                f"{path}:{problem.line}",
                f"No program opens {format_location(problem)}; its path is on the clipboard.",
            )

    def _copy(self, words: str, told: str = "The faults are on the clipboard.") -> None:
        QGuiApplication.clipboard().setText(words)
        self.message.emit(told, False)


def _answers_kept(kept: SessionState) -> str:
    count = len(kept.answers)
    return "kept" if not count else "one answer kept" if count == 1 else f"{count} answers kept"
