"""Why it is so, what to remember, what to beware of: everything there is to say at one moment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.core.briefing import Briefing
from explorer.ui.cards import Clash, reasons_card, rejected_card, takeaway_card, trap_card
from explorer.ui.widgets import Card, Column, spaced, text


class TakeawayPanel(QWidget):
    """Shows a briefing from its top and reports which way out of a clash is taken."""

    repaired = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takeaways")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._briefing: Briefing | None = None
        self._scroll = Column("Takeaways")
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._scroll)

    def show_briefing(self, briefing: Briefing) -> None:
        """Show it, unless it is there already."""
        if briefing == self._briefing:
            return
        self._briefing = briefing
        content = QWidget()
        column = QVBoxLayout(content)
        spaced(column, (16, 16, 16, 24), 8)
        for widget in self._widgets(briefing):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.fill(content)

    def _widgets(self, briefing: Briefing) -> list[QWidget]:
        widgets: list[QWidget] = [text(briefing.heading, "head", selectable=True)]
        if briefing.subheading:
            widgets.append(text(briefing.subheading, "muted", selectable=True))
        for clash in briefing.clashes:
            card = Clash(clash)
            card.repaired.connect(self.repaired)
            widgets.append(card)
        widgets += map(trap_card, briefing.traps)
        if briefing.reasons:
            widgets += [_over("Why"), reasons_card(briefing.reasons)]
        if briefing.takeaways:
            widgets += [_over("Takeaways"), *map(takeaway_card, briefing.takeaways)]
        if briefing.rejected:
            widgets += [_over("Ruled out"), rejected_card(briefing.rejected)]
        if len(widgets) <= 2:
            widgets.append(_nothing())
        return widgets


def _over(title: str) -> QWidget:
    label = text(title.upper(), "over")
    label.setContentsMargins(2, 14, 0, 0)
    return label


def _nothing() -> Card:
    card = Card("quiet")
    card.add(text("Nothing more to say yet. Answer a question, or select anything in the diagram.", "muted"))
    return card
