"""Layouts: margins, columns, a scrolling column, and a flow layout."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget


def set_margins(layout: QBoxLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> None:
    """Set the margins of a layout (left, top, right, bottom) and the gap between its items, in pixels."""
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)


def make_column(stretched: QWidget, *below: QWidget) -> QWidget:
    """Return a widget with these widgets in a column; the first one takes all spare height."""
    page = QWidget()
    column = QVBoxLayout(page)
    set_margins(column)
    column.addWidget(stretched, 1)
    for widget in below:
        column.addWidget(widget)
    return page


class ScrollColumn(QScrollArea):
    """A column that scrolls vertically and is never wider than its viewport."""

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(accessible_name)
        self._target: QWidget | None = None
        self._target_position: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._restore_position)
        self.verticalScrollBar().actionTriggered.connect(self._release)

    def set_content(self, content: QWidget, *, keep: bool = False) -> None:
        """Replace the content. Scroll to its top, or with `keep` to the previous position."""
        at = self.verticalScrollBar().value() if keep else 0
        content.setObjectName("content")
        self.setWidget(content)
        self.verticalScrollBar().setValue(at)
        self._target_position = at if keep else None  # Qt lays out the content later: restore it then

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll to a widget and keep it in view while the content around it grows, until the user scrolls."""
        self._target, self._target_position = widget, None
        QTimer.singleShot(0, self, self._restore_position)

    def _release(self) -> None:
        self._target = self._target_position = None

    def _restore_position(self) -> None:
        bar = self.verticalScrollBar()
        if self._target_position is not None:
            bar.setValue(self._target_position)
            self._target_position = self._target_position if bar.value() < self._target_position else None
            self._target = None
            return
        content, widget = self.widget(), self._target
        if content is None or widget is None or not content.isAncestorOf(widget):
            return
        top = widget.mapTo(content, QPoint(0, 0)).y()
        spare = self.viewport().height() - widget.height()
        bar.setValue(top - max(8, spare // 3))


class FlowLayout(QLayout):
    """Items side by side, wrapped to as many lines as they need."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the item at an index, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at an index, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Return True: less width needs more height."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        return self._layout_items(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return the minimum size; the layout grows with its width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return a small width and the height of the highest item."""
        return QSize(48, max((item.sizeHint().height() for item in self._items), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Lay out the items in a rectangle."""
        super().setGeometry(rect)
        self._layout_items(rect, move=True)

    def _layout_items(self, rect: QRect, move: bool) -> int:
        x, y, height = 0, 0, 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), rect.width())
            if x and x + width > rect.width():
                x, y, height = 0, y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(rect.x() + x, rect.y() + y, width, size.height()))
            x, height = x + width + self._gap, max(height, size.height())
        return y + height
