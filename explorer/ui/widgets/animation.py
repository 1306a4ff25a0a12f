"""A view that moves from one look to another so that the eye can follow."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation

from explorer.ui.widgets.zoom_view import ViewPosition, ZoomView

_DURATION_MS = 200


class ViewAnimation(QVariantAnimation):
    """Moves one view; whoever looks around meanwhile stops it."""

    def __init__(self, view: ZoomView) -> None:
        super().__init__(view)
        self._view = view
        self._start = self._end = view.view_position
        self.is_enabled = True
        self.setDuration(_DURATION_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._advance)

    def animate_to(self, look: ViewPosition) -> None:
        """Move there; at once where nobody sees it or where motion is not wanted."""
        self.stop()
        if not (self.is_enabled and self._view.isVisible()):
            self._view.set_view_position(look)
        elif look != self._view.view_position:
            self._start, self._end = self._view.view_position, look
            self.start()

    def _advance(self, share: float) -> None:
        pairs = zip(self._start, self._end, strict=True)
        self._view.set_view_position(ViewPosition(*(one + (other - one) * share for one, other in pairs)))
