"""Problem list: the problems of the open pack, each with its file and line. A click opens the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.errors import Problem
from explorer.ui.widgets.cards import ClickableArea, IconButton
from explorer.ui.widgets.labels import make_label, make_link_button
from explorer.ui.widgets.layouts import ScrollColumn, set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape
from explorer.ui.widgets.styling import set_tone, set_tooltip

MAX_ROWS = 60
"""How many problems have a row. “Copy all” copies all of them."""
_VISIBLE_ROWS = 5


def format_location(problem: Problem) -> str:
    """Return the file name and the line of a problem, as in “rules.toml:3”."""
    return f"{Path(problem.file).name}:{problem.line}"


class ProblemRow(ClickableArea):
    """One problem: position, message and what was expected."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        text = f"{problem.message}{f', {problem.hint}' if problem.hint else ''}"
        self.setAccessibleName(f"{format_location(problem)}: {text}")
        set_tooltip(self, f"Open {problem.file} at line {problem.line}")
        where, what = make_label(format_location(problem), "strong", "bad"), make_label(text)
        where.setWordWrap(False)
        where.setMinimumWidth(where.fontMetrics().averageCharWidth() * 22)
        row = QHBoxLayout(self)
        set_margins(row, (10, 4, 10, 4), 12)
        row.addWidget(where, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(what, 1)
        for label in (where, what):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class ProblemList(QFrame):
    """Shows problems above the panes; hidden if there are none, or after the user has dismissed it.

    `open_requested` sends the problem whose file the user wants to open, `copy_requested` the text of all problems.
    """

    open_requested = Signal(Problem)
    copy_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self._problems: tuple[Problem, ...] = ()
        self._summary_label = make_label("", "strong", "bad")
        icon = StatusIcon(StatusShape.WARNING, 18)
        set_tone(icon, "bad")
        self.copy_button = make_link_button("Copy all")
        self.copy_button.clicked.connect(self._emit_copy)
        close = IconButton(StatusShape.CROSS, "Hide these problems")
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        set_margins(head, gap=12)
        head.addWidget(icon)
        head.addWidget(self._summary_label, 1)
        head.addWidget(self.copy_button)
        head.addWidget(close)
        self._rows = _RowList()
        column = QVBoxLayout(self)
        set_margins(column, (18, 6, 10, 6), 2)
        column.addLayout(head)
        column.addWidget(self._rows)
        self.hide()

    @property
    def summary(self) -> str:
        """The sentence above the rows, or an empty text."""
        return "" if self.isHidden() else self._summary_label.text()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems that are listed."""
        return () if self.isHidden() else self._problems

    @property
    def rows(self) -> tuple[ProblemRow, ...]:
        """The rows to click."""
        return tuple(self._rows.findChildren(ProblemRow))

    def show_problems(self, summary: str, problems: tuple[Problem, ...]) -> None:
        """Replace the list; an empty list hides it."""
        self._summary_label.setText(summary)
        self.setAccessibleName(summary)
        if problems != self._problems:
            self._problems = problems
            self._fill(problems)
        self.setVisible(bool(problems))

    def _fill(self, problems: tuple[Problem, ...]) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        set_margins(column, (20, 0, 0, 4))
        for problem in problems[:MAX_ROWS]:
            row = ProblemRow(problem)
            row.clicked.connect(partial(self._emit_open, problem))
            column.addWidget(row)
        if (more := len(problems) - MAX_ROWS) > 0:
            column.addWidget(make_label(f"and {more:,} more; “Copy all” copies all of them", "small"))
        column.addStretch(1)
        self._rows.set_content(content)

    def _emit_open(self, problem: Problem, _checked: bool = False) -> None:
        self.open_requested.emit(problem)

    def _emit_copy(self) -> None:
        self.copy_requested.emit("\n".join(str(problem) for problem in self._problems))


class _RowList(ScrollColumn):
    """Scrolls rows; as high as its content, up to `_VISIBLE_ROWS` rows."""

    def __init__(self) -> None:
        super().__init__("Problems")

    def sizeHint(self) -> QSize:
        content = self.widget()
        if content is None:
            return QSize(200, 0)
        wraps = content.hasHeightForWidth()
        wanted = content.heightForWidth(self.viewport().width()) if wraps else content.sizeHint().height()
        return QSize(200, min(wanted, self.fontMetrics().height() * 3 * _VISIBLE_ROWS // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the height to the wrapped rows."""
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())
