"""Compiles a constraint problem into decision diagrams that answer every later question by lookup.

A soft clause with condition `when` and `given` and demand `target` is followed where some combination that
is left fulfills it. That is itself a function of the inputs: E = when and (exists decisions: R and given and
target), where R is the relation so far. R becomes R and not (E and given and not target), for all inputs at
once, so lexicographic preference is a loop. R is kept as factors of a junction tree, never built as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from explorer.core.decision_diagram.diagram import (
    DEFAULT_BUDGET,
    FALSE,
    TRUE,
    Diagrams,
    NodeBudgetExceededError,
    NodeTable,
    Progress,
)
from explorer.core.decision_diagram.junction_tree import JunctionTree, clique_tree
from explorer.core.decision_diagram.problem import Clause, ClauseGroup, Literal, Problem
from explorer.core.decision_diagram.queries import reachable, support
from explorer.core.decision_diagram.variable_order import force_order

Values = tuple[tuple[int, ...], ...]
"""For each variable and value the inputs under which it is possible; empty for an input."""


class TooEntangledError(Exception):
    """The compilation needs more nodes than its budget; `decisions` are those that contribute the most."""

    def __init__(self, decisions: Iterable[int]) -> None:
        self.decisions = tuple(decisions)
        super().__init__(f"the node budget is used up by decisions {self.decisions}")


@dataclass(frozen=True, eq=False)
class Tables:
    """The compiled problem. All functions but the beliefs are functions of the inputs alone.

    `satisfiable` tells for each group where its musts can hold, `conflict_free` for each cluster where those
    of all its groups can. `possible`, `preferred` and `final` tell for each value of a decision where it is
    possible after the musts, the preferences and the defaults; `targets` where each target is the final result.
    `beliefs` are the projections of the final relation of each group, `narrowing` tells of each soft clause
    of a group whether it ever removes a combination.
    """

    level_of: tuple[int, ...]
    diagrams: Diagrams
    satisfiable: tuple[int, ...]
    conflict_free: tuple[int, ...]
    possible: Values
    preferred: Values
    final: Values
    targets: tuple[int, ...]
    beliefs: tuple[tuple[int, ...], ...]
    narrowing: tuple[tuple[bool, ...], ...]


def variable_levels(problem: Problem) -> tuple[int, ...]:
    """The level of each variable; the variables of a cluster are next to each other."""
    order = [
        variable
        for cluster in problem.clusters
        for variable in force_order(problem.variables(cluster), problem.scopes(cluster))
    ]
    place = {variable: level for level, variable in enumerate(order)}
    return tuple(place[variable] for variable in range(len(problem.sizes)))


def sizes_by_level(problem: Problem, level_of: Sequence[int]) -> tuple[int, ...]:
    """The number of values of the variable at each level."""
    sizes = [0] * len(level_of)
    for variable, level in enumerate(level_of):
        sizes[level] = problem.sizes[variable]
    return tuple(sizes)


def compile_tables(
    problem: Problem,
    level_of: Sequence[int],
    budget: int = DEFAULT_BUDGET,
    progress: Progress | None = None,
) -> Tables:
    """All tables; TooEntangledError when they need more nodes than the budget."""
    return _Compilation(problem, level_of, budget, progress).tables()


def compile_satisfiability(
    problem: Problem, level_of: Sequence[int], budget: int = DEFAULT_BUDGET
) -> tuple[Diagrams, tuple[int, ...]]:
    """For each group the inputs under which its musts can hold; TooEntangledError as above."""
    return _Compilation(problem, level_of, budget, None).satisfiability()


def target_functions(
    table: NodeTable, problem: Problem, values: Sequence[Sequence[int]], conflict_free: Sequence[int]
) -> list[int]:
    """For each target the inputs under which some alternative is the only possible result of its decisions.

    Groups that share inputs with them must be free of conflict. `values` are the values after some stage.
    """

    def only(decision: int, value: int) -> int:
        functions = values[decision]
        others = table.any_of(other for v, other in enumerate(functions) if v != value)
        return table.difference(functions[value], others)

    def reached(alternative: Iterable[tuple[int, int]]) -> int:
        found = TRUE
        for decision, value in alternative:
            found = table.conjoin(found, only(decision, value))
            found = table.conjoin(found, conflict_free[problem.cluster_of[decision]])
        return found

    return [table.any_of(map(reached, target)) for target in problem.targets]


class _Compilation:
    """One run of the compiler."""

    def __init__(self, problem: Problem, level_of: Sequence[int], budget: int, progress: Progress | None) -> None:
        self.problem, self.level_of = problem, tuple(level_of)
        self.table = NodeTable(sizes_by_level(problem, level_of), budget=budget, progress=progress)
        self.trees = [self._tree(group) for group in problem.groups]
        self.variable_at = {level: variable for variable, level in enumerate(level_of)}

    def _tree(self, group: ClauseGroup) -> JunctionTree:
        scopes = [[self.level_of[variable] for variable in clause.scope] for clause in group.clauses]
        return JunctionTree(self.table, clique_tree([self.level_of[d] for d in group.decisions], scopes))

    def satisfiability(self) -> tuple[Diagrams, tuple[int, ...]]:
        try:
            found = self._musts()
        except NodeBudgetExceededError as error:
            raise TooEntangledError(self._most_entangled()) from error
        diagrams, number = self.table.freeze(found)
        return diagrams, tuple(number[node] for node in found)

    def tables(self) -> Tables:
        try:
            return self._tables()
        except NodeBudgetExceededError as error:
            raise TooEntangledError(self._most_entangled()) from error

    def _tables(self) -> Tables:
        satisfiable = self._musts()
        conflict_free = [self._all_true(satisfiable[number] for number in c) for c in self.problem.clusters]
        possible = self._values()
        groups = [
            (group, tree, conflict_free[self.problem.cluster_of[group.decisions[0]]])
            for group, tree in zip(self.problem.groups, self.trees, strict=True)
        ]
        narrowing = [[self._follow(tree, c, free) for c in group.preferences] for group, tree, free in groups]
        preferred = self._values()
        for found, (group, tree, free) in zip(narrowing, groups, strict=True):
            found += [self._follow(tree, clause, free) for clause in group.defaults]
        final = self._values()
        beliefs = [[tree.belief(i) for i in range(len(tree.cliques))] for tree in self.trees]
        targets = target_functions(self.table, self.problem, final, conflict_free)
        roots = (satisfiable, conflict_free, targets)
        return self._frozen(roots, (possible, preferred, final), beliefs, narrowing)

    def _all_true(self, functions: Iterable[int]) -> int:
        return reduce(self.table.conjoin, functions, TRUE)

    def _musts(self) -> list[int]:
        for group, tree in zip(self.problem.groups, self.trees, strict=True):
            clauses = []
            for must in group.musts:
                condition = self.table.conjoin(self._all(must.when), self._all(must.given))
                clauses.append((tree.home(self._scope(must)), self.table.implies(condition, self._target(must))))
            # From the lowest levels up, so that a product grows at its top only.
            clauses.sort(key=lambda c: -min(support(self.table, [c[1]]), default=0))
            for home, clause in clauses:
                tree.multiply(home, clause)
        return [tree.possible(0, TRUE) for tree in self.trees]

    def _follow(self, tree: JunctionTree, clause: Clause, free_of_conflict: int) -> bool:
        """Follow a soft clause where it can be fulfilled, and tell whether that removes a combination."""
        table, home = self.table, tree.home(self._scope(clause))
        given, target = self._all(clause.given), self._target(clause)
        # `when` is part of the condition: it keeps the diagrams small.
        fulfilled = table.conjoin(table.conjoin(given, target), self._all(clause.when))
        followed = tree.possible(home, fulfilled)
        if followed == FALSE:
            return False
        broken = table.conjoin(table.conjoin(given, table.negate(target)), followed)
        narrows = table.intersects(tree.possible(home, broken), free_of_conflict)
        tree.multiply(home, table.negate(broken))
        return narrows

    def _values(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.problem.sizes]
        for group, tree in zip(self.problem.groups, self.trees, strict=True):
            for decision in group.decisions:
                level = self.level_of[decision]
                home = tree.home([level])
                found[decision] = [
                    tree.possible(home, self.table.literal(level, (value,)))
                    for value in range(self.problem.sizes[decision])
                ]
        return found

    def _scope(self, clause: Clause) -> list[int]:
        return [self.level_of[variable] for variable in clause.scope]

    def _all(self, literals: Iterable[Literal]) -> int:
        return self.table.all_of((self.level_of[variable], values) for variable, values in literals)

    def _target(self, clause: Clause) -> int:
        return self.table.literal(self.level_of[clause.target[0]], clause.target[1])

    def _frozen(
        self,
        roots: tuple[list[int], list[int], list[int]],
        values: tuple[list[list[int]], ...],
        beliefs: list[list[int]],
        narrowing: list[list[bool]],
    ) -> Tables:
        nested = [*roots, *beliefs, *(nodes for stage in values for nodes in stage)]
        diagrams, number = self.table.freeze(node for nodes in nested for node in nodes)

        def renumbered(some: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
            return tuple(tuple(number[node] for node in nodes) for nodes in some)

        satisfiable, conflict_free, targets = renumbered(roots)
        possible, preferred, final = (renumbered(stage) for stage in values)
        return Tables(
            self.level_of,
            diagrams,
            satisfiable,
            conflict_free,
            possible,
            preferred,
            final,
            targets,
            renumbered(beliefs),
            tuple(map(tuple, narrowing)),
        )

    def _most_entangled(self) -> list[int]:
        """The decisions of the clique with the largest factor."""
        cliques = [
            (len(reachable(self.table, [factor])), clique)
            for tree in self.trees
            for factor, clique in zip(tree.factors, tree.cliques, strict=True)
        ]
        largest = max(cliques, key=lambda entry: entry[0])[1] if cliques else frozenset[int]()
        return sorted(self.variable_at[level] for level in largest)
