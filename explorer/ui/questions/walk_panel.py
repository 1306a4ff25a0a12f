"""The walk: every question with how it stands, and the current one opened as a card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.walk import Standing, Step, Walk
from explorer.ui.questions.question_card import QuestionCard
from explorer.ui.questions.search import Hit, Place, found, hits
from explorer.ui.questions.search_pane import FindField, Hits
from explorer.ui.widgets.basic import Card, ClickArea, Column, Elided, spaced, text, tip, tone
from explorer.ui.widgets.segmented_control import Switch
from explorer.ui.widgets.status_icons import Mark, Sign

_SIGNS = {
    Standing.ANSWERED: (Sign.TICK, "good"),
    Standing.OPEN: (Sign.HOLLOW, "line"),
    Standing.PASSED_OVER: (Sign.DASH, "muted"),
}


_ORDERS = (
    ("Document’s order", "The questions as the document asks them"),
    ("Shortest", "The question that tells most comes first"),
)


class StepRow(ClickArea):
    """One question in a line: a sign for how it stands, its title, and its answer."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = Mark()
        self._title = Elided()
        self._note = Elided("", "small")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        spaced(row, (10, 7, 10, 7), 10)
        row.addWidget(self._mark)
        row.addWidget(self._title)
        row.addWidget(self._note, 1)
        for child in (self._title, self._note):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_step(self, step: Step) -> None:
        """Show how the question stands."""
        sign, name = (Sign.WARNING, "bad") if step.clashes else _SIGNS[step.standing]
        self._mark.show_sign(sign)
        tone(self._mark, name)
        tone(self._title, "muted" if step.standing is Standing.PASSED_OVER else "")
        tone(self._note, "bad" if step.clashes else "muted")
        self._title.show_text(step.question.title)
        note = _note(step)
        self._note.show_text(note)
        self._note.setVisible(bool(note))
        tone(self, "bad" if step.clashes else "")
        self.setAccessibleName(f"{step.question.title}: {note or step.standing.value}")
        tip(self, _told(step))


def _structure(walk: Walk) -> object:
    """What must differ for other lines to be needed."""
    return tuple((group.title, tuple(step.question for step in group.steps)) for group in walk.groups)


def _answer(step: Step) -> str:
    return "" if step.answer is None else step.question.answer(step.answer).label


def _note(step: Step) -> str:
    if step.clashes:
        return f"conflict: {_answer(step)}"
    return "passed over" if step.standing is Standing.PASSED_OVER else _answer(step)


def _told(step: Step) -> str:
    if step.standing is Standing.PASSED_OVER:
        return f"Passed over: {step.why}"
    answer = _answer(step)
    return f"{step.question.title}: {answer}" if answer else step.question.text


