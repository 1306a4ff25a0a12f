"""Walk panel: every question with its status, and the current question as a card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.walk import StepStatus, Walk
from explorer.ui.questions.question_card import QuestionCard
from explorer.ui.questions.search import SearchGroup, SearchHit, matching_questions, search_pack
from explorer.ui.questions.search_pane import SearchField, SearchResults
from explorer.ui.questions.step_row import StepRow
from explorer.ui.widgets.cards import Card
from explorer.ui.widgets.form import SegmentedControl
from explorer.ui.widgets.labels import ElidedLabel, make_label
from explorer.ui.widgets.layouts import ScrollColumn, set_margins
from explorer.ui.widgets.styling import set_tone

_ORDER_OPTIONS = (
    ("By topic", "Ask the questions in the order of the pack"),
    ("Shortest walk", "Ask the most informative question first"),
)


class WalkPanel(QWidget):
    """Shows a walk and reports what the user does.

    Signals send ids: `answered` and `answer_hovered` a question and an answer, `choice_found` the choice of
    a search result. `stepped` sends -1 or 1. `shortest_order_requested` sends whether the most informative
    question is to come first.
    """

    answered = Signal(str, str)
    answer_hovered = Signal(str, str)
    hover_ended = Signal()
    cleared = Signal(str)
    question_opened = Signal(str)
    stepped = Signal(int)
    choice_found = Signal(str)
    takeaway_found = Signal(str)
    shortest_order_requested = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("walk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._walk = Walk((), None)
        self._current_only = False
        self._rows: dict[QuestionId, StepRow] = {}
        self._group_titles: list[QWidget] = []
        self._structure: object = None
        self._card = QuestionCard()
        self.setFocusProxy(self._card)
        self._card.answered.connect(self.answered)
        self._card.answer_hovered.connect(self.answer_hovered)
        self._card.hover_ended.connect(self.hover_ended)
        self._card.cleared.connect(self.cleared)
        self._card.stepped.connect(self.stepped)
        self._finished_card = _FinishedCard()
        self._header = _Header()
        self._header.order.option_requested.connect(self._emit_order)
        self._pack: Pack | None = None
        self._results = SearchResults()
        self._results.chosen.connect(self._open_hit)
        self._search_field = SearchField()
        self._search_field.field.textChanged.connect(self._filter_rows)
        self._search_field.field.returnPressed.connect(self._open_first_hit)
        self._start_widget: QWidget | None = None
        self._scroll = ScrollColumn("Questions")
        column = QVBoxLayout(self)
        set_margins(column)
        column.addWidget(self._header)
        column.addWidget(self._search_field)
        column.addWidget(self._scroll, 1)

    def show_walk(self, walk: Walk) -> None:
        """Show a walk. The rows are rebuilt only if the questions changed."""
        moved = walk.current != self._walk.current or self._structure is None
        structure = tuple((group.title, tuple(step.question for step in group.steps)) for group in walk.groups)
        rebuilt = structure != self._structure
        self._walk = walk
        self._header.show_walk(walk)
        self._update_start_widget()
        self.setUpdatesEnabled(False)
        if rebuilt:
            self._structure = structure
            self._build_rows(walk, keep=not moved)
        else:
            for step in walk.steps:
                self._rows[step.question.id].show_step(step)
        if moved or rebuilt:
            self._move_card()
        self._show_current()
        self._filter_rows()
        self.setUpdatesEnabled(True)
        if moved:
            self._scroll.scroll_to(self._card if walk.current_step else self._finished_card)

    def set_start_widget(self, widget: QWidget) -> None:
        """Show this widget above the questions while no question is answered."""
        self._start_widget = widget
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)
        self._update_start_widget()

    def show_current_only(self, current_only: bool) -> None:
        """Show only the current question, or the whole walk."""
        self._current_only = current_only
        self._header.setVisible(not current_only)
        self._search_field.hide()
        self._update_start_widget()
        self._filter_rows()
        self._scroll.scroll_to(self._card)

    def answer_number(self, number: int) -> None:
        """Give the answer with this number to the current question. Other numbers are ignored."""
        if self._walk.current_step:
            self._card.answer_number(number)

    def open_search(self, pack: Pack) -> None:
        """Open the search field. It searches the walk and this pack."""
        self._pack = pack
        self._search_field.open_field()

    def _update_start_widget(self) -> None:
        if self._start_widget is not None:
            answered = any(step.status is StepStatus.ANSWERED for step in self._walk.steps)
            self._start_widget.setVisible(not answered and not self._current_only)

    def _build_rows(self, walk: Walk, *, keep: bool) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        set_margins(self._column, (8, 4, 8, 24), 2)
        self._rows, self._group_titles = {}, []
        self._column.addWidget(self._finished_card)
        for group in walk.groups:
            title = make_label(group.title.upper(), "over")
            title.setContentsMargins(10, 16, 0, 4)
            self._group_titles.append(title)
            self._column.addWidget(title)
            for step in group.steps:
                row = self._rows[step.question.id] = StepRow()
                row.show_step(step)  # Before the row is in the layout, so that Qt styles it only once.
                row.clicked.connect(partial(self._emit_opened, step.question.id))
                self._column.addWidget(row)
        self._column.addWidget(self._card)
        self._column.addWidget(self._results)
        self._column.addStretch(1)
        self._scroll.set_content(content, keep=keep)

    def _move_card(self) -> None:
        current = self._walk.current
        self._column.removeWidget(self._card)
        if current is not None and current in self._rows:
            self._column.insertWidget(self._column.indexOf(self._rows[current]), self._card)

    def _show_current(self) -> None:
        step = self._walk.current_step
        self._finished_card.setVisible(step is None and bool(self._walk.groups))
        if step is not None:
            steps = self._walk.steps
            self._card.show_step(step, steps.index(step) + 1, len(steps))
            self._card.show_effect(self._walk.outcome_counts, self._walk.effect_text)

    def _filter_rows(self) -> None:
        query = self._search_field.field.text()
        searching = bool(query)
        self._results.show_hits(search_pack(self._pack, query) if self._pack and not self._current_only else ())
        shown = set(self._matching_questions()) if not self._current_only else set()
        self._card.setVisible(self._walk.current_step is not None and not searching)
        for question, row in self._rows.items():
            row.setVisible(question in shown and (searching or question != self._walk.current))
        for title, group in zip(self._group_titles, self._walk.groups, strict=True):
            title.setVisible(any(step.question.id in shown for step in group.steps))

    def _matching_questions(self) -> Iterator[QuestionId]:
        return matching_questions(self._walk, self._search_field.field.text())

    def _open_first_hit(self) -> None:
        question, hit = next(self._matching_questions(), None), self._results.first
        if question is not None:
            self._search_field.close_field()
            self.question_opened.emit(question)
        elif hit is not None:
            self._open_hit(hit)

    def _open_hit(self, hit: SearchHit) -> None:
        if hit.group is SearchGroup.ANSWER:
            self._search_field.close_field()
        signals = {
            SearchGroup.ANSWER: self.question_opened,
            SearchGroup.VALUE: self.choice_found,
            SearchGroup.TAKEAWAY: self.takeaway_found,
        }
        signals[hit.group].emit(hit.id)

    def _emit_order(self, place: int) -> None:
        self.shortest_order_requested.emit(place == 1)

    def _emit_opened(self, question: QuestionId, _checked: bool = False) -> None:
        self.question_opened.emit(question)


class _Header(QWidget):
    """The progress of the walk, and the order of its questions."""

    def __init__(self) -> None:
        super().__init__()
        self._count = ElidedLabel("", "strong")
        self._remainder = ElidedLabel("", "small")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Questions answered")
        row = QHBoxLayout()
        set_margins(row, gap=8)
        row.addWidget(self._count, 1)
        row.addWidget(self._remainder)
        column = QVBoxLayout(self)
        set_margins(column, (18, 16, 18, 8), 10)
        self.order = SegmentedControl("Order of the questions", _ORDER_OPTIONS)
        column.addLayout(row)
        column.addWidget(self._progress)
        column.addWidget(self.order)

    def show_walk(self, walk: Walk) -> None:
        total = len(walk.steps)
        answered = sum(step.status is StepStatus.ANSWERED for step in walk.steps)
        not_needed = sum(step.status is StepStatus.NOT_NEEDED for step in walk.steps)
        in_conflict = sum(step.in_conflict for step in walk.steps)
        self._count.show_text(f"{answered} of {total} answered")
        skipped = f"{not_needed} not needed" if not_needed else ""
        self._remainder.show_text(f"{in_conflict} in conflict" if in_conflict else skipped)
        set_tone(self._remainder, "bad" if in_conflict else "")
        self._progress.setMaximum(max(total, 1))
        # A progress bar repaints immediately, with everything else in the window that is due.
        self._progress.setUpdatesEnabled(False)
        self._progress.setValue(answered)
        self._progress.setUpdatesEnabled(True)
        self.order.show_option(int(walk.most_informative_first))


class _FinishedCard(Card):
    """Shown in place of the question card when no question is left."""

    def __init__(self) -> None:
        super().__init__("current", gap=4)
        self.add(
            make_label("No questions left", "title"),
            make_label(
                "Every question that can change the outcome is answered. Open a question to change its answer.",
                "muted",
            ),
        )
        self.hide()
