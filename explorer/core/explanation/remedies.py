"""What would change an outcome, as sentences and as changes that one click makes."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.core.explanation.explanation import Deed, Remedy
from explorer.core.explanation.sentences import deed, flip_sentence
from explorer.core.model.outcome import Conflict, Outcome
from explorer.core.model.pack import ChoiceId, ValueId
from explorer.core.search.counterfactuals import Flip, flips, repairs
from explorer.core.search.minimal_changes import Change
from explorer.core.solver.constraints import Space

_MOST_FLIPS = 3
_MOST_REPAIRS = 6


class Remedies:
    """Tells what would change one outcome."""

    def __init__(self, space: Space, outcome: Outcome) -> None:
        self._space = space
        self._outcome = outcome
        self._answers = dict(outcome.answers)

    def of_values(
        self, choice: ChoiceId, values: Iterable[ValueId], *, ruled_out: bool
    ) -> dict[ValueId, Remedy]:
        """What would bring each of some values of a choice."""
        found = flips(self._space, self._answers, [(choice, value) for value in values])
        return {value: self._remedy(flip, ruled_out) for (_, value), flip in found.items()}

    def _remedy(self, flip: Flip, ruled_out: bool) -> Remedy:
        told = flip_sentence(self._space.pack, self._answers, flip, ruled_out=ruled_out)
        return Remedy(told, tuple(self._deed(change) for change in flip.changes[:_MOST_FLIPS] if change))

    def of_conflict(self, conflict: Conflict) -> tuple[tuple[Deed, ...], int]:
        """The ways out of a conflict, the most useful first, and how many more there are."""
        found = repairs(self._space, self._outcome, conflict)
        shown = tuple(self._deed(repair.change) for repair in found[:_MOST_REPAIRS])
        return shown, len(found) - len(shown)

    def _deed(self, change: Change) -> Deed:
        return Deed(deed(self._space.pack, self._answers, change), change)
