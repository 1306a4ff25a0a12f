"""Lookup tables: their size on the shipped packs, and what still works when the rules are too entangled."""

from dataclasses import replace

import pytest

from explorer.core.decision_map.map import DecisionMapBuilder
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.search.information_gain import count_outcomes
from explorer.core.search.relevance import irrelevant_questions, relevant_questions
from explorer.core.search.what_if_matrix import matrix
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from explorer.core.solver.lazy_tables import LazyTables
from explorer.core.solver.lookup import LookAheadError
from explorer.core.verification.proof import verify
from explorer.storage.packs.catalog import shipped_packs
from explorer.storage.packs.loader import load_pack
from tests.core.packs import compile_toy, make_answers
from tests.core.search.answer_sets import random_answer_sets

NODES = {"aws-containers": 990, "aws-messaging": 1_060}
"""The nodes of the tables today. The variable order moves the size by a factor of 2 to 3: a jump is a regression."""


@pytest.mark.parametrize("info", shipped_packs(), ids=lambda info: info.id)
def test_the_tables_of_the_shipped_packs_stay_small(info):
    tables = compile_pack(load_pack(info.folder)).lookup_tables().tables
    assert len(tables.diagrams.levels) < 2 * NODES[info.id]


@pytest.fixture
def entangled(pack):
    """The shipped pack with a node budget that is too small for its tables."""
    compiled = compile_pack(pack)
    return replace(compiled, lazy_tables=LazyTables(pack, compiled.lazy_tables.rules, budget=200))


def test_entangled_rules_are_reported_with_the_parts_that_contribute_the_most(entangled, pack):
    with pytest.raises(LookAheadError) as refused:
        entangled.lookup_tables()
    assert any(part.label in str(refused.value) for part in pack.parts())


def test_entangled_rules_are_decided_and_explained_all_the_same(entangled, space, pack):
    for answers in random_answer_sets(pack, 8):
        assert decide(entangled, answers) == decide(space, answers)
        assert matrix(entangled, answers) == matrix(space, answers)
        assert count_outcomes(entangled, answers) == count_outcomes(space, answers)


def test_entangled_rules_have_no_look_ahead(entangled, pack):
    outcome = decide(entangled, {})
    assert counterfactuals(entangled, {}) == {}
    assert irrelevant_questions(entangled, outcome) == ()
    assert relevant_questions(entangled, {}) == {question.id for question in pack.questions}
    with pytest.raises(LookAheadError):
        DecisionMapBuilder(entangled)
    with pytest.raises(LookAheadError):
        verify(entangled)


def test_no_question_is_irrelevant_before_the_tables_are_compiled():
    compiled = compile_toy("""
        size ? small | large
        speed ? slow | fast
        engine = steam | diesel
        must grand: size=large => engine=steam
        prefer quick: speed=fast => engine=diesel
    """)
    outcome = decide(compiled, make_answers(size="large"))
    assert irrelevant_questions(compiled, outcome, wait=False) == ()
    assert [entry.question for entry in irrelevant_questions(compiled, outcome)] == ["speed"]
    assert [entry.question for entry in irrelevant_questions(compiled, outcome, wait=False)] == ["speed"]


class CancelledError(Exception):
    pass


def test_a_cancelled_compilation_can_be_repeated(pack):
    def cancel(_created):
        raise CancelledError

    compiled = compile_pack(pack)
    with pytest.raises(CancelledError):
        compiled.lookup_tables(cancel)
    assert not compiled.lazy_tables.ready
    assert compiled.lookup_tables().tables.satisfiable
