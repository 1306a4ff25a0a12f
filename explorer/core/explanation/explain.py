"""Explains a selection: an element of the diagram, a choice, an answer, or all current answers."""

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
from explorer.core.explanation.sentences import change_label, join_words, list_labels
from explorer.core.model.architecture import Architecture, ElementState
from explorer.core.model.outcome import ChoiceOutcome, Conflict, Outcome, Rejections, Status
from explorer.core.model.pack import ChoiceId, Pack, QuestionId, RuleId, TakeawayId, Trap, ValueId
from explorer.core.session.workspace import Workspace
from explorer.core.solver.lookup import Change

_STATE_TEXT = {
    ElementState.FIRM: "decided by your answers",
    ElementState.DEFAULT: "set by default",
    ElementState.GHOST: "alternative",
    ElementState.CONFLICT: "in conflict",
}
_STATUS_TEXT = {
    Status.FORCED: "the only value that your answers allow",
    Status.PREFERRED: "the best fit for your answers",
    Status.DEFAULT: "set by default",
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
    """Return the explanation of the selected element, else of the selected choice, the last question or all answers.

    With `remedies` it also says how to get values that are ruled out, and alternatives.
    """
    explanation = _explain_selection(_ExplanationBuilder(pack, outcome, architecture, remedies), workspace)
    has_study_guide = any(takeaway.study_guide for takeaway in pack.takeaways)
    return replace(explanation, study_guide_view=workspace.study_guide_view, has_study_guide=has_study_guide)


def explain_outcome(
    pack: Pack, outcome: Outcome, architecture: Architecture, workspace: Workspace, title: str
) -> Explanation:
    """Return the explanation of an end of the decision map: the answers that lead there, and the reasons.

    Its conflicts have no suggestions: these change the current answers, which lead elsewhere.
    """
    builder = _ExplanationBuilder(pack, outcome, architecture)
    explanation = builder.for_all_answers()
    answers = [builder.answer_text(question.id) for question in pack.questions if question.id in builder.answers]
    return replace(
        explanation,
        heading=title,
        subheading=" · ".join(answers),
        conflicts=tuple(replace(conflict, suggestions=(), more_count=0) for conflict in explanation.conflicts),
        study_guide_view=workspace.study_guide_view,
    )


def _explain_selection(builder: _ExplanationBuilder, workspace: Workspace) -> Explanation:
    if workspace.selected_item is not None:
        explanation = builder.for_item(workspace.selected_item)
        if explanation is not None:
            return explanation
    if workspace.focused_choice is not None and workspace.focused_choice in builder.outcome.choice_by_id:
        return builder.for_choice(workspace.focused_choice)
    if workspace.last_question is not None and workspace.last_question in builder.pack.question_by_id:
        return builder.for_question(workspace.last_question)
    return builder.for_all_answers()


def conflict_warning(pack: Pack, outcome: Outcome) -> str:
    """Return one line about the conflicts of an outcome, or an empty string if there are none."""
    if not outcome.conflicts:
        return ""
    choices = dict.fromkeys(pack.choice_by_id[conflict.choice].label for conflict in outcome.conflicts)
    questions = dict.fromkeys(question for conflict in outcome.conflicts for question in conflict.answers)
    titles = [pack.question_by_id[question].title for question in questions]
    return f"In conflict: {', '.join(choices)}. The answers to {join_words(titles, 'and')} contradict each other."


class _ExplanationBuilder:
    """Builds explanations of one outcome."""

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
        """Return the explanation of a node, edge or group; None if it is not in the diagram."""
        for node in self.architecture.nodes:
            if node.id == item:
                text = " · ".join(filter(None, (node.detail, _STATE_TEXT[node.state])))
                takeaways = [*node.takeaways, *self._takeaways_of(node.rules)]
                return self._build(node.label, text, node.rules, takeaways, self._rejected_for_rules(node.rules))
        for edge in self.architecture.edges:
            if edge.id == item:
                source, target = (self.architecture.node_by_id[end].label for end in (edge.source, edge.target))
                text = " · ".join(filter(None, (edge.label, _STATE_TEXT[edge.state])))
                takeaways = [*edge.takeaways, *self._takeaways_of(edge.rules)]
                return self._build(f"{source} → {target}", text, edge.rules, takeaways)
        for group in self.architecture.groups:
            if f"group:{group.id}" == item:
                return self._build(group.label, "group", group.rules, self._takeaways_of(group.rules))
        return None

    def for_choice(self, choice_id: ChoiceId) -> Explanation:
        """Return the explanation of one choice of the outcome."""
        choice = self.outcome.choice_by_id[choice_id]
        spec = self.pack.choice_by_id[choice_id]
        value = ", ".join(spec.labels[value] for value in choice.displayed_values) or "none"
        text = _STATUS_TEXT[choice.status]
        if choice.status is Status.DEFAULT and choice.depends_on_answers:
            text = "set by default from the values that your answers allow"
        if choice.alternatives:
            text += f". Alternatives: {list_labels(spec.labels[value] for value in choice.alternatives)}"
        heading = f"{spec.label}: {value if choice.status < Status.OPEN else choice.status.label}"
        rules = [justification.rule for justification in choice.justifications]
        rejecting = (justification for _, justifications in choice.rejected for justification in justifications)
        takeaways = [*self._takeaways_of(rules), *(takeaway for each in rejecting for takeaway in each.takeaways)]
        explanation = self._build(heading, text, rules, takeaways, self._rejected(choice, choice.rejected))
        return replace(explanation, alternatives=self._alternatives(choice))

    def for_question(self, question: QuestionId) -> Explanation:
        """Return the explanation of a question: the effect of its answer, or why it is asked."""
        spec = self.pack.question_by_id[question]
        answer = self.answers.get(question)
        rules = [rule for rule in self.pack.rules if question in dict(rule.when)]
        if answer is None:
            return self._build(spec.title, spec.why, (), [takeaway for rule in rules for takeaway in rule.takeaways])
        fired = [rule.id for rule in rules if rule.is_active(self.answers) and rule.id in self.outcome.fired_rules]
        rejected: list[UnselectedValue] = []
        for choice in self.outcome.choices:
            by_this_answer = tuple(
                (value, justifications)
                for value, justifications in choice.rejected
                if any(justification.rule in fired for justification in justifications)
            )
            rejected.extend(self._rejected(choice, by_this_answer))
        heading = self.answer_text(question)
        return self._build(heading, spec.text, fired, self._takeaways_of(fired), tuple(rejected))

    def for_all_answers(self) -> Explanation:
        """Return the explanation of all current answers, or of the default architecture if there are none."""
        if self.answers:
            decided = [choice for choice in self.outcome.choices if choice.status <= Status.PREFERRED]
            rules = list(dict.fromkeys(each.rule for choice in decided for each in choice.justifications))
            text = "Select a node, an arrow or a choice to see the reasons for it."
            return self._build("Current answers", text, rules, self._takeaways_of(rules))
        text = (
            f"{self.pack.summary} No question is answered yet, so the diagram shows the default architecture. "
            "You can answer the questions in any order."
        )
        main_rules = [
            justification.rule
            for choice in self.outcome.choices
            if self.pack.choice_by_id[choice.choice].in_outcome_bar
            for justification in choice.justifications
        ]
        return self._build(self.pack.title, text, (), self._takeaways_of(dict.fromkeys(main_rules)))

    def answer_text(self, question: QuestionId) -> str:
        """Return a question and its answer, as labels."""
        spec = self.pack.question_by_id[question]
        return f"{spec.title}: {spec.answer(self.answers[question]).label}"

    def _build(
        self,
        heading: str,
        subheading: str,
        rules: Iterable[RuleId],
        takeaways: Iterable[TakeawayId],
        rejected: tuple[UnselectedValue, ...] = (),
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
        """Return the traps that share a takeaway with the selection, and all traps about overruled preferences."""
        related = set(takeaways)
        return [trap for trap in self.outcome.traps if trap.overruled_rule or related & set(trap.takeaways)]

    def _reason(self, rule: RuleId) -> Reason:
        spec = self.pack.rule_by_id[rule]
        return Reason(
            format_reason(self.pack, self.outcome, rule),
            tuple(self.answer_text(question) for question, _ in spec.when if question in self.answers),
        )

    def _takeaways_of(self, rules: Iterable[RuleId]) -> list[TakeawayId]:
        return [takeaway for rule in rules for takeaway in self.pack.rule_by_id[rule].takeaways]

    def _rejected_for_rules(self, rules: Iterable[RuleId]) -> tuple[UnselectedValue, ...]:
        """Return the rejected values of all choices that one of these rules decided."""
        rule_ids = set(rules)
        return tuple(
            value
            for choice in self.outcome.choices
            if rule_ids & {justification.rule for justification in choice.justifications}
            for value in self._rejected(choice, choice.rejected)
        )

    def _rejected(self, choice: ChoiceOutcome, rejections: Rejections) -> tuple[UnselectedValue, ...]:
        spec = self.pack.choice_by_id[choice.choice]
        remedies = self._remedies(choice.choice, [value for value, _ in rejections])
        return tuple(
            UnselectedValue(
                f"{spec.label}: {spec.labels[value]}",
                tuple(self._reason(justification.rule) for justification in justifications),
                remedies.get(value),
            )
            for value, justifications in rejections
        )

    def _alternatives(self, choice: ChoiceOutcome) -> tuple[UnselectedValue, ...]:
        """Return the alternatives of a choice, each with its remedy; empty without remedies."""
        labels = self.pack.choice_by_id[choice.choice].labels
        remedies = self._remedies(choice.choice, choice.alternatives)
        return tuple(UnselectedValue(labels[value], (), remedy) for value, remedy in remedies.items())

    def _remedies(self, choice: ChoiceId, values: Sequence[ValueId]) -> dict[ValueId, Remedy]:
        if self.remedies is None or not values:
            return {}
        return self.remedies.for_values(choice, values)

    def _conflict_notice(self, conflict: Conflict) -> ConflictNotice:
        reasons = " ".join(self.pack.rule_by_id[rule].reason for rule in conflict.rules)
        label = self.pack.choice_by_id[conflict.choice].label
        return ConflictNotice(
            f"{label} has no possible value, because these answers conflict. {reasons}",
            tuple(self.answer_text(question) for question in conflict.answers),
            *self._suggestions(conflict),
        )

    def _suggestions(self, conflict: Conflict) -> tuple[tuple[SuggestedChange, ...], int]:
        """Return changes that resolve a conflict, and the number of others; without remedies, only removed answers."""
        if self.remedies is not None:
            return self.remedies.for_conflict(conflict)
        changes: list[Change] = [tuple((question, None) for question in repair) for repair in conflict.repairs]
        return tuple(SuggestedChange(change_label(self.pack, self.answers, change), change) for change in changes), 0
