"""Enumerates the distinct results of several functions, each with its smallest assignment.

Inputs are fixed level by level. Partial assignments that no later input can tell apart lead to the same
functions, as diagrams are canonical, and are merged (layered breadth-first search).
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.core.decision_diagram.diagram import FALSE, TRUE, NodeBudgetExceededError, NodeTable

_DIGIT = 8

Results = dict[tuple[int, ...], int]
"""The functions that remain when all inputs are fixed, with the code of the smallest assignment."""


def distinct_results(
    table: NodeTable, functions: Sequence[int], levels: Sequence[int], most: int, condition: int | None = None
) -> Results:
    """The distinct results over all assignments of some levels for which a condition on these levels holds.

    The smallest assignment sets the fewest levels; value 0 means unset. Of several it is the one whose last set
    levels, in the order of `levels`, have the smallest values. NodeBudgetExceededError where more than `most`
    partial results have to be kept.
    """
    first = () if condition is None else (condition,)
    found: Results = {(*first, *functions): 0}
    place = {level: index for index, level in enumerate(levels)}
    for level in sorted(levels):
        later: Results = {}
        for value in range(table.sizes[level]):
            step = _step(len(levels), place[level], value)
            fix = _Restriction(table, level, value).__getitem__
            for state, code in found.items():
                after = tuple(map(fix, state))
                if first and after[0] == FALSE:
                    continue
                known = later.get(after)
                if known is None or code + step < known:
                    later[after] = code + step
                    if len(later) > most:
                        raise NodeBudgetExceededError
        found = later
    return {state[len(first) :]: code for state, code in found.items()}


class _Restriction(dict[int, int]):
    """Functions with one variable fixed, computed when looked up; also the memo of that computation."""

    def __init__(self, table: NodeTable, level: int, value: int) -> None:
        super().__init__({FALSE: FALSE, TRUE: TRUE})
        self._table, self._fixed = table, {level: value}

    def __missing__(self, function: int) -> int:
        return self._table.restrict(function, self._fixed, self)


def _step(levels: int, place: int, value: int) -> int:
    """What setting a level adds to the code of an assignment."""
    return (1 << _DIGIT * levels) + (value << _DIGIT * place) if value else 0


def assignment(levels: Sequence[int], code: int) -> dict[int, int]:
    """The levels that an assignment sets, from its code."""
    digits = ((level, code >> _DIGIT * place & (1 << _DIGIT) - 1) for place, level in enumerate(levels))
    return {level: value for level, value in digits if value}


def smallest_first(levels: Sequence[int], changes: Sequence[tuple[int, int]]) -> int:
    """The code of an assignment: smaller ones come first."""
    place = {level: index for index, level in enumerate(levels)}
    return sum(_step(len(levels), place[level], value) for level, value in changes)
