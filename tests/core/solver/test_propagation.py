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


def _musts(island, answers):
    return [e for e in island.effects if e.rule.strength.value == "must" and e.rule.is_active(answers)]


def test_a_value_at_the_end_of_a_chain_names_the_whole_chain_nearest_first():
    (island,) = compile_toy(CHAIN).subproblems
    musts = _musts(island, make_answers(size="large"))
    out = explain_removal(island, propagate(island, musts), musts, PartId("store"), ValueId("tank"))
    assert [effect.rule.id for effect in out] == ["third", "second", "first"]


def test_a_rule_works_backwards_when_its_consequence_is_impossible():
    (island,) = compile_toy("""
        size ? small | large
        engine = steam | diesel
        fuel = coal | oil
        must burn: engine=steam => fuel=coal
        must clean: size=small => fuel=oil
    """).subproblems
    trail = propagate(island, _musts(island, make_answers(size="small")))
    assert trail.domains[PartId("engine")] == {"diesel"}


def test_nothing_is_removed_without_a_reason():
    (island,) = compile_toy(CHAIN).subproblems
    trail = propagate(island, _musts(island, {}))
    assert not trail.reasons
    assert trail.emptied is None


def test_a_clash_leaves_out_what_is_not_needed_for_it():
    (island,) = compile_toy(CHAIN).subproblems
    assumed = {PartId("store"): frozenset({ValueId("tank")})}
    found = minimize_conflict(island, _musts(island, make_answers(size="large")), assumed)
    assert {effect.rule.id for effect in found} == {"first", "second", "third"}


def test_what_only_a_distinction_of_cases_shows_is_found_too():
    (island,) = compile_toy("""
        a = x | y
        b = x | y
        c = x | y | z
        must m: a=x, b=x => c=z
        must n: a=x, b=y => c=z
        must o: a=y => c=z
    """).subproblems
    trail = propagate(island, island.effects)
    assert trail.domains[PartId("c")] == {"x", "y", "z"}
    out = explain_removal(island, trail, island.effects, PartId("c"), ValueId("x"))
    assert {effect.rule.id for effect in out} == {"m", "n", "o"}


@over(packs_with_answers())
def test_satisfiable_says_what_trying_all_combinations_says(both):
    pack, answers = both
    islands = compile_pack(pack).subproblems
    together = all(satisfiable(island, _musts(island, answers)) for island in islands)
    assert together == bool(legal_combinations(pack, active_must_rules(pack, answers)))


@over(packs_with_answers())
def test_no_effect_of_a_clash_can_be_left_out(both):
    pack, answers = both
    for island in compile_pack(pack).subproblems:
        found = minimize_conflict(island, _musts(island, answers))
        assert bool(found) != satisfiable(island, _musts(island, answers))
        for effect in found:
            assert satisfiable(island, [other for other in found if other is not effect])
