"""Legal rows and narrowing, held against trying every combination of values."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.model.pack import Pack, PartId, Strength
from explorer.core.solver import constraints as spaces
from explorer.core.solver.constraints import SubproblemTooLargeError, compile_pack, solve
from tests.core.packs import (
    active_must_rules,
    brute_force_values,
    compile_toy,
    legal_combinations,
    make_answers,
    packs,
    packs_with_answers,
    toy_pack,
)


def _possible(pack: Pack, answers, stage="must", defaults=True):
    """The values of each part after a stage; None where an island has no row left."""
    found: dict[str, set[str]] = {}
    for island in compile_pack(pack).subproblems:
        rows = getattr(solve(island, answers, defaults=defaults), stage)
        if not rows:
            return None
        found |= {part.id: set(island.possible(rows, part)) for part in island.parts}
    return found


def test_parts_that_no_rule_ties_lie_on_islands_of_their_own():
    space = compile_toy("""
        a = x | y
        b = x | y
        c = x | y
        must tie: a=x => b=y
    """)
    assert [[part.id for part in island.parts] for island in space.subproblems] == [["a", "b"], ["c"]]


def test_an_island_lists_only_what_the_rules_always_permit():
    space = compile_toy("""
        a = x | y
        b = x | y
        must tie: a=x => b=y
    """)
    assert set(space.subproblems[0].rows) == {("x", "y"), ("y", "x"), ("y", "y")}


def test_an_island_hears_only_the_questions_that_its_rules_wait_for():
    space = compile_toy("""
        size ? small | large
        speed ? slow | fast
        a = x | y
        b = x | y
        must m: size=small => a=x
        must n: speed=fast => b=x
    """)
    assert [island.questions for island in space.subproblems] == [("size",), ("speed",)]


def test_islands_that_are_too_large_are_refused_by_name(monkeypatch):
    monkeypatch.setattr(spaces, "MAX_ROWS", 3)
    with pytest.raises(SubproblemTooLargeError) as refused:
        compile_toy("""
            a = x | y
            b = x | y
            default d: a=x => b=y
        """)
    assert str(refused.value) == (
        "The rules tie these parts together in more than 3 legal ways: a, b. "
        "Rules that always hold should rule more out, or the parts should be made independent."
    )


def test_a_wish_is_followed_only_as_far_as_something_fulfils_it():
    space = compile_toy("""
        size ? small | large
        a = x | y | z
        must m: size=small => a!=x
        prefer first: size=small|large => a=x
        prefer second: size=small|large => a=y
    """)
    (island,) = space.subproblems
    assert island.possible(solve(island, make_answers(size="small")).preferred, island.parts[0]) == ("y",)
    assert island.possible(solve(island, make_answers(size="large")).preferred, island.parts[0]) == ("x",)


def test_what_the_musts_leave_no_room_for_is_overruled():
    space = compile_toy("""
        size ? small | large
        a = x | y
        must m: size=small => a=y
        prefer wish: size=small|large => a=x
    """)
    (island,) = space.subproblems
    assert [effect.rule.id for effect in solve(island, make_answers(size="small")).overruled] == ["wish"]
    assert not solve(island, make_answers(size="large")).overruled


@over(packs())
def test_rows_are_exactly_the_legal_combinations(pack):
    always = [rule for rule in pack.rules if rule.strength is Strength.MUST and not rule.when]
    permitted = legal_combinations(pack, always)
    for island in compile_pack(pack).subproblems:
        seen = {tuple(values[part.id] for part in island.parts) for values in permitted}
        assert set(island.rows) == seen


@over(packs_with_answers())
def test_values_left_are_exactly_those_of_all_satisfying_combinations(both):
    pack, answers = both
    satisfying = legal_combinations(pack, active_must_rules(pack, answers))
    expected = {part.id: {values[part.id] for values in satisfying} for part in pack.parts()}
    assert _possible(pack, answers) == (expected if satisfying else None)


@over(packs_with_answers())
def test_wishes_and_defaults_choose_as_when_followed_one_by_one_by_hand(both):
    pack, answers = both
    assert _possible(pack, answers, "final") == brute_force_values(pack, answers)


@over(packs_with_answers(), st.data())
def test_an_added_answer_never_revives_a_value(both, data):
    pack, answers = both
    space = compile_pack(pack)
    asked = data.draw(st.sampled_from(pack.questions))
    if asked.id in answers:
        return
    more = {**answers, asked.id: data.draw(st.sampled_from(asked.answers)).id}
    for island in space.subproblems:
        assert not solve(island, more).must & ~solve(island, answers).must


@over(packs_with_answers())
def test_the_order_of_answers_does_not_matter(both):
    pack, answers = both
    backwards = dict(reversed(answers.items()))
    there, back = compile_pack(pack), compile_pack(pack)
    for one, other in zip(there.subproblems, back.subproblems, strict=True):
        assert solve(one, answers).final == solve(other, backwards).final


def test_the_space_knows_the_island_of_each_part():
    space = compile_toy("a = x | y\nb = x | y")
    assert space.subproblem_of[PartId("b")] is space.subproblems[1]
    assert space.subproblems[0].relevant_answers(make_answers(size="small")) == ()


def test_a_pack_without_rules_leaves_everything_possible():
    assert _possible(toy_pack("a = x | y"), {}) == {"a": {"x", "y"}}
