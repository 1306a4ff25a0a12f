"""The FORCE heuristic: a permutation with a small span, the same in every run."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.decision_diagram.variable_order import force_order, total_span

scopes = st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=4), max_size=12)


@given(scopes)
def test_an_order_holds_every_variable_once_and_spans_no_more_than_the_given_one(edges):
    order = force_order(range(10), edges)
    assert sorted(order) == list(range(10))
    assert total_span(order, edges) <= total_span(range(10), edges)
    assert order == force_order(range(10), edges)


def test_neighbors_in_a_shuffled_chain_come_next_to_each_other():
    chain = [3, 7, 1, 9, 0, 5, 2, 8, 6, 4]
    edges = list(pairwise(chain))
    assert total_span(force_order(range(10), edges), edges) == len(edges)
