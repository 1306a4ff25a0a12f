"""Scenario comparisons: two architectures side by side, with a table of what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.core.architecture.builder import build_architecture
from explorer.core.architecture.diff import DiffKind, OutcomeDiff, diff_outcomes
from explorer.core.description import Description
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import Outcome
from explorer.core.session.compatibility import known_answers
from explorer.core.session.scenarios import Scenario
from explorer.engine.pack_engine import PackEngine
from explorer.layout.architecture.side_by_side import MergedArchitecture, merge_architectures, split_placement
from explorer.layout.geometry import Placement
from explorer.layout.page import FULL_TEXT_SHAPE
from explorer.render.architecture import compose
from explorer.render.badges import add_badges, badged_elsewhere
from explorer.render.comparison import (
    DIFFERS,
    ONLY_LEFT,
    ONLY_RIGHT,
    ComparedSide,
    ComparisonTableRow,
    side_by_side,
)
from explorer.render.picture import Picture

_MAX_TABLE_ROWS = 8
_LEFT_BADGES = {DiffKind.REMOVED: ONLY_LEFT, DiffKind.CHANGED: DIFFERS}
_RIGHT_BADGES = {DiffKind.ADDED: ONLY_RIGHT, DiffKind.CHANGED: DIFFERS}


@dataclass(frozen=True)
class ComparisonRow:
    """One row of the table: a choice with its value on each side, or a takeaway that applies to one side."""

    label: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """Two scenarios side by side. `picture` is for the window; `slide` includes the table and is exported."""

    left: str
    right: str
    summary: str
    picture: Picture
    slide: Picture
    rows: tuple[ComparisonRow, ...]

    @property
    def title(self) -> str:
        """The names of both scenarios."""
        return f"{self.left} and {self.right}"

    @property
    def description(self) -> Description:
        """The comparison as text, for screen readers and exports."""
        lines = [f"{row.label}: {row.left or 'no'} | {row.right or 'no'}" for row in self.rows if row.differs]
        return Description(
            f"Two architectures side by side, {self.left} and {self.right}. {self.summary}".rstrip(".") + ".",
            "\n".join(lines),
        )


@dataclass(frozen=True)
class _Pair:
    """Two scenarios, their outcomes and architectures, and both architectures merged for one layout."""

    scenarios: tuple[Scenario, Scenario]
    outcomes: tuple[Outcome, Outcome]
    architectures: tuple[Architecture, Architecture]
    merged: MergedArchitecture


class Comparisons:
    """Builds comparisons with the engine of one pack. Any thread may call it."""

    def __init__(self, engine: PackEngine) -> None:
        self._engine = engine

    def comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison:
        """Return the comparison. It may call the layout program; LayoutError if that fails."""
        pair = self._pair(left, right)
        return self._build(pair, self._engine.layouts.place(pair.merged.architecture, FULL_TEXT_SHAPE), theme)

    def cached_comparison(self, left: Scenario, right: Scenario, theme: str) -> Comparison | None:
        """Return the comparison if its layout is cached, else None; never calls the layout program."""
        pair = self._pair(left, right)
        placement = self._engine.layouts.cached(pair.merged.architecture, FULL_TEXT_SHAPE)
        return None if placement is None else self._build(pair, placement, theme)

    def _pair(self, left: Scenario, right: Scenario) -> _Pair:
        # A scenario may have been pinned before the pack was edited: only answers that the pack knows count.
        left, right = (replace(each, answers=known_answers(self._engine.pack, each.answers)) for each in (left, right))
        outcomes = self._engine.outcome(left.answers), self._engine.outcome(right.answers)
        # Alternatives are left out: two pictures are enough to read.
        one, other = (build_architecture(self._engine.pack, outcome, ghosts=False) for outcome in outcomes)
        merged = merge_architectures(one, other, self._engine.text_metrics)
        return _Pair((left, right), outcomes, (one, other), merged)

    def _build(self, pair: _Pair, placement: Placement, theme_name: str) -> Comparison:
        engine, theme = self._engine, self._engine.theme(theme_name)
        diff = diff_outcomes(
            engine.pack,
            (pair.outcomes[0], pair.architectures[0]),
            (pair.outcomes[1], pair.architectures[1]),
        )
        halves = split_placement(pair.merged, placement, engine.text_metrics)
        left, right = (
            ComparedSide(
                scenario.name,
                self._answers_text(scenario),
                add_badges(
                    compose(half, theme),
                    {name: badges[kind] for name, kind in diff.diff_kinds.items() if kind in badges},
                    theme,
                    engine.text_metrics,
                    badged_elsewhere(architecture, diff.diff_kinds),
                ),
            )
            for scenario, half, badges, architecture in zip(
                pair.scenarios, halves, (_LEFT_BADGES, _RIGHT_BADGES), pair.architectures, strict=True
            )
        )
        table = [ComparisonTableRow(row.label, row.before, row.after) for row in diff.changed_choices]
        table = table[:_MAX_TABLE_ROWS] or [ComparisonTableRow("Choices", "no difference", "no difference")]
        return Comparison(
            left=left.title,
            right=right.title,
            summary=_difference_text(diff),
            picture=side_by_side(left, right, (), theme, engine.text_metrics),
            slide=side_by_side(left, right, table, theme, engine.text_metrics),
            rows=self._rows(diff),
        )

    def _answers_text(self, scenario: Scenario) -> str:
        given = [
            f"{question.title}: {question.answer(scenario.answers[question.id]).label}"
            for question in self._engine.pack.questions
            if question.id in scenario.answers
        ]
        return " · ".join(given) or "no answers"

    def _rows(self, diff: OutcomeDiff) -> tuple[ComparisonRow, ...]:
        takeaways = self._engine.pack.takeaway_by_id
        changed = [ComparisonRow(c.label, c.before, c.after, True) for c in diff.choices if c.changed]
        lost = [ComparisonRow("Takeaway", takeaways[name].title, "", True) for name in diff.lost_takeaways]
        gained = [ComparisonRow("Takeaway", "", takeaways[name].title, True) for name in diff.gained_takeaways]
        same = [ComparisonRow(c.label, c.before, c.after, False) for c in diff.choices if not c.changed]
        return (*changed, *lost, *gained, *same)


def _difference_text(diff: OutcomeDiff) -> str:
    choices = len(diff.changed_choices)
    if not choices and diff.same_diagram:
        return "No difference."
    return f"{choices} {'choice differs' if choices == 1 else 'choices differ'}"
