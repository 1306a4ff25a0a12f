"""Looks ahead with the real engine and layout: previews, comparisons and the matrix."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import DiffKind, OutcomeDiff, diff_outcomes, join_limited
from explorer.core.explanation.explain import explain, explain_outcome
from explorer.core.explanation.explanation import Explanation
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import AnswerId, Answers, Pack, QuestionId, TakeawayId
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.search.what_if_matrix import Matrix, matrix
from explorer.core.session import workspace as edit
from explorer.core.session.compatibility import known_answers
from explorer.core.session.scenarios import Scenario, scenario_title
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.engine.preview_protocol import Comparison, ComparisonRow, Preview
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.architecture.side_by_side import MergedArchitecture, merge_architectures, split_placement
from explorer.layout.geometry import Placement
from explorer.layout.page import FULL_TEXT_SHAPE
from explorer.layout.text_metrics import TextMetrics
from explorer.render.architecture import compose
from explorer.render.badges import Badge, ChangeKind, add_badges
from explorer.render.comparison import (
    DIFFERS,
    ONLY_LEFT,
    ONLY_RIGHT,
    ComparedSide,
    ComparisonTableRow,
    side_by_side,
)
from explorer.render.picture import Picture
from explorer.render.theme import Theme
from explorer.ui.explanation.outcome_bar import OutcomeEntry

if TYPE_CHECKING:
    from explorer.engine.pack_engine import PackEngine

_BADGES = {
    DiffKind.ADDED: Badge(DiffKind.ADDED.value, ChangeKind.ADDED),
    DiffKind.REMOVED: Badge(DiffKind.REMOVED.value, ChangeKind.REMOVED),
    DiffKind.CHANGED: Badge(DiffKind.CHANGED.value, ChangeKind.CHANGED),
}
_MAX_ROWS = 8
_MAX_REMOVED = 6
_MAX_RECENT = 64
_MAX_LOST = 2

Evaluation = tuple[Outcome, Architecture]


class PackPreviews:
    """The scout of the real application; what it draws, the study would draw the same way."""

    def __init__(self, study: PackEngine, space: CompiledPack, layouts: LayoutCache, ruler: TextMetrics) -> None:
        self._engine, self._compiled, self._layouts, self._text_metrics = study, space, layouts, ruler
        self._recent: dict[object, Evaluation] = {}

    @property
    def _pack(self) -> Pack:
        return self._compiled.pack

    # What if

    def preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview:
        """What an answer would come to; may take a while."""
        there = _with_answer(workspace, question, answer)
        return self._build_preview(workspace, there, self._engine.picture(there, theme), theme)

    def cached_preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview | None:
        """The same at once, where the layout is known already."""
        there = _with_answer(workspace, question, answer)
        picture = self._engine.cached_picture(there, theme)
        return None if picture is None else self._build_preview(workspace, there, picture, theme)

    def preload(self, workspace: Workspace, question: str, answer: str) -> None:
        """Lay out what an answer would come to, and find what it makes idle to ask, so that both are known.

        To see that a question can no longer matter takes up to some 0.3 s where little is answered.
        """
        there = _with_answer(workspace, question, answer)
        outcome = decide(self._compiled, there.answers)
        self._layouts.place(build_architecture(self._pack, outcome, ghosts=there.alternatives_shown))
        irrelevant_questions(self._compiled, outcome)

    def explain_end(self, workspace: Workspace, way: Mapping[str, str], title: str) -> Explanation:
        """Why it comes to what is called so with these answers beside the present ones; may take a while."""
        there = edit.change_answers(workspace, {QuestionId(q): AnswerId(a) for q, a in way.items()})
        return explain_outcome(self._pack, *self._evaluate(there), there, title)

    def _build_preview(self, here: Workspace, there: Workspace, picture: Picture, theme: str) -> Preview:
        before, after = self._evaluate(here), self._evaluate(there)
        delta = diff_outcomes(self._pack, before, after)
        badges = {name: _BADGES[mark] for name, mark in delta.diff_kinds.items() if mark in _BADGES}
        asked = self._pack.question_by_id[QuestionId(str(there.last_question))]
        heading = f"What if “{asked.title}” is “{asked.answer(there.answers[asked.id]).label}”?"
        was, _ = self._engine.outcome_summary(here)
        entries, summary = self._engine.outcome_summary(there)
        return Preview(
            title=heading,
            change_summary=delta.summary,
            removed=join_limited([node.label for node in delta.nodes_with(DiffKind.REMOVED)], _MAX_REMOVED),
            picture=add_badges(
                picture,
                badges,
                self._engine.theme(theme),
                self._text_metrics,
                _badged_elsewhere(after[1], badges),
            ),
            outcome_entries=_with_previous(was, entries),
            summary=f"What if: {summary[:1].lower()}{summary[1:]}",
            explanation=self._explain(after, there, heading, delta),
        )

    def _explain(self, seen: Evaluation, there: Workspace, heading: str, delta: OutcomeDiff) -> Explanation:
        """What there is to say of the answer, less what bears on the present ones already."""
        told = explain(self._pack, *seen, there)
        gained = [self._pack.takeaway_by_id[name] for name in delta.gained_takeaways]
        first = [takeaway for takeaway in told.takeaways if takeaway in gained]
        rest = [takeaway for takeaway in gained if takeaway not in first]
        lost = join_limited([self._takeaway_title(name) for name in delta.lost_takeaways], _MAX_LOST)
        return replace(
            told,
            heading=heading,
            subheading="",
            changes=(*delta.sentences, *([f"No longer to the point: {lost}."] if lost else [])),
            takeaways=(*first, *rest),
        )

    def _evaluate(self, workspace: Workspace) -> Evaluation:
        """An outcome and what is drawn for it; several answers are looked into from one place."""
        key = (frozenset(workspace.answers.items()), workspace.alternatives_shown)
        found = self._recent.get(key)
        if found is None:
            found = self._engine.outcome(workspace), self._engine.architecture(workspace)
            if len(self._recent) >= _MAX_RECENT:
                self._recent.clear()
            self._recent[key] = found
        return found

    # Compare

    def comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison:
        """Two scenarios side by side; may take a while."""
        left, right = self._restrict_to_pack(left), self._restrict_to_pack(right)
        one, other = self._evaluate_scenario(left), self._evaluate_scenario(right)
        union = merge_architectures(one[1], other[1], self._text_metrics)
        placement = self._layouts.place(union.architecture, FULL_TEXT_SHAPE)
        return self._build_comparison((left, right), (one, other), union, placement, self._engine.theme(theme))

    def cached_comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison | None:
        """The same at once, where the layout is known already."""
        left, right = self._restrict_to_pack(left), self._restrict_to_pack(right)
        one, other = self._evaluate_scenario(left), self._evaluate_scenario(right)
        union = merge_architectures(one[1], other[1], self._text_metrics)
        placement = self._layouts.cached(union.architecture, FULL_TEXT_SHAPE)
        if placement is None:
            return None
        return self._build_comparison((left, right), (one, other), union, placement, self._engine.theme(theme))

    def _restrict_to_pack(self, scenario: Scenario) -> Scenario:
        """A scenario as far as the pack knows its answers: it may have been pinned before an edit."""
        return replace(scenario, answers=known_answers(self._pack, scenario.answers))

    def _evaluate_scenario(self, scenario: Scenario) -> Evaluation:
        """A scenario's outcome and its architecture without alternatives: two pictures are enough to read."""
        outcome = decide(self._compiled, scenario.answers)
        return outcome, build_architecture(self._pack, outcome, ghosts=False)

    def _build_comparison(
        self,
        scenarios: tuple[Scenario, Scenario],
        seen: tuple[Evaluation, Evaluation],
        union: MergedArchitecture,
        placement: Placement,
        theme: Theme,
    ) -> Comparison:
        delta = diff_outcomes(self._pack, *seen)
        own = (
            {DiffKind.REMOVED: ONLY_LEFT, DiffKind.CHANGED: DIFFERS},
            {DiffKind.ADDED: ONLY_RIGHT, DiffKind.CHANGED: DIFFERS},
        )
        left, right = (
            ComparedSide(
                scenario.name,
                self._answers_text(scenario),
                add_badges(
                    compose(half, theme),
                    {name: words[mark] for name, mark in delta.diff_kinds.items() if mark in words},
                    theme,
                    self._text_metrics,
                    _badged_elsewhere(architecture, delta.diff_kinds),
                ),
            )
            for scenario, half, words, (_, architecture) in zip(
                scenarios, split_placement(union, placement, self._text_metrics), own, seen, strict=True
            )
        )
        lines = [ComparisonTableRow(row.label, row.before, row.after) for row in delta.changed_choices][:_MAX_ROWS]
        if not lines:
            lines = [ComparisonTableRow("Choices", "all the same", "all the same")]
        return Comparison(
            left=left.title,
            right=right.title,
            summary=_difference_text(delta),
            picture=side_by_side(left, right, (), theme, self._text_metrics),
            slide=side_by_side(left, right, lines, theme, self._text_metrics),
            rows=self._comparison_rows(delta),
        )

    def _answers_text(self, scenario: Scenario) -> str:
        told = [
            f"{question.title}: {question.answer(scenario.answers[question.id]).label}"
            for question in self._pack.questions
            if question.id in scenario.answers
        ]
        return " · ".join(told) or "nothing is answered"

    def _comparison_rows(self, delta: OutcomeDiff) -> tuple[ComparisonRow, ...]:
        choices = sorted(delta.choices, key=lambda choice: not choice.changed)
        rows = [ComparisonRow(c.label, c.before, c.after, c.changed) for c in choices if c.changed]
        for name in delta.lost_takeaways:
            rows.append(ComparisonRow("Takeaway", self._takeaway_title(name), "", True))
        for name in delta.gained_takeaways:
            rows.append(ComparisonRow("Takeaway", "", self._takeaway_title(name), True))
        rows += [ComparisonRow(c.label, c.before, c.after, False) for c in choices if not c.changed]
        return tuple(rows)

    def _takeaway_title(self, name: TakeawayId) -> str:
        return self._pack.takeaway_by_id[name].title

    # Matrix

    def matrix(self, answers: Answers) -> Matrix:
        """Every question with every answer, from these answers."""
        return matrix(self._compiled, answers)

    def scenario_title(self, answers: Answers) -> str:
        """A name for answers, out of themselves."""
        return scenario_title(self._pack, answers)


def _with_answer(workspace: Workspace, question: str, answer: str) -> Workspace:
    return edit.give_answer(workspace, QuestionId(question), AnswerId(answer))


def _badged_elsewhere(architecture: Architecture, marks: Collection[str]) -> frozenset[str]:
    """What needs no word of its own, since a node that it hangs at or leads to has one."""
    companions = (node.id for node in architecture.nodes if node.attached_to in marks)
    edges = (edge.id for edge in architecture.edges if edge.source in marks or edge.target in marks)
    return frozenset((*companions, *edges))


def _with_previous(before: tuple[OutcomeEntry, ...], after: tuple[OutcomeEntry, ...]) -> tuple[OutcomeEntry, ...]:
    """The entries of `after`, each with what it was where that differs."""
    was = {entry.id: entry.value for entry in before}
    return tuple(
        replace(entry, previous=was[entry.id]) if was.get(entry.id, entry.value) != entry.value else entry
        for entry in after
    )


def _difference_text(delta: OutcomeDiff) -> str:
    choices = len(delta.changed_choices)
    if not choices and delta.same_diagram:
        return "Both come to the same."
    return f"{choices} {'choice differs' if choices == 1 else 'choices differ'}"
