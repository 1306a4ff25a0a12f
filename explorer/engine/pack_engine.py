"""Answers the window's questions with a pack, the engine and the layout, remembering what it worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from explorer.core.architecture.builder import draft
from explorer.core.explanation.explain import brief, warning
from explorer.core.explanation.explanation import Briefing
from explorer.core.explanation.remedies import Remedies
from explorer.core.explanation.sentences import separation_sentence
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import Pack, QuestionId
from explorer.core.search.information_gain import by_telling, left_by_answer, what_it_separates
from explorer.core.search.relevance import passed_over
from explorer.core.session.session import SavedSession
from explorer.core.session.walk import Walk, walk
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import Space
from explorer.core.solver.decide import decide
from explorer.layout.architecture.cache import Layouts
from explorer.qt.text_metrics import QtRuler
from explorer.render.architecture import compose
from explorer.render.picture import Picture
from explorer.render.theme import Theme
from explorer.ui.explanation.outcome_bar import BarEntry

if TYPE_CHECKING:
    from explorer.engine.maps import Mapper
    from explorer.engine.preview_protocol import Scout
    from explorer.export.request.request import Options, Request

_STATED = {Status.OPEN: "open", Status.CONFLICT: "in conflict"}


class Study:
    """The desk of the real application: one pack, its space, and the layouts known so far."""

    def __init__(self, space: Space, layouts: Layouts, themes: Mapping[str, Theme], about: str) -> None:
        self._space = space
        self.layouts = layouts
        self._themes = themes
        self.about = about
        self._latest: tuple[tuple[tuple[str, str], ...], Outcome] | None = None

    @cached_property
    def mapper(self) -> Mapper:
        """Whom to ask for the decision map."""

        from explorer.engine.maps import Maps

        return Maps(self._space, self._themes, QtRuler())

    @cached_property
    def scout(self) -> Scout:
        """Whom to ask about answers that are not given."""

        from explorer.engine.previews import Scouting

        return Scouting(self, self._space, self.layouts, QtRuler())

    @property
    def title(self) -> str:
        """What the decision is called."""
        return self.pack.title

    @property
    def pack(self) -> Pack:
        """The pack that is explored."""
        return self._space.pack

    def theme(self, name: str) -> Theme:
        """The colours of a theme, by its name."""
        return self._themes[name]

    def outcome(self, workspace: Workspace) -> Outcome:
        """What the workspace's answers come to; the panes of one refresh share one."""
        key = tuple(sorted(workspace.answers.items()))
        latest = self._latest
        if latest is None or latest[0] != key:
            self._latest = latest = (key, decide(self._space, workspace.answers))
        return latest[1]

    def architecture(self, workspace: Workspace) -> Architecture:
        """What is drawn for the workspace's answers."""
        return draft(self.pack, self.outcome(workspace), ghosts=workspace.ghosts)

    def walk(self, workspace: Workspace) -> Walk:
        """The questions and how they stand."""
        outcome, answers = self.outcome(workspace), workspace.answers
        passed = passed_over(self._space, outcome)
        order: tuple[QuestionId, ...] = ()
        if workspace.shortest:
            out = {*answers, *(entry.question for entry in passed)}
            order = by_telling(self._space, answers, [q.id for q in self.pack.questions if q.id not in out])
        here = walk(self.pack, outcome, passed, workspace.current, order, workspace.asked)
        if here.current is None:
            return replace(here, shortest=workspace.shortest)
        separated = what_it_separates(self._space, answers, here.current)
        left = tuple(count for _, count in left_by_answer(self._space, answers, here.current))
        return replace(
            here,
            shortest=workspace.shortest,
            left=left if any(left) else (),  # where other answers clash, this question cannot help it
            separates=separation_sentence(self.pack, separated),
        )

    def briefing(self, workspace: Workspace) -> Briefing:
        """What there is to say about what is selected, looked at or asked."""
        outcome = self.outcome(workspace)
        remedies = Remedies(self._space, outcome)
        return brief(self.pack, outcome, self.architecture(workspace), workspace, remedies)

    def bar(self, workspace: Workspace) -> tuple[tuple[BarEntry, ...], str]:
        """The outcome's main choices and those in conflict, and the whole in a few words."""
        outcome = self.outcome(workspace)
        entries = tuple(
            self._entry(outcome.choice_by_id[choice.id])
            for choice in self.pack.choices
            if choice.bar or outcome.choice_by_id[choice.id].status is Status.CONFLICT
        )
        return entries, self._summary(outcome)

    def _entry(self, choice: ChoiceOutcome) -> BarEntry:
        spec = self.pack.choice_by_id[choice.choice]
        labels = spec.labels
        return BarEntry(
            id=choice.choice,
            label=spec.label,
            value=" + ".join(labels[value] for value in choice.told) or _STATED.get(choice.status, "none"),
            status=choice.status,
            alternatives=", ".join(labels[value] for value in choice.alternatives),
        )

    def _summary(self, outcome: Outcome) -> str:
        if outcome.conflicts:
            return "Some answers do not hold together"
        usual = sum(choice.status is Status.DEFAULT for choice in outcome.choices)
        return (
            f"Decided, {usual} of {len(outcome.choices)} by default" if usual else "Decided by your answers"
        )

    def picture(self, workspace: Workspace, theme: str) -> Picture:
        """The diagram; may take a while, and raises ExplorerError where it cannot be laid out."""
        architecture = self.architecture(workspace)
        return compose(self.layouts.placement(architecture), self._themes[theme], self._warning(workspace))

    def known_picture(self, workspace: Workspace, theme: str) -> Picture | None:
        """The diagram at once, where its layout is known already."""
        known = self.layouts.known(self.architecture(workspace))
        return None if known is None else compose(known, self._themes[theme], self._warning(workspace))

    def _warning(self, workspace: Workspace) -> str:
        return warning(self.pack, self.outcome(workspace))

    def request(self, saved: SavedSession, options: Options) -> Request:
        """The diagram on its way to a file; may take a while, and raises ExplorerError as `picture` does."""
        from explorer.export.request.build import of_session

        return of_session(self._space, saved, options, placing=self.layouts.placement)
