"""Decision diagrams, compared with tables of all points."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.decision_diagram import queries
from explorer.core.decision_diagram.diagram import FALSE, TRUE, NodeBudgetExceededError, NodeTable

SIZES = (2, 3, 2, 3)
POINTS = list(product(*map(range, SIZES)))
functions = st.frozensets(st.sampled_from(POINTS))
"""Functions as the set of points where they are true."""


def build(table, true_at):
    """A function from its points."""
    return table.any_of(table.all_of([(level, (value,)) for level, value in enumerate(p)]) for p in true_at)


def truth(table, node):
    """The points where a function is true."""
    return {point for point in POINTS if queries.evaluate(table, node, point)}


@given(functions, functions)
def test_operations_are_those_of_sets_of_points(one, other):
    table = NodeTable(SIZES)
    a, b = build(table, one), build(table, other)
    assert truth(table, a) == one
    assert truth(table, table.conjoin(a, b)) == one & other
    assert truth(table, table.disjoin(a, b)) == one | other
    assert truth(table, table.negate(a)) == set(POINTS) - one
    assert truth(table, table.implies(a, b)) == set(POINTS) - (one - other)
    assert truth(table, table.difference(a, b)) == one - other
    assert table.intersects(a, b) == bool(one & other)


@given(functions)
def test_equal_functions_are_the_same_node_in_whatever_order_they_are_built(points):
    table = NodeTable(SIZES)
    ordered = sorted(points)
    assert build(table, ordered) == build(table, reversed(ordered))
    assert build(table, POINTS) == TRUE
    assert build(table, ()) == FALSE


@given(functions, functions, st.lists(st.booleans(), min_size=4, max_size=4))
def test_quantification_keeps_points_that_some_value_makes_true(one, other, eliminated):
    table = NodeTable(SIZES)
    found = truth(table, table.exists_both(build(table, one), build(table, other), eliminated))
    kept = [level for level in range(4) if not eliminated[level]]
    projected = {tuple(point[level] for level in kept) for point in one & other}
    assert found == {point for point in POINTS if tuple(point[level] for level in kept) in projected}


@given(functions, st.dictionaries(st.integers(0, 3), st.integers(0, 1)))
def test_restriction_fixes_variables(points, fixed):
    table = NodeTable(SIZES)
    node = build(table, points)
    restricted = table.restrict(node, fixed)
    moved = [tuple(fixed.get(level, value) for level, value in enumerate(point)) for point in POINTS]
    assert truth(table, restricted) == {p for p, m in zip(POINTS, moved, strict=True) if m in points}
    assert queries.support_at(table, [node], fixed) == queries.support(table, [restricted])


@given(functions)
def test_the_support_is_every_variable_whose_value_matters(points):
    table = NodeTable(SIZES)
    mattering = {
        level
        for level in range(4)
        for point in POINTS
        for value in range(SIZES[level])
        if (point in points) != ((*point[:level], value, *point[level + 1 :]) in points)
    }
    assert queries.support(table, [build(table, points)]) == mattering


@given(functions, st.lists(st.integers(0, 2), min_size=10, max_size=10))
def test_solutions_are_counted_with_weights(points, numbers):
    table = NodeTable(SIZES)
    supply = iter(numbers)
    weights = {level: [next(supply) for _ in range(size)] for level, size in enumerate(SIZES)}
    weights = {level: w if sum(w) else [1] * len(w) for level, w in weights.items()}
    expected = 0
    for point in points:
        weight = 1
        for level, value in enumerate(point):
            weight *= weights[level][value]
        expected += weight
    assert queries.count(table, build(table, points), weights) == expected


@given(functions)
def test_values_by_level_are_those_of_all_solutions(points):
    table = NodeTable(SIZES)
    found = queries.values_by_level(table, build(table, points), range(4))
    assert found == {level: tuple(sorted({point[level] for point in points})) for level in range(4)}


@given(functions, st.sampled_from(POINTS))
def test_the_nearest_solutions_are_all_of_least_distance(points, here):
    table = NodeTable(SIZES)
    found = queries.nearest(table, build(table, points), here, most=100)
    if found is None:
        assert not points
        return
    distance = {p: sum(x != y for x, y in zip(p, here, strict=True)) for p in points}
    least = min(distance.values())
    changes = {
        tuple((level, value) for level, value in enumerate(p) if value != here[level])
        for p in points
        if distance[p] == least
    }
    assert (found.size, found.total, set(found.changes)) == (least, len(changes), changes)
    first = queries.nearest(table, build(table, points), here, most=1)
    assert first is not None
    assert first.changes == found.changes[:1]


@given(functions, st.dictionaries(st.integers(0, 3), st.just(1)))
def test_minimal_solutions_of_a_monotone_function(seeds, allowed):
    def sets(point):
        return frozenset((level, value) for level, value in enumerate(point) if value)

    closed = {p for p in POINTS if any(sets(seed) <= sets(p) for seed in seeds)}
    table = NodeTable(SIZES)
    node = build(table, closed)
    minimal = {sets(p) for p in closed if not any(sets(other) < sets(p) for other in closed)}
    assert set(queries.minimal_solutions(table, node, 99)) == minimal
    within = {found for found in minimal if all(allowed.get(level) == value for level, value in found)}
    assert set(queries.minimal_solutions(table, node, 99, allowed)) == within


@given(functions, functions)
def test_a_table_on_top_of_an_immutable_one_keeps_its_numbers(one, other):
    table = NodeTable(SIZES)
    a = build(table, one)
    build(table, other)
    diagrams, number = table.freeze([a])
    assert truth(diagrams, number[a]) == one
    assert all(max(children) < node for node, children in enumerate(diagrams.children) if node > TRUE), (
        "children come first"
    )
    scratch = NodeTable(SIZES, diagrams)
    assert build(scratch, one) == number[a]
    assert truth(scratch, scratch.conjoin(number[a], build(scratch, other))) == one & other


def test_a_table_refuses_to_grow_beyond_its_budget():
    table = NodeTable(SIZES, budget=3)
    with pytest.raises(NodeBudgetExceededError):
        build(table, POINTS[::2])
    assert table.created == 3


def test_deep_diagrams_do_not_overflow_the_stack():
    table = NodeTable([2] * 3_000)
    chain = table.all_of((level, (1,)) for level in range(3_000))
    assert table.negate(table.negate(chain)) == chain
    assert queries.count(table, chain, dict.fromkeys(range(3_000), (1, 1))) == 1


def test_too_many_minimal_solutions_are_refused():
    table = NodeTable([2] * 20)
    pairs = table.all_of([])
    for level in range(0, 20, 2):
        pairs = table.conjoin(pairs, table.disjoin(table.literal(level, (1,)), table.literal(level + 1, (1,))))
    assert queries.count(table, pairs, dict.fromkeys(range(20), (1, 1))) == 3**10
    with pytest.raises(queries.TooManySolutionsError):
        queries.minimal_solutions(table, pairs, most=1_000)
    assert len(queries.minimal_solutions(table, pairs, most=1_024)) == 1_024
