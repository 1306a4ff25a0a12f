"""Clique trees: every constraint fits into a clique, and each variable's cliques are connected."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.decision_diagram.junction_tree import clique_tree

scopes = st.lists(st.sets(st.integers(0, 7), min_size=1, max_size=3), max_size=10)


@given(scopes)
def test_every_scope_lies_within_a_clique_and_no_clique_within_another(edges):
    cliques, _ = clique_tree(range(8), edges)
    assert all(any(clique.issuperset(scope) for clique in cliques) for scope in edges)
    assert frozenset().union(*cliques) == set(range(8))
    assert not any(one < other for one in cliques for other in cliques)


@given(scopes)
def test_the_cliques_of_each_variable_are_connected_in_the_tree(edges):
    cliques, tree = clique_tree(range(8), edges)
    assert len(tree) == len(cliques) - 1
    for variable in range(8):
        holding = {number for number, clique in enumerate(cliques) if variable in clique}
        inside = [edge for edge in tree if holding.issuperset(edge)]
        assert len(inside) == len(holding) - 1, "a forest with one edge less than nodes is one tree"


def test_a_cycle_of_four_is_triangulated():
    cliques, _ = clique_tree(range(4), [(0, 1), (1, 2), (2, 3), (3, 0)])
    assert sorted(map(len, cliques)) == [3, 3]
