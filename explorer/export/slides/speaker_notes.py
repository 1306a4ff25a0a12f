"""What a speaker wants to have at hand beside a slide: why it is so, and what to remember."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.outcome import Status
from explorer.core.model.pack import TakeawayId
from explorer.export.report.report import Report, dated_notes

_MAX_REASONS = 3


def speaker_notes(report: Report, own: str = "") -> str:
    """A person's own notes, the why of each choice, traps, takeaways and dated notes, as paragraphs."""
    return "\n".join([*([own.strip()] if own.strip() else []), *_note_lines(report)])


def _note_lines(report: Report) -> Iterator[str]:
    pack, outcome = report.pack, report.outcome
    answers = [report.format_answer(question) for question, _ in outcome.answers]
    yield f"Answers: {'; '.join(answers)}." if answers else "No answers yet: this is the plain case."
    yield "Why"
    for choice in outcome.choices:
        spec = pack.choice_by_id[choice.choice]
        value = " + ".join(spec.labels[told] for told in choice.displayed_values) or choice.status.label
        if choice.status is Status.OPEN:
            value = "open"
        reasons = " ".join(report.format_reason(because) for because in choice.justifications[:_MAX_REASONS])
        yield f"• {spec.label}: {value}. {reasons}".rstrip()
    for conflict in outcome.conflicts:
        said = "; ".join(report.format_answer(question) for question in conflict.answers)
        yield f"• In conflict: {pack.choice_by_id[conflict.choice].label}. {said}."
    for trap in outcome.traps:
        yield f"• Trap: {trap.title}. {trap.text}"
    yield "Takeaways"
    for takeaway in _supporting_takeaways(report):
        told = pack.takeaway_by_id[takeaway]
        yield f"• {told.title}: {told.text}"
    for dated in dated_notes(report):
        if dated.note:
            yield f"• As of {dated.note.as_of}, {dated.title}: {dated.note.text} ({dated.note.source})"


def _supporting_takeaways(report: Report) -> dict[TakeawayId, None]:
    """The takeaways that the main choices rest on, each once."""
    return dict.fromkeys(
        takeaway
        for choice in report.outcome.choices
        if report.pack.choice_by_id[choice.choice].in_outcome_bar
        for because in choice.justifications
        for takeaway in because.takeaways
    )
