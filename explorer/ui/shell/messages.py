"""Messages to the user: one object that every controller reports to and the notice bar shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

MessageButtons = tuple[tuple[str, Callable[[], object]], ...]
"""The answers to a question: the label of each button, and the function that it runs."""


class Messages(QObject):
    """Carries messages from the controllers to the notice bar.

    Each signal sends plain text. A controller emits it, or connects a signal of its own that sends text:
    `worker.failed.connect(messages.error)`.
    """

    info = Signal(str)
    """Something is done. The message disappears after a few seconds."""

    warning = Signal(str)
    """Something is done, with a consequence that the user must read. The message stays until it is dismissed."""

    error = Signal(str)
    """Something failed. The message stays until it is dismissed."""

    question = Signal(str, tuple)
    """The user must decide something. Sends the text and `MessageButtons`."""
