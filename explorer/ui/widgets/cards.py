"""Cards and clickable areas."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QStyle, QStyleOption, QVBoxLayout, QWidget

from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tooltip


class Card(QFrame):
    """A framed column of widgets. The style sheet colors its `tone`."""

    def __init__(self, tone: str = "", margin: int = 16, gap: int = 8) -> None:
        super().__init__()
        if tone:
            self.setProperty("tone", tone)
        self.column = QVBoxLayout(self)
        set_margins(self.column, (margin, margin - 3, margin, margin), gap)

    def add(self, *widgets: QWidget) -> None:
        """Append widgets at the bottom."""
        for widget in widgets:
            self.column.addWidget(widget)


class ClickableArea(QAbstractButton):
    """A button whose content is a layout of widgets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Return the size of the layout."""
        layout = self.layout()
        return layout.sizeHint() if layout else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the minimum size of the layout."""
        layout = self.layout()
        return layout.minimumSize() if layout else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the background that the style sheet defines for the state of the button."""
        option = QStyleOption()
        option.initFrom(self)
        if self.isChecked():
            option.state |= QStyle.StateFlag.State_On
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Enter, as Qt does on the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class IconButton(ClickableArea):
    """A small square button with an icon."""

    def __init__(self, shape: StatusShape, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        set_tooltip(self, name)
        self.setFixedSize(32, 32)
        row = QVBoxLayout(self)
        set_margins(row)
        row.addWidget(StatusIcon(shape, 18), 0, Qt.AlignmentFlag.AlignCenter)
