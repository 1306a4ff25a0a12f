"""One of a few things, side by side, of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from explorer.ui.widgets.basic import set_margins, set_tooltip


class SegmentedControl(QFrame):
    """Shows which of its options holds and reports which one is wished, by its place."""

    option_requested = Signal(int)

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("switch")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        set_margins(row, (2, 2, 2, 2), 2)
        for place, (words, told) in enumerate(options):
            button = QPushButton(words)
            button.setProperty("role", "option")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(40)
            set_tooltip(button, told)
            self._group.addButton(button, place)
            row.addWidget(button, len(words))
        self._group.idClicked.connect(self.option_requested)
        self.show_option(0)

    def show_option(self, place: int) -> None:
        """Mark the option that holds."""
        self._group.button(place).setChecked(True)
