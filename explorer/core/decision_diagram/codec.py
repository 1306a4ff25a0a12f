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

_FLAT = ("level_of", "levels", "children")
_ROOTS = ("satisfiable", "conflict_free", "targets")
_VALUES = ("possible", "preferred", "final")


class UnusableTablesError(ValueError):
    """The data are not the compiled tables of this problem."""


def encode(tables: Tables, key: str) -> bytes:
    """The tables as bytes; `key` names what they were compiled from and by which version."""
    diagrams = tables.diagrams
    content = {
        "level_of": tables.level_of,
        "levels": diagrams.levels[TRUE + 1 :],
        "children": list(chain.from_iterable(diagrams.children)),
        **{field: getattr(tables, field) for field in (*_ROOTS, *_VALUES, "beliefs")},
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
    for field in _FLAT:
        _expect(all(type(number) is int for number in content[field]))
    level_of = tuple(content["level_of"])
    _expect(sorted(level_of) == list(range(len(problem.sizes))))
    diagrams = _diagrams(sizes_by_level(problem, level_of), content["levels"], content["children"])
    decisions = {decision for group in problem.groups for decision in group.decisions}
    value_counts = [size if v in decisions else 0 for v, size in enumerate(problem.sizes)]
    root_counts = [len(problem.groups), len(problem.clusters), len(problem.targets)]
    soft = [len(group.preferences) + len(group.defaults) for group in problem.groups]
    _expect([len(content[field]) for field in _ROOTS] == root_counts)
    _expect(all([len(roots) for roots in content[field]] == value_counts for field in _VALUES))
    _expect(len(content["beliefs"]) == len(problem.groups))
    _expect([len(group) for group in content["narrowing"]] == soft)
    nested = [*(content[f] for f in _ROOTS), *(n for f in (*_VALUES, "beliefs") for n in content[f])]
    nodes = len(diagrams.levels)
    _expect(all(type(node) is int and FALSE <= node < nodes for roots in nested for node in roots))
    return Tables(
        level_of,
        diagrams,
        satisfiable=tuple(content["satisfiable"]),
        conflict_free=tuple(content["conflict_free"]),
        possible=_tuples(content["possible"]),
        preferred=_tuples(content["preferred"]),
        final=_tuples(content["final"]),
        targets=tuple(content["targets"]),
        beliefs=_tuples(content["beliefs"]),
        narrowing=tuple(tuple(map(bool, group)) for group in content["narrowing"]),
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
