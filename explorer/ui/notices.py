"""The single door for messages to the person: one at a time, and plain."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from explorer.ui.marks import Mark, Sign
from explorer.ui.widgets import MarkButton, spaced, text, tone

NEWS_STAYS = 8000
"""Milliseconds after which good news goes by itself; what went wrong stays until it is dismissed."""


class NoticeBar(QFrame):
    """Shows the newest message; the same one again does not pile up."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._mark = Mark(Sign.DISC, 18)
        self._words = text("", selectable=True)
        self._close = MarkButton(Sign.CROSS, "Dismiss this message")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        spaced(row, (18, 6, 10, 6), 12)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._passing = QTimer(self, singleShot=True, interval=NEWS_STAYS)
        self._passing.timeout.connect(self.dismiss)
        self.hide()

    @property
    def message(self) -> str:
        """What is being said, or nothing."""
        return "" if self.isHidden() else self._words.text()

    def show_error(self, words: str) -> None:
        """Say what did not work, in place of whatever was said before."""
        self._passing.stop()
        self._show(words, Sign.WARNING, "bad")

    def show_info(self, words: str, stays: bool = False) -> None:
        """Say what has been done, for a while or until it is dismissed, in place of what was said before."""
        self._show(words, Sign.DISC, "info")
        if stays:
            self._passing.stop()
        else:
            self._passing.start()

    def dismiss(self) -> None:
        """Say nothing any more."""
        self.hide()

    def _show(self, words: str, sign: Sign, name: str) -> None:
        self._words.setText(words)
        self._mark.show_sign(sign)
        for widget in (self, self._mark):
            tone(widget, name)
        self.setAccessibleName(words)
        self.show()
