"""Minimal conflicts and minimal repairs, compared with trying all subsets of the answers."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given as over

from explorer.core.model.pack import QuestionId
from explorer.core.solver.conflicts import effects_to_relax, hitting_sets, minimal_conflicts
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.lazy_tables import LazyTables
from tests.core.packs import compile_toy, make_answers, packs_with_answers


def _subsets(answers):
    for size in range(len(answers) + 1):
        for names in combinations(answers, size):
            yield {name: answers[name] for name in names}


def test_two_answers_that_clash_are_named_with_both_ways_out():
    compiled = compile_toy("""
        size ? small | large
        speed ? slow | fast
        colour ? red | blue
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: speed=fast => engine=diesel
        must o: colour=red => engine=steam
    """)
    (subproblem,) = compiled.subproblems
    (found,) = minimal_conflicts(compiled, subproblem, make_answers(size="large", speed="fast", colour="blue"))
    assert (found.part, found.answers, found.rules) == ("engine", ("size", "speed"), ("n", "m"))
    assert found.repairs == (("size",), ("speed",))


def test_of_several_clashes_a_repair_resolves_all():
    compiled = compile_toy("""
        size ? small | large
        speed ? slow | fast
        colour ? red | blue
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: speed=fast => engine=diesel
        must o: colour=red => engine=steam
    """)
    (subproblem,) = compiled.subproblems
    found = minimal_conflicts(compiled, subproblem, make_answers(size="large", speed="fast", colour="red"))
    assert {conflict.answers for conflict in found} == {("size", "speed"), ("speed", "colour")}
    assert all(set(conflict.repairs) == {("speed",), ("size", "colour")} for conflict in found)


def test_an_answer_may_clash_by_itself():
    compiled = compile_toy("""
        size ? small | large
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: size=large => engine=diesel
    """)
    (subproblem,) = compiled.subproblems
    (found,) = minimal_conflicts(compiled, subproblem, make_answers(size="large"))
    assert (found.answers, found.repairs) == (("size",), (("size",),))


def test_answers_that_fit_do_not_clash():
    compiled = compile_toy("size ? small | large\nengine = steam | diesel\nmust m: size=large => engine=steam")
    (subproblem,) = compiled.subproblems
    assert minimal_conflicts(compiled, subproblem, make_answers(size="large")) == ()


def test_the_smallest_hitting_sets_share_something_with_every_set():
    a, b, c = map(QuestionId, "abc")
    assert set(hitting_sets([(a, b), (b, c), (c, a)])) == {(a, b), (a, c), (b, c)}


@over(packs_with_answers())
def test_clashes_are_exactly_the_minimal_sets_that_leave_nothing(both):
    pack, answers = both
    compiled = compile_pack(pack)
    for subproblem in compiled.subproblems:
        relevant = dict(subproblem.relevant_answers(answers))
        bad = [set(subset) for subset in _subsets(relevant) if not solve(compiled, subproblem, subset).must]
        minimal = {frozenset(subset) for subset in bad if not any(other < subset for other in bad)}
        assert {frozenset(conflict.answers) for conflict in minimal_conflicts(compiled, subproblem, answers)} == minimal


@over(packs_with_answers())
def test_every_repair_really_repairs_and_nothing_less_does(both):
    pack, answers = both
    compiled = compile_pack(pack)
    for subproblem in compiled.subproblems:
        for conflict in minimal_conflicts(compiled, subproblem, answers):
            assert conflict.repairs
            for repair in conflict.repairs:
                assert _left(compiled, subproblem, answers, repair)
                assert not any(_left(compiled, subproblem, answers, set(repair) - {spared}) for spared in repair)


def _left(compiled, subproblem, answers, gone):
    return solve(compiled, subproblem, {q: a for q, a in answers.items() if q not in gone}).must


@over(packs_with_answers())
def test_with_the_colliding_rules_left_aside_something_remains_to_be_shown(both):
    pack, answers = both
    compiled = compile_pack(pack)
    for subproblem in compiled.subproblems:
        found = minimal_conflicts(compiled, subproblem, answers)
        if found:
            assert solve(
                compiled, subproblem, answers, without=effects_to_relax(compiled, subproblem, answers, found)
            ).must


@over(packs_with_answers())
def test_without_compiled_tables_the_conflicts_are_the_same(both):
    pack, answers = both
    compiled = compile_pack(pack)
    bare = replace(compile_pack(pack), lazy_tables=LazyTables(pack, compiled.lazy_tables.rules, budget=1))
    for subproblem, same in zip(compiled.subproblems, bare.subproblems, strict=True):
        expected = [conflict.answers for conflict in minimal_conflicts(compiled, subproblem, answers)]
        assert [conflict.answers for conflict in minimal_conflicts(bare, same, answers)] == expected


def test_conflicts_of_many_answers_are_found_without_trying_all_subsets():
    many = range(40)
    lines = [f"q{n} ? yes | no\nmust m{n}: q{n}=yes => engine={('steam', 'diesel')[n % 2]}" for n in many]
    compiled = compile_toy("\n".join(["engine = steam | diesel", *lines]))
    answers = make_answers(**{f"q{n}": "yes" for n in many})
    found = minimal_conflicts(compiled, compiled.subproblems[0], answers)
    assert len(found) == 20 * 20
    assert {len(conflict.answers) for conflict in found} == {2}
    assert len(found[0].repairs) == 2, "all that want steam, or all that want diesel"
