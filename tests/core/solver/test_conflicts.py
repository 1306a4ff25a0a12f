"""The smallest clashing sets of answers and the smallest ways out, held against trying all subsets."""

from itertools import combinations

from hypothesis import given as over

from explorer.core.model.pack import QuestionId
from explorer.core.solver.conflicts import effects_to_relax, hitting_sets, minimal_conflicts
from explorer.core.solver.constraints import compile_pack, solve
from tests.core.packs import compile_toy, make_answers, packs_with_answers


def _subsets(answers):
    for size in range(len(answers) + 1):
        for names in combinations(answers, size):
            yield {name: answers[name] for name in names}


def test_two_answers_that_clash_are_named_with_both_ways_out():
    (island,) = compile_toy("""
        size ? small | large
        speed ? slow | fast
        colour ? red | blue
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: speed=fast => engine=diesel
        must o: colour=red => engine=steam
    """).subproblems
    (found,) = minimal_conflicts(island, make_answers(size="large", speed="fast", colour="blue"))
    assert (found.part, found.answers, found.rules) == ("engine", ("size", "speed"), ("n", "m"))
    assert found.repairs == (("size",), ("speed",))


def test_of_several_clashes_a_repair_resolves_all():
    (island,) = compile_toy("""
        size ? small | large
        speed ? slow | fast
        colour ? red | blue
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: speed=fast => engine=diesel
        must o: colour=red => engine=steam
    """).subproblems
    found = minimal_conflicts(island, make_answers(size="large", speed="fast", colour="red"))
    assert {clash.answers for clash in found} == {("size", "speed"), ("speed", "colour")}
    assert all(set(clash.repairs) == {("speed",), ("size", "colour")} for clash in found)


def test_an_answer_may_clash_by_itself():
    (island,) = compile_toy("""
        size ? small | large
        engine = steam | diesel
        must m: size=large => engine=steam
        must n: size=large => engine=diesel
    """).subproblems
    (found,) = minimal_conflicts(island, make_answers(size="large"))
    assert (found.answers, found.repairs) == (("size",), (("size",),))


def test_answers_that_fit_do_not_clash():
    (island,) = compile_toy(
        "size ? small | large\nengine = steam | diesel\nmust m: size=large => engine=steam"
    ).subproblems
    assert minimal_conflicts(island, make_answers(size="large")) == ()


def test_the_smallest_hitting_sets_share_something_with_every_set():
    a, b, c = map(QuestionId, "abc")
    assert set(hitting_sets([(a, b), (b, c), (c, a)])) == {(a, b), (a, c), (b, c)}


@over(packs_with_answers())
def test_clashes_are_exactly_the_minimal_sets_that_leave_nothing(both):
    pack, answers = both
    for island in compile_pack(pack).subproblems:
        relevant = dict(island.relevant_answers(answers))
        bad = [set(subset) for subset in _subsets(relevant) if not solve(island, subset).must]
        minimal = {frozenset(subset) for subset in bad if not any(other < subset for other in bad)}
        assert {frozenset(clash.answers) for clash in minimal_conflicts(island, answers)} == minimal


@over(packs_with_answers())
def test_every_repair_really_repairs_and_nothing_less_does(both):
    pack, answers = both
    for island in compile_pack(pack).subproblems:
        for clash in minimal_conflicts(island, answers):
            assert clash.repairs
            for repair in clash.repairs:
                assert _left(island, answers, repair)
                assert not any(_left(island, answers, set(repair) - {spared}) for spared in repair)


def _left(island, answers, gone):
    return solve(island, {q: a for q, a in answers.items() if q not in gone}).must


@over(packs_with_answers())
def test_with_the_colliding_rules_left_aside_something_remains_to_be_shown(both):
    pack, answers = both
    for island in compile_pack(pack).subproblems:
        found = minimal_conflicts(island, answers)
        if found:
            assert solve(island, answers, without=effects_to_relax(island, answers, found)).must
