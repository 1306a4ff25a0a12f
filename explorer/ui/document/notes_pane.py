"""A quiet place for a person's own words on the session, below the takeaways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from explorer.storage.sessions.session_file import MAX_NOTES_LENGTH
from explorer.ui.widgets.basic import set_margins, set_tooltip

DEBOUNCE_MS = 300
"""How long after the last key what was written is reported."""

_MAX_LINES = 6


class NotesPane(QWidget):
    """Shows notes and reports what was written: one line high until there is more to see."""

    notes_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notes")
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Notes on this session")
        self.field.setAccessibleName("Notes")
        self.field.setTabChangesFocus(True)
        set_tooltip(self.field, "Your own words; they are kept with the session")
        self._last_notes = ""
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self.flush)
        self.field.textChanged.connect(self._debounce.start)
        self.field.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        set_margins(column, (16, 6, 16, 10))
        column.addWidget(self.field)
        self._fit_height()

    def show_notes(self, notes: str) -> None:
        """Show other notes; those that are there already keep their cursor."""
        if notes != self._last_notes:
            self._last_notes = notes
            self.field.setPlainText(notes)
            self._debounce.stop()

    def flush(self) -> None:
        """Report what was written and not reported yet."""
        self._debounce.stop()
        written = self.field.toPlainText()[:MAX_NOTES_LENGTH].encode("utf-8", "replace").decode()
        if written != self._last_notes:
            self._last_notes = written
            self.notes_changed.emit(written)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Report at once when the keyboard goes elsewhere."""
        if watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus():
            self.flush()
        return False

    def _fit_height(self) -> None:
        lines = max(1, min(_MAX_LINES, round(self.field.document().size().height())))  # as they are wrapped
        margins = self.field.contentsMargins()
        spare = margins.top() + margins.bottom() + 2 * int(self.field.document().documentMargin())
        self.field.setFixedHeight(lines * self.field.fontMetrics().lineSpacing() + spare + 8)
