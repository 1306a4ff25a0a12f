"""Junction tree of decisions: cliques of related decisions, so that no diagram holds all of them at once.

Each clique has a factor, a diagram over its decisions and over the inputs. Their product is the relation of
all inputs and decisions. A message to a neighbor is the product of one side of the tree with the decisions
quantified that the neighbor does not have; a belief is the relation projected to one clique.

References: S. L. Lauritzen and D. J. Spiegelhalter, "Local Computations with Probabilities on Graphical
Structures", Journal of the Royal Statistical Society B 50(2), 1988; R. Dechter, "Bucket Elimination",
Artificial Intelligence 113, 1999 (the same scheme for constraints).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from explorer.core.decision_diagram.diagram import TRUE, NodeTable
from explorer.core.decision_diagram.queries import support

Cliques = tuple[tuple[frozenset[int], ...], tuple[tuple[int, int], ...]]
"""Sets of variables, and the edges of the tree between them by index."""


def clique_tree(variables: Sequence[int], scopes: Iterable[Collection[int]]) -> Cliques:
    """Maximal cliques of the triangulated constraint graph (minimum fill-in), and a tree between them.

    Every scope lies within some clique, and the cliques that hold a variable are connected in the tree.
    """
    import networkx as nx  # noqa: PLC0415 (only needed to compile, and slow to import)
    from networkx.algorithms.approximation import treewidth_min_fill_in  # noqa: PLC0415 (as above)

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(variables)
    for scope in scopes:
        graph.add_edges_from(combinations(sorted(set(scope)), 2))
    bags = {frozenset(bag) for bag in treewidth_min_fill_in(graph)[1]}
    cliques = sorted((bag for bag in bags if not any(bag < other for other in bags)), key=sorted)
    shared: nx.Graph[int] = nx.Graph()
    shared.add_nodes_from(range(len(cliques)))
    for one, other in combinations(range(len(cliques)), 2):
        shared.add_edge(one, other, weight=len(cliques[one] & cliques[other]))
    tree = nx.maximum_spanning_tree(shared)
    return tuple(cliques), tuple(sorted((min(edge), max(edge)) for edge in tree.edges))


class JunctionTree:
    """Factors on a clique tree, with messages that are kept until a factor behind them changes."""

    def __init__(self, table: NodeTable, cliques: Cliques) -> None:
        self.table = table
        self.cliques, edges = cliques
        self.factors = [TRUE] * len(self.cliques)
        self._neighbors: list[list[int]] = [[] for _ in self.cliques]
        for one, other in edges:
            self._neighbors[one].append(other)
            self._neighbors[other].append(one)
        self._all = self._marked(frozenset().union(*self.cliques))
        self._eliminated = {
            (i, j): self._marked(self.cliques[i] - self.cliques[j])
            for i, near in enumerate(self._neighbors)
            for j in near
        }
        self._messages: dict[tuple[int, int], tuple[tuple[int, ...], int]] = {}

    def _marked(self, levels: Collection[int]) -> list[bool]:
        return [level in levels for level in range(len(self.table.sizes))]

    def home(self, scope: Collection[int]) -> int:
        """The smallest clique that contains all variables of a scope."""
        fitting = [i for i, clique in enumerate(self.cliques) if clique.issuperset(scope)]
        return min(fitting, key=lambda i: len(self.cliques[i]))

    def multiply(self, clique: int, factor: int) -> None:
        """Constrain the relation by a function over one clique and inputs."""
        self.factors[clique] = self.table.conjoin(self.factors[clique], factor)

    def belief(self, clique: int) -> int:
        """The relation projected to one clique and the inputs."""
        found = self.factors[clique]
        for message in self._incoming(clique):
            found = self.table.conjoin(found, message)
        return found

    def possible(self, clique: int, condition: int) -> int:
        """The inputs under which some combination in the relation meets a condition on one clique."""
        table = self.table
        *others, last = self._incoming(clique) or [TRUE]
        found = table.conjoin(self.factors[clique], condition)
        for message in others:
            found = table.conjoin(found, message)
        return table.exists_both(found, last, self._all)

    def _incoming(self, clique: int) -> list[int]:
        """The messages to a clique, those of few variables first: they keep the product small."""
        messages = [self._message(near, clique) for near in self._neighbors[clique]]
        return sorted(messages, key=lambda message: len(support(self.table, [message])))

    def _message(self, source: int, target: int) -> int:
        incoming = [self._message(near, source) for near in self._neighbors[source] if near != target]
        key = (self.factors[source], *incoming)
        known = self._messages.get((source, target))
        if known is not None and known[0] == key:
            return known[1]
        product = self.factors[source]
        for message in sorted(incoming):
            product = self.table.conjoin(product, message)
        found = self.table.exists(product, self._eliminated[source, target])
        self._messages[source, target] = (key, found)
        return found
