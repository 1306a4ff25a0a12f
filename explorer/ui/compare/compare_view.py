"""Two scenarios side by side: their diagrams, and what differs in a table beneath."""

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
from explorer.ui.widgets.basic import ElidedLabel, make_link_button, set_margins, tooltip_html
from explorer.ui.widgets.form import ComboBox

CURRENT_ANSWERS = "Where you stand"
"""What the present answers are called."""

_STRETCH_FACTORS = (7, 3)
"""Of the height: the pictures', and the table's."""

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ComparisonModel(QAbstractTableModel):
    """The rows of a comparison; what differs is bold and says so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparisonRow, ...] = ()
        self._titles = ("", "")
        self._muted = QColor()

    def show_rows(self, titles: tuple[str, str], rows: tuple[ComparisonRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._titles, self._rows = titles, rows
        self.endResetModel()

    def show_colors(self, colours: WindowColors) -> None:
        """Draw what is the same in the quiet colour of the theme."""
        self._muted = QColor(colours.muted)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One for each choice and takeaway."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """What it is about, either side, and whether they differ."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and how they are drawn."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = (row.label, row.left, row.right, _difference_label(row))[index.column()]
            return tooltip_html(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.ForegroundRole and not row.differs:
            return self._muted
        if role == Qt.ItemDataRole.FontRole and row.differs and index.column() in (1, 2):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the scenarios above their columns."""
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
    """Which scenario is on one side; a pinned one can be renamed or removed."""

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
        """The name of the scenario, "" for the present answers."""
        return str(self.combo.currentData() or "")

    def show_scenarios(self, scenarios: Scenarios, chosen: str) -> None:
        """Offer the scenarios and show which one is chosen."""
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
    """Shows a comparison and reports which scenarios are wished; it decides nothing."""

    pinned = Signal()
    swapped = Signal()

    def __init__(self, icons: IconPainter | None = None) -> None:
        super().__init__()
        self.left, self.right = ScenarioPicker("left"), ScenarioPicker("right")
        self.swap = make_link_button("⇄ Swap")
        self.swap.setAccessibleName("Swap the sides")
        self.swap.clicked.connect(self.swapped)
        self.pin = make_link_button("Pin where you stand")
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
        """The comparison as one picture, to be exported."""
        return self.comparison.slide if self.comparison else None

    def show_scenarios(self, scenarios: Scenarios) -> None:
        """Show what there is to compare, and which two are compared."""
        self.left.show_scenarios(scenarios, scenarios.left)
        self.right.show_scenarios(scenarios, scenarios.right)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show two scenarios side by side."""
        self.comparison = comparison
        self.canvas.show_picture(comparison.picture)
        self._summary.show_text(comparison.summary)
        self._model.show_rows((comparison.left, comparison.right), comparison.rows)

    def show_message(self, text: str) -> None:
        """Say why there is nothing to show."""
        self.canvas.show_message(text)

    def show_colors(self, colours: WindowColors) -> None:
        """Take the colours of another theme."""
        self._model.show_colors(colours)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        set_margins(head, (16, 8, 16, 8), 16)
        head.addWidget(self.left, 1)
        head.addWidget(self.swap)
        head.addWidget(self.right, 1)
        below = QWidget()
        foot = QVBoxLayout(below)
        set_margins(foot)
        line = QHBoxLayout()
        set_margins(line, (16, 6, 16, 6), 12)
        line.addWidget(self._summary, 1)
        line.addWidget(self.pin)
        foot.addLayout(line)
        foot.addWidget(self.table, 1)
        self.table.setAccessibleName("What differs")
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for section in (0, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.canvas)
        halves.addWidget(below)
        for place, share in enumerate(_STRETCH_FACTORS):
            halves.setStretchFactor(place, share)
        halves.setSizes([share * 100 for share in _STRETCH_FACTORS])
        column = QVBoxLayout(self)
        set_margins(column)
        column.addLayout(head)
        column.addWidget(halves, 1)
