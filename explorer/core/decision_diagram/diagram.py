"""Reduced ordered multi-valued decision diagrams (MDD): a table of shared nodes and operations on them.

A node tests one variable and has one child per value; variables are tested in the order of their levels.
Nodes are unique, so two functions are equal exactly when their node numbers are equal. Node 0 is the
constant false, node 1 the constant true.

References: R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions on
Computers C-35(8), 1986 (unique table, apply, restrict); A. Srinivasan, T. Kam, S. Malik and R. K. Brayton,
"Algorithms for Discrete Function Manipulation", ICCAD 1990 (multi-valued nodes).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

FALSE = 0
TRUE = 1

DEFAULT_BUDGET = 600_000
"""Nodes that one compilation may create, about 10 seconds and 400 MB; the same result on every machine."""

_TICK = 4_096

NodeKey = tuple[int, tuple[int, ...]]
Progress = Callable[[int], None]
"""Called now and then with the number of nodes created so far. It cancels the operation by raising."""


class NodeBudgetExceededError(Exception):
    """An operation needs more nodes than the table may create."""


@dataclass(frozen=True, eq=False)
class Diagrams:
    """An immutable node table: `levels[n]` and `children[n]` describe node n; children have smaller numbers.

    `sizes` gives the number of values of the variable at each level. Threads may share it without a lock.
    """

    sizes: tuple[int, ...]
    levels: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]

    @cached_property
    def unique(self) -> Mapping[NodeKey, int]:
        """The number of each inner node by its level and children."""
        nodes = zip(self.levels, self.children, strict=True)
        return {key: number for number, key in enumerate(nodes) if number > TRUE}


class NodeTable:
    """A growing node table for one thread, optionally on top of immutable nodes that keep their numbers.

    `budget` limits the nodes that it creates; NodeBudgetExceededError when an operation needs more.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        base: Diagrams | None = None,
        budget: int = DEFAULT_BUDGET,
        progress: Progress | None = None,
    ) -> None:
        self.sizes = tuple(sizes)
        top = len(self.sizes)
        self.levels: list[int] = list(base.levels) if base else [top, top]
        self.children: list[tuple[int, ...]] = list(base.children) if base else [(), ()]
        self._shared: Mapping[NodeKey, int] = base.unique if base else {}
        self._unique: dict[NodeKey, int] = {}
        self._and: dict[tuple[int, int], int] = {}
        self._or: dict[tuple[int, int], int] = {}
        self._not: dict[int, int] = {}
        self._inherited = len(self.levels)
        self._budget, self._progress = budget, progress
        self._check_at = self._inherited + min(_TICK, budget)
        # An operation recurses once per level, with two frames each.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 4 * top + 1_000))

    @property
    def created(self) -> int:
        """The number of nodes created in this table."""
        return len(self.levels) - self._inherited

    def make(self, level: int, children: tuple[int, ...]) -> int:
        """The node of a level with these children; a test whose children are all equal is left out."""
        first = children[0]
        for child in children:
            if child != first:
                break
        else:
            return first
        key = (level, children)
        node = self._unique.get(key)
        if node is None:
            node = self._shared.get(key)
            if node is None:
                node = len(self.levels)
                if node >= self._check_at:
                    self._check()
                self._unique[key] = node
                self.levels.append(level)
                self.children.append(children)
        return node

    def _check(self) -> None:
        if self.created >= self._budget:
            raise NodeBudgetExceededError
        self._check_at = self._inherited + min(self.created + _TICK, self._budget)
        if self._progress is not None:
            self._progress(self.created)

    def literal(self, level: int, values: Collection[int]) -> int:
        """The function that is true where the variable has one of some values."""
        return self.make(level, tuple([TRUE if v in values else FALSE for v in range(self.sizes[level])]))

    def all_of(self, literals: Iterable[tuple[int, Collection[int]]]) -> int:
        """The conjunction of literals, each a level and its values."""
        found = TRUE
        for level, values in sorted(literals, key=lambda literal: -literal[0]):
            found = self.conjoin(self.literal(level, values), found)
        return found

    def conjoin(self, a: int, b: int) -> int:
        """Where both functions are true."""
        if a > b:
            a, b = b, a
        if a <= TRUE:
            return b if a else FALSE
        if a == b:
            return a
        key = (a, b)
        found = self._and.get(key)
        if found is None:
            found = self._and[key] = self._apply(self.conjoin, a, b)
        return found

    def disjoin(self, a: int, b: int) -> int:
        """Where either function is true."""
        if a > b:
            a, b = b, a
        if a <= TRUE:
            return TRUE if a else b
        if a == b:
            return a
        key = (a, b)
        found = self._or.get(key)
        if found is None:
            found = self._or[key] = self._apply(self.disjoin, a, b)
        return found

    def _apply(self, operation: Callable[[int, int], int], a: int, b: int) -> int:
        """A binary operation child by child, at the upper of the two levels."""
        level_a, level_b = self.levels[a], self.levels[b]
        if level_a == level_b:
            pairs = zip(self.children[a], self.children[b], strict=True)
            return self.make(level_a, tuple([operation(x, y) for x, y in pairs]))
        if level_a < level_b:
            return self.make(level_a, tuple([operation(x, b) for x in self.children[a]]))
        return self.make(level_b, tuple([operation(a, y) for y in self.children[b]]))

    def negate(self, a: int) -> int:
        """Where the function is false."""
        if a <= TRUE:
            return TRUE - a
        found = self._not.get(a)
        if found is None:
            found = self.make(self.levels[a], tuple([self.negate(child) for child in self.children[a]]))
            self._not[a], self._not[found] = found, a
        return found

    def implies(self, a: int, b: int) -> int:
        """Where the first function is false or the second true."""
        return self.disjoin(self.negate(a), b)

    def difference(self, a: int, b: int) -> int:
        """Where the first function is true and the second false."""
        return self.conjoin(a, self.negate(b))

    def any_of(self, functions: Iterable[int]) -> int:
        """Where some of the functions is true."""
        found = FALSE
        for function in functions:
            found = self.disjoin(found, function)
        return found

    def exists(self, a: int, eliminated: Sequence[bool]) -> int:
        """Existential quantification over the levels that are marked as eliminated."""
        return self.exists_both(a, TRUE, eliminated)

    def exists_both(self, a: int, b: int, eliminated: Sequence[bool]) -> int:
        """The relational product: a conjunction quantified without being built first."""
        memo: dict[tuple[int, int], int] = {}
        levels, children = self.levels, self.children
        disjoin, make, sizes = self.disjoin, self.make, self.sizes

        def visit(x: int, y: int) -> int:
            if x > y:
                x, y = y, x
            if x == FALSE:
                return FALSE
            if y == TRUE:
                return TRUE
            key = (x, y)
            found = memo.get(key)
            if found is None:
                level_x, level_y = levels[x], levels[y]
                level = min(level_x, level_y)
                xs = children[x] if level_x == level else (x,) * sizes[level]
                ys = children[y] if level_y == level else (y,) * sizes[level]
                if eliminated[level]:
                    found = FALSE
                    for i, j in zip(xs, ys, strict=True):
                        found = disjoin(found, visit(i, j))
                        if found == TRUE:
                            break
                else:
                    found = make(level, tuple([visit(i, j) for i, j in zip(xs, ys, strict=True)]))
                memo[key] = found
            return found

        return visit(a, b)

    def restrict(self, a: int, fixed: Mapping[int, int], memo: dict[int, int] | None = None) -> int:
        """The function with the variables of some levels fixed to a value.

        Calls with the same values may share a `memo`.
        """
        levels, children, make = self.levels, self.children, self.make
        known = {} if memo is None else memo

        def visit(node: int) -> int:
            if node <= TRUE:
                return node
            found = known.get(node)
            if found is None:
                level = levels[node]
                value = fixed.get(level)
                if value is None:
                    found = make(level, tuple([visit(child) for child in children[node]]))
                else:
                    found = visit(children[node][value])
                known[node] = found
            return found

        return visit(a)

    def intersects(self, a: int, b: int) -> bool:
        """Whether both functions are true somewhere; creates no nodes."""
        if a > b:
            a, b = b, a
        if a <= TRUE or a == b:
            return a != FALSE
        levels, children = self.levels, self.children
        visited: set[tuple[int, int]] = {(a, b)}
        stack = [(a, b)]
        while stack:
            x, y = stack.pop()
            level_x, level_y = levels[x], levels[y]
            if level_x == level_y:
                pairs = zip(children[x], children[y], strict=True)
            elif level_x < level_y:
                pairs = zip(children[x], repeat(y))
            else:
                pairs = zip(repeat(x), children[y])
            for pair in pairs:
                if FALSE in pair or pair in visited:
                    continue
                if TRUE in pair or pair[0] == pair[1]:
                    return True
                visited.add(pair)
                stack.append(pair)
        return False

    def freeze(self, roots: Iterable[int]) -> tuple[Diagrams, dict[int, int]]:
        """The nodes that some roots need as an immutable table, and the new number of each of them."""
        number = {FALSE: FALSE, TRUE: TRUE}
        levels = [len(self.sizes)] * 2
        children: list[tuple[int, ...]] = [(), ()]
        for root in roots:
            stack = [root]
            while stack:
                node = stack[-1]
                missing = [child for child in self.children[node] if child not in number]
                if missing:
                    stack.extend(missing)
                    continue
                stack.pop()
                if node not in number:
                    number[node] = len(levels)
                    levels.append(self.levels[node])
                    children.append(tuple(number[child] for child in self.children[node]))
        return Diagrams(self.sizes, tuple(levels), tuple(children)), number


def is_same_function(one: NodeTable, a: int, other: NodeTable, b: int) -> bool:
    """Whether node `a` of one table and node `b` of another with the same levels are the same function.

    Both tables are reduced and ordered, so the diagrams of equal functions are isomorphic (Bryant 1986).
    """
    matched: dict[int, int] = {}

    def same(x: int, y: int) -> bool:
        if x <= TRUE or y <= TRUE:
            return x == y
        if x not in matched:
            if one.levels[x] != other.levels[y] or not all(map(same, one.children[x], other.children[y])):
                return False
            matched[x] = y
        return matched[x] == y

    return same(a, b)
