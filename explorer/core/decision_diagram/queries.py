"""Queries that read decision diagrams without creating nodes: each visits every node at most once.

A query works on an immutable table or on a growing one, and keeps its notes to itself, so threads may
query one immutable table at the same time.

Reference: D. E. Knuth, "The Art of Computer Programming", volume 4A, section 7.1.4 (counting, optimal and
minimal solutions by one pass over the nodes).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from explorer.core.decision_diagram.diagram import FALSE, TRUE

Assignment = tuple[tuple[int, int], ...]
"""Levels with a value each."""

_UNREACHABLE = 1 << 60


class Nodes(Protocol):
    """What a query needs of a node table."""

    @property
    def sizes(self) -> Sequence[int]:
        """The number of values of the variable at each level."""
        ...

    @property
    def levels(self) -> Sequence[int]:
        """The level that each node tests."""
        ...

    @property
    def children(self) -> Sequence[Sequence[int]]:
        """The children of each node, one per value."""
        ...


def evaluate(nodes: Nodes, function: int, point: Sequence[int]) -> bool:
    """The function's result; `point` gives a value for each level."""
    levels, children = nodes.levels, nodes.children
    while function > TRUE:
        function = children[function][point[levels[function]]]
    return function == TRUE


def reachable(nodes: Nodes, functions: Iterable[int]) -> set[int]:
    """The inner nodes of some functions."""
    children = nodes.children
    found: set[int] = set()
    stack = list(functions)
    while stack:
        node = stack.pop()
        if node > TRUE and node not in found:
            found.add(node)
            stack.extend(children[node])
    return found


def support(nodes: Nodes, functions: Iterable[int]) -> set[int]:
    """The levels that some functions depend on."""
    return {nodes.levels[node] for node in reachable(nodes, functions)}


def support_at(nodes: Nodes, functions: Iterable[int], fixed: Mapping[int, int]) -> set[int]:
    """The levels that some functions still depend on once the variables of other levels are fixed.

    A node whose children become equal no longer tests its variable. Equality is decided bottom-up by
    numbering the restricted nodes, as reduction does (Bryant 1986).
    """
    levels, children = nodes.levels, nodes.children
    reduced: dict[int, int] = {FALSE: FALSE, TRUE: TRUE}
    unique: dict[tuple[int, tuple[int, ...]], int] = {}
    found: set[int] = set()

    def visit(node: int) -> int:
        known = reduced.get(node)
        if known is None:
            level = levels[node]
            value = fixed.get(level)
            if value is not None:
                known = visit(children[node][value])
            else:
                below = tuple([visit(child) for child in children[node]])
                if below.count(below[0]) == len(below):
                    known = below[0]
                else:
                    found.add(level)
                    known = unique.setdefault((level, below), len(unique) + 2)
            reduced[node] = known
        return known

    for function in functions:
        visit(function)
    return found


