"""Serializes compiled tables as JSON with a key and a checksum; loading checks all that queries rely on.

The data may come from a writable cache folder. So nothing in it is executed, and damaged, foreign or invalid
data is refused with UnusableTablesError.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2s
from itertools import chain
from typing import Any, cast

from explorer.core.decision_diagram.compiler import Tables, sizes_by_level
from explorer.core.decision_diagram.diagram import FALSE, TRUE, Diagrams
from explorer.core.decision_diagram.problem import Problem

FORMAT = 1
"""The number of the format; a change to the compiler's results needs a new one as well."""

_FIELDS = ("level_of", "levels", "children", "satisfiable", "possible", "preferred", "final", "beliefs")


class UnusableTablesError(ValueError):
    """The data are not the compiled tables of this problem."""


def encode(tables: Tables, key: str) -> bytes:
    """The tables as bytes; `key` names what they were compiled from and by which version."""
    diagrams = tables.diagrams
    content = {
        "level_of": tables.level_of,
        "levels": diagrams.levels[TRUE + 1 :],
        "children": list(chain.from_iterable(diagrams.children)),
        "satisfiable": tables.satisfiable,
        "possible": tables.possible,
        "preferred": tables.preferred,
        "final": tables.final,
        "beliefs": tables.beliefs,
        "narrowing": [[int(narrows) for narrows in group] for group in tables.narrowing],
    }
    payload = json.dumps(content, separators=(",", ":")).encode()
    return _header(key, payload) + payload


def decode(data: bytes, key: str, problem: Problem) -> Tables:
    """The tables that `encode` wrote under the same key; UnusableTablesError for anything else."""
    header, separator, payload = data.partition(b"\n")
    if header + separator != _header(key, payload):
        raise UnusableTablesError("another key, version or checksum")
    try:
        return _tables(json.loads(payload), problem)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise UnusableTablesError(str(error)) from error


def _header(key: str, payload: bytes) -> bytes:
    return f"berth-tables {FORMAT} {key} {blake2s(payload).hexdigest()}\n".encode()


def _tables(content: dict[str, Any], problem: Problem) -> Tables:
    for field in _FIELDS[:4]:
        _expect(all(type(number) is int for number in content[field]))
    level_of = tuple(content["level_of"])
    _expect(sorted(level_of) == list(range(len(problem.sizes))))
    diagrams = _diagrams(sizes_by_level(problem, level_of), content["levels"], content["children"])
    decisions = {decision for group in problem.groups for decision in group.decisions}
    value_counts = [size if v in decisions else 0 for v, size in enumerate(problem.sizes)]
    nodes = len(diagrams.levels)
    _expect(len(content["satisfiable"]) == len(content["beliefs"]) == len(problem.groups))
    for roots in (content["satisfiable"], *content["beliefs"]):
        _expect(all(type(root) is int and FALSE <= root < nodes for root in roots))
    for field in ("possible", "preferred", "final"):
        _expect([len(roots) for roots in content[field]] == value_counts)
        _expect(all(type(n) is int and FALSE <= n < nodes for roots in content[field] for n in roots))
    soft = [len(group.preferences) + len(group.defaults) for group in problem.groups]
    _expect([len(group) for group in content["narrowing"]] == soft)
    return Tables(
        level_of,
        diagrams,
        tuple(content["satisfiable"]),
        _tuples(content["possible"]),
        _tuples(content["preferred"]),
        _tuples(content["final"]),
        _tuples(content["beliefs"]),
        tuple(tuple(map(bool, group)) for group in content["narrowing"]),
    )


def _diagrams(sizes: tuple[int, ...], levels: Sequence[int], children: Sequence[int]) -> Diagrams:
    """The node table, with every invariant of it checked: order of levels, number and order of children."""
    top = len(sizes)
    all_levels = [top, top]
    below: list[tuple[int, ...]] = [(), ()]
    start = 0
    for level in levels:
        _expect(0 <= level < top)
        mine = tuple(children[start : start + sizes[level]])
        start += sizes[level]
        _expect(len(mine) == sizes[level])
        _expect(min(mine) >= FALSE and max(mine) < len(below))
        _expect(min([all_levels[child] for child in mine]) > level)
        all_levels.append(level)
        below.append(mine)
    _expect(start == len(children))
    return Diagrams(sizes, tuple(all_levels), tuple(below))


def _tuples(groups: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return cast("tuple[tuple[int, ...], ...]", tuple(map(tuple, groups)))


def _expect(condition: bool) -> None:
    if not condition:
        raise UnusableTablesError("an invariant does not hold")
