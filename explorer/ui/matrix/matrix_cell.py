"""Matrix cell: one answer with its status, and every choice that it would change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from explorer.core.search.what_if_matrix import MatrixCell
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.labels import add_break_points
from explorer.ui.widgets.styling import set_tooltip

PAD_Y = 10
_PAD_X = 12
_GAP = 10
_CHANGE_SPACING = 3  # Separates wrapped lines of one change from the next change.
_WRAP_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_UNBOUNDED_HEIGHT = 100_000
_DIRECTIONS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def describe_cell(cell: MatrixCell) -> str:
    """The text of a cell for the tooltip and screen readers."""
    outcome = ", ".join(f"{choice.label}: {choice.value}" for choice in cell.changes or cell.outcome)
    return f"{cell.answer.label}: {f'{cell.word}. ' if cell.word else ''}{outcome}"


@dataclass(frozen=True)
class _TextRun:
    """A text with its place in the cell and its color by the name of a `WindowColors` field."""

    rect: QRect
    text: str
    bold: bool
    color_role: str


class CellButton(QAbstractButton):
    """A button that paints its texts itself, because a matrix has hundreds of cells. Its height follows its width.

    `focus_move_requested` sends the rows and columns to move the focus by; 0, 0 asks to scroll to this cell.
    """

    focus_move_requested = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._cell: MatrixCell | None = None
        self._colors: WindowColors | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_cell(self, cell: MatrixCell, colors: WindowColors | None) -> None:
        """Show the changes that an answer would make."""
        if (cell, colors) != (self._cell, self._colors):
            self.setAccessibleName(describe_cell(cell))
            set_tooltip(self, describe_cell(cell))
            self.update()
        needs_layout = self._cell is None or cell.changes != self._cell.changes or cell.word != self._cell.word
        self._cell, self._colors = cell, colors
        if needs_layout:
            self.updateGeometry()

    @property
    def visible_texts(self) -> tuple[str, ...]:
        """The painted texts, from the top."""
        return tuple(run.text for run in self._layout_text(self.width()))

    def hasHeightForWidth(self) -> bool:
        """True: a narrow cell wraps its texts."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped texts at a width."""
        lowest = max((run.rect.bottom() + 1 for run in self._layout_text(width)), default=0)
        return lowest + PAD_Y

    def sizeHint(self) -> QSize:
        """A width at which most answers fit on one line."""
        width = self.fontMetrics().height() * 10
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line of text."""
        return QSize(80, self.fontMetrics().height() + 2 * PAD_Y)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the frame and the texts."""
        if self._cell is None or self._colors is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, self._cell, self._colors)
        for run in self._layout_text(self.width()):
            painter.setFont(self._cell_font(run.bold))
            painter.setPen(QColor(getattr(self._colors, run.color_role)))
            painter.drawText(run.rect, _WRAP_FLAGS, add_break_points(run.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus with the arrow keys; Enter clicks the cell."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            self.focus_move_requested.emit(*_DIRECTIONS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Scroll the cell into view."""
        super().focusInEvent(event)
        self.focus_move_requested.emit(0, 0)

    def _paint_frame(self, painter: QPainter, cell: MatrixCell, colors: WindowColors) -> None:
        fill, line = colors.card, colors.line
        if cell.current:
            fill, line = colors.accent_soft, colors.accent
        if cell.conflicts:
            fill, line = colors.bad_soft, colors.bad
        elif self.underMouse():
            fill = colors.card_hover
        pen = QPen(QColor(line), 2.0 if cell.current else 1.0)
        if cell.conflicts:
            pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(QColor(colors.focus), 3)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)

    def _layout_text(self, width: int) -> list[_TextRun]:
        """The answer, its status beside it if it fits and below it otherwise, and then the changes."""
        cell = self._cell
        if cell is None:
            return []
        regular_metrics, bold_metrics = (QFontMetrics(self._cell_font(bold)) for bold in (False, True))
        x, y, available = _PAD_X, PAD_Y, width - 2 * _PAD_X
        runs: list[_TextRun] = []

        def add(text: str, bold: bool, color_role: str) -> None:
            nonlocal y
            metrics = bold_metrics if bold else regular_metrics
            bounds = QRect(0, 0, available, _UNBOUNDED_HEIGHT)
            height = metrics.boundingRect(bounds, _WRAP_FLAGS, add_break_points(text)).height()
            runs.append(_TextRun(QRect(x, y, available, height), text, bold, color_role))
            y += height

        tone = "bad" if cell.conflicts else "accent" if cell.current else "muted"
        status_width = regular_metrics.horizontalAdvance(cell.word)
        label_width = bold_metrics.horizontalAdvance(cell.answer.label)
        add(cell.answer.label, True, "ink")
        if cell.word and label_width + _GAP + status_width <= available:
            beside = QRect(x + available - status_width, PAD_Y, status_width + 1, y - PAD_Y)
            runs.append(_TextRun(beside, cell.word, False, tone))
        elif cell.word:
            add(cell.word, False, tone)
        for change in cell.changes:
            y += _CHANGE_SPACING
            add(f"{change.label}: {change.value}", False, "ink")
        return runs

    def _cell_font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font
