"""Why it is so, what to remember, what to beware of: everything there is to say at one moment."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Explanation, UnselectedValue
from explorer.ui.explanation.cards import ConflictCard, changes_card, reasons_card, takeaway_card, trap_card
from explorer.ui.explanation.remedy_cards import OtherValuesCard
from explorer.ui.widgets.basic import Card, ScrollColumn, make_label, set_margins
from explorer.ui.widgets.segmented_control import SegmentedControl
from explorer.ui.widgets.status_icons import StatusShape

_SOURCE_OPTIONS = (
    ("As of today", "What holds today: the recommendation follows it"),
    ("As the page says", "What the study page says, beside what holds today"),
)


class TakeawayPanel(QWidget):
    """Shows a briefing from its top; reports which change is taken, and which time is wished to be told of.

    A change is pairs of a question and its answer, None to leave it open.
    """

    change_requested = Signal(tuple)
    study_guide_requested = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takeaways")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._explanation: Explanation | None = None
        self._scroll = ScrollColumn("Takeaways")
        self._source_control = SegmentedControl("What the takeaways say", _SOURCE_OPTIONS)
        self._source_control.option_requested.connect(self._emit_source)
        head = QVBoxLayout()
        set_margins(head, (16, 12, 16, 4))
        head.addWidget(self._source_control)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addLayout(head)
        column.addWidget(self._scroll)

    def show_explanation(self, briefing: Explanation) -> None:
        """Show it, unless it is there already."""
        if briefing == self._explanation:
            return
        edited = self._explanation is not None and self._explanation.heading == briefing.heading
        self._explanation = briefing
        self._source_control.show_option(int(briefing.study_guide_view))
        self._source_control.setVisible(briefing.has_study_guide)
        content = QWidget()
        column = QVBoxLayout(content)
        set_margins(column, (16, 16, 16, 24), 8)
        for widget in self._build_widgets(briefing):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.set_content(content, keep=edited)  # the same subject in other words is read on

    def _build_widgets(self, briefing: Explanation) -> list[QWidget]:
        widgets: list[QWidget] = [make_label(briefing.heading, "head", selectable=True)]
        if briefing.subheading:
            widgets.append(make_label(briefing.subheading, "muted", selectable=True))
        for clash in briefing.conflicts:
            card = ConflictCard(clash)
            card.change_requested.connect(self.change_requested)
            widgets.append(card)
        widgets += map(trap_card, briefing.traps)
        if briefing.changes:
            widgets += [_section_title("What would change"), changes_card(briefing.changes)]
        if briefing.reasons:
            widgets += [_section_title("Why"), reasons_card(briefing.reasons)]
        if briefing.alternatives:
            widgets += [
                _section_title("Possible instead"),
                self._other_values_card(briefing.alternatives, StatusShape.HOLLOW),
            ]
        takeaways = [takeaway_card(takeaway, as_page=briefing.study_guide_view) for takeaway in briefing.takeaways]
        if takeaways:
            title = "Would become true" if briefing.changes else "Takeaways"
            widgets += [_section_title(title), *takeaways]
        if briefing.rejected:
            widgets += [
                _section_title("Ruled out"),
                self._other_values_card(briefing.rejected, StatusShape.CROSS),
            ]
        if len(widgets) <= 2:
            widgets.append(_empty_card())
        return widgets

    def _other_values_card(self, refused: tuple[UnselectedValue, ...], sign: StatusShape) -> OtherValuesCard:
        card = OtherValuesCard(refused, sign)
        card.change_requested.connect(self.change_requested)
        return card

    def _emit_source(self, place: int) -> None:
        self.study_guide_requested.emit(place == 1)


def _section_title(title: str) -> QWidget:
    label = make_label(title.upper(), "over")
    label.setContentsMargins(2, 14, 0, 0)
    return label


def _empty_card() -> Card:
    card = Card("quiet")
    card.add(make_label("Nothing more to say yet. Answer a question, or select anything in the diagram.", "muted"))
    return card
