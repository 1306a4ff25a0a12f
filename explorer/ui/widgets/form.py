"""Form controls: combo box, check box and segmented control that are readable in every theme, and search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
)

from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusShape, paint_shape
from explorer.ui.widgets.styling import set_tooltip


class ComboBox(QComboBox):
    """A combo box with a chevron in the color of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(24)
        self.setItemDelegate(QStyledItemDelegate(self))  # the default delegate ignores the style sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chevron over the box."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() - 18, self.height() / 2)
        painter.rotate(90)
        paint_shape(painter, StatusShape.CHEVRON, self.palette().color(QPalette.ColorRole.WindowText))


class CheckBox(QCheckBox):
    """A check box with a check mark that contrasts with its box."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the check mark over the box."""
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


class SegmentedControl(QFrame):
    """Options side by side, of which one is selected. `option_requested` sends the index that the user clicks."""

    option_requested = Signal(int)

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """Create the control with a text and a tooltip for each option."""
        super().__init__()
        self.setObjectName("switch")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        set_margins(row, (2, 2, 2, 2), 2)
        for index, (text, tooltip) in enumerate(options):
            button = QPushButton(text)
            button.setProperty("role", "option")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(40)
            set_tooltip(button, tooltip)
            self._group.addButton(button, index)
            row.addWidget(button, len(text))
        self._group.idClicked.connect(self.option_requested)
        self.show_option(0)

    def show_option(self, index: int) -> None:
        """Show which option is selected."""
        self._group.button(index).setChecked(True)


class SearchLineEdit(QLineEdit):
    """A line edit that reports Esc as `escaped`.

    It takes the key before any shortcut of the window. A shortcut of its own would be ambiguous with the
    window's shortcut for Esc, and then Qt triggers neither.
    """

    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the shortcuts of the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Report Esc; other keys edit the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
