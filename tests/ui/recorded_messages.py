"""Messages that record what a controller reports, for tests without a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from explorer.ui.shell.messages import MessageButtons, Messages


class RecordedMessages(Messages):
    """Records the kind and the text of each message, and the buttons of the last question."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, str]] = []
        self.buttons: dict[str, Callable[[], object]] = {}
        self.info.connect(partial(self._record, "info"))
        self.warning.connect(partial(self._record, "warning"))
        self.error.connect(partial(self._record, "error"))
        self.question.connect(self._record_question)

    @property
    def last(self) -> tuple[str, str]:
        """The kind and the text of the last message; two empty texts before the first."""
        return self.all[-1] if self.all else ("", "")

    @property
    def texts(self) -> list[str]:
        """The texts of all messages."""
        return [text for _, text in self.all]

    def _record(self, kind: str, text: str) -> None:
        self.buttons = {}
        self.all.append((kind, text))

    def _record_question(self, text: str, buttons: MessageButtons) -> None:
        self.buttons = dict(buttons)
        self.all.append(("question", text))
