"""The three panes side by side, in proportion to the window and its text until someone moves a divider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_NARROW, _WIDE, _MIDDLE = 264, 376, 240
_SHARE = 0.22


class Panes(QSplitter):
    """A pane on either side of the one that matters most."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._sides = (left, right)
        self._ours, self._scale = True, 1.0
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, least in ((left, _NARROW), (middle, _MIDDLE), (right, _NARROW)):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._hand_over)

    def show_scale(self, scale: float) -> None:
        """Give the sides the room that text of this scale needs."""
        if scale != self._scale:
            self._scale, self._ours = scale, True
            self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proportions, as long as they are ours to keep."""
        super().resizeEvent(event)
        if self._ours:
            self._share_out()

    def _share_out(self) -> None:
        wanted = min(_WIDE, max(_NARROW, self.width() * _SHARE)) * self._scale
        sides = sum(pane.isVisibleTo(self) for pane in self._sides) or 1
        side = int(max(_NARROW, min(wanted, (self.width() - _MIDDLE) / sides)))
        self.setSizes([side, self.width() - 2 * side, side])

    def _hand_over(self) -> None:
        self._ours = False
