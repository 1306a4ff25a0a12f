"""Why a value is out: chains of rules, and smallest sets that cannot hold together."""

from hypothesis import given as over

from explorer.core.model.pack import PartId, ValueId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.propagation import explain_removal, minimize_conflict, propagate, satisfiable
from tests.core.packs import (
    active_must_rules,
    compile_toy,
    legal_combinations,
    make_answers,
    packs_with_answers,
)

CHAIN = """
    size ? small | large
    engine = steam | diesel
    fuel = coal | oil
    store = shed | tank
    must first: size=large => engine=steam
    must second: engine=steam => fuel=coal
    must third: fuel=coal => store=shed
    must aside: engine=diesel => store=tank
"""


def _musts(subproblem, answers):
    return [e for e in subproblem.effects if e.rule.strength.value == "must" and e.rule.is_active(answers)]


def test_a_value_at_the_end_of_a_chain_names_the_whole_chain_nearest_first():
    (subproblem,) = compile_toy(CHAIN).subproblems
    musts = _musts(subproblem, make_answers(size="large"))
    out = explain_removal(subproblem, propagate(subproblem, musts), musts, PartId("store"), ValueId("tank"))
    assert [effect.rule.id for effect in out] == ["third", "second", "first"]


def test_a_condition_is_ruled_out_when_its_consequence_is_impossible():
    (subproblem,) = compile_toy("""
        size ? small | large
        engine = steam | diesel
        fuel = coal | oil
        must burn: engine=steam => fuel=coal
        must clean: size=small => fuel=oil
    """).subproblems
    trail = propagate(subproblem, _musts(subproblem, make_answers(size="small")))
    assert trail.domains[PartId("engine")] == {"diesel"}


def test_every_removal_has_a_reason():
    (subproblem,) = compile_toy(CHAIN).subproblems
    trail = propagate(subproblem, _musts(subproblem, {}))
    assert not trail.reasons
    assert trail.emptied is None


def test_a_minimized_conflict_has_no_unneeded_effect():
    (subproblem,) = compile_toy(CHAIN).subproblems
    assumed = {PartId("store"): frozenset({ValueId("tank")})}
    found = minimize_conflict(subproblem, _musts(subproblem, make_answers(size="large")), assumed)
    assert {effect.rule.id for effect in found} == {"first", "second", "third"}


def test_a_conflict_that_only_branching_shows_is_found():
    (subproblem,) = compile_toy("""
        a = x | y
        b = x | y
        c = x | y | z
        must m: a=x, b=x => c=z
        must n: a=x, b=y => c=z
        must o: a=y => c=z
    """).subproblems
    trail = propagate(subproblem, subproblem.effects)
    assert trail.domains[PartId("c")] == {"x", "y", "z"}
    out = explain_removal(subproblem, trail, subproblem.effects, PartId("c"), ValueId("x"))
    assert {effect.rule.id for effect in out} == {"m", "n", "o"}


@over(packs_with_answers())
def test_satisfiable_agrees_with_trying_all_combinations(both):
    pack, answers = both
    subproblems = compile_pack(pack).subproblems
    together = all(satisfiable(subproblem, _musts(subproblem, answers)) for subproblem in subproblems)
    assert together == bool(legal_combinations(pack, active_must_rules(pack, answers)))


@over(packs_with_answers())
def test_no_effect_of_a_minimized_conflict_can_be_left_out(both):
    pack, answers = both
    for subproblem in compile_pack(pack).subproblems:
        found = minimize_conflict(subproblem, _musts(subproblem, answers))
        assert bool(found) != satisfiable(subproblem, _musts(subproblem, answers))
        for effect in found:
            assert satisfiable(subproblem, [other for other in found if other is not effect])
