"""What a set of answers comes to, as the plain data that the command line prints as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from explorer.core.architecture.builder import draft
from explorer.core.explanation.reasons import reason_told
from explorer.core.model.architecture import Architecture, State
from explorer.core.model.outcome import Because, ChoiceOutcome, Outcome, PassedOver, Status
from explorer.core.model.pack import Answers, Pack, QuestionId, Takeaway, TakeawayId
from explorer.core.search.counterfactuals import Flip, Wanted, flips
from explorer.core.search.relevance import next_question, passed_over
from explorer.core.solver.constraints import Space
from explorer.core.solver.decide import decide


@dataclass(frozen=True)
class Report:
    """An outcome with everything that is said about it; `next_question` is None when all is asked.

    `flips` tell what would bring each value of each choice.
    """

    pack: Pack
    outcome: Outcome
    architecture: Architecture
    passed: tuple[PassedOver, ...]
    next_question: QuestionId | None
    flips: Mapping[Wanted, Flip]

    def said(self, question: QuestionId) -> str:
        """An answer as people read it."""
        spec = self.pack.question_by_id[question]
        return f"{spec.title}: {spec.answer(dict(self.outcome.answers)[question]).label}"

    def reason(self, because: Because) -> str:
        """A rule's reason, and the answers that set it off."""
        reason = reason_told(self.pack, self.outcome, because.rule)
        said = "; ".join(self.said(question) for question in because.answers)
        return f"{reason} [{said}]" if said else reason


def report_on(space: Space, answers: Answers, *, defaults: bool = True) -> Report:
    """The report on a set of answers; without `defaults` what no answer decides stays open."""
    outcome = decide(space, answers, defaults=defaults)
    passed = passed_over(space, outcome)
    return Report(
        space.pack,
        outcome,
        draft(space.pack, outcome),
        passed,
        next_question(space, outcome, passed),
        flips(space, answers, defaults=defaults),
    )


def as_data(report: Report) -> dict[str, Any]:
    """The report as values that JSON knows, under the names that other programs rely on."""
    pack, outcome = report.pack, report.outcome
    return {
        "pack": {"id": pack.id, "title": pack.title, "version": pack.version, "as_of": pack.as_of},
        "answers": dict(outcome.answers),
        "status": outcome.word,
        "choices": {
            str(choice.choice): {**_choice(choice), "flips": _flips(report, choice)}
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
            for takeaway in noted(report)
            if takeaway.note
        ],
        "next_question": report.next_question,
        "passed_over": [{"question": entry.question, "why": entry.why} for entry in report.passed],
        "graph": _graph(report.architecture),
    }


def noted(report: Report) -> tuple[Takeaway, ...]:
    """The takeaways with a dated note that the outcome rests on, in the order of the pack."""
    cited = set(_cited(report))
    return tuple(takeaway for takeaway in report.pack.takeaways if takeaway.note and takeaway.id in cited)


def _cited(report: Report) -> Iterable[TakeawayId]:
    outcome, rules = report.outcome, report.pack.rule_by_id
    at_work = [*outcome.fired, *(rule for conflict in outcome.conflicts for rule in conflict.rules)]
    for rule in at_work:
        yield from rules[rule].takeaways
    for trap in outcome.traps:
        yield from trap.takeaways
    for node in report.architecture.nodes:
        if node.state is not State.GHOST:
            yield from node.takeaways
    for edge in report.architecture.edges:
        if edge.state is not State.GHOST:
            yield from edge.takeaways


def _choice(choice: ChoiceOutcome) -> dict[str, Any]:
    value: list[str] | str | None = [*choice.value]
    if not choice.many:
        settled = choice.value and choice.status < Status.OPEN
        value = choice.value[0] if settled else None
    return {
        "value": value,
        "status": choice.status.word,
        "alternatives": list(choice.alternatives),
        "because": _reasons(choice.because),
        "rejected": {str(out): _reasons(reasons) for out, reasons in choice.rejected},
    }


def _flips(report: Report, choice: ChoiceOutcome) -> dict[str, Any]:
    """Every smallest change of answers that brings each value that is not shown."""
    return {
        str(flip.value): [
            [{"question": question, "answer": answer} for question, answer in change]
            for change in flip.changes
        ]
        for flip in report.flips.values()
        if flip.choice == choice.choice and flip.size != 0
    }


def _reasons(reasons: Iterable[Because]) -> list[dict[str, Any]]:
    return [
        {"rule": reason.rule, "answers": list(reason.answers), "takeaways": list(reason.takeaways)}
        for reason in reasons
    ]


def _graph(architecture: Architecture) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "id": node.id,
                "kind": node.kind,
                "label": node.label,
                "detail": node.detail,
                "group": node.group,
                "state": node.state.value,
                "at": node.at,
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
