"""Recent menu: unsaved sessions that can be restored, and recent files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from explorer.storage.sessions.autosave import AutosaveFile
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.unsaved_dialog import describe_autosave
from explorer.ui.shell.settings import Settings

_MAX_AUTOSAVES = 5


class RecentMenu(QMenu):
    """Rebuilt each time it is shown. Emits the file or the autosave that the user chooses."""

    file_requested = Signal(Path)
    autosave_requested = Signal(AutosaveFile)

    def __init__(self, document: DocumentController, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._settings = document, settings
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the present autosaves and files."""
        self.clear()
        for autosave in self._document.recoverable_sessions[:_MAX_AUTOSAVES]:
            self.addAction(_autosave_text(autosave)).triggered.connect(partial(self._request_autosave, autosave))
        self.addSeparator()
        for path in self._settings.recent_files:
            if path != self._document.path:
                action = self.addAction(f"{_escape_mnemonics(path.name)}\t{_escape_mnemonics(str(path.parent))}")
                action.triggered.connect(partial(self._request_file, path))
        if self.isEmpty():
            self.addAction("No recent files").setEnabled(False)

    def _request_file(self, path: Path, _checked: bool = False) -> None:
        self.file_requested.emit(path)

    def _request_autosave(self, autosave: AutosaveFile, _checked: bool = False) -> None:
        self.autosave_requested.emit(autosave)


def _autosave_text(autosave: AutosaveFile) -> str:
    name, changed = describe_autosave(autosave)
    return f"Restore unsaved: {_escape_mnemonics(name)}\t{changed}"


def _escape_mnemonics(text: str) -> str:
    """Escape what a menu reads as a mnemonic or as the start of the shortcut column."""
    return text.replace("&", "&&").replace("\t", " ")
