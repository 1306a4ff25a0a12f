"""What forms are filled in with: lists to choose from and boxes to tick, whose signs show in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
)

from explorer.ui.widgets.status_icons import StatusShape, paint_shape


class ComboBox(QComboBox):
    """A list to choose from, with a sign that says so."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(24)
        self.setItemDelegate(QStyledItemDelegate(self))  # which heeds the style sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign over what the style sheet paints."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() - 18, self.height() / 2)
        painter.rotate(90)
        paint_shape(painter, StatusShape.CHEVRON, self.palette().color(QPalette.ColorRole.WindowText))


class CheckBox(QCheckBox):
    """A box to tick, whose tick stands out from it in every theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tick over the box that the style sheet paints."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        role = QPalette.ColorRole.HighlightedText if self.isEnabled() else QPalette.ColorRole.PlaceholderText
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(box).center())
        paint_shape(painter, StatusShape.CHECK, QApplication.palette().color(role))
