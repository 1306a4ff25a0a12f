"""What-if matrix: the outcome of every answer to every question; a click on a cell gives its answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.search.what_if_matrix import Matrix, MatrixRow
from explorer.ui.matrix.matrix_cell import PAD_Y, CellButton
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins

_HINT = "The outcome of each answer together with your current answers. Click a cell or press Enter to give its answer."
_TITLE_WIDTH = 128
_GAP = 6


class _AnswerGrid(QWidget):
    """The answers of one question, in as many lines as their widths require."""

    def __init__(self, buttons: list[CellButton]) -> None:
        super().__init__()
        self.buttons = buttons
        self.columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._arrange(len(buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange as many cells side by side as fit."""
        super().resizeEvent(event)
        narrowest = max((button.sizeHint().width() for button in self.buttons), default=1)
        fitting = max(1, (event.size().width() + _GAP) // (narrowest + _GAP))
        lines = -(-len(self.buttons) // fitting)
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
    """Shows a matrix. `answered` sends the question and the answer that the user chooses."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._matrix = Matrix(())
        self._colors: WindowColors | None = None
        self._answer_grids: list[_AnswerGrid] = []
        self._scroll = ScrollColumn("Outcomes of all answers")
        hint = make_label(_HINT, "muted")
        hint.setContentsMargins(18, 12, 18, 6)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(hint)
        column.addWidget(self._scroll, 1)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show a matrix. The cells are rebuilt only if the questions changed."""
        before, self._matrix = self._matrix, matrix
        if [_row_structure(row) for row in before.rows] != [_row_structure(row) for row in matrix.rows]:
            self._build_rows(matrix)
        self._show_cells()

    def show_colors(self, colors: WindowColors) -> None:
        """Use the colors of a theme."""
        self._colors = colors
        self._show_cells()

    def cell_button(self, question: str, answer: str) -> CellButton:
        """The cell of an answer."""
        return next(
            button
            for row, grid in zip(self._matrix.rows, self._answer_grids, strict=True)
            for cell, button in zip(row.cells, grid.buttons, strict=True)
            if (cell.question, cell.answer.id) == (question, answer)
        )

    def focus_first(self) -> None:
        """Move the focus to the first cell."""
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
            grid = _AnswerGrid([CellButton() for _ in row.cells])
            for number, (cell, button) in enumerate(zip(row.cells, grid.buttons, strict=True)):
                button.clicked.connect(partial(self._emit_answered, cell.question, cell.answer.id))
                button.focus_move_requested.connect(partial(self._move_focus, place, number))
            row_layout = QHBoxLayout()
            set_margins(row_layout, gap=_GAP)
            row_layout.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
            row_layout.addWidget(grid, 1)
            self._answer_grids.append(grid)
            column.addLayout(row_layout)
        column.addStretch(1)
        self._scroll.set_content(content)

    def _show_cells(self) -> None:
        for row, grid in zip(self._matrix.rows, self._answer_grids, strict=True):
            for cell, button in zip(row.cells, grid.buttons, strict=True):
                button.show_cell(cell, self._colors)

    def _move_focus(self, row: int, number: int, down: int, right: int) -> None:
        """Move the focus by lines and columns from a cell; 0, 0 scrolls the cell into view."""
        grid = self._answer_grids[row]
        if not (down or right):
            self._scroll.ensureWidgetVisible(grid.buttons[number], 0, 12)
            return
        target = number + right + down * grid.columns
        if down and not 0 <= target < len(grid.buttons):
            row = min(max(row + down, 0), len(self._answer_grids) - 1)
            next_grid, column = self._answer_grids[row], number % grid.columns
            last_line = (len(next_grid.buttons) - 1) // next_grid.columns * next_grid.columns
            line_start = 0 if down > 0 else last_line
            target = number if next_grid is grid else line_start + min(column, next_grid.columns - 1)
        buttons = self._answer_grids[row].buttons
        buttons[min(max(target, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _emit_answered(self, question: str, answer: str, _checked: bool = False) -> None:
        self.answered.emit(question, answer)


def _row_structure(row: MatrixRow) -> object:
    return row.question
