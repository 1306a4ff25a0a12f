"""Answer previews: what the window shows while the pointer or the focus rests on an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from explorer.core.architecture.diff import DiffKind, OutcomeDiff, diff_outcomes, join_limited
from explorer.core.explanation.explain import explain, explain_outcome
from explorer.core.explanation.explanation import Explanation
from explorer.core.model.architecture import Architecture
from explorer.core.model.outcome import Outcome
from explorer.core.model.pack import AnswerId, QuestionId, TakeawayId
from explorer.core.session import workspace as edit
from explorer.core.session.workspace import Workspace
from explorer.engine.outcome_summary import OutcomeEntry, with_previous_values
from explorer.engine.pack_engine import PackEngine
from explorer.render.badges import Badge, ChangeKind, add_badges, badged_elsewhere
from explorer.render.picture import Picture

_BADGES = {
    DiffKind.ADDED: Badge(DiffKind.ADDED.value, ChangeKind.ADDED),
    DiffKind.REMOVED: Badge(DiffKind.REMOVED.value, ChangeKind.REMOVED),
    DiffKind.CHANGED: Badge(DiffKind.CHANGED.value, ChangeKind.CHANGED),
}
_MAX_REMOVED = 6
_MAX_LOST = 2


@dataclass(frozen=True)
class Preview:
    """The window's content for an answer that is not given.

    `change_summary` counts what changes in the diagram; `removed` names the nodes that disappear.
    """

    title: str
    change_summary: str
    removed: str
    picture: Picture
    outcome_entries: tuple[OutcomeEntry, ...]
    summary: str
    explanation: Explanation


class Previews:
    """Builds previews with the engine of one pack. Any thread may call it."""

    def __init__(self, engine: PackEngine) -> None:
        self._engine = engine

    def preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview:
        """Return the preview of an answer. It may call the layout program; LayoutError if that fails."""
        after = _with_answer(workspace, question, answer)
        return self._build(workspace, after, self._engine.picture(after, theme), theme)

    def cached_preview(self, workspace: Workspace, question: str, answer: str, theme: str) -> Preview | None:
        """Return the preview if its layout is cached, else None; never calls the layout program."""
        after = _with_answer(workspace, question, answer)
        picture = self._engine.cached_picture(after, theme)
        return None if picture is None else self._build(workspace, after, picture, theme)

    def preload(self, workspace: Workspace, question: str, answer: str) -> None:
        """Fill the caches for an answer: its outcome and its layout."""
        after = _with_answer(workspace, question, answer)
        self._engine.layouts.place(self._engine.architecture(after))

    def explain_end(self, workspace: Workspace, changes: Mapping[str, str], title: str) -> Explanation:
        """Explain the outcome at an end of the decision map: the workspace's answers with these changes."""
        after = edit.change_answers(workspace, {QuestionId(q): AnswerId(a) for q, a in changes.items()})
        return explain_outcome(self._engine.pack, *self._evaluate(after), after, title)

    def _build(self, before: Workspace, after: Workspace, picture: Picture, theme: str) -> Preview:
        engine, pack = self._engine, self._engine.pack
        evaluated = self._evaluate(after)
        diff = diff_outcomes(pack, self._evaluate(before), evaluated)
        badges = {name: _BADGES[kind] for name, kind in diff.diff_kinds.items() if kind in _BADGES}
        question = pack.question_by_id[QuestionId(str(after.last_question))]
        title = f"What if “{question.title}” is “{question.answer(after.answers[question.id]).label}”?"
        summary = engine.outcome_summary(after.answers)
        return Preview(
            title=title,
            change_summary=diff.summary,
            removed=join_limited([node.label for node in diff.nodes_with(DiffKind.REMOVED)], _MAX_REMOVED),
            picture=add_badges(
                picture, badges, engine.theme(theme), engine.text_metrics, badged_elsewhere(evaluated[1], badges)
            ),
            outcome_entries=with_previous_values(engine.outcome_summary(before.answers), summary),
            summary=f"What if: {summary.sentence[:1].lower()}{summary.sentence[1:]}",
            explanation=self._explanation(evaluated, after, title, diff),
        )

    def _explanation(
        self, evaluated: tuple[Outcome, Architecture], after: Workspace, title: str, diff: OutcomeDiff
    ) -> Explanation:
        """Explain the answer; takeaways that already apply without it are left out."""
        pack = self._engine.pack
        found = explain(pack, *evaluated, after)
        gained = [pack.takeaway_by_id[name] for name in diff.gained_takeaways]
        first = [takeaway for takeaway in found.takeaways if takeaway in gained]
        rest = [takeaway for takeaway in gained if takeaway not in first]
        lost = join_limited([self._takeaway_title(name) for name in diff.lost_takeaways], _MAX_LOST)
        return replace(
            found,
            heading=title,
            subheading="",
            changes=(*diff.sentences, *([f"No longer applies: {lost}."] if lost else [])),
            takeaways=(*first, *rest),
        )

    def _evaluate(self, workspace: Workspace) -> tuple[Outcome, Architecture]:
        return self._engine.outcome(workspace.answers), self._engine.architecture(workspace)

    def _takeaway_title(self, name: TakeawayId) -> str:
        return self._engine.pack.takeaway_by_id[name].title


def _with_answer(workspace: Workspace, question: str, answer: str) -> Workspace:
    return edit.give_answer(workspace, QuestionId(question), AnswerId(answer))
