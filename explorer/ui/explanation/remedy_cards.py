"""What would bring a value that is not taken, with a button for each of the nearest ways."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Remedy, SuggestedChange, UnselectedValue
from explorer.ui.explanation.cards import reason_widget, with_icon
from explorer.ui.widgets.basic import Card, ClickableArea, make_label, set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape


class ChangeButton(ClickableArea):
    """One deed that a click does, in a sentence."""

    def __init__(self, deed: SuggestedChange) -> None:
        super().__init__()
        self.setAccessibleName(deed.text)
        words = make_label(deed.text, "note", "accent")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark = StatusIcon(StatusShape.CHEVRON, 14)
        mark.setProperty("tone", "accent")
        mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        set_margins(row, (8, 4, 6, 4), 6)
        row.addWidget(words, 1)
        row.addWidget(mark)


class RemedyWidget(QWidget):
    """A remedy: its sentence, and its deeds to click; says which one is taken."""

    change_requested = Signal(tuple)

    def __init__(self, remedy: Remedy) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        set_margins(column, gap=4)
        column.addWidget(make_label(remedy.text, "small", selectable=True))
        for deed in remedy.suggestions:
            way = ChangeButton(deed)
            way.clicked.connect(partial(self._emit_change, deed))
            column.addWidget(way)

    def _emit_change(self, deed: SuggestedChange, _checked: bool = False) -> None:
        self.change_requested.emit(deed.change)


class OtherValuesCard(Card):
    """Values that are not taken, each with why, where it is out, and with what would bring it."""

    change_requested = Signal(tuple)

    def __init__(self, refused: tuple[UnselectedValue, ...], sign: StatusShape) -> None:
        super().__init__("quiet", gap=14)
        for rejection in refused:
            holder = QWidget()
            column = QVBoxLayout(holder)
            set_margins(column, gap=6)
            column.addWidget(with_icon(sign, "muted", make_label(rejection.label, "strong", selectable=True)))
            for reason in rejection.reasons:
                column.addWidget(reason_widget(reason))
            if rejection.remedy:
                words = RemedyWidget(rejection.remedy)
                words.change_requested.connect(self.change_requested)
                column.addWidget(words)
            self.add(holder)
