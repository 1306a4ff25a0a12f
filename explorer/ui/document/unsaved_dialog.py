"""Unsaved sessions dialog: restores or deletes autosaved sessions, and sets how long they are kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.storage.sessions.autosave import AutosaveFile, expired
from explorer.ui.shell.settings import Settings
from explorer.ui.widgets.cards import Card
from explorer.ui.widgets.form import ComboBox
from explorer.ui.widgets.labels import ElidedLabel, make_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins

MAX_ROWS = 200
"""How many sessions have a row, newest first."""

_RETENTION = (
    (30, "Keep for 30 days"),
    (90, "Keep for 90 days"),
    (365, "Keep for a year"),
    (0, "Keep without limit"),
)


def describe_autosave(autosave: AutosaveFile) -> tuple[str, str]:
    """Return the file name of an unsaved session (or “untitled”), and the local time of its last change."""
    path = autosave.file_version.path
    changed = datetime.fromtimestamp(autosave.modified_at).astimezone()
    return path.name if path else "untitled", changed.strftime("%d %b %Y, %H:%M")


class SessionRow(Card):
    """An unsaved session with buttons to restore and to delete it."""

    def __init__(self, autosave: AutosaveFile, is_expired: bool) -> None:
        super().__init__(margin=10, gap=2)
        name, changed = describe_autosave(autosave)
        facts = (f"pack {autosave.pack_id}" if autosave.pack_id else "not readable", changed)
        note = ("expired",) if is_expired else ()
        texts = QVBoxLayout()
        set_margins(texts, gap=2)
        texts.addWidget(ElidedLabel(name, "strong"))
        texts.addWidget(make_label("   ·   ".join((*facts, *note)), "small", "warn" if is_expired else ""))
        self.restore, self.delete = QPushButton("Restore"), QPushButton("Delete")
        row = QHBoxLayout()
        set_margins(row, gap=8)
        row.addLayout(texts, 1)
        for button in (self.restore, self.delete):
            button.setAccessibleName(f"{button.text()} {name}, {changed}")
            button.setAutoDefault(False)
            row.addWidget(button)
        self.column.addLayout(row)


class UnsavedSessionsDialog(QDialog):
    """Lists the unsaved sessions, newest first. `restore_requested` sends the one to open.

    Nothing is deleted without a click: sessions that are past their time are marked, and one button deletes these.
    """

    restore_requested = Signal(AutosaveFile)

    def __init__(self, autosaves: tuple[AutosaveFile, ...], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unsaved sessions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 480)
        self._autosaves, self._settings = autosaves, settings
        self.rows: list[SessionRow] = []
        self.retention = ComboBox()
        self.retention.setAccessibleName("How long unsaved sessions are kept")
        for days, text in _RETENTION:
            self.retention.addItem(text, days)
        self.retention.setCurrentIndex(max(0, self.retention.findData(settings.retention_days)))
        self.retention.currentIndexChanged.connect(self._set_retention)
        self._scroll = ScrollColumn("Unsaved sessions")
        self.delete_expired = QPushButton()
        self.delete_expired.clicked.connect(self._delete_expired)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        hint = make_label("Berth keeps the answers of every session that you have not saved to a file.", "muted")
        hint.setContentsMargins(24, 0, 24, 0)
        retention_row, footer = QHBoxLayout(), QHBoxLayout()
        set_margins(retention_row, (24, 4, 24, 4), 8)
        retention_row.addWidget(self.retention)
        retention_row.addStretch(1)
        set_margins(footer, (24, 8, 24, 0), 8)
        footer.addWidget(self.delete_expired)
        footer.addStretch(1)
        footer.addWidget(close)
        for button in (self.delete_expired, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        set_margins(column, (0, 20, 0, 16), 4)
        column.addWidget(hint)
        column.addLayout(retention_row)
        column.addWidget(self._scroll, 1)
        column.addLayout(footer)
        self._show_rows()

    @property
    def _expired(self) -> tuple[AutosaveFile, ...]:
        return expired(self._autosaves, self._settings.retention_days)

    def _show_rows(self) -> None:
        past, page = set(self._expired), QWidget()
        content = QVBoxLayout(page)
        set_margins(content, (24, 4, 24, 4), 6)
        self.rows = [SessionRow(autosave, autosave in past) for autosave in self._autosaves[:MAX_ROWS]]
        for row, autosave in zip(self.rows, self._autosaves, strict=False):
            row.restore.clicked.connect(partial(self._restore, autosave))
            row.delete.clicked.connect(partial(self._delete, autosave))
            content.addWidget(row)
        if not self._autosaves:
            content.addWidget(make_label("No unsaved sessions.", "muted"))
        elif len(self._autosaves) > MAX_ROWS:
            content.addWidget(make_label(f"and {len(self._autosaves) - MAX_ROWS:,} older sessions", "small"))
        content.addStretch(1)
        self._scroll.set_content(page, keep=True)
        count = len(past)
        self.delete_expired.setText(f"Delete {count:,} expired session{'' if count == 1 else 's'}")
        self.delete_expired.setVisible(bool(past))

    def _restore(self, autosave: AutosaveFile, _checked: bool = False) -> None:
        self.accept()
        self.restore_requested.emit(autosave)

    def _delete(self, autosave: AutosaveFile, _checked: bool = False) -> None:
        self._remove((autosave,))

    def _delete_expired(self) -> None:
        self._remove(self._expired)

    def _remove(self, autosaves: tuple[AutosaveFile, ...]) -> None:
        for autosave in autosaves:
            autosave.delete()
        self._autosaves = tuple(each for each in self._autosaves if each not in autosaves)
        self._show_rows()

    def _set_retention(self) -> None:
        self._settings.set_retention_days(self.retention.currentData())
        self._show_rows()
