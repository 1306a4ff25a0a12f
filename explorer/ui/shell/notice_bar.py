"""The single door for messages to the person: one at a time, and plain."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.ui.widgets.basic import IconButton, make_label, set_margins, set_tone
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape

INFO_DURATION_MS = 8000
"""Milliseconds after which good news goes by itself; what went wrong stays until it is dismissed."""


NoticeButtons = tuple[tuple[str, Callable[[], object]], ...]
"""What a person may do about a message: a word for each, and what it does."""


class NoticeBar(QFrame):
    """Shows the newest message; the same one again does not pile up."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._icon = StatusIcon(StatusShape.DISC, 18)
        self._text = make_label("", selectable=True)
        self._close_button = IconButton(StatusShape.CROSS, "Dismiss this message")
        self._close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        set_margins(row, (18, 6, 10, 6), 12)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._buttons = QHBoxLayout()
        set_margins(self._buttons, gap=8)
        row.addLayout(self._buttons)
        row.addWidget(self._close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._hide_timer = QTimer(self, singleShot=True, interval=INFO_DURATION_MS)
        self._hide_timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def message(self) -> str:
        """What is being said, or nothing."""
        return "" if self.isHidden() else self._text.text()

    def show_error(self, words: str) -> None:
        """Say what did not work, in place of whatever was said before."""
        self._hide_timer.stop()
        self._show(words, StatusShape.WARNING, "bad")

    def show_info(self, words: str, stays: bool = False) -> None:
        """Say what has been done, for a while or until it is dismissed, in place of what was said before."""
        self._show(words, StatusShape.DISC, "info")
        if stays:
            self._hide_timer.stop()
        else:
            self._hide_timer.start()

    def show_question(self, words: str, choices: NoticeButtons) -> None:
        """Say what there is to decide; each choice is a button, and dismissing it leaves all as it is."""
        self._hide_timer.stop()
        self._show(words, StatusShape.DISC, "info", choices)

    def dismiss(self) -> None:
        """Say nothing any more."""
        self.hide()

    def _run_and_dismiss(self, deed: Callable[[], object]) -> None:
        self.dismiss()
        deed()

    def _show(self, words: str, sign: StatusShape, name: str, choices: NoticeButtons = ()) -> None:
        self._text.setText(words)
        while (item := self._buttons.takeAt(0)) is not None:
            if button := item.widget():
                button.hide()
                button.deleteLater()
        for label, deed in choices:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, deed=deed: self._run_and_dismiss(deed))
            self._buttons.addWidget(button)
            button.show()
        self._icon.show_shape(sign)
        for widget in (self, self._icon):
            set_tone(widget, name)
        self.setAccessibleName(words)
        self.show()
