"""Status icons: small shapes that differ without color."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_DEFAULT_TEXT_PIXELS = 15


class StatusShape(Enum):
    """The shapes."""

    CHECK = "tick"
    HOLLOW = "hollow"
    DASH = "dash"
    WARNING = "warning"
    DISC = "disc"
    RINGED = "ringed"
    RING = "ring"
    DOTTED = "dotted"
    CHEVRON = "chevron"
    BACK = "back"
    FORWARD = "forth"
    CROSS = "cross"


class StatusIcon(QWidget):
    """One shape, as large as a line of text, in the color that the style sheet defines."""

    def __init__(self, shape: StatusShape = StatusShape.HOLLOW, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._size = shape, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_shape(self, shape: StatusShape) -> None:
        """Show another shape."""
        self._shape = shape
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        side = round(self._size * self._scale())
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the shape in the center."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self._size / 16 * self._scale(), self._size / 16 * self._scale())
        paint_shape(painter, self._shape, self.palette().color(QPalette.ColorRole.WindowText))

    def _scale(self) -> float:
        return max(1.0, self.fontInfo().pixelSize() / _DEFAULT_TEXT_PIXELS)


def paint_shape(painter: QPainter, shape: StatusShape, color: QColor) -> None:
    """Paint a shape around the origin of the painter, 16 units wide."""
    pen = QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    match shape:
        case StatusShape.CHECK:
            painter.drawPolyline([QPointF(-5, 0.5), QPointF(-1.5, 4), QPointF(5, -4)])
        case StatusShape.DASH:
            painter.drawLine(QPointF(-4, 0), QPointF(4, 0))
        case StatusShape.CHEVRON:
            painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
        case StatusShape.FORWARD | StatusShape.BACK:
            direction = 1 if shape is StatusShape.FORWARD else -1
            painter.setBrush(color)
            painter.drawPolygon([QPointF(-2 * direction, -4), QPointF(3 * direction, 0), QPointF(-2 * direction, 4)])
        case StatusShape.CROSS:
            painter.drawLine(QPointF(-4, -4), QPointF(4, 4))
            painter.drawLine(QPointF(4, -4), QPointF(-4, 4))
        case StatusShape.WARNING:
            _paint_warning(painter, color)
        case _:
            _paint_round(painter, shape, color)


def _paint_warning(painter: QPainter, color: QColor) -> None:
    painter.drawPolygon([QPointF(0, -6), QPointF(6.5, 5.5), QPointF(-6.5, 5.5)])
    painter.drawLine(QPointF(0, -1.8), QPointF(0, 1.4))
    painter.setPen(QPen(color, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoint(QPointF(0, 3.7))


def _paint_round(painter: QPainter, shape: StatusShape, color: QColor) -> None:
    ring = QRectF(-5.5, -5.5, 11, 11)
    if shape is StatusShape.DISC:
        painter.setBrush(color)
        painter.drawEllipse(ring.adjusted(0.6, 0.6, -0.6, -0.6))
    elif shape is StatusShape.DOTTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for number in range(8):
            angle = number * math.pi / 4
            painter.drawEllipse(QPointF(5.3 * math.cos(angle), 5.3 * math.sin(angle)), 1.15, 1.15)
    else:
        painter.drawEllipse(ring)
    if shape is StatusShape.RINGED:
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, 0), 3, 3)
