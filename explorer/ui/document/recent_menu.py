"""The menu of what was opened lately and of what was never saved."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from explorer.storage.sessions.autosave import Draft
from explorer.ui.document.document_controller import Filing
from explorer.ui.shell.settings import Memory

_MOST_LEFT = 5


class RecentMenu(QMenu):
    """Made anew each time it is shown; reports what is wished."""

    wished = Signal(Path)
    left_wished = Signal(object)

    def __init__(self, filing: Filing, memory: Memory, parent: QWidget) -> None:
        super().__init__(parent)
        self._filing, self._memory = filing, memory
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Show what there is now."""
        self.clear()
        for draft in self._filing.left[:_MOST_LEFT]:
            self.addAction(_told(draft)).triggered.connect(partial(self._wish_left, draft))
        self.addSeparator()
        for path in self._memory.recent:
            if path != self._filing.path:
                action = self.addAction(f"{_literal(path.name)}\t{_literal(str(path.parent))}")
                action.triggered.connect(partial(self._wish, path))
        if self.isEmpty():
            self.addAction("Nothing was opened yet").setEnabled(False)

    def _wish(self, path: Path, _checked: bool = False) -> None:
        self.wished.emit(path)

    def _wish_left(self, draft: Draft, _checked: bool = False) -> None:
        self.left_wished.emit(draft)


def _told(draft: Draft) -> str:
    path = draft.origin.path
    when = datetime.fromtimestamp(draft.changed).astimezone().strftime("%d %b, %H:%M")
    return f"Not saved: {_literal(path.name) if path else 'no name yet'}\t{when}"


def _literal(words: str) -> str:
    """Words that a menu shows as they stand."""
    return words.replace("&", "&&").replace("\t", " ")
