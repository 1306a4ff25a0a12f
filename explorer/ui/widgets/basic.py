"""The small parts that every panel is put together from: plain text, cards, chips, and areas to click."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from explorer.ui.widgets.status_icons import StatusIcon, StatusShape

FIXED = QSizePolicy.Policy.Fixed
EXPANDING = QSizePolicy.Policy.Expanding


def set_tone(widget: QWidget, name: str) -> None:
    """Let the style sheet paint the widget in another of its tones."""
    if widget.property("tone") != name:
        widget.setProperty("tone", name)
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # it has not been painted yet, and is styled when it is
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def set_margins(layout: QBoxLayout, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> None:
    """Set a layout's margins and the gap between its items."""
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)


def make_column(stretched: QWidget, *below: QWidget) -> QWidget:
    """Widgets one above the other, the first with all the room that the others leave."""
    page = QWidget()
    column = QVBoxLayout(page)
    set_margins(column)
    column.addWidget(stretched, 1)
    for widget in below:
        column.addWidget(widget)
    return page


def tooltip_html(words: str) -> str:
    """Words as Qt must be given them so that a tool tip shows them as they stand, wrapped."""
    return f"<qt>{escape(words)}</qt>" if words else ""


def set_tooltip(widget: QWidget, words: str) -> None:
    """Explain the widget in words that are shown as they stand, wrapped; no words, no tool tip."""
    widget.setToolTip(tooltip_html(words))
    widget.setAccessibleDescription(words)


def make_line_label(words: str = "", role: str = "body", name: str = "") -> QLabel:
    """A few words in one line, exactly as they stand."""
    label = make_label(words, role, name)
    label.setWordWrap(False)
    return label


def make_label(words: str = "", role: str = "body", name: str = "", selectable: bool = False) -> QLabel:
    """Words exactly as they stand, wrapped to the width there is; never read as markup."""
    label = PlainLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(words)
    label.setWordWrap(True)
    label.setProperty("role", role)
    if name:
        label.setProperty("tone", name)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class PlainLabel(QLabel):
    """Words that wrap even where one alone is longer than a line."""

    def __init__(self) -> None:
        super().__init__()
        self._original = ""

    def setText(self, words: str) -> None:  # noqa: N802 (Qt's name for it)
        """Show other words."""
        self._original = words
        super().setText(add_break_points(words))

    def text(self) -> str:
        """The words as they were given."""
        return self._original


_LONG_WORD = re.compile(r"\w{31,}")


