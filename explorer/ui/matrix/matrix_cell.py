"""A cell of the matrix: an answer, a word for how it stands, and all that it would change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from explorer.core.search.what_if_matrix import MatrixCell
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.basic import add_break_points, set_tooltip

PAD_Y = 10
_PAD_X = 12
_GAP = 10
_CHANGE_SPACING = 3  # lest the second line of a change be taken for another one
_WRAP_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_UNBOUNDED_HEIGHT = 100_000
_DIRECTIONS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def describe_cell(cell: MatrixCell) -> str:
    """A cell in one sentence."""
    outcome = ", ".join(f"{choice.label}: {choice.value}" for choice in cell.changes or cell.outcome)
    return f"{cell.answer.label}: {f'{cell.word}. ' if cell.word else ''}{outcome}"


@dataclass(frozen=True)
class _TextRun:
    """Some words in their place within the cell."""

    rect: QRect
    text: str
    bold: bool
    color_role: str


class CellButton(QAbstractButton):
    """Paints itself, since there are many; as high as all its words take at the width it is given."""

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

    def show_cell(self, cell: MatrixCell, colours: WindowColors | None) -> None:
        """Show what an answer would come to."""
        if (cell, colours) != (self._cell, self._colors):
            self.setAccessibleName(describe_cell(cell))
            set_tooltip(self, describe_cell(cell))
            self.update()
        other = self._cell is None or cell.changes != self._cell.changes or cell.word != self._cell.word
        self._cell, self._colors = cell, colours
        if other:
            self.updateGeometry()

    @property
    def visible_texts(self) -> tuple[str, ...]:
        """What can be read in it, piece by piece."""
        return tuple(piece.text for piece in self._layout_text(self.width()))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What its words take."""
        lowest = max((piece.rect.bottom() + 1 for piece in self._layout_text(width)), default=0)
        return lowest + PAD_Y

    def sizeHint(self) -> QSize:
        """A width at which most answers stand in one line."""
        width = self.fontMetrics().height() * 10
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A line of a few words."""
        return QSize(80, self.fontMetrics().height() + 2 * PAD_Y)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the frame and the words."""
        if self._cell is None or self._colors is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, self._cell, self._colors)
        for piece in self._layout_text(self.width()):
            painter.setFont(self._cell_font(piece.bold))
            painter.setPen(QColor(getattr(self._colors, piece.color_role)))
            painter.drawText(piece.rect, _WRAP_FLAGS, add_break_points(piece.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter is as good as a click."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            self.focus_move_requested.emit(*_DIRECTIONS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight."""
        super().focusInEvent(event)
        self.focus_move_requested.emit(0, 0)

    def _paint_frame(self, painter: QPainter, cell: MatrixCell, colours: WindowColors) -> None:
        fill, line = colours.card, colours.line
        if cell.current:
            fill, line = colours.accent_soft, colours.accent
        if cell.conflicts:
            fill, line = colours.bad_soft, colours.bad
        elif self.underMouse():
            fill = colours.card_hover
        pen = QPen(QColor(line), 2.0 if cell.current else 1.0)
        if cell.conflicts:
            pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(QColor(colours.focus), 3)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)

    def _layout_text(self, width: int) -> list[_TextRun]:
        """The answer, beside or beneath it how it stands, and under that a line or more for each change."""
        cell = self._cell
        if cell is None:
            return []
        plain, bold = (QFontMetrics(self._cell_font(heavy)) for heavy in (False, True))
        x, y, room = _PAD_X, PAD_Y, width - 2 * _PAD_X
        pieces: list[_TextRun] = []

        def put(words: str, heavy: bool, ink: str) -> None:
            nonlocal y
            metrics = bold if heavy else plain
            wanted = metrics.boundingRect(QRect(0, 0, room, _UNBOUNDED_HEIGHT), _WRAP_FLAGS, add_break_points(words))
            pieces.append(_TextRun(QRect(x, y, room, wanted.height()), words, heavy, ink))
            y += wanted.height()

        tone = "bad" if cell.conflicts else "accent" if cell.current else "muted"
        aside = plain.horizontalAdvance(cell.word)
        beside = bool(cell.word) and bold.horizontalAdvance(cell.answer.label) + _GAP + aside <= room
        put(cell.answer.label, True, "ink")
        if beside:
            pieces.append(_TextRun(QRect(x + room - aside, PAD_Y, aside + 1, y - PAD_Y), cell.word, False, tone))
        elif cell.word:
            put(cell.word, False, tone)
        for change in cell.changes:
            y += _CHANGE_SPACING
            put(f"{change.label}: {change.value}", False, "ink")
        return pieces

    def _cell_font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font
