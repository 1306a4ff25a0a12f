"""Every question with every answer and what it would come to; choosing one gives that answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.search.what_if_matrix import Matrix, MatrixRow
from explorer.ui.matrix.matrix_cell import PAD_Y, CellButton
from explorer.ui.theme.stylesheet import WindowColours
from explorer.ui.widgets.basic import Column, spaced, text

_HINT = "What each answer would come to from where you stand. A click or Enter gives the answer."
_TITLE = 128
_GAP = 6


class _Cells(QWidget):
    """The answers of one question, in as many lines as it takes to let each be read."""

    def __init__(self, buttons: list[CellButton]) -> None:
        super().__init__()
        self.buttons = buttons
        self.columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._arrange(len(buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put beside each other what has the room."""
        super().resizeEvent(event)
        narrowest = max((button.sizeHint().width() for button in self.buttons), default=1)
        beside = max(1, (event.size().width() + _GAP) // (narrowest + _GAP))
        lines = -(-len(self.buttons) // beside)
        self._arrange(-(-len(self.buttons) // lines) if lines else 0)

    def _arrange(self, columns: int) -> None:
        if columns == self.columns:
            return
        for column in range(max(columns, self.columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        self.columns = columns
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, *divmod(place, columns))


class MatrixView(QWidget):
    """Shows a matrix and reports which answer is chosen; it decides nothing."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._matrix = Matrix(())
        self._colours: WindowColours | None = None
        self._lines: list[_Cells] = []
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
            for row, line in zip(self._matrix.rows, self._lines, strict=True)
            for cell, button in zip(row.cells, line.buttons, strict=True)
            if (cell.question, cell.answer.id) == (question, answer)
        )

    def focus_first(self) -> None:
        """Let the keyboard begin at the first answer."""
        if self._lines:
            self._lines[0].buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self, matrix: Matrix) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        spaced(column, (16, 6, 16, 20), _GAP)
        self._lines = []
        for place, row in enumerate(matrix.rows):
            title = text(row.question.title, "strong")
            title.setFixedWidth(_TITLE)
            title.setContentsMargins(0, PAD_Y, 0, 0)
            line = _Cells([CellButton() for _ in row.cells])
            for number, (cell, button) in enumerate(zip(row.cells, line.buttons, strict=True)):
                button.clicked.connect(partial(self._report, cell.question, cell.answer.id))
                button.moved.connect(partial(self._move, place, number))
            beside = QHBoxLayout()
            spaced(beside, gap=_GAP)
            beside.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(line, 1)
            self._lines.append(line)
            column.addLayout(beside)
        column.addStretch(1)
        self._scroll.fill(content)

    def _show_cells(self) -> None:
        for row, line in zip(self._matrix.rows, self._lines, strict=True):
            for cell, button in zip(row.cells, line.buttons, strict=True):
                button.show_cell(cell, self._colours)

    def _move(self, row: int, number: int, down: int, along: int) -> None:
        """Go on from a cell; with no way to go, only see that it is in sight."""
        if not (down or along):
            self._scroll.ensureWidgetVisible(self._lines[row].buttons[number], 0, 12)
            return
        line = self._lines[row]
        there = number + along + down * line.columns
        if down and not 0 <= there < len(line.buttons):
            row = min(max(row + down, 0), len(self._lines) - 1)
            other, column = self._lines[row], number % line.columns
            first = 0 if down > 0 else (len(other.buttons) - 1) // other.columns * other.columns
            there = number if other is line else first + min(column, other.columns - 1)
        buttons = self._lines[row].buttons
        buttons[min(max(there, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _report(self, question: str, answer: str, _checked: bool = False) -> None:
        self.answered.emit(question, answer)


def _shape(row: MatrixRow) -> object:
    return row.question
