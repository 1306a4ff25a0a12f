"""Every question with every answer and what it would come to; choosing one gives that answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from explorer.core.matrix import Cell, Matrix, MatrixRow
from explorer.ui.style import WindowColours
from explorer.ui.widgets import Column, Elided, spaced, text, tip

_HINT = "What each answer would come to from where you stand. A click or Enter gives the answer."
_MOST_LINES = 3
_PAD = 10
_TITLE = 128
_WAYS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def told(cell: Cell) -> str:
    """A cell in one sentence."""
    outcome = ", ".join(f"{choice.label}: {choice.value}" for choice in cell.changes or cell.outcome)
    return f"{cell.answer.label}: {f'{cell.word}. ' if cell.word else ''}{outcome}"


def lines(cell: Cell) -> tuple[str, ...]:
    """What would change, in no more lines than there is room for."""
    changes = tuple(f"{choice.label}: {choice.value}" for choice in cell.changes)
    if len(changes) <= _MOST_LINES:
        return changes
    return (*changes[: _MOST_LINES - 1], f"and {len(changes) - _MOST_LINES + 1} more choices")


def summary(cell: Cell) -> str:
    """What the outcome would be, in one line."""
    return " · ".join(choice.value for choice in cell.outcome)


class CellButton(QAbstractButton):
    """One answer, a word for how it stands, and what would change; it paints itself, since there are many."""

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._cell: Cell | None = None
        self._colours: WindowColours | None = None
        self._lines = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_cell(self, cell: Cell, room: int, colours: WindowColours | None) -> None:
        """Show what an answer would come to, with room for so many lines."""
        if (cell, colours) != (self._cell, self._colours):
            self.setAccessibleName(told(cell))
            tip(self, told(cell))
            self.update()
        if room != self._lines:
            self._lines = room
            self.updateGeometry()
        self._cell, self._colours = cell, colours

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(120, self.fontMetrics().height() * (1 + self._lines) + 2 * _PAD)

    def minimumSizeHint(self) -> QSize:
        """No lower than that."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the frame and the words."""
        if self._cell is None or self._colours is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, self._cell, self._colours)
        self._words(painter, self._cell, self._colours)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from cell to cell, Enter is as good as a click."""
        key = Qt.Key(event.key())
        if key in _WAYS:
            self.moved.emit(*_WAYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Come into sight."""
        super().focusInEvent(event)
        self.moved.emit(0, 0)

    def _frame(self, painter: QPainter, cell: Cell, colours: WindowColours) -> None:
        fill, line = colours.card, colours.line
        if cell.current:
            fill, line = colours.accent_soft, colours.accent
        if cell.clashes:
            fill, line = colours.bad_soft, colours.bad
        elif self.underMouse():
            fill = colours.card_hover
        pen = QPen(QColor(line), 2.0 if cell.current else 1.0)
        if cell.clashes:
            pen.setStyle(Qt.PenStyle.DashLine)
        if self.hasFocus():
            pen = QPen(QColor(colours.focus), 3)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)

    def _words(self, painter: QPainter, cell: Cell, colours: WindowColours) -> None:
        plain, bold = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(plain)
        step = metrics.height()
        room = self.rect().adjusted(_PAD + 2, _PAD, -_PAD - 2, -_PAD)
        top = QRect(room.x(), room.y(), room.width(), step)
        aside = metrics.horizontalAdvance(cell.word) + 10 if cell.word else 0
        tone = colours.bad if cell.clashes else colours.accent if cell.current else colours.muted
        _write(painter, top.adjusted(0, 0, -aside, 0), cell.answer.label, bold, colours.ink)
        _write(painter, top.adjusted(top.width() - aside + 10, 0, 0, 0), cell.word, plain, tone)
        told = lines(cell)
        for number, words in enumerate(told, 1):
            ink = colours.muted if len(cell.changes) > number == len(told) else colours.ink
            _write(painter, top.translated(0, number * step), words, plain, ink)
        if not told and self._lines:
            _write(painter, top.translated(0, step), summary(cell), plain, colours.muted)


def _write(painter: QPainter, room: QRect, words: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cut)


class MatrixView(QWidget):
    """Shows a matrix and reports which answer is chosen; it decides nothing."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._matrix = Matrix(())
        self._colours: WindowColours | None = None
        self._cells: list[list[CellButton]] = []
        self._scroll = Column("Every answer and what it would come to")
        hint = text(_HINT, "muted")
        hint.setContentsMargins(18, 12, 18, 6)
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(hint)
        column.addWidget(self._scroll, 1)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show what each answer would come to; buttons are only made anew for other questions."""
        before, self._matrix = self._matrix, matrix
        if [_shape(row) for row in before.rows] != [_shape(row) for row in matrix.rows]:
            self._build(matrix)
        self._show_cells()

    def show_colours(self, colours: WindowColours) -> None:
        """Take the colours of another theme."""
        self._colours = colours
        self._show_cells()

    def cell(self, question: str, answer: str) -> CellButton:
        """The button of an answer."""
        return next(
            button
            for row, buttons in zip(self._matrix.rows, self._cells, strict=True)
            for cell, button in zip(row.cells, buttons, strict=True)
            if (cell.question, cell.answer.id) == (question, answer)
        )

    def focus_first(self) -> None:
        """Let the keyboard begin at the first answer."""
        if self._cells:
            self._cells[0][0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, matrix: Matrix) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        spaced(column, (16, 6, 16, 20), 6)
        self._cells = []
        for place, row in enumerate(matrix.rows):
            line = QHBoxLayout()
            spaced(line, gap=6)
            title = Elided(row.question.title, "strong")
            title.setFixedWidth(_TITLE)
            line.addWidget(title)
            buttons = [CellButton() for _ in row.cells]
            for number, (cell, button) in enumerate(zip(row.cells, buttons, strict=True)):
                button.clicked.connect(partial(self._report, cell.question, cell.answer.id))
                button.moved.connect(partial(self._move, place, number))
                line.addWidget(button, 1)
            self._cells.append(buttons)
            column.addLayout(line)
        column.addStretch(1)
        self._scroll.fill(content)

    def _show_cells(self) -> None:
        for row, buttons in zip(self._matrix.rows, self._cells, strict=True):
            room = max(len(lines(cell)) for cell in row.cells)
            for cell, button in zip(row.cells, buttons, strict=True):
                button.show_cell(cell, room, self._colours)

    def _move(self, row: int, number: int, down: int, along: int) -> None:
        """Go on from a cell; with no way to go, only see that it is in sight."""
        if down or along:
            row = min(max(row + down, 0), len(self._cells) - 1)
            number = min(max(number + along, 0), len(self._cells[row]) - 1)
            self._cells[row][number].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._scroll.ensureWidgetVisible(self._cells[row][number], 0, 12)

    def _report(self, question: str, answer: str, _checked: bool = False) -> None:
        self.answered.emit(question, answer)


def _shape(row: MatrixRow) -> object:
    return row.question
