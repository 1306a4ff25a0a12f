"""The whole map in a corner: where one looks, and a way to look elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from explorer.layout.geometry import Box
from explorer.ui.map.map_painter import OverviewPainter
from explorer.ui.theme.canvas_colors import CanvasColors

_MAX_SIZE = QSize(140, 170)
_PAD, _MARGIN = 7, 14


class Minimap(QWidget):
    """Shows the whole map and the part in view; `went` tells the point of the map that was pointed at."""

    position_selected = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extent = (1.0, 1.0)
        self._visible_area = Box(0, 0, 1, 1)
        self._colors = CanvasColors()
        self._pixels = QPixmap()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Overview of the decision map")
        self.setToolTip("Overview: drag to look elsewhere")
        self.hide()

    def show_map(self, far: OverviewPainter, extent: tuple[float, float], paper: str | None) -> None:
        """Show another map."""
        self._extent = extent
        scale = self._scales()
        size = QSize(max(20, round(extent[0] * scale[0])), max(20, round(extent[1] * scale[1])))
        ratio = self.devicePixelRatioF()
        self._pixels = QPixmap(size * ratio)
        self._pixels.setDevicePixelRatio(ratio)
        self._pixels.fill(QColor(paper or "white"))
        painter = QPainter(self._pixels)
        painter.scale(*scale)
        far.paint(painter, QRectF(0, 0, *extent), min(scale))
        painter.end()
        self.resize(size.width() + 2 * _PAD, size.height() + 2 * _PAD)
        if (view := self.parentWidget()) is not None:
            self.move_to_corner(view.size())
        self.update()

    def show_visible_area(self, view: Box) -> None:
        """Show which part of the map is in view; when that is all of it, there is nothing to tell."""
        self._visible_area = view
        whole = view.contains(Box(0, 0, *self._extent).expanded(-2))
        self.setVisible(not whole and not self._pixels.isNull())
        self.update()

    def show_colors(self, colours: CanvasColors) -> None:
        """Take the colours of another theme."""
        self._colors = colours
        self.update()

    def move_to_corner(self, room: QSize) -> None:
        """Stand in the lower right corner."""
        self.move(room.width() - self.width() - _MARGIN, room.height() - self.height() - _MARGIN)

    def _scales(self) -> tuple[float, float]:
        w, h = self._extent
        scale = min((_MAX_SIZE.width() - 2 * _PAD) / w, (_MAX_SIZE.height() - 2 * _PAD) / h)
        # A map of thousands of rows would be a thread: it is shown wider than it is.
        return max(scale, min(40 / w, 1.0)), scale

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map, and a frame around what is in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colors.line), 1))
        painter.setBrush(QColor(self._colors.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.drawPixmap(_PAD, _PAD, self._pixels)
        x, y = self._scales()
        seen = QRectF(
            self._visible_area.x * x,
            self._visible_area.y * y,
            self._visible_area.w * x,
            self._visible_area.h * y,
        )
        seen = seen.translated(_PAD, _PAD).intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        colour = QColor(self._colors.selected)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(30)
        painter.setBrush(colour)
        painter.drawRoundedRect(seen.adjusted(0, 0, 0, max(0.0, 4 - seen.height())), 2, 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._emit_position(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._emit_position(event)

    def _emit_position(self, event: QMouseEvent) -> None:
        x, y = self._scales()
        at = event.position() - QPointF(_PAD, _PAD)
        self.position_selected.emit(QPointF(at.x() / x, at.y() / y))
        event.accept()
