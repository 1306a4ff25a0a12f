"""Speaker notes of a slide: reasons, traps, takeaways and dated notes."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.core.model.outcome import Status
from explorer.core.model.pack import TakeawayId
from explorer.export.report.report import Report, dated_notes

_MAX_REASONS = 3


def speaker_notes(report: Report, user_notes: str = "") -> str:
    """Return the user's notes and the notes of the report, one paragraph per line."""
    user_notes = user_notes.strip()
    return "\n".join([*([user_notes] if user_notes else []), *_note_lines(report)])


def _note_lines(report: Report) -> Iterator[str]:
    pack, outcome = report.pack, report.outcome
    answers = [report.format_answer(question) for question, _ in outcome.answers]
    yield f"Answers: {'; '.join(answers)}." if answers else "No answers yet: this is the default architecture."
    yield "Reasons"
    for choice in outcome.choices:
        spec = pack.choice_by_id[choice.choice]
        value = " + ".join(spec.labels[shown] for shown in choice.displayed_values) or choice.status.label
        if choice.status is Status.OPEN:
            value = "open"
        reasons = " ".join(report.format_reason(because) for because in choice.justifications[:_MAX_REASONS])
        yield f"• {spec.label}: {value}. {reasons}".rstrip()
    for conflict in outcome.conflicts:
        conflicting = "; ".join(report.format_answer(question) for question in conflict.answers)
        yield f"• Conflict: {pack.choice_by_id[conflict.choice].label}. {conflicting}."
    for trap in outcome.traps:
        yield f"• Trap: {trap.title}. {trap.text}"
    yield "Takeaways"
    for takeaway_id in _supporting_takeaways(report):
        takeaway = pack.takeaway_by_id[takeaway_id]
        yield f"• {takeaway.title}: {takeaway.text}"
    for dated in dated_notes(report):
        if dated.note:
            yield f"• As of {dated.note.as_of}, {dated.title}: {dated.note.text} ({dated.note.source})"


def _supporting_takeaways(report: Report) -> dict[TakeawayId, None]:
    """Return the takeaways that support the main choices, without duplicates."""
    return dict.fromkeys(
        takeaway
        for choice in report.outcome.choices
        if report.pack.choice_by_id[choice.choice].in_outcome_bar
        for because in choice.justifications
        for takeaway in because.takeaways
    )
