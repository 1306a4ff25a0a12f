"""Compiled tables as bytes: loading gives what was compiled, and anything else is refused."""

import json
from hashlib import blake2s

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.decision_diagram.codec import UnusableTablesError, decode, encode
from explorer.core.decision_diagram.compiler import compile_tables, variable_levels
from explorer.core.decision_diagram.problem import Clause, ClauseGroup, Problem
from tests.core.decision_diagram.problems import problems

SMALL = Problem(
    (2, 3, 3),
    (
        ClauseGroup(
            (0, 1),
            (Clause(((2, (1,)),), ((0, (0,)),), (1, (1, 2))),),
            (Clause((), (), (0, (1,))),),
            (Clause((), (), (1, (0,))),),
        ),
    ),
)


def _compiled(problem):
    return compile_tables(problem, variable_levels(problem))


def _content(tables):
    return (
        *(tables.level_of, tables.satisfiable, tables.conflict_free, tables.targets),
        *(tables.possible, tables.preferred, tables.final, tables.beliefs, tables.narrowing),
        *(tables.diagrams.sizes, tables.diagrams.levels, tables.diagrams.children),
    )


@given(problems())
def test_loading_equals_compiling(problem):
    tables = _compiled(problem)
    assert _content(decode(encode(tables, "key"), "key", problem)) == _content(tables)


def test_another_key_is_refused():
    data = encode(_compiled(SMALL), "1.0")
    with pytest.raises(UnusableTablesError):
        decode(data, "1.1", SMALL)


@given(st.data())
def test_damaged_data_is_refused(data):
    whole = encode(_compiled(SMALL), "key")
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != whole[place]))
    damaged = whole[:place] + bytes([byte]) + whole[place + 1 :]
    for broken in (damaged, whole[:place], whole + b" "):
        with pytest.raises(UnusableTablesError):
            decode(broken, "key", SMALL)


def _forged(change):
    """Valid bytes with a correct checksum whose content was changed."""
    header, _, payload = encode(_compiled(SMALL), "key").partition(b"\n")
    content = json.loads(payload)
    change(content)
    payload = json.dumps(content, separators=(",", ":")).encode()
    start = header.rpartition(b" ")[0]
    return start + b" " + blake2s(payload).hexdigest().encode() + b"\n" + payload


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["children"].__setitem__(0, 99),
        lambda c: c["children"].__setitem__(0, -1),
        lambda c: c["children"].__setitem__(0, "0"),
        lambda c: c["children"].__setitem__(0, 0.5),
        lambda c: c["children"].append(0),
        lambda c: c["children"].pop(),
        lambda c: c["levels"].__setitem__(0, 3),
        lambda c: c["levels"].__setitem__(-1, 2),
        lambda c: c.pop("levels"),
        lambda c: c["level_of"].__setitem__(0, c["level_of"][1]),
        lambda c: c["satisfiable"].__setitem__(0, 10_000),
        lambda c: c["satisfiable"].append(1),
        lambda c: c["beliefs"][0].__setitem__(0, True),
        lambda c: c["final"][0].pop(),
        lambda c: c["final"][0].__setitem__(0, None),
        lambda c: c["narrowing"][0].pop(),
        lambda c: c.__setitem__("possible", 7),
    ],
)
def test_invalid_content_is_refused_even_with_a_correct_checksum(change):
    with pytest.raises(UnusableTablesError):
        decode(_forged(change), "key", SMALL)


@given(st.binary(max_size=60))
def test_foreign_bytes_are_refused(data):
    with pytest.raises(UnusableTablesError):
        decode(data, "key", SMALL)
