"""A constraint problem with soft clauses: inputs are given from outside, decisions follow from the clauses.

Variables are numbered, and so are their values. Value 0 of an input means that it is left open, which
sets off no clause. Clauses act in this order: all musts hold; then each preference, then each default is
followed where some remaining combination of decisions fulfills it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from math import prod

Literal = tuple[int, tuple[int, ...]]
"""A variable and the values of it that make the literal true."""


@dataclass(frozen=True)
class Clause:
    """Where all `when` (inputs) and all `given` (decisions) hold, so must `target` (a decision)."""

    when: tuple[Literal, ...]
    given: tuple[Literal, ...]
    target: Literal

    @property
    def scope(self) -> tuple[int, ...]:
        """The decisions that it relates."""
        return (*(variable for variable, _ in self.given), self.target[0])

    @property
    def inputs(self) -> tuple[int, ...]:
        """The inputs that set it off."""
        return tuple(variable for variable, _ in self.when)


@dataclass(frozen=True)
class ClauseGroup:
    """Decisions that clauses relate, and these clauses; no clause reaches into another group."""

    decisions: tuple[int, ...]
    musts: tuple[Clause, ...]
    preferences: tuple[Clause, ...]
    defaults: tuple[Clause, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order in which they act."""
        return (*self.musts, *self.preferences, *self.defaults)

    @cached_property
    def inputs(self) -> frozenset[int]:
        """The inputs that some clause waits for."""
        return frozenset(variable for clause in self.clauses for variable in clause.inputs)


Target = tuple[tuple[tuple[int, int], ...], ...]
"""Decisions with a value each, as alternatives: all of one alternative are wanted together."""


@dataclass(frozen=True)
class Problem:
    """All groups; `sizes` gives the number of values of each variable, `targets` are results to look for."""

    sizes: tuple[int, ...]
    groups: tuple[ClauseGroup, ...]
    targets: tuple[Target, ...] = ()

    @cached_property
    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """The groups, by number, in clusters that share no input; the largest cluster first."""
        found: list[tuple[set[int], list[int]]] = []
        for number, group in enumerate(self.groups):
            inputs, members = set(group.inputs), [number]
            apart = []
            for other in found:
                if inputs & other[0]:
                    inputs |= other[0]
                    members = [*other[1], *members]
                else:
                    apart.append(other)
            found = [*apart, (inputs, members)]
        clusters = (tuple(sorted(members)) for _, members in found)
        return tuple(sorted(clusters, key=self._combinations, reverse=True))

    def _combinations(self, cluster: tuple[int, ...]) -> int:
        """The number of ways to choose a value for every decision."""
        return prod(self.sizes[decision] for number in cluster for decision in self.groups[number].decisions)

    @cached_property
    def cluster_of(self) -> Mapping[int, int]:
        """The cluster of each decision, by number."""
        return {
            decision: number
            for number, cluster in enumerate(self.clusters)
            for group in cluster
            for decision in self.groups[group].decisions
        }

    @cached_property
    def key(self) -> str:
        """A hash of all that a compilation depends on."""
        return blake2s(repr((self.sizes, self.groups, self.targets)).encode()).hexdigest()

    def variables(self, cluster: tuple[int, ...]) -> list[int]:
        """The variables of a cluster: the decisions of each group, then the inputs."""
        groups = [self.groups[number] for number in cluster]
        decisions = [decision for group in groups for decision in group.decisions]
        return [*decisions, *sorted(frozenset().union(*(group.inputs for group in groups)))]

    def scopes(self, cluster: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """For each clause of a cluster all variables that it relates."""
        for number in cluster:
            for clause in self.groups[number].clauses:
                yield (*clause.inputs, *clause.scope)
