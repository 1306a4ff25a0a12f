"""What would change an outcome, as sentences and as changes that one click makes."""

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
    """Tells what would change one outcome."""

    def __init__(self, space: CompiledPack, outcome: Outcome) -> None:
        self._space = space
        self._outcome = outcome
        self._answers = dict(outcome.answers)

    def for_values(self, choice: ChoiceId, values: Iterable[ValueId], *, ruled_out: bool) -> dict[ValueId, Remedy]:
        """What would bring each of some values of a choice."""
        found = counterfactuals(self._space, self._answers, [(choice, value) for value in values])
        return {value: self._remedy(flip, ruled_out) for (_, value), flip in found.items()}

    def _remedy(self, flip: Counterfactual, ruled_out: bool) -> Remedy:
        told = counterfactual_sentence(self._space.pack, self._answers, flip, ruled_out=ruled_out)
        return Remedy(told, tuple(self._suggested_change(change) for change in flip.changes[:_MAX_CHANGES] if change))

    def for_conflict(self, conflict: Conflict) -> tuple[tuple[SuggestedChange, ...], int]:
        """The ways out of a conflict, the most useful first, and how many more there are."""
        found = correction_sets(self._space, self._outcome, conflict)
        shown = tuple(self._suggested_change(repair.change) for repair in found[:_MAX_CORRECTIONS])
        return shown, len(found) - len(shown)

    def _suggested_change(self, change: Change) -> SuggestedChange:
        return SuggestedChange(change_label(self._space.pack, self._answers, change), change)
