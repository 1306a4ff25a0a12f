"""Report on a set of answers: outcome, architecture and counterfactuals, also as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.core.architecture.builder import build_architecture
from explorer.core.explanation.reasons import format_reason
from explorer.core.explanation.sentences import join_words
from explorer.core.model.architecture import Architecture, ElementState
from explorer.core.model.outcome import ChoiceOutcome, IrrelevantQuestion, Justification, Outcome, Status
from explorer.core.model.pack import Answers, Pack, QuestionId, Takeaway, TakeawayId
from explorer.core.search.counterfactuals import Counterfactual, counterfactuals
from explorer.core.search.relevance import irrelevant_questions, next_question
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.decide import decide
from explorer.core.solver.lookup import LookAheadError, Wanted


@dataclass(frozen=True)
class Report:
    """An outcome with its architecture and explanations.

    `irrelevant` are the questions that no longer affect the outcome. `next_question` is None if none is left.
    `counterfactuals` state the smallest changes of answers that lead to each value of each choice. Rules that are
    too entangled have none; `look_ahead_error` then says so.
    """

    pack: Pack
    outcome: Outcome
    architecture: Architecture
    irrelevant: tuple[IrrelevantQuestion, ...]
    next_question: QuestionId | None
    counterfactuals: Mapping[Wanted, Counterfactual]
    look_ahead_error: str = ""

    def format_answer(self, question: QuestionId) -> str:
        """Return the question's title and the label of its answer."""
        spec = self.pack.question_by_id[question]
        return f"{spec.title}: {spec.answer(dict(self.outcome.answers)[question]).label}"

    def format_repair(self, repair: Sequence[QuestionId]) -> str:
        """Return which answers to change, such as “the answers to GPU and Location”."""
        titles = [self.pack.question_by_id[question].title for question in repair]
        return f"the answer{'s' if len(titles) > 1 else ''} to {join_words(titles, 'and')}"

    def format_reason(self, because: Justification) -> str:
        """Return a rule's reason and the answers that activate the rule."""
        reason = format_reason(self.pack, self.outcome, because.rule)
        answers = "; ".join(self.format_answer(question) for question in because.answers)
        return f"{reason} [{answers}]" if answers else reason


def build_report(compiled: CompiledPack, answers: Answers, *, defaults: bool = True) -> Report:
    """Return the report on a set of answers; without `defaults`, undecided choices stay open."""
    outcome = decide(compiled, answers, defaults=defaults)
    irrelevant = irrelevant_questions(compiled, outcome)
    return Report(
        compiled.pack,
        outcome,
        build_architecture(compiled.pack, outcome),
        irrelevant,
        next_question(compiled, outcome, irrelevant),
        counterfactuals(compiled, answers, defaults=defaults),
        _look_ahead_error(compiled),
    )


def _look_ahead_error(compiled: CompiledPack) -> str:
    try:
        compiled.lookup_tables()
    except LookAheadError as error:
        return str(error)
    return ""


def report_data(report: Report) -> dict[str, Any]:
    """Return the report as JSON data; docs/outcome.schema.json defines its keys."""
    pack, outcome = report.pack, report.outcome
    return {
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version, "as_of": pack.as_of},
        "answers": dict(outcome.answers),
        "status": outcome.status_label,
        "choices": {
            str(choice.choice): {**_choice_data(choice), "flips": _counterfactual_data(report, choice)}
            for choice in outcome.choices
        },
        "traps": [
            {"id": trap.id, "title": trap.title, "text": trap.text, "takeaways": list(trap.takeaways)}
            for trap in outcome.traps
        ],
        "conflicts": [
            {
                "choice": conflict.choice,
                "answers": list(conflict.answers),
                "rules": list(conflict.rules),
                "repairs": [list(repair) for repair in conflict.repairs],
            }
            for conflict in outcome.conflicts
        ],
        "notes": [
            {
                "id": takeaway.id,
                "as_of": takeaway.note.as_of,
                "source": takeaway.note.source,
                "text": takeaway.note.text,
            }
            for takeaway in dated_notes(report)
            if takeaway.note
        ],
        "next_question": report.next_question,
        "passed_over": [{"question": entry.question, "why": entry.reason} for entry in report.irrelevant],
        "graph": _graph_data(report.architecture),
    }


def dated_notes(report: Report) -> tuple[Takeaway, ...]:
    """Return the takeaways with a dated note that the outcome cites, in the order of the pack."""
    cited = set(_cited_takeaways(report))
    return tuple(takeaway for takeaway in report.pack.takeaways if takeaway.note and takeaway.id in cited)


def _cited_takeaways(report: Report) -> Iterable[TakeawayId]:
    outcome, rules = report.outcome, report.pack.rule_by_id
    active_rules = [*outcome.fired_rules, *(rule for conflict in outcome.conflicts for rule in conflict.rules)]
    for rule in active_rules:
        yield from rules[rule].takeaways
    for trap in outcome.traps:
        yield from trap.takeaways
    for node in report.architecture.nodes:
        if node.state is not ElementState.GHOST:
            yield from node.takeaways
    for edge in report.architecture.edges:
        if edge.state is not ElementState.GHOST:
            yield from edge.takeaways


def _choice_data(choice: ChoiceOutcome) -> dict[str, Any]:
    value: list[str] | str | None = [*choice.value]
    if not choice.multi_valued:
        is_decided = choice.value and choice.status < Status.OPEN
        value = choice.value[0] if is_decided else None
    return {
        "value": value,
        "status": choice.status.label,
        "alternatives": list(choice.alternatives),
        "because": _reason_data(choice.justifications),
        "rejected": {str(out): _reason_data(reasons) for out, reasons in choice.rejected},
    }


def _counterfactual_data(report: Report, choice: ChoiceOutcome) -> dict[str, Any]:
    """Return the smallest changes of answers for each value that the outcome does not show."""
    return {
        str(flip.value): [
            [{"question": question, "answer": answer} for question, answer in change] for change in flip.changes
        ]
        for flip in report.counterfactuals.values()
        if flip.choice == choice.choice and flip.size != 0
    }


def _reason_data(reasons: Iterable[Justification]) -> list[dict[str, Any]]:
    return [
        {"rule": reason.rule, "answers": list(reason.answers), "takeaways": list(reason.takeaways)}
        for reason in reasons
    ]


def _graph_data(architecture: Architecture) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "id": node.id,
                "kind": node.kind,
                "label": node.label,
                "detail": node.detail,
                "group": node.group,
                "state": node.state.value,
                "at": node.attached_to,
                "rules": list(node.rules),
            }
            for node in architecture.nodes
        ],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "label": edge.label,
                "step": edge.step,
                "control": edge.control,
                "state": edge.state.value,
                "rules": list(edge.rules),
            }
            for edge in architecture.edges
        ],
        "groups": [
            {"id": group.id, "label": group.label, "kind": group.kind, "parent": group.parent}
            for group in architecture.groups
        ],
    }
