"""What to say at one moment: about a clash, a drawn thing, a choice, an answer, or the start."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from explorer.core.explanation.explanation import (
    Briefing,
    ClashCard,
    Deed,
    Reason,
    Rejection,
    Remedy,
    TrapCard,
)
from explorer.core.explanation.reasons import reason_told
from explorer.core.explanation.remedies import Remedies
from explorer.core.explanation.sentences import deed, joined
from explorer.core.model.architecture import Architecture, State
from explorer.core.model.outcome import Because, ChoiceOutcome, Conflict, Outcome, Rejections, Status
from explorer.core.model.pack import ChoiceId, Pack, QuestionId, RuleId, TakeawayId, Trap, ValueId
from explorer.core.search.minimal_changes import Change
from explorer.core.session.workspace import Workspace

_STATES = {
    State.FIRM: "decided by your answers",
    State.DEFAULT: "stands by default; no answer asks for it",
    State.GHOST: "still possible instead",
    State.CONFLICT: "in conflict",
}
_STATUSES = {
    Status.FORCED: "decided: your answers leave nothing else",
    Status.PREFERRED: "fits your answers best; something else is still possible",
    Status.DEFAULT: "by default; no answer speaks about it",
    Status.OPEN: "open",
    Status.CONFLICT: "in conflict",
}


def brief(
    pack: Pack,
    outcome: Outcome,
    architecture: Architecture,
    workspace: Workspace,
    remedies: Remedies | None = None,
) -> Briefing:
    """The briefing on what is selected, else looked at, else just answered, else on where one stands.

    With `remedies` it also says what would bring what is not taken.
    """
    found = _brief(_Writer(pack, outcome, architecture, remedies), workspace)
    paged = any(takeaway.page for takeaway in pack.takeaways)
    return replace(found, as_page=workspace.as_page, paged=paged)


def brief_end(
    pack: Pack, outcome: Outcome, architecture: Architecture, workspace: Workspace, title: str
) -> Briefing:
    """The briefing on an end of the decision map: which answers lead there, and why they do.

    Where they clash it names the clash; to mend it one has to be there.
    """
    writer = _Writer(pack, outcome, architecture)
    found = writer.of_start()
    answers = " · ".join(
        writer.said(question.id) for question in pack.questions if question.id in writer.answers
    )
    clashes = tuple(replace(clash, repairs=(), more=0) for clash in found.clashes)
    return replace(found, heading=title, subheading=answers, clashes=clashes, as_page=workspace.as_page)


def _brief(writer: _Writer, workspace: Workspace) -> Briefing:
    if workspace.selected is not None:
        found = writer.of_item(workspace.selected)
        if found is not None:
            return found
    if workspace.choice is not None and workspace.choice in writer.outcome.choice_by_id:
        return writer.of_choice(workspace.choice)
    if workspace.asked is not None and workspace.asked in writer.pack.question_by_id:
        return writer.of_question(workspace.asked)
    return writer.of_start()


def warning(pack: Pack, outcome: Outcome) -> str:
    """One line for a picture whose answers clash; nothing where they hold together."""
    if not outcome.conflicts:
        return ""
    choices = dict.fromkeys(pack.choice_by_id[conflict.choice].label for conflict in outcome.conflicts)
    asked = dict.fromkeys(question for conflict in outcome.conflicts for question in conflict.answers)
    titles = [pack.question_by_id[question].title for question in asked]
    return f"In conflict: {', '.join(choices)}. The answers to {joined(titles, 'and')} do not hold together."


class _Writer:
    """Writes briefings on one outcome."""

    def __init__(
        self, pack: Pack, outcome: Outcome, architecture: Architecture, remedies: Remedies | None = None
    ) -> None:
        self.pack = pack
        self.outcome = outcome
        self.architecture = architecture
        self.answers = dict(outcome.answers)
        self.remedies = remedies
        self.clashes = tuple(self._clash(conflict) for conflict in outcome.conflicts)

    def of_item(self, item: str) -> Briefing | None:
        """The briefing on a drawn node, edge or group."""
        for node in self.architecture.nodes:
            if node.id == item:
                rejected = self._rejected_beside(node.rules)
                takeaways = [*node.takeaways, *self._rested_on(node.rules)]
                told = f"{node.detail} · {_STATES[node.state]}" if node.detail else _STATES[node.state]
                return self._briefing(node.label, told, node.rules, takeaways, rejected)
        for edge in self.architecture.edges:
            if edge.id == item:
                ends = [self.architecture.node_by_id[end].label for end in (edge.source, edge.target)]
                told = f"{edge.label} · {_STATES[edge.state]}" if edge.label else _STATES[edge.state]
                takeaways = [*edge.takeaways, *self._rested_on(edge.rules)]
                return self._briefing(f"{ends[0]} → {ends[1]}", told, edge.rules, takeaways, ())
        for group in self.architecture.groups:
            if f"group:{group.id}" == item:
                return self._briefing(group.label, "group", group.rules, self._rested_on(group.rules), ())
        return None

    def of_choice(self, name: ChoiceId) -> Briefing:
        """The briefing on one line of the outcome."""
        choice = self.outcome.choice_by_id[name]
        spec = self.pack.choice_by_id[name]
        value = ", ".join(spec.labels[value] for value in choice.told) or "none"
        told = _STATUSES[choice.status]
        if choice.status is Status.DEFAULT and choice.is_bounded:
            told = "by default, of what your answers leave"
        if choice.alternatives:
            told += f". Possible instead: {', '.join(spec.labels[value] for value in choice.alternatives)}"
        heading = (
            f"{spec.label}: {value}" if choice.status < Status.OPEN else f"{spec.label}: {choice.status.word}"
        )
        rules = [because.rule for because in choice.because]
        behind = [because for _, reasons in choice.rejected for because in reasons]
        takeaways = [*self._rested_on(rules), *(t for because in behind for t in because.takeaways)]
        found = self._briefing(heading, told, rules, takeaways, self._rejections(choice, choice.rejected))
        return replace(found, alternatives=self._alternatives(choice))

    def of_question(self, question: QuestionId) -> Briefing:
        """The briefing on a question: what its answer sets off, or what hangs on it while it is open."""
        spec = self.pack.question_by_id[question]
        answer = self.answers.get(question)
        if answer is None:
            rules = [rule for rule in self.pack.rules if question in dict(rule.when)]
            takeaways = [takeaway for rule in rules for takeaway in rule.takeaways]
            return self._briefing(spec.title, spec.why, (), takeaways, ())
        active = [
            rule
            for rule in self.pack.rules
            if question in dict(rule.when) and rule.is_active(self.answers) and rule.id in self.outcome.fired
        ]
        ids = [rule.id for rule in active]
        rejected: list[Rejection] = []
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
        takeaways = self._rested_on(ids)
        return self._briefing(
            f"{spec.title}: {spec.answer(answer).label}", spec.text, ids, takeaways, tuple(rejected)
        )

    def of_start(self) -> Briefing:
        """The briefing before anything is asked or selected."""
        if self.answers:
            told = "Select a box, an arrow or a choice to read why it is there."
            firm = [c for c in self.outcome.choices if c.status <= Status.PREFERRED]
            rules = list(dict.fromkeys(because.rule for choice in firm for because in choice.because))
            return self._briefing("Where you stand", told, rules, self._rested_on(rules), ())
        told = (
            f"{self.pack.summary} Nothing is answered yet: this is the plain case, drawn lightly. "
            "Answer in any order; every answer firms it up."
        )
        chosen = [
            because.rule
            for choice in self.outcome.choices
            if self.pack.choice_by_id[choice.choice].bar
            for because in choice.because
        ]
        return self._briefing(self.pack.title, told, (), self._rested_on(dict.fromkeys(chosen)), ())

    def _briefing(
        self,
        heading: str,
        subheading: str,
        rules: Iterable[RuleId],
        takeaways: Iterable[TakeawayId],
        rejected: tuple[Rejection, ...],
    ) -> Briefing:
        ids = list(dict.fromkeys(takeaways))
        return Briefing(
            heading=heading,
            subheading=subheading,
            reasons=tuple(self._reason(rule) for rule in dict.fromkeys(rules)),
            takeaways=tuple(self.pack.takeaway_by_id[takeaway] for takeaway in ids),
            rejected=rejected,
            traps=tuple(TrapCard(trap.title, trap.text) for trap in self._traps(ids)),
            clashes=self.clashes,
        )

    def _traps(self, takeaways: Iterable[TakeawayId]) -> list[Trap]:
        """The traps that lie by these takeaways; a wish that was overruled is always told."""
        near = set(takeaways)
        return [trap for trap in self.outcome.traps if trap.overruled or near & set(trap.takeaways)]

    def _reason(self, rule: RuleId) -> Reason:
        spec = self.pack.rule_by_id[rule]
        return Reason(
            reason_told(self.pack, self.outcome, rule),
            tuple(self.said(question) for question, _ in spec.when if question in self.answers),
        )

    def said(self, question: QuestionId) -> str:
        """An answer as people read it."""
        spec = self.pack.question_by_id[question]
        return f"{spec.title}: {spec.answer(self.answers[question]).label}"

    def _rested_on(self, rules: Iterable[RuleId]) -> list[TakeawayId]:
        return [takeaway for rule in rules for takeaway in self.pack.rule_by_id[rule].takeaways]

    def _rejected_beside(self, rules: Iterable[RuleId]) -> tuple[Rejection, ...]:
        """What was ruled out of the choices that put a node there."""
        mine = set(rules)
        found: list[Rejection] = []
        for choice in self.outcome.choices:
            if mine & {because.rule for because in choice.because}:
                found.extend(self._rejections(choice, choice.rejected))
        return tuple(found)

    def _rejections(self, choice: ChoiceOutcome, rejected: Rejections) -> tuple[Rejection, ...]:
        spec = self.pack.choice_by_id[choice.choice]
        remedy = self._remedies(choice.choice, [value for value, _ in rejected], ruled_out=True)

        def told(value: ValueId, reasons: tuple[Because, ...]) -> Rejection:
            return Rejection(
                f"{spec.label}: {spec.labels[value]}",
                tuple(self._reason(because.rule) for because in reasons),
                remedy.get(value),
            )

        return tuple(told(value, reasons) for value, reasons in rejected)

    def _alternatives(self, choice: ChoiceOutcome) -> tuple[Rejection, ...]:
        """What is still possible instead, with what would bring it; nothing where nobody can say."""
        labels = self.pack.choice_by_id[choice.choice].labels
        found = self._remedies(choice.choice, choice.alternatives, ruled_out=False)
        return tuple(Rejection(labels[value], (), remedy) for value, remedy in found.items())

    def _remedies(
        self, choice: ChoiceId, values: Sequence[ValueId], *, ruled_out: bool
    ) -> dict[ValueId, Remedy]:
        if self.remedies is None or not values:
            return {}
        return self.remedies.of_values(choice, values, ruled_out=ruled_out)

    def _clash(self, conflict: Conflict) -> ClashCard:
        reasons = " ".join(self.pack.rule_by_id[rule].reason for rule in conflict.rules)
        label = self.pack.choice_by_id[conflict.choice].label
        repairs, more = self._repairs(conflict)
        return ClashCard(
            f"{label} cannot be decided: these answers do not hold together. {reasons}",
            tuple(self.said(question) for question in conflict.answers),
            repairs,
            more,
        )

    def _repairs(self, conflict: Conflict) -> tuple[tuple[Deed, ...], int]:
        """The ways out; without remedies no other than to leave questions open."""
        if self.remedies is not None:
            return self.remedies.of_conflict(conflict)
        opened: list[Change] = [tuple((question, None) for question in way) for way in conflict.repairs]
        return tuple(Deed(deed(self.pack, self.answers, change), change) for change in opened), 0
