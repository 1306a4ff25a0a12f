"""What is wrong in files somebody is writing: a sentence, and each fault with its file and line to click."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.errors import Problem
from explorer.ui.widgets.basic import (
    ClickableArea,
    IconButton,
    ScrollColumn,
    make_label,
    make_link_button,
    set_margins,
    set_tone,
    set_tooltip,
)
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape

MAX_ROWS = 60
"""So many are listed one by one: whoever has more mends the first of them first."""
_VISIBLE_ROWS = 5


def format_location(problem: Problem) -> str:
    """Where a fault is, as short as it can be found: the file and its line."""
    return f"{Path(problem.file).name}:{problem.line}"


class ProblemRow(ClickableArea):
    """One fault: where, what, and what was expected."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        told = f"{problem.message}{f', {problem.hint}' if problem.hint else ''}"
        self.setAccessibleName(f"{format_location(problem)}: {told}")
        set_tooltip(self, f"Open {problem.file} at line {problem.line}")
        where, what = make_label(format_location(problem), "strong", "bad"), make_label(told)
        where.setWordWrap(False)
        where.setMinimumWidth(where.fontMetrics().averageCharWidth() * 22)
        row = QHBoxLayout(self)
        set_margins(row, (10, 4, 10, 4), 12)
        row.addWidget(where, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(what, 1)
        for label in (where, what):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class ProblemList(QFrame):
    """Shows faults and reports which one is to be opened; it goes when there are none, or is dismissed."""

    open_requested = Signal(object)
    copy_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self._problems: tuple[Problem, ...] = ()
        self._summary_label = make_label("", "strong", "bad")
        mark = StatusIcon(StatusShape.WARNING, 18)
        set_tone(mark, "bad")
        self.copy_button = make_link_button("Copy all")
        self.copy_button.clicked.connect(self._report_copy)
        close = IconButton(StatusShape.CROSS, "Hide the faults until the next one")
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        set_margins(head, gap=12)
        head.addWidget(mark)
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
        """What is said of them all, or nothing."""
        return "" if self.isHidden() else self._summary_label.text()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The faults that are listed."""
        return () if self.isHidden() else self._problems

    @property
    def rows(self) -> tuple[ProblemRow, ...]:
        """The lines to click."""
        return tuple(self._rows.findChildren(ProblemRow))

    def show_problems(self, told: str, problems: tuple[Problem, ...]) -> None:
        """List these in place of what was listed before; none, and the list goes."""
        self._summary_label.setText(told)
        self.setAccessibleName(told)
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
            row.clicked.connect(partial(self._report_open, problem))
            column.addWidget(row)
        if (more := len(problems) - MAX_ROWS) > 0:
            column.addWidget(make_label(f"and {more:,} more; “Copy all” has them all", "small"))
        column.addStretch(1)
        self._rows.set_content(content)

    def _report_open(self, problem: Problem, _checked: bool = False) -> None:
        self.open_requested.emit(problem)

    def _report_copy(self) -> None:
        self.copy_requested.emit("\n".join(str(problem) for problem in self._problems))


class _RowList(ScrollColumn):
    """As high as its lines, and no higher than a few of them."""

    def __init__(self) -> None:
        super().__init__("Faults")

    def sizeHint(self) -> QSize:
        content = self.widget()
        if content is None:
            return QSize(200, 0)
        wraps = content.hasHeightForWidth()
        wanted = content.heightForWidth(self.viewport().width()) if wraps else content.sizeHint().height()
        return QSize(200, min(wanted, self.fontMetrics().height() * 3 * _VISIBLE_ROWS // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines are at this width."""
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())
