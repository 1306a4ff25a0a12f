"""Cards of the takeaway panel: conflict, trap, change, reason and takeaway."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import ConflictNotice, Reason, SuggestedChange, TrapNotice
from explorer.core.model.pack import Note, Takeaway
from explorer.ui.widgets.cards import Card, ClickableArea
from explorer.ui.widgets.labels import make_chips, make_label, make_source_widget
from explorer.ui.widgets.layouts import set_margins
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape


def with_icon(shape: StatusShape, tone: str, content: QWidget, gap: int = 8) -> QWidget:
    """A widget with a status icon of a shape and a color on its left."""
    icon = StatusIcon(shape, 18)
    icon.setProperty("tone", tone)
    holder = QWidget()
    row = QHBoxLayout(holder)
    set_margins(row, gap=gap)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(content, 1)
    return holder


class ConflictCard(Card):
    """Answers in conflict, and the suggested changes. `change_requested` sends the change that is clicked."""

    change_requested = Signal(tuple)

    def __init__(self, conflict: ConflictNotice) -> None:
        super().__init__("bad")
        self.add(with_icon(StatusShape.WARNING, "bad", make_label("Conflict", "title", "bad")))
        self.add(make_label(conflict.text, selectable=True), make_chips(conflict.answers))
        if conflict.suggestions:
            self.add(make_label("To resolve it", "small"))
        for suggestion in conflict.suggestions:
            button = RepairButton(suggestion.text)
            button.clicked.connect(partial(self._emit_change, suggestion))
            self.add(button)
        if conflict.more_count:
            more = "1 more change" if conflict.more_count == 1 else f"{conflict.more_count:,} more changes"
            self.add(make_label(f"{more} would resolve it. None is smaller.", "small"))

    def _emit_change(self, suggestion: SuggestedChange, _checked: bool = False) -> None:
        self.change_requested.emit(suggestion.change)


class RepairButton(ClickableArea):
    """A change that resolves a conflict."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAccessibleName(text)
        label = make_label(text, "strong")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        set_margins(row, (12, 8, 10, 8), 8)
        row.addWidget(label, 1)
        row.addWidget(StatusIcon(StatusShape.CHEVRON))


def trap_card(trap: TrapNotice) -> Card:
    """A card that warns of a trap."""
    card = Card("warn", gap=6)
    title = make_label(f"Trap: {trap.title}", "strong", "warn", selectable=True)
    card.add(with_icon(StatusShape.WARNING, "warn", title))
    card.add(make_label(trap.text, selectable=True))
    return card


def changes_card(changes: tuple[str, ...]) -> Card:
    """A card with one line for each change of the outcome."""
    card = Card(gap=6)
    for change in changes:
        card.add(with_icon(StatusShape.FORWARD, "accent", make_label(change, selectable=True)))
    return card


def reasons_card(reasons: tuple[Reason, ...]) -> Card:
    """A card with the reasons of a value, each with the answers behind it."""
    card = Card(gap=14)
    for reason in reasons:
        card.add(reason_widget(reason))
    return card


def reason_widget(reason: Reason) -> QWidget:
    """A reason with the answers behind it as chips."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    set_margins(column, gap=6)
    column.addWidget(make_label(reason.text, selectable=True))
    if reason.answers:
        column.addWidget(make_chips(reason.answers))
    return holder


def takeaway_card(takeaway: Takeaway, *, study_guide_view: bool = False) -> Card:
    """A takeaway with its source and its dated note.

    In the study guide view, the statement of the study guide comes first and today's text is marked as such.
    """
    card = Card()
    if takeaway.section:
        card.add(make_label(takeaway.section, "over"))
    card.add(make_label(takeaway.title, "title", selectable=True))
    if takeaway.study_guide and study_guide_view:
        quote = Card("page", margin=12, gap=4)
        quote.add(make_label("Study guide", "over"), make_label(takeaway.study_guide, "strong", selectable=True))
        card.add(quote, make_label("Today (used for the recommendation)", "over", "good"))
    card.add(make_label(takeaway.text, selectable=True))
    if takeaway.study_guide and not study_guide_view:
        card.add(_study_guide_quote(takeaway.study_guide))
    if takeaway.note:
        card.add(_note_card(takeaway.note))
    if takeaway.source:
        card.add(make_source_widget(takeaway.source))
    return card


def _study_guide_quote(statement: str) -> QWidget:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedWidth(3)
    holder = QWidget()
    row = QHBoxLayout(holder)
    set_margins(row, gap=10)
    row.addWidget(line)
    row.addWidget(make_label(f"Study guide: {statement}", "small", selectable=True), 1)
    return holder


def _note_card(note: Note) -> Card:
    card = Card("info", margin=12, gap=6)
    card.add(make_label(f"As of {note.as_of}: {note.text}", "body", "info", selectable=True))
    if note.source:
        card.add(make_source_widget(note.source, "info"))
    return card
