"""The menu of what was opened lately and of what was never saved."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from explorer.storage.sessions.autosave import AutosaveFile
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.shell.settings import Settings

_MAX_AUTOSAVES = 5


class RecentMenu(QMenu):
    """Made anew each time it is shown; reports what is wished."""

    file_requested = Signal(Path)
    autosave_requested = Signal(object)

    def __init__(self, filing: DocumentController, memory: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._settings = filing, memory
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Show what there is now."""
        self.clear()
        for draft in self._document.recoverable_sessions[:_MAX_AUTOSAVES]:
            self.addAction(_autosave_text(draft)).triggered.connect(partial(self._request_autosave, draft))
        self.addSeparator()
        for path in self._settings.recent_files:
            if path != self._document.path:
                action = self.addAction(f"{_escape_mnemonics(path.name)}\t{_escape_mnemonics(str(path.parent))}")
                action.triggered.connect(partial(self._request_file, path))
        if self.isEmpty():
            self.addAction("Nothing was opened yet").setEnabled(False)

    def _request_file(self, path: Path, _checked: bool = False) -> None:
        self.file_requested.emit(path)

    def _request_autosave(self, draft: AutosaveFile, _checked: bool = False) -> None:
        self.autosave_requested.emit(draft)


def _autosave_text(draft: AutosaveFile) -> str:
    path = draft.file_version.path
    when = datetime.fromtimestamp(draft.modified_at).astimezone().strftime("%d %b, %H:%M")
    return f"Not saved: {_escape_mnemonics(path.name) if path else 'no name yet'}\t{when}"


def _escape_mnemonics(words: str) -> str:
    """Words that a menu shows as they stand."""
    return words.replace("&", "&&").replace("\t", " ")
