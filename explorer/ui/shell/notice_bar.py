"""Notice bar: shows the newest message to the user above the panes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from explorer.ui.shell.messages import MessageButtons, Messages
from explorer.ui.widgets.cards import IconButton
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone, set_tooltip
from explorer.ui.workers.debounce import Debounce

INFO_DURATION_MS = 8000
"""How long an information stays. Errors, warnings and questions stay until the user dismisses them."""

MAX_CHARACTERS = 600
"""A longer text is cut in the bar and shown in full by the tooltip, so that the bar never covers the window."""

MAX_TOOLTIP = 4_000
"""The length of the tooltip in characters."""


class NoticeBar(QFrame):
    """Shows one message at a time; a new message replaces the previous one."""

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
        self._hide_timer = Debounce(INFO_DURATION_MS, self.dismiss, self)
        self._message, self._is_error, self._is_presenting = "", False, False
        self.hide()

    @property
    def message(self) -> str:
        """The full text of the current message, or an empty text."""
        return self._message

    def connect_to(self, messages: Messages) -> None:
        """Show every message of these."""
        messages.info.connect(self.show_info)
        messages.warning.connect(self.show_warning)
        messages.error.connect(self.show_error)
        messages.question.connect(self.show_question)

    def show_info(self, text: str) -> None:
        """Show a message that disappears after `INFO_DURATION_MS`."""
        self._show(text, StatusShape.DISC, "info")
        self._hide_timer.trigger()

    def show_warning(self, text: str) -> None:
        """Show a message that stays until the user dismisses it."""
        self._show(text, StatusShape.DISC, "info")

    def show_error(self, text: str) -> None:
        """Show an error until the user dismisses it."""
        self._show(text, StatusShape.WARNING, "bad")

    def show_question(self, text: str, buttons: MessageButtons) -> None:
        """Show a question with one button for each answer; dismissing it changes nothing."""
        self._show(text, StatusShape.DISC, "info", buttons)

    def dismiss(self) -> None:
        """Remove the message."""
        self._message = ""
        self.hide()

    def set_presenting(self, presenting: bool) -> None:
        """Show only errors while the user presents; other messages appear afterwards."""
        self._is_presenting = presenting
        self._update_visibility()

    def _show(self, text: str, shape: StatusShape, tone: str, buttons: MessageButtons = ()) -> None:
        self._hide_timer.cancel()
        self._message, self._is_error = text, tone == "bad"
        is_long = len(text) > MAX_CHARACTERS
        self._text.setText(f"{text[:MAX_CHARACTERS].rstrip()}…" if is_long else text)
        set_tooltip(self._text, text[:MAX_TOOLTIP] if is_long else "")
        self._show_buttons(buttons)
        self._icon.show_shape(shape)
        for widget in (self, self._icon):
            set_tone(widget, tone)
        self.setAccessibleName(text)
        self._update_visibility()

    def _update_visibility(self) -> None:
        self.setVisible(bool(self._message) and (self._is_error or not self._is_presenting))

    def _show_buttons(self, buttons: MessageButtons) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for label, action in buttons:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked=False, action=action: self._run_and_dismiss(action))
            self._buttons.addWidget(button)
            button.show()

    def _run_and_dismiss(self, action: Callable[[], object]) -> None:
        self.dismiss()
        action()
