"""The single door for messages to the person: one at a time, and plain."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.ui.widgets.basic import MarkButton, spaced, text, tone
from explorer.ui.widgets.status_icons import Mark, Sign

NEWS_STAYS = 8000
"""Milliseconds after which good news goes by itself; what went wrong stays until it is dismissed."""


Choices = tuple[tuple[str, Callable[[], object]], ...]
"""What a person may do about a message: a word for each, and what it does."""


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
        self._choices = QHBoxLayout()
        spaced(self._choices, gap=8)
        row.addLayout(self._choices)
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

    def ask(self, words: str, choices: Choices) -> None:
        """Say what there is to decide; each choice is a button, and dismissing it leaves all as it is."""
        self._passing.stop()
        self._show(words, Sign.DISC, "info", choices)

    def dismiss(self) -> None:
        """Say nothing any more."""
        self.hide()

    def _choose(self, deed: Callable[[], object]) -> None:
        self.dismiss()
        deed()

    def _show(self, words: str, sign: Sign, name: str, choices: Choices = ()) -> None:
        self._words.setText(words)
        while (item := self._choices.takeAt(0)) is not None:
            if button := item.widget():
                button.hide()
                button.deleteLater()
        for label, deed in choices:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, deed=deed: self._choose(deed))
            self._choices.addWidget(button)
            button.show()
        self._mark.show_sign(sign)
        for widget in (self, self._mark):
            tone(widget, name)
        self.setAccessibleName(words)
        self.show()
