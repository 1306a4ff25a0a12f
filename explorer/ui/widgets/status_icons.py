"""Small signs that say by their shape how something stands, so that colour never has to."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_DEFAULT_TEXT_PIXELS = 15


class StatusShape(Enum):
    """The shapes there are."""

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
    """One sign, as large as its line of text and in the colour that the style sheet gives it."""

    def __init__(self, sign: StatusShape = StatusShape.HOLLOW, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._size = sign, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_shape(self, sign: StatusShape) -> None:
        """Show another sign in the same place."""
        self._shape = sign
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = round(self._size * self._scale())
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the sign in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self._size / 16 * self._scale(), self._size / 16 * self._scale())
        paint_shape(painter, self._shape, self.palette().color(QPalette.ColorRole.WindowText))

    def _scale(self) -> float:
        return max(1.0, self.fontInfo().pixelSize() / _DEFAULT_TEXT_PIXELS)


def paint_shape(painter: QPainter, sign: StatusShape, colour: QColor) -> None:
    """Paint a sign around the origin, 16 units wide."""
    pen = QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    match sign:
        case StatusShape.CHECK:
            painter.drawPolyline([QPointF(-5, 0.5), QPointF(-1.5, 4), QPointF(5, -4)])
        case StatusShape.DASH:
            painter.drawLine(QPointF(-4, 0), QPointF(4, 0))
        case StatusShape.CHEVRON:
            painter.drawPolyline([QPointF(-2, -4), QPointF(2, 0), QPointF(-2, 4)])
        case StatusShape.FORWARD | StatusShape.BACK:
            way = 1 if sign is StatusShape.FORWARD else -1
            painter.setBrush(colour)
            painter.drawPolygon([QPointF(-2 * way, -4), QPointF(3 * way, 0), QPointF(-2 * way, 4)])
        case StatusShape.CROSS:
            painter.drawLine(QPointF(-4, -4), QPointF(4, 4))
            painter.drawLine(QPointF(4, -4), QPointF(-4, 4))
        case StatusShape.WARNING:
            _paint_warning(painter, colour)
        case _:
            _paint_round(painter, sign, colour)


def _paint_warning(painter: QPainter, colour: QColor) -> None:
    painter.drawPolygon([QPointF(0, -6), QPointF(6.5, 5.5), QPointF(-6.5, 5.5)])
    painter.drawLine(QPointF(0, -1.8), QPointF(0, 1.4))
    painter.setPen(QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoint(QPointF(0, 3.7))


def _paint_round(painter: QPainter, sign: StatusShape, colour: QColor) -> None:
    ring = QRectF(-5.5, -5.5, 11, 11)
    if sign is StatusShape.DISC:
        painter.setBrush(colour)
        painter.drawEllipse(ring.adjusted(0.6, 0.6, -0.6, -0.6))
    elif sign is StatusShape.DOTTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for number in range(8):
            angle = number * math.pi / 4
            painter.drawEllipse(QPointF(5.3 * math.cos(angle), 5.3 * math.sin(angle)), 1.15, 1.15)
    else:
        painter.drawEllipse(ring)
    if sign is StatusShape.RINGED:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, 0), 3, 3)