def count(nodes: Nodes, function: int, weights: Mapping[int, Sequence[int]]) -> int:
    """The number of satisfying assignments of the levels in `weights`, which must include the support.

    `weights[level][value]` says how often a value counts: 0 leaves it out.
    """
    levels, children = nodes.levels, nodes.children
    free = [1] * (len(nodes.sizes) + 1)  # assignments of all levels from one on
    for level in reversed(range(len(nodes.sizes))):
        free[level] = free[level + 1] * (sum(weights[level]) if level in weights else 1)
    memo = {FALSE: 0, TRUE: 1}

    def visit(node: int) -> int:
        total = memo.get(node)
        if total is None:
            level, total = levels[node], 0
            for weight, child in zip(weights[level], children[node], strict=True):
                if weight and child:
                    total += weight * visit(child) * (free[level + 1] // free[levels[child]])
            memo[node] = total
        return total

    return visit(function) * (free[0] // free[levels[function]])


def values_by_level(nodes: Nodes, function: int, wanted: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """For each wanted level the values that occur in satisfying assignments."""
    wanted = tuple(wanted)
    if function == FALSE:
        return dict.fromkeys(wanted, ())
    levels, children = nodes.levels, nodes.children
    occurring: dict[int, set[int]] = {level: set() for level in wanted}
    unbound = set(range(levels[function]))  # levels that some satisfying path does not test
    seen = {function}
    stack = [function]
    while stack:
        node = stack.pop()
        if node == TRUE:
            continue
        level = levels[node]
        for value, child in enumerate(children[node]):
            if child:
                if level in occurring:
                    occurring[level].add(value)
                if levels[child] > level + 1:
                    unbound.update(range(level + 1, levels[child]))
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
    return {
        level: tuple(range(nodes.sizes[level])) if level in unbound else tuple(sorted(values))
        for level, values in occurring.items()
    }


@dataclass(frozen=True)
class NearestSolutions:
    """The solutions that differ from a point in the fewest levels.

    `size` levels differ in each of `total` solutions; `changes` lists up to the requested number of them.
    """

    size: int
    total: int
    changes: tuple[Assignment, ...]


def nearest(nodes: Nodes, function: int, point: Sequence[int], most: int) -> NearestSolutions | None:
    """The solutions nearest to a point in Hamming distance: a shortest path; None where there is none."""
    levels, children = nodes.levels, nodes.children
    memo: dict[int, tuple[int, int]] = {FALSE: (_UNREACHABLE, 0), TRUE: (0, 1)}

    def visit(node: int) -> tuple[int, int]:
        known = memo.get(node)
        if known is None:
            stay, best, ways = point[levels[node]], _UNREACHABLE, 0
            for value, child in enumerate(children[node]):
                if child:
                    size, total = visit(child)
                    size += value != stay
                    if size < best:
                        best, ways = size, total
                    elif size == best:
                        ways += total
            known = memo[node] = (best, ways)
        return known

    def paths(node: int) -> Iterator[Assignment]:
        if node == TRUE:
            yield ()
            return
        level, size = levels[node], memo[node][0]
        for value, child in enumerate(children[node]):
            differs = value != point[level]
            if child and memo[child][0] + differs == size:
                for rest in paths(child):
                    yield ((level, value), *rest) if differs else rest

    size, total = visit(function)
    if size >= _UNREACHABLE:
        return None
    return NearestSolutions(size, total, tuple(islice(paths(function), most)))


class TooManySolutionsError(Exception):
    """There are more minimal solutions than a caller can use."""


def minimal_solutions(
    nodes: Nodes, function: int, most: int, allowed: Mapping[int, int] | None = None, *, negated: bool = False
) -> tuple[frozenset[tuple[int, int]], ...]:
    """The minimal satisfying sets of a monotone function, which stays true when more levels are set.

    Value 0 means unset. With `allowed`, only these values may be set: one for each level. With `negated` it is
    the negation of the function that is monotone and meant. TooManySolutionsError when some node has more than
    `most` of them.
    """
    levels, children = nodes.levels, nodes.children
    memo: dict[int, tuple[frozenset[tuple[int, int]], ...]] = {int(negated): (), int(not negated): (frozenset(),)}

    def visit(node: int) -> tuple[frozenset[tuple[int, int]], ...]:
        known = memo.get(node)
        if known is None:
            level = levels[node]
            unset = visit(children[node][0])
            found = list(unset)
            for value in _settable(len(children[node]), level, allowed):
                for rest in visit(children[node][value]):
                    if not any(other <= rest for other in unset):
                        found.append(rest | {(level, value)})
            if len(found) > most:
                raise TooManySolutionsError
            known = memo[node] = tuple(found)
        return known

    return visit(function)


def _settable(size: int, level: int, allowed: Mapping[int, int] | None) -> Iterable[int]:
    if allowed is None:
        return range(1, size)
    return (allowed[level],) if level in allowed else ()
