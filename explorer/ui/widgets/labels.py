"""Labels: plain text, elided text, chips and links."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from explorer.ui.widgets.layouts import FlowLayout
from explorer.ui.widgets.styling import set_tooltip

_LONG_WORD = re.compile(r"\w{31,}")
_BREAK_EVERY = 8
_LINK_SIZE = QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed


def make_label(text: str = "", role: str = "body", tone: str = "", selectable: bool = False) -> QLabel:
    """Return a label that shows plain text and wraps it. The style sheet formats its `role` and `tone`."""
    label = PlainLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def make_line_label(text: str = "", role: str = "body", tone: str = "") -> QLabel:
    """Return a label that shows plain text in one line."""
    label = make_label(text, role, tone)
    label.setWordWrap(False)
    return label


def add_break_points(text: str) -> str:
    """Insert zero-width spaces into words that are too long for a line.

    >>> add_break_points("short " + "x" * 31).count("\u200b")
    3
    """
    return _LONG_WORD.sub(
        lambda word: "\u200b".join(word[0][at : at + _BREAK_EVERY] for at in range(0, len(word[0]), _BREAK_EVERY)),
        text,
    )


class PlainLabel(QLabel):
    """A label that can break long words; `text` returns the text without break points."""

    def __init__(self) -> None:
        super().__init__()
        self._original = ""

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's name)
        """Set the text."""
        self._original = text
        super().setText(add_break_points(text))

    def text(self) -> str:
        """Return the text as it was set."""
        return self._original


class ElidedLabel(QLabel):
    """Plain text in a fixed number of lines. If it does not fit, it ends in “…” and the tooltip shows all of it."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self._max_lines = 1
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setIndent(0)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self._update_tooltip()

    def set_max_lines(self, lines: int) -> None:
        """Set the number of lines that the text may occupy."""
        if lines != self._max_lines:
            self._max_lines = lines
            self.updateGeometry()
            self._update_tooltip()
            self.update()

    @property
    def visible_lines(self) -> tuple[str, ...]:
        """The lines that are visible, elided."""
        return self._wrap(self.contentsRect().width())

    def hasHeightForWidth(self) -> bool:
        """Return True for several lines: the height then depends on how many are needed."""
        return self._max_lines > 1

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that are needed at this width."""
        used = len(self._wrap(width)) if self._max_lines > 1 else 1
        return super().sizeHint().height() + (max(used, 1) - 1) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        """Return the width of the whole text and the height of all lines."""
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + (self._max_lines - 1) * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Return a small width and the height of all lines."""
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Update the tooltip: the text may fit now, or no longer."""
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the visible lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), "\n".join(self.visible_lines))

    def _wrap(self, width: int) -> tuple[str, ...]:
        layout = QTextLayout(self.text(), self.font())
        lines: list[str] = []
        layout.beginLayout()
        while (found := layout.createLine()).isValid() and len(lines) < self._max_lines:
            found.setLineWidth(width)
            is_last = len(lines) == self._max_lines - 1
            text = self.text()[found.textStart() :][: None if is_last else found.textLength()]
            lines.append(self.fontMetrics().elidedText(text.rstrip(), Qt.TextElideMode.ElideRight, width))
        layout.endLayout()
        return tuple(lines)

    def _update_tooltip(self) -> None:
        is_elided = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        if is_elided and self._max_lines > 1:
            is_elided = self.visible_lines[-1].endswith("…") and not self.text().endswith("…")
        set_tooltip(self, self.text() if is_elided else "")


def make_chips(labels: tuple[str, ...]) -> QWidget:
    """Return labels as small tags that wrap to several lines."""
    row = QWidget()
    flow = FlowLayout()
    row.setLayout(flow)
    for label in labels:
        flow.addWidget(ElidedLabel(label, "chip"))
    return row


def make_link_button(text: str) -> QPushButton:
    """Return a button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(*_LINK_SIZE)
    return button


class SourceLink(QPushButton):
    """A link to an https address, which opens in the browser."""

    def __init__(self, address: str, tone: str = "") -> None:
        self._url = QUrl(address, QUrl.ParsingMode.StrictMode)
        super().__init__(f"{self._url.host()}  →")
        self.setProperty("role", "link")
        self.setProperty("tone", tone)
        set_tooltip(self, address)
        self.setAccessibleName(f"Open the source {address}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(*_LINK_SIZE)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        QDesktopServices.openUrl(self._url)


def make_source_widget(address: str, tone: str = "") -> QWidget:
    """Return a link for a valid https address, else its plain text."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if url.isValid() and url.scheme() == "https" and url.host():
        return SourceLink(address, tone)
    return make_label(address, "small", tone, selectable=True)
