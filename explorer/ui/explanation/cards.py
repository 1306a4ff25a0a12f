"""What the takeaways panel is made of: a card for each clash, trap, reason, takeaway and refusal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from explorer.core.explanation.explanation import ClashCard, Deed, Reason, TrapCard
from explorer.core.model.pack import Note, Takeaway
from explorer.ui.widgets.basic import Card, ClickArea, chips, source, spaced, text
from explorer.ui.widgets.status_icons import Mark, Sign


def marked(sign: Sign, name: str, words: QWidget, gap: int = 8) -> QWidget:
    """A sign and, beside it, what it stands for."""
    mark = Mark(sign, 18)
    mark.setProperty("tone", name)
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, gap=gap)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return holder


class Clash(Card):
    """Answers that cannot hold together, and the ways out; says which way is taken."""

    taken = Signal(tuple)

    def __init__(self, clash: ClashCard) -> None:
        super().__init__("bad")
        self.add(marked(Sign.WARNING, "bad", text("Conflict", "title", "bad")))
        self.add(text(clash.text, selectable=True), chips(clash.answers))
        if clash.repairs:
            self.add(text("To resolve it", "small"))
        for deed in clash.repairs:
            button = Repair(deed.text)
            button.clicked.connect(partial(self._report, deed))
            self.add(button)
        if clash.more:
            others = "is one more way" if clash.more == 1 else f"are {clash.more:,} more ways"
            self.add(text(f"There {others}, none of which changes less.", "small"))

    def _report(self, deed: Deed, _checked: bool = False) -> None:
        self.taken.emit(deed.change)


class Repair(ClickArea):
    """One way out of a clash, in a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        words = text(sentence, "strong")
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark = Mark(Sign.CHEVRON)
        row = QHBoxLayout(self)
        spaced(row, (12, 8, 10, 8), 8)
        row.addWidget(words, 1)
        row.addWidget(mark)


def trap_card(trap: TrapCard) -> Card:
    """A mistake that lies close by."""
    card = Card("warn", gap=6)
    card.add(marked(Sign.WARNING, "warn", text(f"Trap: {trap.title}", "strong", "warn", selectable=True)))
    card.add(text(trap.text, selectable=True))
    return card


def changes_card(changes: tuple[str, ...]) -> Card:
    """What would be otherwise: a line each."""
    card = Card(gap=6)
    for change in changes:
        card.add(marked(Sign.FORTH, "accent", text(change, selectable=True)))
    return card


def reasons_card(reasons: tuple[Reason, ...]) -> Card:
    """Why it is so: a sentence each, with the answers that it goes back to."""
    card = Card(gap=14)
    for reason in reasons:
        card.add(reason_words(reason))
    return card


def reason_words(reason: Reason) -> QWidget:
    """A sentence of why, with the answers that it goes back to."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, gap=6)
    column.addWidget(text(reason.text, selectable=True))
    if reason.answers:
        column.addWidget(chips(reason.answers))
    return holder


def takeaway_card(takeaway: Takeaway, *, as_page: bool = False) -> Card:
    """A statement to remember, where it comes from, and what has changed since.

    As the page says: what the study page says of it stands out, and what holds today is marked.
    """
    card = Card()
    if takeaway.section:
        card.add(text(takeaway.section, "over"))
    card.add(text(takeaway.title, "title", selectable=True))
    if takeaway.page and as_page:
        page = Card("page", margin=12, gap=4)
        page.add(text("As the study page says", "over"), text(takeaway.page, "strong", selectable=True))
        card.add(page, text("As of today: the recommendation follows this", "over", "good"))
    card.add(text(takeaway.text, selectable=True))
    if takeaway.page and not as_page:
        card.add(_quoted(takeaway.page))
    if takeaway.note:
        card.add(_note(takeaway.note))
    if takeaway.source:
        card.add(source(takeaway.source))
    return card


def _quoted(page: str) -> QWidget:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedWidth(3)
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, gap=10)
    row.addWidget(line)
    row.addWidget(text(f"The study page says: {page}", "small", selectable=True), 1)
    return holder


def _note(note: Note) -> Card:
    card = Card("info", margin=12, gap=6)
    card.add(text(f"As of {note.as_of}: {note.text}", "body", "info", selectable=True))
    if note.source:
        card.add(source(note.source, "info"))
    return card
