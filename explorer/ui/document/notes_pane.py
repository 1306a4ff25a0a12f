"""Notes pane: the user's notes on the session."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from explorer.storage.sessions.session_file import MAX_NOTES_LENGTH
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.styling import set_tooltip
from explorer.ui.workers.debounce import Debounce

DEBOUNCE_MS = 300
"""Delay between the last key and `notes_changed`."""

_MAX_LINES = 6


class NotesPane(QWidget):
    """A text field that grows with its content, from one line to `_MAX_LINES`.

    `notes_changed` sends the notes once the user has stopped typing, or when the field loses the focus.
    """

    notes_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notes")
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Notes on this session")
        self.field.setAccessibleName("Notes")
        self.field.setTabChangesFocus(True)
        set_tooltip(self.field, "Your notes are saved with the session")
        self._last_notes = ""
        self._debounce = Debounce(DEBOUNCE_MS, self.flush, self)
        self.field.textChanged.connect(self._debounce.trigger)
        self.field.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        set_margins(column, (16, 6, 16, 10))
        column.addWidget(self.field)
        self._fit_height()

    def show_notes(self, notes: str) -> None:
        """Show these notes. If they are shown already, the cursor stays."""
        if notes != self._last_notes:
            self._last_notes = notes
            self.field.setPlainText(notes)
            self._debounce.cancel()

    def flush(self) -> None:
        """Emit `notes_changed` now if the notes differ from the last ones."""
        self._debounce.cancel()
        notes = self.field.toPlainText()[:MAX_NOTES_LENGTH].encode("utf-8", "replace").decode()
        if notes != self._last_notes:
            self._last_notes = notes
            self.notes_changed.emit(notes)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Flush when the field loses the focus."""
        if watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus():
            self.flush()
        return False

    def _fit_height(self) -> None:
        lines = max(1, min(_MAX_LINES, round(self.field.document().size().height())))  # wrapped lines
        margins = self.field.contentsMargins()
        spare = margins.top() + margins.bottom() + 2 * int(self.field.document().documentMargin())
        self.field.setFixedHeight(lines * self.field.fontMetrics().lineSpacing() + spare + 8)
