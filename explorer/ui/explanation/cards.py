"""What the takeaways panel is made of: a card for each clash, trap, reason, takeaway and refusal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import ConflictNotice, Reason, SuggestedChange, TrapNotice
from explorer.core.model.pack import Note, Takeaway
from explorer.ui.widgets.basic import (
    Card,
    ClickableArea,
    make_chips,
    make_label,
    make_source_widget,
    set_margins,
)
from explorer.ui.widgets.status_icons import StatusIcon, StatusShape


def with_icon(sign: StatusShape, name: str, words: QWidget, gap: int = 8) -> QWidget:
    """A sign and, beside it, what it stands for."""
    mark = StatusIcon(sign, 18)
    mark.setProperty("tone", name)
    holder = QWidget()
    row = QHBoxLayout(holder)
    set_margins(row, gap=gap)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return holder


class ConflictCard(Card):
    """Answers that cannot hold together, and the ways out; says which way is taken."""

    change_requested = Signal(tuple)

    def __init__(self, clash: ConflictNotice) -> None:
        super().__init__("bad")
        self.add(with_icon(StatusShape.WARNING, "bad", make_label("Conflict", "title", "bad")))
        self.add(make_label(clash.text, selectable=True), make_chips(clash.answers))
        if clash.suggestions:
            self.add(make_label("To resolve it", "small"))
        for deed in clash.suggestions:
            button = RepairButton(deed.text)
            button.clicked.connect(partial(self._emit_change, deed))
            self.add(button)
        if clash.more_count:
            others = "is one more way" if clash.more_count == 1 else f"are {clash.more_count:,} more ways"
            self.add(make_label(f"There {others}, none of which changes less.", "small"))

    def _emit_change(self, deed: SuggestedChange, _checked: bool = False) -> None:
        self.change_requested.emit(deed.change)


class RepairButton(ClickableArea):
    """One way out of a clash, in a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        words = make_label(sentence, "strong")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark = StatusIcon(StatusShape.CHEVRON)
        row = QHBoxLayout(self)
        set_margins(row, (12, 8, 10, 8), 8)
        row.addWidget(words, 1)
        row.addWidget(mark)


def trap_card(trap: TrapNotice) -> Card:
    """A mistake that lies close by."""
    card = Card("warn", gap=6)
    card.add(
        with_icon(StatusShape.WARNING, "warn", make_label(f"Trap: {trap.title}", "strong", "warn", selectable=True))
    )
    card.add(make_label(trap.text, selectable=True))
    return card


def changes_card(changes: tuple[str, ...]) -> Card:
    """What would be otherwise: a line each."""
    card = Card(gap=6)
    for change in changes:
        card.add(with_icon(StatusShape.FORWARD, "accent", make_label(change, selectable=True)))
    return card


def reasons_card(reasons: tuple[Reason, ...]) -> Card:
    """Why it is so: a sentence each, with the answers that it goes back to."""
    card = Card(gap=14)
    for reason in reasons:
        card.add(reason_widget(reason))
    return card


def reason_widget(reason: Reason) -> QWidget:
    """A sentence of why, with the answers that it goes back to."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    set_margins(column, gap=6)
    column.addWidget(make_label(reason.text, selectable=True))
    if reason.answers:
        column.addWidget(make_chips(reason.answers))
    return holder


def takeaway_card(takeaway: Takeaway, *, as_page: bool = False) -> Card:
    """A statement to remember, where it comes from, and what has changed since.

    As the page says: what the study page says of it stands out, and what holds today is marked.
    """
    card = Card()
    if takeaway.section:
        card.add(make_label(takeaway.section, "over"))
    card.add(make_label(takeaway.title, "title", selectable=True))
    if takeaway.study_guide and as_page:
        page = Card("page", margin=12, gap=4)
        page.add(
            make_label("As the study page says", "over"),
            make_label(takeaway.study_guide, "strong", selectable=True),
        )
        card.add(page, make_label("As of today: the recommendation follows this", "over", "good"))
    card.add(make_label(takeaway.text, selectable=True))
    if takeaway.study_guide and not as_page:
        card.add(_study_guide_quote(takeaway.study_guide))
    if takeaway.note:
        card.add(_note_card(takeaway.note))
    if takeaway.source:
        card.add(make_source_widget(takeaway.source))
    return card


def _study_guide_quote(page: str) -> QWidget:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedWidth(3)
    holder = QWidget()
    row = QHBoxLayout(holder)
    set_margins(row, gap=10)
    row.addWidget(line)
    row.addWidget(make_label(f"The study page says: {page}", "small", selectable=True), 1)
    return holder


def _note_card(note: Note) -> Card:
    card = Card("info", margin=12, gap=6)
    card.add(make_label(f"As of {note.as_of}: {note.text}", "body", "info", selectable=True))
    if note.source:
        card.add(make_source_widget(note.source, "info"))
    return card
