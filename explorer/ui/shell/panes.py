"""Panes: three panes side by side, sized automatically until the user moves a divider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_SIDE_MIN, _SIDE_MAX, _MIDDLE_MIN = 264, 376, 240
"""Widths in pixels at the default text size."""
_SIDE_SHARE = 0.22
"""The share of the window's width for each side pane."""


class Panes(QSplitter):
    """A splitter with a main pane between two side panes."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._side_panes = (left, right)
        self._is_automatic, self._text_scale = True, 1.0
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane, min_width in ((left, _SIDE_MIN), (middle, _MIDDLE_MIN), (right, _SIDE_MIN)):
            pane.setMinimumWidth(min_width)
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._keep_user_sizes)

    def set_text_scale(self, scale: float) -> None:
        """Size the side panes for a text scale."""
        if scale != self._text_scale:
            self._text_scale, self._is_automatic = scale, True
            self._distribute()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proportions unless the user has moved a divider."""
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
