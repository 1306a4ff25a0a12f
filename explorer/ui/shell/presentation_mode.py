"""Presentation mode: whether the window shows only the diagram and the current question, with larger text."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

TEXT_SCALE = 1.4
"""How much larger the text is while the user presents."""


class PresentationMode(QObject):
    """The one owner of the presentation mode. `changed` sends whether it is active."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_active = False

    @property
    def is_active(self) -> bool:
        """Whether the user presents."""
        return self._is_active

    @property
    def text_scale(self) -> float:
        """The factor for the text size."""
        return TEXT_SCALE if self._is_active else 1.0

    def set_active(self, active: bool) -> None:
        """Start or stop presenting."""
        if active != self._is_active:
            self._is_active = active
            self.changed.emit(active)

    def stop(self) -> None:
        """Stop presenting."""
        self.set_active(False)
