"""Canvas message: a sentence in the middle of an empty canvas, or at the top of a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from explorer.ui.theme.canvas_colors import CanvasColors
from explorer.ui.widgets.zoom_view import MARGIN


class CanvasMessage(QLabel):
    """Shows plain text over its canvas; it is hidden while the text is empty."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._colors = CanvasColors()
        self._over_picture = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_text(self, text: str, *, over_picture: bool) -> None:
        """Show a text; over a picture it has a background of its own."""
        self._over_picture = over_picture
        self.setText(text)
        self.setVisible(bool(text))
        self.update_geometry()

    def show_colors(self, colors: CanvasColors) -> None:
        """Use the colors of a theme."""
        self._colors = colors
        self.update_geometry()

    def update_geometry(self) -> None:
        """Follow the size of the canvas."""
        colors, available = self._colors, self._canvas.rect()
        background = f"background: {colors.card}; border: 1px solid {colors.line}; border-radius: 8px;"
        style = f"color: {colors.text}; padding: 10px 16px; {background if self._over_picture else ''}"
        if self.styleSheet() != style:
            self.setStyleSheet(style)
        one_line = self.fontMetrics().horizontalAdvance(self.text()) + 64
        self.setFixedWidth(max(120, min(480, available.width() - 2 * MARGIN, one_line)))
        self.adjustSize()
        middle = (available.height() - self.height()) // 2
        self.move((available.width() - self.width()) // 2, MARGIN if self._over_picture else middle)
