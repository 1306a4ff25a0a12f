"""Looks ahead with the real engine and layout: previews, comparisons and the matrix."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.core.architecture.builder import draft
from explorer.core.architecture.diff import Delta, Mark, compare, listed
from explorer.core.explanation.explain import brief, brief_end
from explorer.core.explanation.explanation import Briefing
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import AnswerId, Answers, Pack, QuestionId, TakeawayId
from explorer.core.search.relevance import passed_over
from explorer.core.search.what_if_matrix import Matrix, matrix
from explorer.core.session import workspace as edit
from explorer.core.session.compatibility import known_answers
from explorer.core.session.scenarios import Scenario, title
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import Space
from explorer.core.solver.decide import decide
from explorer.engine.preview_protocol import ComparedRow, Comparison, Preview
from explorer.layout.architecture.cache import Layouts
from explorer.layout.architecture.side_by_side import Union, halves, united
from explorer.layout.geometry import Placement
from explorer.layout.page import UNABRIDGED
from explorer.layout.text_metrics import Ruler
from explorer.render.architecture import compose
from explorer.render.badges import Badge, Tone, badged
from explorer.render.comparison import DIFFERS, ONLY_LEFT, ONLY_RIGHT, Half, Line, beside
from explorer.render.picture import Picture
from explorer.render.theme import Theme
from explorer.ui.explanation.outcome_bar import BarEntry

if TYPE_CHECKING:
    from explorer.engine.pack_engine import Study

_BADGES = {
    Mark.ADDED: Badge(Mark.ADDED.value, Tone.ADDED),
    Mark.REMOVED: Badge(Mark.REMOVED.value, Tone.REMOVED),
    Mark.CHANGED: Badge(Mark.CHANGED.value, Tone.CHANGED),
}
_MOST_ROWS = 8
_MOST_GONE = 6
_MOST_LATELY = 64
_MOST_LOST = 2

Seen = tuple[Outcome, Architecture]


class Scouting:
    """The scout of the real application; what it draws, the study would draw the same way."""

    def __init__(self, study: Study, space: Space, layouts: Layouts, ruler: Ruler) -> None:
        self._study, self._space, self._layouts, self._ruler = study, space, layouts, ruler
        self._lately: dict[object, Seen] = {}

    @property
    def _pack(self) -> Pack:
        return self._space.pack

    # What if

    def preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview:
        """What an answer would come to; may take a while."""
        there = _answered(workspace, question, answer)
        return self._preview(workspace, there, self._study.picture(there, theme), theme)

    def known_preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview | None:
        """The same at once, where the layout is known already."""
        there = _answered(workspace, question, answer)
        picture = self._study.known_picture(there, theme)
        return None if picture is None else self._preview(workspace, there, picture, theme)

    def prepare(self, workspace: Workspace, question: str, answer: str) -> None:
        """Lay out what an answer would come to, and find what it makes idle to ask, so that both are known.

        To see that a question can no longer matter takes up to some 0.3 s where little is answered.
        """
        there = _answered(workspace, question, answer)
        outcome = decide(self._space, there.answers)
        self._layouts.placement(draft(self._pack, outcome, ghosts=there.ghosts))
        passed_over(self._space, outcome)

    def end(self, workspace: Workspace, way: Mapping[str, str], title: str) -> Briefing:
        """Why it comes to what is called so with these answers beside the present ones; may take a while."""
        there = edit.change(workspace, {QuestionId(q): AnswerId(a) for q, a in way.items()})
        return brief_end(self._pack, *self._seen(there), there, title)

    def _preview(self, here: Workspace, there: Workspace, picture: Picture, theme: str) -> Preview:
        before, after = self._seen(here), self._seen(there)
        delta = compare(self._pack, before, after)
        badges = {name: _BADGES[mark] for name, mark in delta.marks.items() if mark in _BADGES}
        asked = self._pack.question_by_id[QuestionId(str(there.asked))]
        heading = f"What if “{asked.title}” is “{asked.answer(there.answers[asked.id]).label}”?"
        was, _ = self._study.bar(here)
        entries, summary = self._study.bar(there)
        return Preview(
            title=heading,
            told=delta.summary,
            gone=listed([node.label for node in delta.marked(Mark.REMOVED)], _MOST_GONE),
            picture=badged(
                picture, badges, self._study.theme(theme), self._ruler, _implied(after[1], badges)
            ),
            bar=_from(was, entries),
            summary=f"What if: {summary[:1].lower()}{summary[1:]}",
            briefing=self._briefing(after, there, heading, delta),
        )

    def _briefing(self, seen: Seen, there: Workspace, heading: str, delta: Delta) -> Briefing:
        """What there is to say of the answer, less what bears on the present ones already."""
        told = brief(self._pack, *seen, there)
        gained = [self._pack.takeaway_by_id[name] for name in delta.gained]
        first = [takeaway for takeaway in told.takeaways if takeaway in gained]
        rest = [takeaway for takeaway in gained if takeaway not in first]
        lost = listed([self._takeaway(name) for name in delta.lost], _MOST_LOST)
        return replace(
            told,
            heading=heading,
            subheading="",
            changes=(*delta.sentences, *([f"No longer to the point: {lost}."] if lost else [])),
            takeaways=(*first, *rest),
        )

    def _seen(self, workspace: Workspace) -> Seen:
        """An outcome and what is drawn for it; several answers are looked into from one place."""
        key = (frozenset(workspace.answers.items()), workspace.ghosts)
        found = self._lately.get(key)
        if found is None:
            found = self._study.outcome(workspace), self._study.architecture(workspace)
            if len(self._lately) >= _MOST_LATELY:
                self._lately.clear()
            self._lately[key] = found
        return found

    # Compare

    def comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison:
        """Two scenarios side by side; may take a while."""
        left, right = self._fitted(left), self._fitted(right)
        one, other = self._bare(left), self._bare(right)
        union = united(one[1], other[1], self._ruler)
        placement = self._layouts.placement(union.architecture, UNABRIDGED)
        return self._compared((left, right), (one, other), union, placement, self._study.theme(theme))

    def known_comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison | None:
        """The same at once, where the layout is known already."""
        left, right = self._fitted(left), self._fitted(right)
        one, other = self._bare(left), self._bare(right)
        union = united(one[1], other[1], self._ruler)
        placement = self._layouts.known(union.architecture, UNABRIDGED)
        if placement is None:
            return None
        return self._compared((left, right), (one, other), union, placement, self._study.theme(theme))

    def _fitted(self, scenario: Scenario) -> Scenario:
        """A scenario as far as the pack knows its answers: it may have been pinned before an edit."""
        return replace(scenario, answers=known_answers(self._pack, scenario.answers))

    def _bare(self, scenario: Scenario) -> Seen:
        """A scenario's outcome and its architecture without alternatives: two pictures are enough to read."""
        outcome = decide(self._space, scenario.answers)
        return outcome, draft(self._pack, outcome, ghosts=False)

    def _compared(
        self,
        scenarios: tuple[Scenario, Scenario],
        seen: tuple[Seen, Seen],
        union: Union,
        placement: Placement,
        theme: Theme,
    ) -> Comparison:
        delta = compare(self._pack, *seen)
        own = (
            {Mark.REMOVED: ONLY_LEFT, Mark.CHANGED: DIFFERS},
            {Mark.ADDED: ONLY_RIGHT, Mark.CHANGED: DIFFERS},
        )
        left, right = (
            Half(
                scenario.name,
                self._answers(scenario),
                badged(
                    compose(half, theme),
                    {name: words[mark] for name, mark in delta.marks.items() if mark in words},
                    theme,
                    self._ruler,
                    _implied(architecture, delta.marks),
                ),
            )
            for scenario, half, words, (_, architecture) in zip(
                scenarios, halves(union, placement, self._ruler), own, seen, strict=True
            )
        )
        lines = [Line(row.label, row.before, row.after) for row in delta.changed_choices][:_MOST_ROWS]
        if not lines:
            lines = [Line("Choices", "all the same", "all the same")]
        return Comparison(
            left=left.title,
            right=right.title,
            told=_difference(delta),
            picture=beside(left, right, (), theme, self._ruler),
            slide=beside(left, right, lines, theme, self._ruler),
            rows=self._rows(delta),
        )

    def _answers(self, scenario: Scenario) -> str:
        told = [
            f"{question.title}: {question.answer(scenario.answers[question.id]).label}"
            for question in self._pack.questions
            if question.id in scenario.answers
        ]
        return " · ".join(told) or "nothing is answered"

    def _rows(self, delta: Delta) -> tuple[ComparedRow, ...]:
        choices = sorted(delta.choices, key=lambda choice: not choice.changed)
        rows = [ComparedRow(c.label, c.before, c.after, c.changed) for c in choices if c.changed]
        for name in delta.lost:
            rows.append(ComparedRow("Takeaway", self._takeaway(name), "", True))
        for name in delta.gained:
            rows.append(ComparedRow("Takeaway", "", self._takeaway(name), True))
        rows += [ComparedRow(c.label, c.before, c.after, False) for c in choices if not c.changed]
        return tuple(rows)

    def _takeaway(self, name: TakeawayId) -> str:
        return self._pack.takeaway_by_id[name].title

    # Matrix

    def matrix(self, answers: Answers) -> Matrix:
        """Every question with every answer, from these answers."""
        return matrix(self._space, answers)

    def title(self, answers: Answers) -> str:
        """A name for answers, out of themselves."""
        return title(self._pack, answers)


def _answered(workspace: Workspace, question: str, answer: str) -> Workspace:
    return edit.answer(workspace, QuestionId(question), AnswerId(answer))


def _implied(architecture: Architecture, marks: Collection[str]) -> frozenset[str]:
    """What needs no word of its own, since a node that it hangs at or leads to has one."""
    companions = (node.id for node in architecture.nodes if node.at in marks)
    edges = (edge.id for edge in architecture.edges if edge.source in marks or edge.target in marks)
    return frozenset((*companions, *edges))


def _from(before: tuple[BarEntry, ...], after: tuple[BarEntry, ...]) -> tuple[BarEntry, ...]:
    """The entries of `after`, each with what it was where that differs."""
    was = {entry.id: entry.value for entry in before}
    return tuple(
        replace(entry, before=was[entry.id]) if was.get(entry.id, entry.value) != entry.value else entry
        for entry in after
    )


def _difference(delta: Delta) -> str:
    choices = len(delta.changed_choices)
    if not choices and delta.same_picture:
        return "Both come to the same."
    return f"{choices} {'choice differs' if choices == 1 else 'choices differ'}"
