"""What to say at one moment: about a clash, a drawn thing, a choice, an answer, or the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from explorer.core.explanation.explanation import (
    ConflictNotice,
    Explanation,
    Reason,
    Remedy,
    SuggestedChange,
    TrapNotice,
    UnselectedValue,
)
from explorer.core.explanation.reasons import format_reason
from explorer.core.explanation.remedies import Remedies
from explorer.core.explanation.sentences import change_label, join_words
from explorer.core.model.architecture import Architecture, ElementState
from explorer.core.model.outcome import ChoiceOutcome, Conflict, Justification, Outcome, Rejections, Status
from explorer.core.model.pack import ChoiceId, Pack, QuestionId, RuleId, TakeawayId, Trap, ValueId
from explorer.core.session.workspace import Workspace
from explorer.core.solver.lookup import Change

_STATE_TEXT = {
    ElementState.FIRM: "decided by your answers",
    ElementState.DEFAULT: "stands by default; no answer asks for it",
    ElementState.GHOST: "still possible instead",
    ElementState.CONFLICT: "in conflict",
}
_STATUS_TEXT = {
    Status.FORCED: "decided: your answers leave nothing else",
    Status.PREFERRED: "fits your answers best; something else is still possible",
    Status.DEFAULT: "by default; no answer speaks about it",
    Status.OPEN: "open",
    Status.CONFLICT: "in conflict",
}


def explain(
    pack: Pack,
    outcome: Outcome,
    architecture: Architecture,
    workspace: Workspace,
    remedies: Remedies | None = None,
) -> Explanation:
    """The briefing on what is selected, else looked at, else just answered, else on where one stands.

    With `remedies` it also says what would bring what is not taken.
    """
    found = _explain_focus(_ExplanationBuilder(pack, outcome, architecture, remedies), workspace)
    paged = any(takeaway.study_guide for takeaway in pack.takeaways)
    return replace(found, study_guide_view=workspace.study_guide_view, has_study_guide=paged)


def explain_outcome(
    pack: Pack, outcome: Outcome, architecture: Architecture, workspace: Workspace, title: str
) -> Explanation:
    """The briefing on an end of the decision map: which answers lead there, and why they do.

    Where they clash it names the clash; to mend it one has to be there.
    """
    writer = _ExplanationBuilder(pack, outcome, architecture)
    found = writer.for_start()
    answers = " · ".join(
        writer.answer_text(question.id) for question in pack.questions if question.id in writer.answers
    )
    clashes = tuple(replace(clash, suggestions=(), more_count=0) for clash in found.conflicts)
    return replace(
        found,
        heading=title,
        subheading=answers,
        conflicts=clashes,
        study_guide_view=workspace.study_guide_view,
    )


def _explain_focus(writer: _ExplanationBuilder, workspace: Workspace) -> Explanation:
    if workspace.selected_item is not None:
        found = writer.for_item(workspace.selected_item)
        if found is not None:
            return found
    if workspace.focused_choice is not None and workspace.focused_choice in writer.outcome.choice_by_id:
        return writer.for_choice(workspace.focused_choice)
    if workspace.last_question is not None and workspace.last_question in writer.pack.question_by_id:
        return writer.for_question(workspace.last_question)
    return writer.for_start()


def conflict_warning(pack: Pack, outcome: Outcome) -> str:
    """One line for a picture whose answers clash; nothing where they hold together."""
    if not outcome.conflicts:
        return ""
    choices = dict.fromkeys(pack.choice_by_id[conflict.choice].label for conflict in outcome.conflicts)
    asked = dict.fromkeys(question for conflict in outcome.conflicts for question in conflict.answers)
    titles = [pack.question_by_id[question].title for question in asked]
    return f"In conflict: {', '.join(choices)}. The answers to {join_words(titles, 'and')} do not hold together."


class _ExplanationBuilder:
    """Writes briefings on one outcome."""

    def __init__(
        self, pack: Pack, outcome: Outcome, architecture: Architecture, remedies: Remedies | None = None
    ) -> None:
        self.pack = pack
        self.outcome = outcome
        self.architecture = architecture
        self.answers = dict(outcome.answers)
        self.remedies = remedies
        self.conflicts = tuple(self._conflict_notice(conflict) for conflict in outcome.conflicts)

    def for_item(self, item: str) -> Explanation | None:
        """The briefing on a drawn node, edge or group."""
        for node in self.architecture.nodes:
            if node.id == item:
                rejected = self._rejected_for_rules(node.rules)
                takeaways = [*node.takeaways, *self._takeaways_of(node.rules)]
                told = f"{node.detail} · {_STATE_TEXT[node.state]}" if node.detail else _STATE_TEXT[node.state]
                return self._build(node.label, told, node.rules, takeaways, rejected)
        for edge in self.architecture.edges:
            if edge.id == item:
                ends = [self.architecture.node_by_id[end].label for end in (edge.source, edge.target)]
                told = f"{edge.label} · {_STATE_TEXT[edge.state]}" if edge.label else _STATE_TEXT[edge.state]
                takeaways = [*edge.takeaways, *self._takeaways_of(edge.rules)]
                return self._build(f"{ends[0]} → {ends[1]}", told, edge.rules, takeaways, ())
        for group in self.architecture.groups:
            if f"group:{group.id}" == item:
                return self._build(group.label, "group", group.rules, self._takeaways_of(group.rules), ())
        return None

    def for_choice(self, name: ChoiceId) -> Explanation:
        """The briefing on one line of the outcome."""
        choice = self.outcome.choice_by_id[name]
        spec = self.pack.choice_by_id[name]
        value = ", ".join(spec.labels[value] for value in choice.displayed_values) or "none"
        told = _STATUS_TEXT[choice.status]
        if choice.status is Status.DEFAULT and choice.depends_on_answers:
            told = "by default, of what your answers leave"
        if choice.alternatives:
            told += f". Possible instead: {', '.join(spec.labels[value] for value in choice.alternatives)}"
        heading = f"{spec.label}: {value}" if choice.status < Status.OPEN else f"{spec.label}: {choice.status.label}"
        rules = [because.rule for because in choice.justifications]
        behind = [because for _, reasons in choice.rejected for because in reasons]
        takeaways = [*self._takeaways_of(rules), *(t for because in behind for t in because.takeaways)]
        found = self._build(heading, told, rules, takeaways, self._rejections(choice, choice.rejected))
        return replace(found, alternatives=self._alternatives(choice))

    def for_question(self, question: QuestionId) -> Explanation:
        """The briefing on a question: what its answer sets off, or what hangs on it while it is open."""
        spec = self.pack.question_by_id[question]
        answer = self.answers.get(question)
        if answer is None:
            rules = [rule for rule in self.pack.rules if question in dict(rule.when)]
            takeaways = [takeaway for rule in rules for takeaway in rule.takeaways]
            return self._build(spec.title, spec.why, (), takeaways, ())
        active = [
            rule
            for rule in self.pack.rules
            if question in dict(rule.when) and rule.is_active(self.answers) and rule.id in self.outcome.fired_rules
        ]
        ids = [rule.id for rule in active]
        rejected: list[UnselectedValue] = []
        for choice in self.outcome.choices:
            mine = tuple(
                (value, reasons)
                for value, reasons in choice.rejected
                if any(because.rule in ids for because in reasons)
            )
            rejected.extend(self._rejections(choice, mine))
        told = spec.answer(answer).label
        if not active:
            told += " · changes nothing by itself"
        takeaways = self._takeaways_of(ids)
        return self._build(f"{spec.title}: {spec.answer(answer).label}", spec.text, ids, takeaways, tuple(rejected))

    def for_start(self) -> Explanation:
        """The briefing before anything is asked or selected."""
        if self.answers:
            told = "Select a box, an arrow or a choice to read why it is there."
            firm = [c for c in self.outcome.choices if c.status <= Status.PREFERRED]
            rules = list(dict.fromkeys(because.rule for choice in firm for because in choice.justifications))
            return self._build("Where you stand", told, rules, self._takeaways_of(rules), ())
        told = (
            f"{self.pack.summary} Nothing is answered yet: this is the plain case, drawn lightly. "
            "Answer in any order; every answer firms it up."
        )
        chosen = [
            because.rule
            for choice in self.outcome.choices
            if self.pack.choice_by_id[choice.choice].in_outcome_bar
            for because in choice.justifications
        ]
        return self._build(self.pack.title, told, (), self._takeaways_of(dict.fromkeys(chosen)), ())

    def _build(
        self,
        heading: str,
        subheading: str,
        rules: Iterable[RuleId],
        takeaways: Iterable[TakeawayId],
        rejected: tuple[UnselectedValue, ...],
    ) -> Explanation:
        ids = list(dict.fromkeys(takeaways))
        return Explanation(
            heading=heading,
            subheading=subheading,
            reasons=tuple(self._reason(rule) for rule in dict.fromkeys(rules)),
            takeaways=tuple(self.pack.takeaway_by_id[takeaway] for takeaway in ids),
            rejected=rejected,
            traps=tuple(TrapNotice(trap.title, trap.text) for trap in self._traps(ids)),
            conflicts=self.conflicts,
        )

    def _traps(self, takeaways: Iterable[TakeawayId]) -> list[Trap]:
        """The traps that lie by these takeaways; a wish that was overruled is always told."""
        near = set(takeaways)
        return [trap for trap in self.outcome.traps if trap.overruled_rule or near & set(trap.takeaways)]

    def _reason(self, rule: RuleId) -> Reason:
        spec = self.pack.rule_by_id[rule]
        return Reason(
            format_reason(self.pack, self.outcome, rule),
            tuple(self.answer_text(question) for question, _ in spec.when if question in self.answers),
        )

    def answer_text(self, question: QuestionId) -> str:
        """An answer as people read it."""
        spec = self.pack.question_by_id[question]
        return f"{spec.title}: {spec.answer(self.answers[question]).label}"

    def _takeaways_of(self, rules: Iterable[RuleId]) -> list[TakeawayId]:
        return [takeaway for rule in rules for takeaway in self.pack.rule_by_id[rule].takeaways]

    def _rejected_for_rules(self, rules: Iterable[RuleId]) -> tuple[UnselectedValue, ...]:
        """What was ruled out of the choices that put a node there."""
        mine = set(rules)
        found: list[UnselectedValue] = []
        for choice in self.outcome.choices:
            if mine & {because.rule for because in choice.justifications}:
                found.extend(self._rejections(choice, choice.rejected))
        return tuple(found)

    def _rejections(self, choice: ChoiceOutcome, rejected: Rejections) -> tuple[UnselectedValue, ...]:
        spec = self.pack.choice_by_id[choice.choice]
        remedy = self._remedies(choice.choice, [value for value, _ in rejected], ruled_out=True)

        def told(value: ValueId, reasons: tuple[Justification, ...]) -> UnselectedValue:
            return UnselectedValue(
                f"{spec.label}: {spec.labels[value]}",
                tuple(self._reason(because.rule) for because in reasons),
                remedy.get(value),
            )

        return tuple(told(value, reasons) for value, reasons in rejected)

    def _alternatives(self, choice: ChoiceOutcome) -> tuple[UnselectedValue, ...]:
        """What is still possible instead, with what would bring it; nothing where nobody can say."""
        labels = self.pack.choice_by_id[choice.choice].labels
        found = self._remedies(choice.choice, choice.alternatives, ruled_out=False)
        return tuple(UnselectedValue(labels[value], (), remedy) for value, remedy in found.items())

    def _remedies(self, choice: ChoiceId, values: Sequence[ValueId], *, ruled_out: bool) -> dict[ValueId, Remedy]:
        if self.remedies is None or not values:
            return {}
        return self.remedies.for_values(choice, values, ruled_out=ruled_out)

    def _conflict_notice(self, conflict: Conflict) -> ConflictNotice:
        reasons = " ".join(self.pack.rule_by_id[rule].reason for rule in conflict.rules)
        label = self.pack.choice_by_id[conflict.choice].label
        repairs, more = self._conflict_suggestions(conflict)
        return ConflictNotice(
            f"{label} cannot be decided: these answers do not hold together. {reasons}",
            tuple(self.answer_text(question) for question in conflict.answers),
            repairs,
            more,
        )

    def _conflict_suggestions(self, conflict: Conflict) -> tuple[tuple[SuggestedChange, ...], int]:
        """The ways out; without remedies no other than to leave questions open."""
        if self.remedies is not None:
            return self.remedies.for_conflict(conflict)
        opened: list[Change] = [tuple((question, None) for question in way) for way in conflict.repairs]
        return tuple(SuggestedChange(change_label(self.pack, self.answers, change), change) for change in opened), 0
