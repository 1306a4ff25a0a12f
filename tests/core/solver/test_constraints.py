"""Legal rows and narrowing, held against trying every combination of values."""

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.model.pack import Pack, PartId, Strength
from explorer.core.solver import constraints as spaces
from explorer.core.solver.constraints import TooEntangledError, narrow, prepare
from tests.core.packs import answered, chosen, demands, given, legal, made, packs, toy


def _possible(pack: Pack, answers, stage="must", defaults=True):
    """The values of each part after a stage; None where an island has no row left."""
    found: dict[str, set[str]] = {}
    for island in prepare(pack).islands:
        rows = getattr(narrow(island, answers, defaults=defaults), stage)
        if not rows:
            return None
        found |= {part.id: set(island.possible(rows, part)) for part in island.parts}
    return found


def test_parts_that_no_rule_ties_lie_on_islands_of_their_own():
    space = made("""
        a = x | y
        b = x | y
        c = x | y
        must tie: a=x => b=y
    """)
    assert [[part.id for part in island.parts] for island in space.islands] == [["a", "b"], ["c"]]


def test_an_island_lists_only_what_the_rules_always_permit():
    space = made("""
        a = x | y
        b = x | y
        must tie: a=x => b=y
    """)
    assert set(space.islands[0].rows) == {("x", "y"), ("y", "x"), ("y", "y")}


def test_an_island_hears_only_the_questions_that_its_rules_wait_for():
    space = made("""
        size ? small | large
        speed ? slow | fast
        a = x | y
        b = x | y
        must m: size=small => a=x
        must n: speed=fast => b=x
    """)
    assert [island.questions for island in space.islands] == [("size",), ("speed",)]


def test_islands_that_are_too_large_are_refused_by_name(monkeypatch):
    monkeypatch.setattr(spaces, "MAX_ROWS", 3)
    with pytest.raises(TooEntangledError) as refused:
        made("""
            a = x | y
            b = x | y
            default d: a=x => b=y
        """)
    assert str(refused.value) == (
        "The rules tie these parts together in more than 3 legal ways: a, b. "
        "Rules that always hold should rule more out, or the parts should be made independent."
    )


def test_a_wish_is_followed_only_as_far_as_something_fulfils_it():
    space = made("""
        size ? small | large
        a = x | y | z
        must m: size=small => a!=x
        prefer first: size=small|large => a=x
        prefer second: size=small|large => a=y
    """)
    (island,) = space.islands
    assert island.possible(narrow(island, given(size="small")).preferred, island.parts[0]) == ("y",)
    assert island.possible(narrow(island, given(size="large")).preferred, island.parts[0]) == ("x",)


def test_what_the_musts_leave_no_room_for_is_overruled():
    space = made("""
        size ? small | large
        a = x | y
        must m: size=small => a=y
        prefer wish: size=small|large => a=x
    """)
    (island,) = space.islands
    assert [effect.rule.id for effect in narrow(island, given(size="small")).overruled] == ["wish"]
    assert not narrow(island, given(size="large")).overruled


@over(packs())
def test_rows_are_exactly_the_legal_combinations(pack):
    always = [rule for rule in pack.rules if rule.strength is Strength.MUST and not rule.when]
    permitted = legal(pack, always)
    for island in prepare(pack).islands:
        seen = {tuple(values[part.id] for part in island.parts) for values in permitted}
        assert set(island.rows) == seen


@over(answered())
def test_values_left_are_exactly_those_of_all_satisfying_combinations(both):
    pack, answers = both
    satisfying = legal(pack, demands(pack, answers))
    expected = {part.id: {values[part.id] for values in satisfying} for part in pack.parts()}
    assert _possible(pack, answers) == (expected if satisfying else None)


@over(answered())
def test_wishes_and_defaults_choose_as_when_followed_one_by_one_by_hand(both):
    pack, answers = both
    assert _possible(pack, answers, "final") == chosen(pack, answers)


@over(answered(), st.data())
def test_an_added_answer_never_revives_a_value(both, data):
    pack, answers = both
    space = prepare(pack)
    asked = data.draw(st.sampled_from(pack.questions))
    if asked.id in answers:
        return
    more = {**answers, asked.id: data.draw(st.sampled_from(asked.answers)).id}
    for island in space.islands:
        assert not narrow(island, more).must & ~narrow(island, answers).must


@over(answered())
def test_the_order_of_answers_does_not_matter(both):
    pack, answers = both
    backwards = dict(reversed(answers.items()))
    there, back = prepare(pack), prepare(pack)
    for one, other in zip(there.islands, back.islands, strict=True):
        assert narrow(one, answers).final == narrow(other, backwards).final


def test_the_space_knows_the_island_of_each_part():
    space = made("a = x | y\nb = x | y")
    assert space.island_of[PartId("b")] is space.islands[1]
    assert space.islands[0].relevant(given(size="small")) == ()


def test_a_pack_without_rules_leaves_everything_possible():
    assert _possible(toy("a = x | y"), {}) == {"a": {"x", "y"}}
