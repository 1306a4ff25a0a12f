"""Pack engine: from answers to outcome, explanation, architecture, layout and picture, for one compiled pack.

The window, the command line and the exports use the same engine. It knows no window: the caller passes the text
metrics in. Any thread may call any method: the compiled pack is frozen, and each cache has its own lock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.core.architecture.builder import build_architecture
from explorer.core.decision_diagram.diagram import Progress
from explorer.core.explanation.explain import conflict_warning, explain
from explorer.core.explanation.explanation import Explanation
from explorer.core.explanation.remedies import Remedies
from explorer.core.explanation.sentences import question_effect_sentence
from explorer.core.lru_cache import LruCache
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import Answers, Pack, QuestionId
from explorer.core.search.information_gain import (
    count_outcomes_by_answer,
    effect_of_question,
    order_by_information_gain,
)
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.session.scenarios import scenario_title
from explorer.core.session.walk import Walk, build_walk
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.engine.outcome_summary import OutcomeSummary, summarize_outcome
from explorer.layout.architecture.cache import LayoutCache
from explorer.layout.text_metrics import TextMetrics
from explorer.render.architecture import compose
from explorer.render.picture import Picture
from explorer.render.theme import Theme

if TYPE_CHECKING:
    from explorer.core.search.what_if_matrix import Matrix
    from explorer.engine.decision_maps import DecisionMaps

_MAX_CACHED_OUTCOMES = 64


class PackEngine:
    """Answers every question about a workspace of one pack, and caches outcomes and layouts."""

    def __init__(
        self, compiled: CompiledPack, layouts: LayoutCache, themes: Mapping[str, Theme], text_metrics: TextMetrics
    ) -> None:
        self.compiled = compiled
        self.layouts = layouts
        self.text_metrics = text_metrics
        self._themes = themes
        self._outcomes: LruCache[tuple[frozenset[tuple[str, str]], bool], Outcome] = LruCache(_MAX_CACHED_OUTCOMES)

    @cached_property
    def maps(self) -> DecisionMaps:
        """The decision maps of this pack. Imported on first use: the first picture of the window needs no map."""
        from explorer.engine.decision_maps import DecisionMaps

        return DecisionMaps(self.compiled, self._themes, self.text_metrics)

    @property
    def pack(self) -> Pack:
        """The pack of this engine."""
        return self.compiled.pack

    @property
    def title(self) -> str:
        """The title of the pack."""
        return self.pack.title

    def theme(self, name: str) -> Theme:
        """Return the theme with this name: "light", "dark" or "print"."""
        return self._themes[name]

    @property
    def can_look_ahead(self) -> bool:
        """Whether the lookup tables are compiled: they tell which questions are irrelevant."""
        return self.compiled.lazy_tables.ready

    def prepare_look_ahead(self, progress: Progress | None = None) -> None:
        """Compile the lookup tables, which takes up to several seconds. LookAheadError if that is not possible.

        `progress` is called now and then, and cancels by raising.
        """
        self.compiled.lookup_tables(progress)

    # Decide and explain

    def outcome(self, answers: Answers, *, defaults: bool = True) -> Outcome:
        """Return the outcome of these answers; without `defaults`, choices that no answer decides stay open."""
        key = frozenset((str(question), str(answer)) for question, answer in answers.items()), defaults
        found = self._outcomes.get(key)
        if found is None:
            found = decide(self.compiled, answers, defaults=defaults)
            self._outcomes.put(key, found)
        return found

    def architecture(self, workspace: Workspace, *, defaults: bool = True) -> Architecture:
        """Return what the diagram shows for a workspace."""
        outcome = self.outcome(workspace.answers, defaults=defaults)
        return build_architecture(self.pack, outcome, ghosts=workspace.alternatives_shown)

    def walk(self, workspace: Workspace) -> Walk:
        """Return the questions with their status, and the effect of the current question."""
        outcome, answers = self.outcome(workspace.answers), workspace.answers
        irrelevant = irrelevant_questions(self.compiled, outcome, wait=False)
        order: tuple[QuestionId, ...] = ()
        if workspace.most_informative_first:
            settled = {*answers, *(entry.question for entry in irrelevant)}
            remaining = [question.id for question in self.pack.questions if question.id not in settled]
            order = order_by_information_gain(self.compiled, answers, remaining)
        walk = build_walk(self.pack, outcome, irrelevant, workspace.current, order, workspace.last_question)
        walk = replace(walk, most_informative_first=workspace.most_informative_first)
        if walk.current is None:
            return walk
        counts = tuple(count for _, count in count_outcomes_by_answer(self.compiled, answers, walk.current))
        return replace(
            walk,
            outcome_counts=counts if any(counts) else (),  # all zero: other answers conflict already
            effect_text=question_effect_sentence(self.pack, effect_of_question(self.compiled, answers, walk.current)),
        )

    def explanation(self, workspace: Workspace) -> Explanation:
        """Return the explanation of the selected item, the focused choice or the last question.

        It never waits for lookup tables: until they are compiled, no remedies for values are part of it.
        """
        outcome = self.outcome(workspace.answers)
        remedies = Remedies(self.compiled, outcome, wait=False)
        return explain(self.pack, outcome, self.architecture(workspace), workspace, remedies)

    def outcome_summary(self, answers: Answers) -> OutcomeSummary:
        """Return the outcome of these answers in a few words."""
        return summarize_outcome(self.pack, self.outcome(answers))

    def matrix(self, answers: Answers) -> Matrix:
        """Return the what-if matrix: each question with each answer, starting from these answers."""
        from explorer.core.search.what_if_matrix import matrix

        return matrix(self.compiled, answers)

    def scenario_title(self, answers: Answers) -> str:
        """Return a name for a scenario with these answers."""
        return scenario_title(self.pack, answers)

    # Draw

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """Return the diagram. It may call the layout program; LayoutError if that fails."""
        placement = self.layouts.place(self.architecture(workspace))
        return compose(placement, self._themes[theme], self._conflict_warning(workspace))

    def cached_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """Return the diagram if its layout is cached, else None; never calls the layout program."""
        placement = self.layouts.cached(self.architecture(workspace))
        if placement is None:
            return None
        return compose(placement, self._themes[theme], self._conflict_warning(workspace))

    def _conflict_warning(self, workspace: Workspace) -> str:
        return conflict_warning(self.pack, self.outcome(workspace.answers))
