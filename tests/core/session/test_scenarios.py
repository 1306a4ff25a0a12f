"""What is compared, as scenarios are pinned and answers change."""

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.scenarios import (
    DEFAULT_SCENARIO,
    Scenario,
    Scenarios,
    choose_sides,
    ensure_different_sides,
    pin,
)


def scenario(name, *answered):
    return Scenario(name, {QuestionId(question): AnswerId("yes") for question in answered})


ONE, TWO = scenario("one", "gpu"), scenario("two", "cost")


def test_what_was_pinned_where_one_stands_is_compared_with_the_one_before_it():
    both = pin(pin(Scenarios(), ONE), TWO)
    apart = ensure_different_sides(both, scenario("", "cost"))
    assert (apart.left, apart.right) == ("one", "")


def test_the_only_pin_is_compared_with_the_plain_case():
    assert ensure_different_sides(pin(Scenarios(), ONE), scenario("", "gpu")).left == DEFAULT_SCENARIO.name


def test_two_that_differ_are_left_as_they_were_chosen():
    chosen = choose_sides(pin(pin(Scenarios(), ONE), TWO), left="one", right="two")
    assert ensure_different_sides(chosen, scenario("")) == chosen


def test_where_all_are_the_same_nothing_is_told_apart():
    assert ensure_different_sides(Scenarios(), scenario("")) == Scenarios()
