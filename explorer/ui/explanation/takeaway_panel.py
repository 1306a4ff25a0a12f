"""Why it is so, what to remember, what to beware of: everything there is to say at one moment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Briefing, Rejection
from explorer.ui.explanation.cards import Clash, changes_card, reasons_card, takeaway_card, trap_card
from explorer.ui.explanation.remedy_cards import Refused
from explorer.ui.widgets.basic import Card, Column, spaced, text
from explorer.ui.widgets.segmented_control import Switch
from explorer.ui.widgets.status_icons import Sign

_TIMES = (
    ("As of today", "What holds today: the recommendation follows it"),
    ("As the page says", "What the study page says, beside what holds today"),
)


class TakeawayPanel(QWidget):
    """Shows a briefing from its top; reports which change is taken, and which time is wished to be told of.

    A change is pairs of a question and its answer, None to leave it open.
    """

    taken = Signal(tuple)
    page_wished = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takeaways")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._briefing: Briefing | None = None
        self._scroll = Column("Takeaways")
        self._time = Switch("What the takeaways say", _TIMES)
        self._time.wished.connect(self._wish)
        head = QVBoxLayout()
        spaced(head, (16, 12, 16, 4))
        head.addWidget(self._time)
        column = QVBoxLayout(self)
        spaced(column)
        column.addLayout(head)
        column.addWidget(self._scroll)

    def show_briefing(self, briefing: Briefing) -> None:
        """Show it, unless it is there already."""
        if briefing == self._briefing:
            return
        edited = self._briefing is not None and self._briefing.heading == briefing.heading
        self._briefing = briefing
        self._time.show_option(int(briefing.as_page))
        self._time.setVisible(briefing.paged)
        content = QWidget()
        column = QVBoxLayout(content)
        spaced(column, (16, 16, 16, 24), 8)
        for widget in self._widgets(briefing):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.fill(content, keep=edited)  # the same subject in other words is read on

    def _widgets(self, briefing: Briefing) -> list[QWidget]:
        widgets: list[QWidget] = [text(briefing.heading, "head", selectable=True)]
        if briefing.subheading:
            widgets.append(text(briefing.subheading, "muted", selectable=True))
        for clash in briefing.clashes:
            card = Clash(clash)
            card.taken.connect(self.taken)
            widgets.append(card)
        widgets += map(trap_card, briefing.traps)
        if briefing.changes:
            widgets += [_over("What would change"), changes_card(briefing.changes)]
        if briefing.reasons:
            widgets += [_over("Why"), reasons_card(briefing.reasons)]
        if briefing.alternatives:
            widgets += [_over("Possible instead"), self._refused(briefing.alternatives, Sign.HOLLOW)]
        takeaways = [takeaway_card(takeaway, as_page=briefing.as_page) for takeaway in briefing.takeaways]
        if takeaways:
            title = "Would become true" if briefing.changes else "Takeaways"
            widgets += [_over(title), *takeaways]
        if briefing.rejected:
            widgets += [_over("Ruled out"), self._refused(briefing.rejected, Sign.CROSS)]
        if len(widgets) <= 2:
            widgets.append(_nothing())
        return widgets

    def _refused(self, refused: tuple[Rejection, ...], sign: Sign) -> Refused:
        card = Refused(refused, sign)
        card.taken.connect(self.taken)
        return card

    def _wish(self, place: int) -> None:
        self.page_wished.emit(place == 1)


def _over(title: str) -> QWidget:
    label = text(title.upper(), "over")
    label.setContentsMargins(2, 14, 0, 0)
    return label


def _nothing() -> Card:
    card = Card("quiet")
    card.add(text("Nothing more to say yet. Answer a question, or select anything in the diagram.", "muted"))
    return card