def add_break_points(words: str) -> str:
    """The words with places to break those that are longer than a line, which nobody sees."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(word[0][at : at + 8] for at in range(0, len(word[0]), 8)), words)


class ElidedLabel(QLabel):
    """Text of one line or a few; what does not fit ends in “…” and is told in full by the tool tip."""

    def __init__(self, words: str = "", role: str = "body") -> None:
        super().__init__()
        self._max_lines = 1
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setIndent(0)
        self.show_text(words)

    def show_text(self, words: str) -> None:
        """Show other words."""
        if words != self.text():
            self.setText(words)
            self._update_tooltip()

    def set_max_lines(self, lines: int) -> None:
        """Take the room of so many lines."""
        if lines != self._max_lines:
            self._max_lines = lines
            self.updateGeometry()
            self._update_tooltip()
            self.update()

    @property
    def visible_lines(self) -> tuple[str, ...]:
        """What can be read, line by line."""
        return self._wrap(self.contentsRect().width())

    def hasHeightForWidth(self) -> bool:
        """Of several lines it takes no more than it needs."""
        return self._max_lines > 1

    def heightForWidth(self, width: int) -> int:
        """As high as the lines that it takes."""
        used = len(self._wrap(width)) if self._max_lines > 1 else 1
        return super().sizeHint().height() + (max(used, 1) - 1) * self.fontMetrics().lineSpacing()

    def _wrap(self, width: int) -> tuple[str, ...]:
        layout = QTextLayout(self.text(), self.font())
        shown: list[str] = []
        layout.beginLayout()
        while (found := layout.createLine()).isValid() and len(shown) < self._max_lines:
            found.setLineWidth(width)
            last = len(shown) == self._max_lines - 1
            words = self.text()[found.textStart() :][: None if last else found.textLength()]
            shown.append(self.fontMetrics().elidedText(words.rstrip(), Qt.TextElideMode.ElideRight, width))
        layout.endLayout()
        return tuple(shown)

    def sizeHint(self) -> QSize:
        """As wide as the words and as high as its lines."""
        usual = super().sizeHint()
        return QSize(usual.width(), usual.height() + (self._max_lines - 1) * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be, and as high as its lines."""
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See anew whether the words fit."""
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), "\n".join(self.visible_lines))

    def _update_tooltip(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        if cut and self._max_lines > 1:
            cut = self.visible_lines[-1].endswith("…") and not self.text().endswith("…")
        set_tooltip(self, self.text() if cut else "")


class Card(QFrame):
    """A framed column of things that belong together."""

    def __init__(self, name: str = "", margin: int = 16, gap: int = 8) -> None:
        super().__init__()
        if name:
            self.setProperty("tone", name)
        self.column = QVBoxLayout(self)
        set_margins(self.column, (margin, margin - 3, margin, margin), gap)

    def add(self, *widgets: QWidget) -> None:
        """Put more at the bottom."""
        for widget in widgets:
            self.column.addWidget(widget)


class ClickableArea(QAbstractButton):
    """A button whose face is whatever is laid out in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(EXPANDING, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """As large as what is laid out in it."""
        layout = self.layout()
        return layout.sizeHint() if layout else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """As small as what is laid out in it can be."""
        layout = self.layout()
        return layout.minimumSize() if layout else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Let the style sheet paint it, in the state it is in."""
        option = QStyleOption()
        option.initFrom(self)
        if self.isChecked():
            option.state |= QStyle.StateFlag.State_On
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is as good as the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class IconButton(ClickableArea):
    """A small square button with a sign for its face."""

    def __init__(self, sign: StatusShape, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        set_tooltip(self, name)
        self.setFixedSize(32, 32)
        row = QVBoxLayout(self)
        set_margins(row)
        row.addWidget(StatusIcon(sign, 18), 0, Qt.AlignmentFlag.AlignCenter)


class ScrollColumn(QScrollArea):
    """A column that scrolls upright and is never wider than the room it has."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self._target: QWidget | None = None
        self._target_position: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._restore_position)
        self.verticalScrollBar().actionTriggered.connect(self._release)

    def set_content(self, content: QWidget, *, keep: bool = False) -> None:
        """Show other content, from its top or from where one was; what was there before is gone."""
        at = self.verticalScrollBar().value() if keep else 0
        content.setObjectName("content")
        self.setWidget(content)
        self.verticalScrollBar().setValue(at)
        self._target_position = at if keep else None  # till there is so much of it again: it is laid out later

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll to the widget and a little of what is before it, and stay there as things around it grow."""
        self._target, self._target_position = widget, None
        QTimer.singleShot(0, self, self._restore_position)

    def _release(self) -> None:
        """The person scrolls: what was revealed need no longer stay in sight."""
        self._target = self._target_position = None

    def _restore_position(self) -> None:
        if self._target_position is not None:
            bar = self.verticalScrollBar()
            bar.setValue(self._target_position)
            self._target_position = self._target_position if bar.value() < self._target_position else None
            self._target = None
            return
        content, widget = self.widget(), self._target
        if content is None or widget is None or not content.isAncestorOf(widget):
            return
        top = widget.mapTo(content, QPoint(0, 0)).y()
        spare = self.viewport().height() - widget.height()
        self.verticalScrollBar().setValue(top - max(8, spare // 3))


class FlowLayout(QLayout):
    """Items side by side, in as many lines as they need."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        """Put one more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at that place, if there is one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at that width."""
        return self._layout_items(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """As the widest item wants it."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """No narrower than it must be."""
        return QSize(48, max((item.sizeHint().height() for item in self._items), default=0))

    def setGeometry(self, room: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(room)
        self._layout_items(room, move=True)

    def _layout_items(self, room: QRect, move: bool) -> int:
        x, y, height = 0, 0, 0
        for item in self._items:
            size = item.sizeHint()
            width = min(size.width(), room.width())
            if x and x + width > room.width():
                x, y, height = 0, y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(room.x() + x, room.y() + y, width, size.height()))
            x, height = x + width + self._gap, max(height, size.height())
        return y + height


def make_chips(labels: tuple[str, ...]) -> QWidget:
    """Labels as small tags, in as many lines as they need."""
    row = QWidget()
    flow = FlowLayout()
    row.setLayout(flow)
    for label in labels:
        flow.addWidget(ElidedLabel(label, "chip"))
    return row


def make_link_button(words: str) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(words)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, FIXED)
    return button


class SourceLink(QPushButton):
    """A link to a source: opened in the browser, and only when it is an https address."""

    def __init__(self, address: str, name: str = "") -> None:
        self._url = QUrl(address, QUrl.ParsingMode.StrictMode)
        super().__init__(f"{self._url.host()}  →")
        self.setProperty("role", "link")
        self.setProperty("tone", name)
        set_tooltip(self, address)
        self.setAccessibleName(f"Open the source {address}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, FIXED)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        QDesktopServices.openUrl(self._url)


def make_source_widget(address: str, name: str = "") -> QWidget:
    """A link where the address is a sound https one, else its plain text."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if url.isValid() and url.scheme() == "https" and url.host():
        return SourceLink(address, name)
    return make_label(address, "small", name, selectable=True)
