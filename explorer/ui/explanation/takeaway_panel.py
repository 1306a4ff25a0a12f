"""Takeaway panel: explains the selected item, the focused choice or the current question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.core.explanation.explanation import Explanation, UnselectedValue
from explorer.ui.explanation.cards import ConflictCard, changes_card, reasons_card, takeaway_card, trap_card
from explorer.ui.explanation.remedy_cards import OtherValuesCard
from explorer.ui.widgets.cards import Card
from explorer.ui.widgets.form import SegmentedControl
from explorer.ui.widgets.labels import make_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins
from explorer.ui.widgets.status_icons import StatusShape

_SOURCE_OPTIONS = (
    ("Today", "What applies today. The recommendation uses it."),
    ("Study guide", "What the study guide says, beside what applies today"),
)


class TakeawayPanel(QWidget):
    """Shows an explanation and reports what the user does.

    `change_requested` sends pairs of a question and its new answer, None to clear the answer.
    `study_guide_requested` sends whether the study guide view is to be shown.
    """

    change_requested = Signal(tuple)
    study_guide_requested = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takeaways")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._explanation: Explanation | None = None
        self._scroll = ScrollColumn("Takeaways")
        self._source_control = SegmentedControl("Source of the takeaways", _SOURCE_OPTIONS)
        self._source_control.option_requested.connect(self._emit_source)
        header = QVBoxLayout()
        set_margins(header, (16, 12, 16, 4))
        header.addWidget(self._source_control)
        column = QVBoxLayout(self)
        set_margins(column)
        column.addLayout(header)
        column.addWidget(self._scroll)

    def show_explanation(self, explanation: Explanation) -> None:
        """Show an explanation. The scroll position stays if the heading is the same as before."""
        if explanation == self._explanation:
            return
        same_heading = self._explanation is not None and self._explanation.heading == explanation.heading
        self._explanation = explanation
        self._source_control.show_option(int(explanation.study_guide_view))
        self._source_control.setVisible(explanation.has_study_guide)
        content = QWidget()
        column = QVBoxLayout(content)
        set_margins(column, (16, 16, 16, 24), 8)
        for widget in self._build_widgets(explanation):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll.set_content(content, keep=same_heading)

    def _build_widgets(self, explanation: Explanation) -> list[QWidget]:
        widgets: list[QWidget] = [make_label(explanation.heading, "head", selectable=True)]
        if explanation.subheading:
            widgets.append(make_label(explanation.subheading, "muted", selectable=True))
        for conflict in explanation.conflicts:
            card = ConflictCard(conflict)
            card.change_requested.connect(self.change_requested)
            widgets.append(card)
        widgets += map(trap_card, explanation.traps)
        if explanation.changes:
            widgets += [_section_title("What would change"), changes_card(explanation.changes)]
        if explanation.reasons:
            widgets += [_section_title("Why"), reasons_card(explanation.reasons)]
        if explanation.alternatives:
            alternatives = self._other_values_card(explanation.alternatives, StatusShape.HOLLOW)
            widgets += [_section_title("Alternatives"), alternatives]
        takeaways = [
            takeaway_card(takeaway, study_guide_view=explanation.study_guide_view) for takeaway in explanation.takeaways
        ]
        if takeaways:
            title = "Would also apply" if explanation.changes else "Takeaways"
            widgets += [_section_title(title), *takeaways]
        if explanation.rejected:
            rejected = self._other_values_card(explanation.rejected, StatusShape.CROSS)
            widgets += [_section_title("Ruled out"), rejected]
        if len(widgets) <= 2:
            widgets.append(_empty_card())
        return widgets

    def _other_values_card(self, values: tuple[UnselectedValue, ...], shape: StatusShape) -> OtherValuesCard:
        card = OtherValuesCard(values, shape)
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
    card.add(make_label("No takeaways yet. Answer a question, or select an item in the diagram.", "muted"))
    return card
