"""Scenarios: pin, rename, remove, and compare two of them."""

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.scenarios import (
    DEFAULT_SCENARIO,
    Scenario,
    Scenarios,
    choose_sides,
    ensure_different_sides,
    pin,
    remove,
    rename,
    scenario_title,
    swap,
)
from tests.core.packs import make_answers, toy_pack

ENGINE = """
    size ? small | large
    noise ? loud | quiet
    engine = steam | diesel
"""


def scenario(name, *questions):
    return Scenario(name, {QuestionId(question): AnswerId("yes") for question in questions})


ONE, TWO = scenario("one", "gpu"), scenario("two", "cost")


def test_a_pinned_scenario_is_compared_with_the_current_answers():
    found = pin(Scenarios(), Scenario("Small", make_answers(size="small")))

    assert (found.left, found.right) == ("Small", "")
    current = Scenario("Now", make_answers(size="large"))
    assert found.by_name(found.left, current).answers == {"size": "small"}
    assert found.by_name(found.right, current) is current


def test_every_scenario_gets_a_unique_name():
    found = Scenarios()
    for _ in range(3):
        found = pin(found, Scenario("Small"))
    found = rename(found, "Small (3)", DEFAULT_SCENARIO.name)
    renamed = f"{DEFAULT_SCENARIO.name} (2)"
    assert [each.name for each in found.pinned] == ["Small", "Small (2)", renamed]
    assert found.left == renamed, "the compared side follows the new name"


def test_a_blank_name_or_an_unknown_scenario_changes_nothing():
    found = pin(Scenarios(), Scenario("Small"))
    assert rename(found, "Small", "  ") == found
    assert rename(found, "Large", "Huge") == found


def test_a_removed_scenario_is_no_longer_compared():
    found = swap(pin(Scenarios(), Scenario("Small")))
    assert (found.left, found.right) == ("", "Small")
    found = remove(found, "Small")
    assert (found.left, found.right, found.pinned) == ("", "", ())
    assert remove(pin(Scenarios(), Scenario("Small")), "Small").left == DEFAULT_SCENARIO.name


def test_the_title_of_a_scenario_lists_its_first_answers():
    pack = toy_pack(ENGINE)
    assert scenario_title(pack, {}) == DEFAULT_SCENARIO.name
    assert scenario_title(pack, make_answers(size="small")) == "size: small"
    assert scenario_title(pack, make_answers(size="small", noise="loud")) == "size: small, noise: loud"


def test_if_both_sides_are_the_same_the_pin_before_the_last_is_compared():
    both = pin(pin(Scenarios(), ONE), TWO)
    different = ensure_different_sides(both, scenario("", "cost"))
    assert (different.left, different.right) == ("one", "")


def test_the_only_pin_is_compared_with_the_default_scenario():
    assert ensure_different_sides(pin(Scenarios(), ONE), scenario("", "gpu")).left == DEFAULT_SCENARIO.name


def test_two_different_sides_stay_as_selected():
    chosen = choose_sides(pin(pin(Scenarios(), ONE), TWO), left="one", right="two")
    assert ensure_different_sides(chosen, scenario("")) == chosen


def test_if_all_scenarios_are_the_same_nothing_changes():
    assert ensure_different_sides(Scenarios(), scenario("")) == Scenarios()
