"""A view that moves from one look to another so that the eye can follow."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QVariantAnimation

from explorer.ui.widgets.zoom_view import Look, ZoomView

_MS = 200


class Glide(QVariantAnimation):
    """Moves one view; whoever looks around meanwhile stops it."""

    def __init__(self, view: ZoomView) -> None:
        super().__init__(view)
        self._view = view
        self._start = self._end = view.look
        self.allowed = True
        self.setDuration(_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._advance)

    def to(self, look: Look) -> None:
        """Move there; at once where nobody sees it or where motion is not wanted."""
        self.stop()
        if not (self.allowed and self._view.isVisible()):
            self._view.set_look(look)
        elif look != self._view.look:
            self._start, self._end = self._view.look, look
            self.start()

    def _advance(self, share: float) -> None:
        pairs = zip(self._start, self._end, strict=True)
        self._view.set_look(Look(*(one + (other - one) * share for one, other in pairs)))
