"""Every question with every answer and what it would come to; choosing one gives that answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.search.what_if_matrix import Matrix, MatrixRow
from explorer.ui.matrix.matrix_cell import PAD_Y, CellButton
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.basic import ScrollColumn, make_label, set_margins

_HINT = "What each answer would come to from where you stand. A click or Enter gives the answer."
_TITLE_WIDTH = 128
_GAP = 6


class _AnswerGrid(QWidget):
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
        self._colors: WindowColors | None = None
        self._answer_grids: list[_AnswerGrid] = []
        self._scroll = ScrollColumn("Every answer and what it would come to")
        hint = make_label(_HINT, "muted")
        hint.setContentsMargins(18, 12, 18, 6)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(hint)
        column.addWidget(self._scroll, 1)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show what each answer would come to; buttons are only made anew for other questions."""
        before, self._matrix = self._matrix, matrix
        if [_row_structure(row) for row in before.rows] != [_row_structure(row) for row in matrix.rows]:
            self._build_rows(matrix)
        self._show_cells()

    def show_colors(self, colours: WindowColors) -> None:
        """Take the colours of another theme."""
        self._colors = colours
        self._show_cells()

    def cell_button(self, question: str, answer: str) -> CellButton:
        """The button of an answer."""
        return next(
            button
            for row, line in zip(self._matrix.rows, self._answer_grids, strict=True)
            for cell, button in zip(row.cells, line.buttons, strict=True)
            if (cell.question, cell.answer.id) == (question, answer)
        )

    def focus_first(self) -> None:
        """Let the keyboard begin at the first answer."""
        if self._answer_grids:
            self._answer_grids[0].buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_rows(self, matrix: Matrix) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        set_margins(column, (16, 6, 16, 20), _GAP)
        self._answer_grids = []
        for place, row in enumerate(matrix.rows):
            title = make_label(row.question.title, "strong")
            title.setFixedWidth(_TITLE_WIDTH)
            title.setContentsMargins(0, PAD_Y, 0, 0)
            line = _AnswerGrid([CellButton() for _ in row.cells])
            for number, (cell, button) in enumerate(zip(row.cells, line.buttons, strict=True)):
                button.clicked.connect(partial(self._emit_answered, cell.question, cell.answer.id))
                button.focus_move_requested.connect(partial(self._move_focus, place, number))
            beside = QHBoxLayout()
            set_margins(beside, gap=_GAP)
            beside.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
            beside.addWidget(line, 1)
            self._answer_grids.append(line)
            column.addLayout(beside)
        column.addStretch(1)
        self._scroll.set_content(content)

    def _show_cells(self) -> None:
        for row, line in zip(self._matrix.rows, self._answer_grids, strict=True):
            for cell, button in zip(row.cells, line.buttons, strict=True):
                button.show_cell(cell, self._colors)

    def _move_focus(self, row: int, number: int, down: int, along: int) -> None:
        """Go on from a cell; with no way to go, only see that it is in sight."""
        if not (down or along):
            self._scroll.ensureWidgetVisible(self._answer_grids[row].buttons[number], 0, 12)
            return
        line = self._answer_grids[row]
        there = number + along + down * line.columns
        if down and not 0 <= there < len(line.buttons):
            row = min(max(row + down, 0), len(self._answer_grids) - 1)
            other, column = self._answer_grids[row], number % line.columns
            first = 0 if down > 0 else (len(other.buttons) - 1) // other.columns * other.columns
            there = number if other is line else first + min(column, other.columns - 1)
        buttons = self._answer_grids[row].buttons
        buttons[min(max(there, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _emit_answered(self, question: str, answer: str, _checked: bool = False) -> None:
        self.answered.emit(question, answer)


def _row_structure(row: MatrixRow) -> object:
    return row.question
