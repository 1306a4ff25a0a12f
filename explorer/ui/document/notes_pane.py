"""A quiet place for a person's own words on the session, below the takeaways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from explorer.storage.sessions.session_file import NOTES_HOLD
from explorer.ui.widgets.basic import spaced, tip

PAUSE_MS = 300
"""How long after the last key what was written is reported."""

_LINES = 6


class NotesPane(QWidget):
    """Shows notes and reports what was written: one line high until there is more to see."""

    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notes")
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Notes on this session")
        self.field.setAccessibleName("Notes")
        self.field.setTabChangesFocus(True)
        tip(self.field, "Your own words; they are kept with the session")
        self._shown = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.report)
        self.field.textChanged.connect(self._pause.start)
        self.field.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        spaced(column, (16, 6, 16, 10))
        column.addWidget(self.field)
        self._fit()

    def show_notes(self, notes: str) -> None:
        """Show other notes; those that are there already keep their cursor."""
        if notes != self._shown:
            self._shown = notes
            self.field.setPlainText(notes)
            self._pause.stop()

    def report(self) -> None:
        """Report what was written and not reported yet."""
        self._pause.stop()
        written = self.field.toPlainText()[:NOTES_HOLD].encode("utf-8", "replace").decode()
        if written != self._shown:
            self._shown = written
            self.noted.emit(written)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Report at once when the keyboard goes elsewhere."""
        if watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus():
            self.report()
        return False

    def _fit(self) -> None:
        lines = max(1, min(_LINES, round(self.field.document().size().height())))  # as they are wrapped
        margins = self.field.contentsMargins()
        spare = margins.top() + margins.bottom() + 2 * int(self.field.document().documentMargin())
        self.field.setFixedHeight(lines * self.field.fontMetrics().lineSpacing() + spare + 8)
