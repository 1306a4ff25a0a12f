"""Random constraint problems, and their solution by trying every combination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from explorer.core.decision_diagram.problem import Clause, ClauseGroup, Literal, Problem, Target

Row = dict[int, int]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """One or two groups of decisions over some inputs, with clauses of every kind."""
    groups = draw(st.integers(1, 2))
    decisions = [draw(st.integers(1, 3)) for _ in range(groups)]
    inputs = draw(st.integers(1, 3))
    sizes = [draw(st.integers(2, 3)) for _ in range(sum(decisions) + inputs)]
    numbers = iter(range(len(sizes)))
    members = [tuple(next(numbers) for _ in range(count)) for count in decisions]
    asked = tuple(numbers)
    found = [ClauseGroup(mine, *(tuple(draw(_clauses(sizes, mine, asked))) for _ in range(3))) for mine in members]
    used = sorted({variable for group in found for variable in group.inputs})
    place = {variable: sum(decisions) + index for index, variable in enumerate(used)}
    return Problem(
        (*sizes[: sum(decisions)], *(sizes[variable] for variable in used)),
        tuple(
            ClauseGroup(
                group.decisions,
                *(
                    tuple(Clause(tuple((place[v], values) for v, values in c.when), c.given, c.target) for c in clauses)
                    for clauses in (group.musts, group.preferences, group.defaults)
                ),
            )
            for group in found
        ),
        tuple(draw(st.lists(_targets(sizes, sum(decisions)), max_size=3))),
    )


def _targets(sizes: Sequence[int], decisions: int) -> st.SearchStrategy[Target]:
    pair = st.integers(0, decisions - 1).flatmap(lambda d: st.tuples(st.just(d), st.integers(0, sizes[d] - 1)))
    alternative = st.lists(pair, min_size=1, max_size=2, unique_by=lambda p: p[0]).map(tuple)
    return st.lists(alternative, min_size=1, max_size=2).map(tuple)


def _clauses(sizes: Sequence[int], mine: Sequence[int], asked: Sequence[int]) -> st.SearchStrategy[list[Clause]]:
    when = st.lists(st.sampled_from(asked), max_size=2, unique=True).flatmap(
        lambda some: st.tuples(*(_literal(sizes, v, first=1) for v in sorted(some)))
    )
    given = st.lists(st.sampled_from(mine), max_size=2, unique=True).flatmap(
        lambda some: st.tuples(*(_literal(sizes, v) for v in sorted(some)))
    )
    target = st.sampled_from(mine).flatmap(lambda v: _literal(sizes, v))
    return st.lists(st.builds(Clause, when, given, target), max_size=3)


def _literal(sizes: Sequence[int], variable: int, first: int = 0) -> st.SearchStrategy[Literal]:
    values = st.sets(st.integers(first, sizes[variable] - 1), min_size=1)
    return values.map(lambda some: (variable, tuple(sorted(some))))


# ---------------------------------------------------------------- by trying everything


@dataclass(frozen=True)
class Rows:
    """The combinations that one group leaves after each stage, and the soft clauses that removed some."""

    possible: list[Row]
    preferred: list[Row]
    final: list[Row]
    narrowed: list[bool]


def points(problem: Problem) -> Iterator[Row]:
    """Every combination of inputs."""
    inputs = sorted({variable for group in problem.groups for variable in group.inputs})
    for values in product(*(range(problem.sizes[variable]) for variable in inputs)):
        yield dict(zip(inputs, values, strict=True))


def solve_by_hand(problem: Problem, group: ClauseGroup, point: Row) -> Rows:
    """What a group leaves for one combination of inputs."""
    domains = (range(problem.sizes[decision]) for decision in group.decisions)
    rows = [dict(zip(group.decisions, values, strict=True)) for values in product(*domains)]
    for clause in group.musts:
        if _all(clause.when, point):
            rows = [row for row in rows if not _all(clause.given, row) or _all([clause.target], row)]
    possible, narrowed = rows, []
    stages = []
    for clauses in (group.preferences, group.defaults):
        for clause in clauses:
            before = rows
            if _all(clause.when, point):
                applying = [row for row in rows if _all(clause.given, row)]
                if any(_all([clause.target], row) for row in applying):
                    rows = [row for row in rows if row not in applying or _all([clause.target], row)]
            narrowed.append(rows != before)
        stages.append(rows)
    return Rows(possible, stages[0], stages[1], narrowed)


def _all(literals: Iterable[Literal], values: Row) -> bool:
    return all(values[variable] in wanted for variable, wanted in literals)
