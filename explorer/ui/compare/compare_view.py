"""Compare view: the diagrams of two scenarios side by side, with a table of their differences below."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.core.session.scenarios import DEFAULT_SCENARIO, Scenarios
from explorer.engine.comparisons import Comparison, ComparisonRow
from explorer.qt.painter import IconPainter
from explorer.render.picture import Picture
from explorer.ui.diagram.canvas import Canvas
from explorer.ui.theme.stylesheet import WindowColors
from explorer.ui.widgets.form import ComboBox
from explorer.ui.widgets.labels import ElidedLabel, make_link_button
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.styling import tooltip_html

CURRENT_ANSWERS = "Current answers"
"""The name of the scenario that holds the answers of the session."""

_STRETCH_FACTORS = (7, 3)
"""The shares of the diagrams and of the table in the height."""

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ComparisonModel(QAbstractTableModel):
    """The rows of a comparison. Differences are bold and named in the last column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparisonRow, ...] = ()
        self._titles = ("", "")
        self._muted = QColor()

    def show_rows(self, titles: tuple[str, str], rows: tuple[ComparisonRow, ...]) -> None:
        """Show these rows below the titles of the scenarios."""
        self.beginResetModel()
        self._titles, self._rows = titles, rows
        self.endResetModel()

    def show_colors(self, colors: WindowColors) -> None:
        """Draw rows without a difference in the muted color of the theme."""
        self._muted = QColor(colors.muted)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One row for each choice and takeaway."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Four columns: the label, the left and the right value, and the difference."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, tooltip, color and font of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = (row.label, row.left, row.right, _difference_label(row))[index.column()]
            return tooltip_html(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.ForegroundRole and not row.differs:
            return self._muted
        if role == Qt.ItemDataRole.FontRole and row.differs and index.column() in (1, 2):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the scenarios, left-aligned."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("", *self._titles, "")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def _difference_label(row: ComparisonRow) -> str:
    if not row.differs:
        return "same"
    if row.left and row.right:
        return "differs"
    return "only left" if row.left else "only right"


class ScenarioPicker(QWidget):
    """Chooses the scenario of one side, and renames or removes it if it is pinned.

    `chosen` and `removed` send the name, `renamed` the old and the new name.
    """

    chosen = Signal(str)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.combo = ComboBox()
        self.combo.setAccessibleName(f"Scenario on the {name}")
        self.combo.view().setAccessibleName(f"Scenarios for the {name}")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(14)
        self.rename, self.remove = make_link_button("Rename"), make_link_button("Remove")
        row = QHBoxLayout(self)
        set_margins(row, gap=10)
        row.addWidget(self.combo, 1)
        for button, what in ((self.rename, "Rename"), (self.remove, "Remove")):
            button.setAccessibleName(f"{what} the scenario on the {name}")
            row.addWidget(button)
        self.combo.activated.connect(self._emit_chosen)
        self.rename.clicked.connect(self._ask_for_name)
        self.remove.clicked.connect(self._emit_removed)

    @property
    def current(self) -> str:
        """The name of the chosen scenario, "" for the current answers."""
        return str(self.combo.currentData() or "")

    def show_scenarios(self, scenarios: Scenarios, chosen: str) -> None:
        """List the scenarios and select the one with the name `chosen`."""
        self.combo.clear()
        self.combo.addItem(CURRENT_ANSWERS, "")
        for scenario in (DEFAULT_SCENARIO, *scenarios.pinned):
            self.combo.addItem(scenario.name, scenario.name)
        self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))
        pinned = any(scenario.name == chosen for scenario in scenarios.pinned)
        self.rename.setVisible(pinned)
        self.remove.setVisible(pinned)

    def _emit_chosen(self, _place: int) -> None:
        self.chosen.emit(self.current)

    def _emit_removed(self) -> None:
        self.removed.emit(self.current)

    def _ask_for_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Rename the scenario")
        dialog.setLabelText("Name")
        dialog.setTextValue(self.current)
        dialog.textValueSelected.connect(partial(self.renamed.emit, self.current))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class CompareView(QWidget):
    """Shows a comparison and reports what the user does with its scenarios."""

    pinned = Signal()
    swapped = Signal()

    def __init__(self, icons: IconPainter | None = None) -> None:
        super().__init__()
        self.left, self.right = ScenarioPicker("left"), ScenarioPicker("right")
        self.swap = make_link_button("⇄ Swap")
        self.swap.setAccessibleName("Swap the sides")
        self.swap.clicked.connect(self.swapped)
        self.pin = make_link_button("Pin current answers")
        self.pin.clicked.connect(self.pinned)
        self.canvas = Canvas(icons, "Comparison")
        self._summary = ElidedLabel("", "strong")
        self._model = ComparisonModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.comparison: Comparison | None = None
        self._arrange()

    @property
    def slide(self) -> Picture | None:
        """The comparison with its table as one picture, for export."""
        return self.comparison.slide if self.comparison else None

    def show_scenarios(self, scenarios: Scenarios) -> None:
        """List the scenarios on both sides and select the compared ones."""
        self.left.show_scenarios(scenarios, scenarios.left)
        self.right.show_scenarios(scenarios, scenarios.right)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show a comparison."""
        self.comparison = comparison
        self.canvas.show_picture(comparison.picture)
        self._summary.show_text(comparison.summary)
        self._model.show_rows((comparison.left, comparison.right), comparison.rows)

    def show_message(self, text: str) -> None:
        """Show a message in place of the diagrams."""
        self.canvas.show_message(text)

    def show_colors(self, colors: WindowColors) -> None:
        """Use the colors of a theme."""
        self._model.show_colors(colors)

    def _arrange(self) -> None:
        header = QHBoxLayout()
        set_margins(header, (16, 8, 16, 8), 16)
        header.addWidget(self.left, 1)
        header.addWidget(self.swap)
        header.addWidget(self.right, 1)
        lower = QWidget()
        lower_column = QVBoxLayout(lower)
        set_margins(lower_column)
        summary_row = QHBoxLayout()
        set_margins(summary_row, (16, 6, 16, 6), 12)
        summary_row.addWidget(self._summary, 1)
        summary_row.addWidget(self.pin)
        lower_column.addLayout(summary_row)
        lower_column.addWidget(self.table, 1)
        self.table.setAccessibleName("Differences")
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table_header = self.table.horizontalHeader()
        table_header.setHighlightSections(False)
        table_header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for section in (0, 3):
            table_header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.canvas)
        splitter.addWidget(lower)
        for place, share in enumerate(_STRETCH_FACTORS):
            splitter.setStretchFactor(place, share)
        splitter.setSizes([share * 100 for share in _STRETCH_FACTORS])
        column = QVBoxLayout(self)
        set_margins(column)
        column.addLayout(header)
        column.addWidget(splitter, 1)
