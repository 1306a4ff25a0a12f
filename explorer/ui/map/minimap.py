"""Minimap: an overview of the whole map with a frame around the visible part."""

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
    """`position_selected` sends the point of the map that the user clicks or drags to."""

    position_selected = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extent = (1.0, 1.0)
        self._visible_area = Box(0, 0, 1, 1)
        self._colors = CanvasColors()
        self._pixels = QPixmap()
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("Overview of the decision map")
        self.setToolTip("Overview. Drag to move the visible part.")
        self.hide()

    def show_map(self, overview: OverviewPainter, extent: tuple[float, float], background: str | None) -> None:
        """Show a map of this width and height."""
        self._extent = extent
        scale = self._scales()
        size = QSize(max(20, round(extent[0] * scale[0])), max(20, round(extent[1] * scale[1])))
        ratio = self.devicePixelRatioF()
        self._pixels = QPixmap(size * ratio)
        self._pixels.setDevicePixelRatio(ratio)
        self._pixels.fill(QColor(background or "white"))
        painter = QPainter(self._pixels)
        painter.scale(*scale)
        overview.paint(painter, QRectF(0, 0, *extent), min(scale))
        painter.end()
        self.resize(size.width() + 2 * _PAD, size.height() + 2 * _PAD)
        if (view := self.parentWidget()) is not None:
            self.move_to_corner(view.size())
        self.update()

    def show_visible_area(self, area: Box) -> None:
        """Frame the visible part. The minimap is hidden while the whole map is visible."""
        self._visible_area = area
        whole = area.contains(Box(0, 0, *self._extent).expanded(-2))
        self.setVisible(not whole and not self._pixels.isNull())
        self.update()

    def show_colors(self, colors: CanvasColors) -> None:
        """Use the colors of a theme."""
        self._colors = colors
        self.update()

    def move_to_corner(self, size: QSize) -> None:
        """Move to the lower right corner of a view of this size."""
        self.move(size.width() - self.width() - _MARGIN, size.height() - self.height() - _MARGIN)

    def _scales(self) -> tuple[float, float]:
        w, h = self._extent
        scale = min((_MAX_SIZE.width() - 2 * _PAD) / w, (_MAX_SIZE.height() - 2 * _PAD) / h)
        # A map with thousands of rows would be a thin line, so its width is scaled up.
        return max(scale, min(40 / w, 1.0)), scale

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the map and a frame around its visible part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colors.line), 1))
        painter.setBrush(QColor(self._colors.canvas))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.drawPixmap(_PAD, _PAD, self._pixels)
        x, y = self._scales()
        frame = QRectF(
            self._visible_area.x * x,
            self._visible_area.y * y,
            self._visible_area.w * x,
            self._visible_area.h * y,
        )
        frame = frame.translated(_PAD, _PAD).intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        color = QColor(self._colors.selected)
        painter.setPen(QPen(color, 2))
        color.setAlpha(30)
        painter.setBrush(color)
        painter.drawRoundedRect(frame.adjusted(0, 0, 0, max(0.0, 4 - frame.height())), 2, 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the visible part to the clicked point."""
        self._emit_position(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the visible part along with the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._emit_position(event)

    def _emit_position(self, event: QMouseEvent) -> None:
        x, y = self._scales()
        point = event.position() - QPointF(_PAD, _PAD)
        self.position_selected.emit(QPointF(point.x() / x, point.y() / y))
        event.accept()
