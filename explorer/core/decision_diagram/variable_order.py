"""Variable order for decision diagrams by the FORCE heuristic: related variables get neighboring levels.

Each step moves every variable to the mean center of gravity of the constraints that it occurs in. The result
depends on the start, so several seeded random starts are tried and the order of least total span is taken.

Reference: F. A. Aloul, I. L. Markov and K. A. Sakallah, "FORCE: A Fast and Easy-To-Implement
Variable-Ordering Heuristic", Great Lakes Symposium on VLSI, 2003.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence

RANDOM_STARTS = 20
_MAX_STEPS = 40
_MAX_STALE_STEPS = 4


def force_order(variables: Sequence[int], scopes: Iterable[Collection[int]], seed: int = 0) -> list[int]:
    """An order of the variables that keeps the span of each scope small; the same in every run."""
    edges = [tuple(dict.fromkeys(scope)) for scope in scopes if len(set(scope)) > 1]
    chance = random.Random(seed)
    starts = [list(variables)]
    starts += [chance.sample(list(variables), len(variables)) for _ in range(RANDOM_STARTS)]
    return min((_settled(start, edges) for start in starts), key=lambda found: found[0])[1]


def total_span(order: Sequence[int], scopes: Iterable[Collection[int]]) -> int:
    """How far apart the variables of each scope are, summed over the scopes."""
    place = {variable: index for index, variable in enumerate(order)}
    return sum(max(places) - min(places) for places in ([place[v] for v in scope] for scope in scopes) if places)


def _settled(order: list[int], edges: Sequence[tuple[int, ...]]) -> tuple[int, list[int]]:
    """The best order on the way from a start, with its total span."""
    incident: dict[int, list[int]] = {variable: [] for variable in order}
    for number, edge in enumerate(edges):
        for variable in edge:
            incident[variable].append(number)
    best, stale = (total_span(order, edges), order), 0
    for _ in range(_MAX_STEPS):
        place = {variable: index for index, variable in enumerate(order)}
        center = [sum([place[v] for v in edge]) / len(edge) for edge in edges]
        pull = {v: sum([center[e] for e in mine]) / len(mine) if mine else place[v] for v, mine in incident.items()}
        order = sorted(order, key=pull.__getitem__)
        span = total_span(order, edges)
        if span < best[0]:
            best, stale = (span, order), 0
        else:
            stale += 1
            if stale > _MAX_STALE_STEPS:
                break
    return best
