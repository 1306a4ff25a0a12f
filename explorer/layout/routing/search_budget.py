"""Search budget: bounds the work of all path searches of one drawing, independent of the machine's speed."""

from __future__ import annotations


class SearchBudget:
    """The number of steps that the path searches may still take; one step examines one candidate path."""

    def __init__(self, steps: int) -> None:
        self._remaining = steps

    @property
    def is_exhausted(self) -> bool:
        """Whether the searches must stop."""
        return self._remaining <= 0

    def spend(self, steps: int) -> None:
        """Count steps that were taken."""
        self._remaining -= steps
