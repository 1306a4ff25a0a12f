"""Distinct results of functions, compared with fixing every assignment."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.decision_diagram.diagram import NodeBudgetExceededError, NodeTable
from explorer.core.decision_diagram.distinct import assignment, distinct_results, smallest_first

SIZES = (2, 3, 2, 3)
INPUTS = (3, 0, 1)
"""The levels that are fixed, in the order in which assignments are compared."""
POINTS = list(product(*map(range, SIZES)))
functions = st.frozensets(st.sampled_from(POINTS))


def _build(table, true_at):
    return table.any_of(table.all_of([(level, (value,)) for level, value in enumerate(p)]) for p in true_at)


@given(st.lists(functions, min_size=1, max_size=3), functions)
def test_each_distinct_result_comes_with_its_smallest_assignment(several, condition):
    table = NodeTable(SIZES)
    roots = [_build(table, points) for points in several]
    holds = table.restrict(_build(table, condition), {2: 0})  # level 2 is no input
    expected: dict[tuple[int, ...], int] = {}
    for values in product(*(range(SIZES[level]) for level in INPUTS)):
        fixed = dict(zip(INPUTS, values, strict=True))
        if table.restrict(holds, fixed):
            result = tuple(table.restrict(root, fixed) for root in roots)
            code = smallest_first(INPUTS, list(fixed.items()))
            expected[result] = min(code, expected.get(result, code))
    assert (distinct_results(table, roots, INPUTS, 1_000, holds) if holds else {}) == expected
    for code in expected.values():
        assert smallest_first(INPUTS, list(assignment(INPUTS, code).items())) == code


def test_more_results_than_allowed_are_refused():
    table = NodeTable(SIZES)
    roots = [table.literal(level, (1,)) for level in range(4)]
    with pytest.raises(NodeBudgetExceededError):
        distinct_results(table, roots, range(4), most=5)
