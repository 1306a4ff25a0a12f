"""Pack controller: opens another pack or a new version of the open one, and keeps the user's sessions."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import Problem
from explorer.core.model.pack import Pack
from explorer.core.session.compatibility import format_given_answer
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.storage.packs.catalog import PackInfo
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.pack.pack_chooser import PackCatalog, PackChooser, StartPackList
from explorer.ui.pack.pack_loader import PackLoader, PackProblems
from explorer.ui.pack.problem_list import ProblemList, format_location
from explorer.ui.shell.messages import Messages


class PackController(QObject):
    """Keeps the session, the problem list and the start page in step with a pack loader.

    `pack_changing` sends the folder of the pack that is about to close; a receiver must park the session.
    `pack_changed` sends the folder of the pack that is open now, also after a reload.
    """

    pack_changing = Signal(Path)
    pack_changed = Signal(Path)

    def __init__(
        self,
        open_pack: OpenPack,
        session: SessionStore,
        parked: ParkedSessions,
        messages: Messages,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._open_pack, self._session, self._parked = open_pack, session, parked
        self._messages, self._window = messages, window
        self.problem_list = ProblemList()
        self.start_list = StartPackList()
        self.loader: PackLoader | None = None
        self._packs: tuple[PackInfo, ...] = ()
        self._unsupported_answers: dict[tuple[str, str], str] = {}
        self.problem_list.open_requested.connect(self._open_file)
        self.problem_list.copy_requested.connect(self._copy_problems)
        self.start_list.browse_requested.connect(self.choose)

    def set_loader(self, loader: PackLoader) -> None:
        """Follow a pack loader; without one, the window shows one pack only."""
        self.loader = loader
        loader.setParent(self)
        loader.packs_listed.connect(self._on_packs_listed)
        loader.opening.connect(self._on_opening)
        loader.opened.connect(self._on_opened)
        loader.reloaded.connect(self._on_reloaded)
        loader.invalid.connect(self._show_problems)
        loader.valid.connect(partial(self.problem_list.show_problems, "", ()))
        self.start_list.chosen.connect(loader.open)
        self._on_packs_listed(())

    def close(self) -> None:
        """Wait until no worker runs."""
        if self.loader is not None:
            self.loader.close()

    def open(self, folder: Path) -> None:
        """Open the pack in a folder."""
        if self.loader is not None:
            self.loader.open(folder)

    def choose(self) -> None:
        """Show the dialog for choosing another pack."""
        if self.loader is None:
            return
        chooser = PackChooser(self._catalog(), self._window)
        chooser.chosen.connect(self.loader.open)
        chooser.browse_requested.connect(self._browse)
        chooser.open()

    def _browse(self) -> None:
        start = str(self._open_pack.folder.parent) if self._open_pack.folder else ""
        chosen = QFileDialog.getExistingDirectory(self._window, "Open the folder of a pack", start)
        if chosen:
            self.open(Path(chosen))

    # The open pack

    @property
    def _folder(self) -> Path:
        folder = self._open_pack.folder
        assert folder is not None, "a pack made in memory is never replaced"
        return folder

    def _on_opening(self) -> None:
        self.pack_changing.emit(self._folder)

    def _on_opened(self, before: LoadedPack) -> None:
        """Restore the session that is parked for this pack, else start an empty one."""
        self._session.restore(self._parked.state(self._folder))
        self._unsupported_answers = {}
        self.pack_changed.emit(self._folder)
        self._on_packs_listed(self._packs)
        is_parked = before.folder in self._parked.summaries
        kept = f" Your answers for “{before.pack.title}” are kept." if is_parked else ""
        self._messages.info.emit(f"“{self._open_pack.pack.title}” is open.{kept}")

    def _on_reloaded(self, before: LoadedPack) -> None:
        """Keep the session, and answers that the new version of the pack no longer defines."""
        self._session.refresh_pack()
        self.pack_changed.emit(self._folder)
        self._on_packs_listed(self._packs)
        previous, self._unsupported_answers = self._unsupported_answers, self._name_unsupported(before.pack)
        restored = [
            name
            for answer, name in previous.items()
            if answer not in self._unsupported_answers and self._is_given(answer)
        ]
        sentences = ["The pack was reloaded."]
        if restored:
            sentences.append(f"Restored: {', '.join(restored)}.")
        if names := ", ".join(self._unsupported_answers.values()):
            sentences.append(f"No longer defined, kept until the pack defines them again: {names}.")
        signal = self._messages.warning if self._unsupported_answers else self._messages.info
        signal.emit(" ".join(sentences))

    def _name_unsupported(self, before: Pack) -> dict[tuple[str, str], str]:
        """The labels of the unsupported answers, as the previous version of the pack had them."""
        unsupported = ((str(q), str(a)) for q, a in self._session.unsupported_answers.items())
        known = self._unsupported_answers
        return {answer: known.get(answer) or format_given_answer(before, *answer) for answer in unsupported}

    def _is_given(self, answer: tuple[str, str]) -> bool:
        return answer in {(str(q), str(a)) for q, a in self._session.workspace.answers.items()}

    # The list of packs

    def _on_packs_listed(self, packs: tuple[PackInfo, ...]) -> None:
        pack, folder = self._open_pack.pack, self._open_pack.folder
        if folder is not None and packs and folder not in [info.folder for info in packs]:
            packs = (*packs, PackInfo(folder, pack.id, pack.title, pack.summary, pack.as_of))
        self._packs = packs
        self.start_list.show_catalog(self._catalog())

    def _catalog(self) -> PackCatalog:
        return PackCatalog(self._packs, self._open_pack.folder, self._parked.summaries)

    # Problems

    def _show_problems(self, found: PackProblems) -> None:
        self.problem_list.show_problems(found.summary, found.problems)

    def _open_file(self, problem: Problem) -> None:
        path = Path(problem.file).absolute()
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._messages.info.emit(f"Opening {path.name}. The problem is in line {problem.line}.")
        else:
            QGuiApplication.clipboard().setText(f"{path}:{problem.line}")
            self._messages.info.emit(
                f"No program can open {format_location(problem)}. Its path is copied to the clipboard."
            )

    def _copy_problems(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._messages.info.emit("The problems are copied to the clipboard.")
