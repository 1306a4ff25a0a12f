"""Solving, compared with trying every combination of values; and one pack shared by several threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.decision_diagram.diagram import NodeTable
from explorer.core.model.pack import Pack
from explorer.core.search.counterfactuals import counterfactuals
from explorer.core.search.relevance import relevant_questions
from explorer.core.search.what_if_matrix import matrix
from explorer.core.solver import constraints
from explorer.core.solver.constraints import SubproblemTooLargeError, compile_pack, solve
from explorer.core.solver.decide import decide
from tests.core.packs import (
    active_must_rules,
    brute_force_values,
    combinations_in,
    compile_toy,
    legal_combinations,
    make_answers,
    packs_with_answers,
    toy_pack,
)
from tests.core.search.answer_sets import random_answer_sets


def _possible(pack: Pack, answers, stage="must", defaults=True):
    """The values of each part after a stage; None where a subproblem has no combination left."""
    compiled = compile_pack(pack)
    found: dict[str, set[str]] = {}
    for subproblem in compiled.subproblems:
        left = getattr(solve(compiled, subproblem, answers, defaults=defaults), stage)
        if not left:
            return None
        found |= {part.id: set(left.values(part)) for part in subproblem.parts}
    return found


def test_parts_that_no_rule_relates_are_subproblems_of_their_own():
    compiled = compile_toy("""
        a = x | y
        b = x | y
        c = x | y
        must tie: a=x => b=y
    """)
    assert [[part.id for part in subproblem.parts] for subproblem in compiled.subproblems] == [["a", "b"], ["c"]]


def test_a_subproblem_has_the_questions_that_its_rules_wait_for():
    compiled = compile_toy("""
        size ? small | large
        speed ? slow | fast
        a = x | y
        b = x | y
        must m: size=small => a=x
        must n: speed=fast => b=x
    """)
    assert [subproblem.questions for subproblem in compiled.subproblems] == [("size",), ("speed",)]


def test_a_preference_is_followed_only_where_some_combination_fulfills_it():
    compiled = compile_toy("""
        size ? small | large
        a = x | y | z
        must m: size=small => a!=x
        prefer first: size=small|large => a=x
        prefer second: size=small|large => a=y
    """)
    (subproblem,) = compiled.subproblems
    small, large = (solve(compiled, subproblem, make_answers(size=size)).preferred for size in ("small", "large"))
    assert small.values(subproblem.parts[0]) == ("y",)
    assert large.values(subproblem.parts[0]) == ("x",)


def test_a_preference_that_the_musts_make_impossible_is_overruled():
    compiled = compile_toy("""
        size ? small | large
        a = x | y
        must m: size=small => a=y
        prefer wish: size=small|large => a=x
    """)
    (subproblem,) = compiled.subproblems
    small = solve(compiled, subproblem, make_answers(size="small"))
    assert [effect.rule.id for effect in small.overruled] == ["wish"]
    assert not solve(compiled, subproblem, make_answers(size="large")).overruled


def test_rules_beyond_the_node_budget_name_the_parts(monkeypatch):
    monkeypatch.setattr(
        constraints, "NodeTable", lambda sizes, base=None: NodeTable(sizes, base, budget=2 if base else 99)
    )
    compiled = compile_toy("""
        size ? small | large
        a = x | y | z
        b = x | y | z
        c = x | y | z
        must m: size=small, a=x => b=y
        must n: size=small, b=y => c=z
        must o: size=small, c=z => a=y
    """)
    with pytest.raises(SubproblemTooLargeError) as refused:
        decide(compiled, make_answers(size="small"))
    assert "a, b, c" in str(refused.value)


@over(packs_with_answers())
def test_the_combinations_left_are_exactly_the_legal_ones(both):
    pack, answers = both
    compiled = compile_pack(pack)
    satisfying = legal_combinations(pack, active_must_rules(pack, answers))
    left = [solve(compiled, subproblem, answers).must for subproblem in compiled.subproblems]
    if not satisfying:
        assert not all(left)
        return
    for solutions in left:
        names = [part.id for part in solutions.subproblem.parts]
        found = [tuple(combination.values()) for combination in combinations_in(solutions)]
        assert set(found) == {tuple(values[name] for name in names) for values in satisfying}
        assert solutions.count() == len(found)


@over(packs_with_answers())
def test_values_left_are_exactly_those_of_all_satisfying_combinations(both):
    pack, answers = both
    satisfying = legal_combinations(pack, active_must_rules(pack, answers))
    expected = {part.id: {values[part.id] for values in satisfying} for part in pack.parts()}
    assert _possible(pack, answers) == (expected if satisfying else None)


@over(packs_with_answers())
def test_preferences_and_defaults_choose_as_when_followed_one_by_one_by_hand(both):
    pack, answers = both
    assert _possible(pack, answers, "final") == brute_force_values(pack, answers)


@over(packs_with_answers(), st.data())
def test_an_added_answer_never_makes_a_combination_possible_again(both, data):
    pack, answers = both
    compiled = compile_pack(pack)
    asked = data.draw(st.sampled_from(pack.questions))
    if asked.id in answers:
        return
    more = {**answers, asked.id: data.draw(st.sampled_from(asked.answers)).id}
    for subproblem in compiled.subproblems:
        before, after = (solve(compiled, subproblem, some).must for some in (answers, more))
        assert before.solver.table.difference(after.node, before.node) == 0


@over(packs_with_answers())
def test_the_order_of_answers_does_not_matter(both):
    pack, answers = both
    compiled, backwards = compile_pack(pack), dict(reversed(answers.items()))
    for subproblem in compiled.subproblems:
        assert solve(compiled, subproblem, answers).final == solve(compiled, subproblem, backwards).final


def test_questions_that_no_rule_waits_for_are_not_relevant_to_a_subproblem():
    compiled = compile_toy("a = x | y\nb = x | y")
    assert compiled.subproblems[0].relevant_answers(make_answers(size="small")) == ()


def test_a_pack_without_rules_leaves_everything_possible():
    assert _possible(toy_pack("a = x | y"), {}) == {"a": {"x", "y"}}


def test_solutions_stay_valid_when_their_solver_is_replaced(monkeypatch, space, pack):
    answers = random_answer_sets(pack, 20)
    expected = [decide(space, some) for some in answers]
    monkeypatch.setattr(constraints, "_MAX_NODES_KEPT", 0)
    monkeypatch.setattr(constraints, "_MAX_SOLUTIONS_KEPT", 0)
    fresh = compile_pack(pack)
    assert [decide(fresh, some) for some in answers] == expected


def test_threads_that_share_a_pack_find_what_one_thread_finds(monkeypatch, pack):
    monkeypatch.setattr(constraints, "_MAX_NODES_KEPT", 500)
    monkeypatch.setattr(constraints, "_MAX_SOLUTIONS_KEPT", 50)
    answers = random_answer_sets(pack, 24)

    def work(compiled, some):
        found = counterfactuals(compiled, some), relevant_questions(compiled, some), matrix(compiled, some)
        return decide(compiled, some), *found

    serial = compile_pack(pack)
    expected = [work(serial, some) for some in answers]
    shared = compile_pack(pack)
    with ThreadPoolExecutor(6) as pool:
        repeated = [pool.submit(work, shared, some) for _ in range(2) for some in answers]
        assert [job.result() for job in repeated] == expected * 2


def test_each_thread_has_a_solver_of_its_own(space):
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: space.solver).result() is not space.solver


def test_sets_of_different_solvers_are_equal_exactly_if_they_are_the_same_set(space):
    answer_sets = list(random_answer_sets(space.pack, 12))

    def final_sets():
        return [solve(space, subproblem, answers).final for answers in answer_sets for subproblem in space.subproblems]

    first = final_sets()
    space.clear_caches()
    second = final_sets()
    assert first[0].solver is not second[0].solver
    for (one, _), (other, other_again) in product(zip(first, second, strict=True), repeat=2):
        assert (one == other_again) == (one == other)


def test_loaded_tables_decide_as_compiled_ones(pack):
    compiled, loaded = compile_pack(pack), compile_pack(pack)
    loaded.lazy_tables.load(compiled.lazy_tables.to_bytes("1"), "1")
    assert loaded.lazy_tables.ready
    for answers in random_answer_sets(pack, 12):
        assert decide(loaded, answers) == decide(compiled, answers)
        assert counterfactuals(loaded, answers) == counterfactuals(compiled, answers)


def test_tables_of_other_rules_are_refused(pack):
    data = compile_pack(pack).lazy_tables.to_bytes("1")
    for other, version in ((replace(pack, rules=pack.rules[:-1]), "1"), (pack, "2")):
        with pytest.raises(ValueError, match="key"):
            compile_pack(other).lazy_tables.load(data, version)
