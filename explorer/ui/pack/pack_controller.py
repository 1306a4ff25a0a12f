"""Turns the window to the pack that is opened or edited, and loses nothing of what was worked on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import Problem
from explorer.core.model.pack import Pack
from explorer.core.session.compatibility import answer_name
from explorer.core.session.session import SavedSession
from explorer.engine.current_engine import OpenDesk
from explorer.storage.packs.catalog import PackLabel
from explorer.ui.document.session_store import Session
from explorer.ui.pack.pack_chooser import PackChooser, Shelf, StartShelf
from explorer.ui.pack.pack_loader import Faults, Library, OpenPack
from explorer.ui.pack.problem_list import ProblemList, place


class PackRoom(QObject):
    """Keeps session, desk, problem list and start page in step with a library.

    `turning` names the folder whose pack gives way to another, `turned` that of the pack whose desk answers
    from now on; `told` says in a sentence what happened, and whether that stays.
    """

    turning = Signal(Path)
    turned = Signal(Path)
    told = Signal(str, bool)
    failed = Signal(str)

    def __init__(self, desk: OpenDesk, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._window = desk, session, window
        self.problems = ProblemList()
        self.start = StartShelf()
        self.library: Library | None = None
        self._labels: tuple[PackLabel, ...] = ()
        self._kept: dict[Path, SavedSession] = {}
        self._aside: dict[tuple[str, str], str] = {}
        self.problems.opened.connect(self._open_file)
        self.problems.copied.connect(self._copy)
        self.start.browsed.connect(self.choose)

    def follow(self, library: Library) -> None:
        """Show what the library has open from now on, and let it open what is chosen."""
        self.library = library
        self._folder, self._pack = library.now.folder, library.now.pack
        library.setParent(self)
        library.listed.connect(self._list)
        library.opened.connect(self._turn)
        library.reread.connect(self._turn_page)
        library.faulty.connect(self._show_faults)
        library.sound.connect(partial(self.problems.show_problems, "", ()))
        library.failed.connect(self.failed)
        self.start.chosen.connect(library.open)
        self._list(())

    def close(self) -> None:
        """Leave no work behind."""
        if self.library is not None:
            self.library.close()

    def open(self, folder: Path) -> None:
        """Open the pack in a folder."""
        if self.library is not None:
            self.library.open(folder)

    def choose(self) -> None:
        """Let the person choose another pack."""
        if self.library is None:
            return
        chooser = PackChooser(self._shelf(), self._window)
        chooser.chosen.connect(self.library.open)
        chooser.browsed.connect(self._browse)
        chooser.open()

    def _browse(self) -> None:
        if self.library is None:
            return
        start = str(self.library.now.folder.parent)
        chosen = QFileDialog.getExistingDirectory(self._window, "Open the folder of a pack", start)
        if chosen:
            self.library.open(Path(chosen))

    # What is open

    def _turn(self, found: OpenPack) -> None:
        """Another pack: what was worked on so far waits, and what waited for this one comes back."""
        self.turning.emit(self._folder)
        before, left = self._pack, self._session.saved
        if not left.is_blank:
            self._kept[self._folder] = left
        self._folder, self._pack = found.folder, found.pack
        self._desk.now = found.desk
        self._session.turn_to(found.pack, self._kept.pop(found.folder, SavedSession()))
        self._aside = {}
        self.turned.emit(found.folder)
        self._list(self._labels)
        kept = (
            ""
            if left.is_blank
            else f" What you worked out on “{before.title}” is kept: change back any time."
        )
        self.told.emit(f"“{found.pack.title}” is open.{kept}", False)

    def _turn_page(self, found: OpenPack) -> None:
        """The same pack, edited: everything stays, and answers that it no longer knows wait."""
        before, self._pack = self._pack, found.pack
        self._desk.now = found.desk
        self._session.turn_to(found.pack)
        self.turned.emit(found.folder)
        self._list(self._labels)
        was, self._aside = self._aside, self._set_aside(before)
        back = [name for answer, name in was.items() if answer not in self._aside and self._is_given(answer)]
        words = ["The pack has been read again."]
        if back:
            words.append(f"Back again: {', '.join(back)}.")
        if self._aside:
            words.append(f"Kept aside until the pack knows them again: {', '.join(self._aside.values())}.")
        self.told.emit(" ".join(words), bool(self._aside))

    def _set_aside(self, before: Pack) -> dict[tuple[str, str], str]:
        aside = ((str(question), str(answer)) for question, answer in self._session.aside.items())
        return {answer: self._aside.get(answer) or answer_name(before, *answer) for answer in aside}

    def _is_given(self, answer: tuple[str, str]) -> bool:
        return answer in {(str(q), str(a)) for q, a in self._session.workspace.answers.items()}

    # What can be chosen

    def _list(self, labels: tuple[PackLabel, ...]) -> None:
        pack, known = self._pack, [label.folder for label in labels]
        if self._folder not in known and labels:
            labels = (*labels, PackLabel(self._folder, pack.id, pack.title, pack.summary, pack.as_of))
        self._labels = labels
        self.start.show_shelf(self._shelf())

    def _shelf(self) -> Shelf:
        return Shelf(self._labels, self._folder, {folder: _note(kept) for folder, kept in self._kept.items()})

    # What is wrong

    def _show_faults(self, faults: Faults) -> None:
        self.problems.show_problems(faults.told, faults.problems)

    def _open_file(self, problem: Problem) -> None:
        path = Path(problem.file).absolute()
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.told.emit(f"{path.name} is being opened; the fault is in line {problem.line}.", False)
        else:
            self._copy(
                f"{path}:{problem.line}", f"No program opens {place(problem)}; its path is on the clipboard."
            )

    def _copy(self, words: str, told: str = "The faults are on the clipboard.") -> None:
        QGuiApplication.clipboard().setText(words)
        self.told.emit(told, False)


def _note(kept: SavedSession) -> str:
    count = len(kept.answers)
    return "kept" if not count else "one answer kept" if count == 1 else f"{count} answers kept"
