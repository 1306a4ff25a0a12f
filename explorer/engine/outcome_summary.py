"""Outcome summary: the main choices of an outcome as short texts, and the whole in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.core.explanation.sentences import list_labels
from explorer.core.model.outcome import ChoiceOutcome, Outcome, Status
from explorer.core.model.pack import ChoiceId, Pack

_STATUS_TEXTS = {Status.OPEN: "open", Status.CONFLICT: "in conflict"}


@dataclass(frozen=True)
class OutcomeEntry:
    """One choice of the outcome as text.

    `previous` is the value before a previewed answer; it is empty where the answer does not change the value.
    """

    id: ChoiceId
    label: str
    value: str
    status: Status
    alternatives: str = ""
    previous: str = ""


@dataclass(frozen=True)
class OutcomeSummary:
    """The choices that the outcome bar shows, in the order of the pack, and one sentence about all choices."""

    entries: tuple[OutcomeEntry, ...]
    sentence: str


def summarize_outcome(pack: Pack, outcome: Outcome) -> OutcomeSummary:
    """Return the choices that the pack marks for the outcome bar, and every choice in conflict."""
    entries = tuple(
        _entry(pack, outcome.choice_by_id[choice.id])
        for choice in pack.choices
        if choice.in_outcome_bar or outcome.choice_by_id[choice.id].status is Status.CONFLICT
    )
    return OutcomeSummary(entries, _sentence(outcome))


def with_previous_values(before: OutcomeSummary, after: OutcomeSummary) -> tuple[OutcomeEntry, ...]:
    """Return the entries of `after`; each one that differs from `before` states its previous value."""
    values = {entry.id: entry.value for entry in before.entries}
    return tuple(
        replace(entry, previous=values[entry.id]) if values.get(entry.id, entry.value) != entry.value else entry
        for entry in after.entries
    )


def _entry(pack: Pack, choice: ChoiceOutcome) -> OutcomeEntry:
    spec = pack.choice_by_id[choice.choice]
    labels = spec.labels
    value = " + ".join(labels[value] for value in choice.displayed_values)
    return OutcomeEntry(
        id=choice.choice,
        label=spec.label,
        value=value or _STATUS_TEXTS.get(choice.status, "none"),
        status=choice.status,
        alternatives=list_labels(labels[value] for value in choice.alternatives),
    )


def _sentence(outcome: Outcome) -> str:
    if outcome.conflicts:
        return "Some answers contradict each other"
    defaults = sum(choice.status is Status.DEFAULT for choice in outcome.choices)
    return f"Decided, {defaults} of {len(outcome.choices)} by default" if defaults else "Decided by your answers"
