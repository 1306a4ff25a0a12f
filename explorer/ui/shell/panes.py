"""The three panes side by side, in proportion to the window and its text until someone moves a divider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_SIDE_MIN, _SIDE_MAX, _MIDDLE_MIN = 264, 376, 240
_SIDE_SHARE = 0.22


class Panes(QSplitter):
    """A pane on either side of the one that matters most."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side_panes = (left, right)
        self._is_automatic, self._text_scale = True, 1.0
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, least in ((left, _SIDE_MIN), (middle, _MIDDLE_MIN), (right, _SIDE_MIN)):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._keep_user_sizes)

    def set_text_scale(self, scale: float) -> None:
        """Give the sides the room that text of this scale needs."""
        if scale != self._text_scale:
            self._text_scale, self._is_automatic = scale, True
            self._distribute()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proportions, as long as they are ours to keep."""
        super().resizeEvent(event)
        if self._is_automatic:
            self._distribute()

    def _distribute(self) -> None:
        wanted = min(_SIDE_MAX, max(_SIDE_MIN, self.width() * _SIDE_SHARE)) * self._text_scale
        sides = sum(pane.isVisibleTo(self) for pane in self._side_panes) or 1
        side = int(max(_SIDE_MIN, min(wanted, (self.width() - _MIDDLE_MIN) / sides)))
        self.setSizes([side, self.width() - 2 * side, side])

    def _keep_user_sizes(self) -> None:
        self._is_automatic = False
