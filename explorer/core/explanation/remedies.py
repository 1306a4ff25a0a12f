"""Remedies: changes of answers that select a value or resolve a conflict, as sentences and one-click changes."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.explanation.explanation import Remedy, SuggestedChange
from explorer.core.explanation.sentences import change_label, counterfactual_sentence
from explorer.core.model.outcome import Conflict, Outcome
from explorer.core.model.pack import ChoiceId, ValueId
from explorer.core.search.counterfactuals import Counterfactual, correction_sets, counterfactuals
from explorer.core.solver.constraints import CompiledPack
from explorer.core.solver.lookup import Change

_MAX_CHANGES = 3
_MAX_CORRECTIONS = 6


class Remedies:
    """Finds remedies for one outcome.

    Unless it may `wait` for lookup tables, there are no remedies for values while these are not compiled.
    """

    def __init__(self, compiled: CompiledPack, outcome: Outcome, *, wait: bool = True) -> None:
        self._compiled, self._wait = compiled, wait
        self._outcome = outcome
        self._answers = dict(outcome.answers)

    def for_values(self, choice: ChoiceId, values: Iterable[ValueId]) -> dict[ValueId, Remedy]:
        """Return the smallest changes that select each of these values of a choice."""
        if not self._wait and not self._compiled.lazy_tables.ready:
            return {}
        found = counterfactuals(self._compiled, self._answers, [(choice, value) for value in values])
        return {value: self._remedy(counterfactual) for (_, value), counterfactual in found.items()}

    def for_conflict(self, conflict: Conflict) -> tuple[tuple[SuggestedChange, ...], int]:
        """Return the best changes that resolve a conflict, best first, and the number of others."""
        found = correction_sets(self._compiled, self._outcome, conflict)
        suggestions = tuple(self._suggested_change(correction.change) for correction in found[:_MAX_CORRECTIONS])
        return suggestions, len(found) - len(suggestions)

    def _remedy(self, counterfactual: Counterfactual) -> Remedy:
        text = counterfactual_sentence(self._compiled.pack, self._answers, counterfactual)
        changes = (change for change in counterfactual.changes[:_MAX_CHANGES] if change)
        return Remedy(text, tuple(self._suggested_change(change) for change in changes))

    def _suggested_change(self, change: Change) -> SuggestedChange:
        return SuggestedChange(change_label(self._compiled.pack, self._answers, change), change)
