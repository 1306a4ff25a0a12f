"""Answers the window's questions with a pack, the engine and the layout, remembering what it worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.core.architecture.builder import build_architecture
from explorer.core.explanation.explain import conflict_warning, explain
from explorer.core.explanation.explanation import Explanation
from explorer.core.explanation.remedies import Remedies
from explorer.core.explanation.sentences import question_effect_sentence
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import Pack, QuestionId
from explorer.core.search.information_gain import (
    count_outcomes_by_answer,
    effect_of_question,
    order_by_information_gain,
)
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.session.session_state import SessionState
from explorer.core.session.walk import Walk, build_walk
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.layout.architecture.cache import LayoutCache
from explorer.qt.text_metrics import QtTextMetrics
from explorer.render.architecture import compose
from explorer.render.picture import Picture
from explorer.render.theme import Theme
from explorer.ui.explanation.outcome_bar import OutcomeEntry

if TYPE_CHECKING:
    from explorer.engine.maps import DecisionMaps
    from explorer.engine.preview_protocol import Previews
    from explorer.export.request.request import Options, Request

_STATUS_TEXTS = {Status.OPEN: "open", Status.CONFLICT: "in conflict"}


class PackEngine:
    """The desk of the real application: one pack, its space, and the layouts known so far."""

    def __init__(self, space: CompiledPack, layouts: LayoutCache, themes: Mapping[str, Theme], about: str) -> None:
        self._compiled = space
        self.layouts = layouts
        self._themes = themes
        self.about = about
        self._last_outcome: tuple[tuple[tuple[str, str], ...], Outcome] | None = None

    @cached_property
    def maps(self) -> DecisionMaps:
        """Whom to ask for the decision map."""

        from explorer.engine.maps import PackMaps

        return PackMaps(self._compiled, self._themes, QtTextMetrics())

    @cached_property
    def previews(self) -> Previews:
        """Whom to ask about answers that are not given."""

        from explorer.engine.previews import PackPreviews

        return PackPreviews(self, self._compiled, self.layouts, QtTextMetrics())

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.pack.title

    @property
    def pack(self) -> Pack:
        """The pack that is explored."""
        return self._compiled.pack

    def theme(self, name: str) -> Theme:
        """The colours of a theme, by its name."""
        return self._themes[name]

    def outcome(self, workspace: Workspace) -> Outcome:
        """What the workspace's answers come to; the panes of one refresh share one."""
        key = tuple(sorted(workspace.answers.items()))
        latest = self._last_outcome
        if latest is None or latest[0] != key:
            self._last_outcome = latest = (key, decide(self._compiled, workspace.answers))
        return latest[1]

    def architecture(self, workspace: Workspace) -> Architecture:
        """What is drawn for the workspace's answers."""
        return build_architecture(self.pack, self.outcome(workspace), ghosts=workspace.alternatives_shown)

    def walk(self, workspace: Workspace) -> Walk:
        """The questions and how they stand."""
        outcome, answers = self.outcome(workspace), workspace.answers
        passed = irrelevant_questions(self._compiled, outcome)
        order: tuple[QuestionId, ...] = ()
        if workspace.most_informative_first:
            out = {*answers, *(entry.question for entry in passed)}
            order = order_by_information_gain(
                self._compiled, answers, [q.id for q in self.pack.questions if q.id not in out]
            )
        here = build_walk(self.pack, outcome, passed, workspace.current, order, workspace.last_question)
        if here.current is None:
            return replace(here, most_informative_first=workspace.most_informative_first)
        separated = effect_of_question(self._compiled, answers, here.current)
        left = tuple(count for _, count in count_outcomes_by_answer(self._compiled, answers, here.current))
        return replace(
            here,
            most_informative_first=workspace.most_informative_first,
            outcome_counts=left if any(left) else (),  # where other answers clash, this question cannot help it
            effect_text=question_effect_sentence(self.pack, separated),
        )

    def explanation(self, workspace: Workspace) -> Explanation:
        """What there is to say about what is selected, looked at or asked."""
        outcome = self.outcome(workspace)
        remedies = Remedies(self._compiled, outcome)
        return explain(self.pack, outcome, self.architecture(workspace), workspace, remedies)

    def outcome_summary(self, workspace: Workspace) -> tuple[tuple[OutcomeEntry, ...], str]:
        """The outcome's main choices and those in conflict, and the whole in a few words."""
        outcome = self.outcome(workspace)
        entries = tuple(
            self._outcome_entry(outcome.choice_by_id[choice.id])
            for choice in self.pack.choices
            if choice.in_outcome_bar or outcome.choice_by_id[choice.id].status is Status.CONFLICT
        )
        return entries, self._summary_text(outcome)

    def _outcome_entry(self, choice: ChoiceOutcome) -> OutcomeEntry:
        spec = self.pack.choice_by_id[choice.choice]
        labels = spec.labels
        return OutcomeEntry(
            id=choice.choice,
            label=spec.label,
            value=" + ".join(labels[value] for value in choice.displayed_values)
            or _STATUS_TEXTS.get(choice.status, "none"),
            status=choice.status,
            alternatives=", ".join(labels[value] for value in choice.alternatives),
        )

    def _summary_text(self, outcome: Outcome) -> str:
        if outcome.conflicts:
            return "Some answers do not hold together"
        usual = sum(choice.status is Status.DEFAULT for choice in outcome.choices)
        return f"Decided, {usual} of {len(outcome.choices)} by default" if usual else "Decided by your answers"

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """The diagram; may take a while, and raises ExplorerError where it cannot be laid out."""
        architecture = self.architecture(workspace)
        return compose(self.layouts.place(architecture), self._themes[theme], self._conflict_warning(workspace))

    def cached_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """The diagram at once, where its layout is known already."""
        known = self.layouts.cached(self.architecture(workspace))
        return None if known is None else compose(known, self._themes[theme], self._conflict_warning(workspace))

    def _conflict_warning(self, workspace: Workspace) -> str:
        return conflict_warning(self.pack, self.outcome(workspace))

    def export_request(self, saved: SessionState, options: Options) -> Request:
        """The diagram on its way to a file; may take a while, and raises ExplorerError as `picture` does."""
        from explorer.export.request.build import request_for_session

        return request_for_session(self._compiled, saved, options, placing=self.layouts.place)
