"""Cards of values that the outcome does not use, each with the smallest changes that would select it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Remedy, SuggestedChange, UnselectedValue
from explorer.ui.explanation.cards import reason_widget, with_icon
from explorer.ui.widgets.cards import Card, ClickableArea
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape


class ChangeButton(ClickableArea):
    """A suggested change of answers that a click applies."""

    def __init__(self, suggestion: SuggestedChange) -> None:
        super().__init__()
        self.setAccessibleName(suggestion.text)
        label = make_label(suggestion.text, "note", "accent")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icon = StatusIcon(StatusShape.CHEVRON, 14)
        icon.setProperty("tone", "accent")
        icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        set_margins(row, (8, 4, 6, 4), 6)
        row.addWidget(label, 1)
        row.addWidget(icon)


class RemedyWidget(QWidget):
    """A remedy with its suggested changes. `change_requested` sends the change that is clicked."""

    change_requested = Signal(tuple)

    def __init__(self, remedy: Remedy) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        set_margins(column, gap=4)
        column.addWidget(make_label(remedy.text, "small", selectable=True))
        for suggestion in remedy.suggestions:
            button = ChangeButton(suggestion)
            button.clicked.connect(partial(self._emit_change, suggestion))
            column.addWidget(button)

    def _emit_change(self, suggestion: SuggestedChange, _checked: bool = False) -> None:
        self.change_requested.emit(suggestion.change)


class OtherValuesCard(Card):
    """Alternatives or rejected values, each with its reasons and its remedy."""

    change_requested = Signal(tuple)

    def __init__(self, values: tuple[UnselectedValue, ...], shape: StatusShape) -> None:
        super().__init__("quiet", gap=14)
        for value in values:
            holder = QWidget()
            column = QVBoxLayout(holder)
            set_margins(column, gap=6)
            column.addWidget(with_icon(shape, "muted", make_label(value.label, "strong", selectable=True)))
            for reason in value.reasons:
                column.addWidget(reason_widget(reason))
            if value.remedy:
                remedy = RemedyWidget(value.remedy)
                remedy.change_requested.connect(self.change_requested)
                column.addWidget(remedy)
            self.add(holder)