class WalkPanel(QWidget):
    """Shows a walk and reports answers; it decides nothing."""

    answered = Signal(str, str)
    considered = Signal(str, str)
    cleared = Signal(str)
    opened = Signal(str)
    stepped = Signal(int)
    choice_found = Signal(str)
    takeaway_found = Signal(str)
    shortest_wished = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("walk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._walk = Walk((), None)
        self._alone = False
        self._rows: dict[QuestionId, StepRow] = {}
        self._titles: list[QWidget] = []
        self._structure: object = None
        self._card = QuestionCard()
        self.setFocusProxy(self._card)
        self._card.answered.connect(self.answered)
        self._card.considered.connect(self.considered)
        self._card.cleared.connect(self.cleared)
        self._card.stepped.connect(self.stepped)
        self._done = _Done()
        self._head = _Head()
        self._head.order.wished.connect(self._wish_order)
        self._pack: Pack | None = None
        self._hits = Hits()
        self._hits.chosen.connect(self._go_to)
        self._find = FindField()
        self._find.field.textChanged.connect(self._show_rows)
        self._find.field.returnPressed.connect(self._open_first)
        self._start: QWidget | None = None
        self._scroll = Column("Questions")
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(self._head)
        column.addWidget(self._find)
        column.addWidget(self._scroll, 1)

    def show_walk(self, walk: Walk) -> None:
        """Show the walk; widgets are only made anew when other questions are asked."""
        moved = walk.current != self._walk.current or self._structure is None
        structure = _structure(walk)
        rebuilt = structure != self._structure
        self._walk = walk
        self._head.show_walk(walk)
        self._show_start()
        self.setUpdatesEnabled(False)
        if rebuilt:
            self._structure = structure
            self._build(walk, keep=not moved)
        else:
            for step in walk.steps:
                self._rows[step.question.id].show_step(step)
        if moved or rebuilt:
            self._place_card()
        self._show_current()
        self._show_rows()
        self.setUpdatesEnabled(True)
        if moved:
            self._scroll.reveal(self._card if walk.step else self._done)

    def put_start(self, start: QWidget) -> None:
        """Show this above the questions as long as none is answered."""
        self._start = start
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, start)
        self._show_start()

    def show_alone(self, alone: bool) -> None:
        """Show nothing but the current question, or the whole walk again."""
        self._alone = alone
        self._head.setVisible(not alone)
        self._find.hide()
        self._show_start()
        self._show_rows()
        self._scroll.reveal(self._card)

    def answer_number(self, number: int) -> None:
        """Give the current question's answer of that number, when there is one."""
        if self._walk.step:
            self._card.answer_number(number)

    def look_for(self, pack: Pack) -> None:
        """Let the person type a few words of what they look for: in the walk, and in its pack."""
        self._pack = pack
        self._find.open()

    def _show_start(self) -> None:
        if self._start is not None:
            begun = any(step.standing is Standing.ANSWERED for step in self._walk.steps)
            self._start.setVisible(not begun and not self._alone)

    def _build(self, walk: Walk, *, keep: bool) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        spaced(self._column, (8, 4, 8, 24), 2)
        self._rows, self._titles = {}, []
        self._column.addWidget(self._done)
        for group in walk.groups:
            title = text(group.title.upper(), "over")
            title.setContentsMargins(10, 16, 0, 4)
            self._titles.append(title)
            self._column.addWidget(title)
            for step in group.steps:
                row = self._rows[step.question.id] = StepRow()
                row.show_step(step)  # while it is still unstyled, which spares styling it twice
                row.clicked.connect(partial(self._report_open, step.question.id))
                self._column.addWidget(row)
        self._column.addWidget(self._card)
        self._column.addWidget(self._hits)
        self._column.addStretch(1)
        self._scroll.fill(content, keep=keep)

    def _place_card(self) -> None:
        current = self._walk.current
        self._column.removeWidget(self._card)
        if current in self._rows:
            self._column.insertWidget(self._column.indexOf(self._rows[current]), self._card)

    def _show_current(self) -> None:
        step = self._walk.step
        self._done.setVisible(step is None and bool(self._walk.groups))
        if step is not None:
            steps = self._walk.steps
            self._card.show_step(step, steps.index(step) + 1, len(steps))
            self._card.show_telling(self._walk.left, self._walk.separates)

    def _show_rows(self) -> None:
        words = self._find.field.text()
        finding = bool(words)
        self._hits.show_hits(hits(self._pack, words) if self._pack and not self._alone else ())
        shown = set(self._found()) if not self._alone else set()
        self._card.setVisible(self._walk.step is not None and not finding)
        for question, row in self._rows.items():
            row.setVisible(question in shown and (finding or question != self._walk.current))
        for title, group in zip(self._titles, self._walk.groups, strict=True):
            title.setVisible(any(step.question.id in shown for step in group.steps))

    def _found(self) -> Iterator[QuestionId]:
        return found(self._walk, self._find.field.text())

    def _open_first(self) -> None:
        question, hit = next(self._found(), None), self._hits.first
        if question is not None:
            self._find.close_field()
            self.opened.emit(question)
        elif hit is not None:
            self._go_to(hit)

    def _go_to(self, hit: Hit) -> None:
        if hit.place is Place.ANSWER:
            self._find.close_field()
        told = {
            Place.ANSWER: self.opened,
            Place.VALUE: self.choice_found,
            Place.TAKEAWAY: self.takeaway_found,
        }
        told[hit.place].emit(hit.id)

    def _wish_order(self, place: int) -> None:
        self.shortest_wished.emit(place == 1)

    def _report_open(self, question: QuestionId, _checked: bool = False) -> None:
        self.opened.emit(question)


class _Head(QWidget):
    """How far the walk has come, and in which order it goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Elided("", "strong")
        self._rest = Elided("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Questions answered")
        row = QHBoxLayout()
        spaced(row, gap=8)
        row.addWidget(self._count, 1)
        row.addWidget(self._rest)
        column = QVBoxLayout(self)
        spaced(column, (18, 16, 18, 8), 10)
        self.order = Switch("The order of the questions", _ORDERS)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self.order)

    def show_walk(self, walk: Walk) -> None:
        total = len(walk.steps)
        answered = sum(step.standing is Standing.ANSWERED for step in walk.steps)
        passed = sum(step.standing is Standing.PASSED_OVER for step in walk.steps)
        self._count.show_text(f"{answered} of {total} answered")
        clashing = sum(step.clashes for step in walk.steps)
        self._rest.show_text(f"{clashing} clash" if clashing else f"{passed} passed over" if passed else "")
        tone(self._rest, "bad" if clashing else "")
        self._bar.setMaximum(max(total, 1))
        # A bar that may paint does so at once, and all that waits in the window with it.
        self._bar.setUpdatesEnabled(False)
        self._bar.setValue(answered)
        self._bar.setUpdatesEnabled(True)
        self.order.show_option(int(walk.shortest))


class _Done(Card):
    """What stands in the place of a question when nothing is left to ask."""

    def __init__(self) -> None:
        super().__init__("current", gap=4)
        self.add(
            text("Nothing left to ask", "title"),
            text(
                "Every question that still matters is answered. Open any to change your mind.",
                "muted",
            ),
        )
        self.hide()
