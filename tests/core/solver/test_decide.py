"""From answers to an outcome: values, statuses, reasons, rejections and traps."""

import pytest
from hypothesis import given as over

from explorer.core.model.outcome import Status
from explorer.core.model.pack import Choice, ChoiceId, Part, PartId, RuleId, Strength, Trap, Value, ValueId
from explorer.core.solver.constraints import compile_pack
from explorer.core.solver.decide import decide
from tests.core.packs import (
    TOY_TAKEAWAY,
    active_must_rules,
    compile_toy,
    legal_combinations,
    make_answers,
    packs_with_answers,
    parse_condition,
    toy_pack,
)

ENGINES = """
    size ? small | large
    speed ? slow | fast
    engine = steam | diesel | electric
    [bell] = brass | iron
    must heavy: size=large => engine!=electric
    must loud: engine=steam => bell!=absent
    prefer quick: speed=fast => engine=electric
    default usual: => engine=diesel, bell=absent
"""


@pytest.fixture
def space():
    return compile_toy(ENGINES)


def _part(outcome, name):
    return outcome.part_by_id[PartId(name)]


def _told(outcome, name):
    part = _part(outcome, name)
    return part.value, part.status, part.alternatives


def test_without_answers_defaults_stand_and_the_rest_stays_possible(space):
    outcome = decide(space, {})
    assert _told(outcome, "engine") == ("diesel", Status.DEFAULT, ("steam", "electric"))
    assert outcome.status_label == "decided"


def test_without_defaults_what_no_answer_decides_is_open(space):
    outcome = decide(space, {}, defaults=False)
    assert _told(outcome, "engine") == (None, Status.OPEN, ("steam", "diesel", "electric"))
    assert outcome.status_label == "open"


def test_a_wish_beats_a_default(space):
    outcome = decide(space, make_answers(speed="fast"))
    assert _told(outcome, "engine") == ("electric", Status.PREFERRED, ("steam", "diesel"))
    assert [because.rule for because in _part(outcome, "engine").justifications] == ["quick"]


def test_a_demand_beats_a_wish_and_says_so_as_a_trap(space):
    outcome = decide(space, make_answers(speed="fast", size="large"))
    assert _told(outcome, "engine") == ("diesel", Status.DEFAULT, ("steam",))
    (trap,) = outcome.traps
    assert trap.overruled_rule == "quick"
    assert "Because of heavy." in trap.text


def test_a_rejected_value_names_the_rule_its_answers_and_its_takeaways(space):
    ((value, reasons),) = _part(decide(space, make_answers(size="large")), "engine").rejected
    assert value == "electric"
    assert [(r.rule, r.answers, r.takeaways) for r in reasons] == [("heavy", ("size",), (TOY_TAKEAWAY,))]


def test_the_only_value_left_is_forced_with_the_rules_that_left_it():
    space = compile_toy("""
        size ? small | large
        engine = steam | diesel | electric
        must m: size=large => engine!=electric
        must n: size=large => engine!=diesel
    """)
    outcome = decide(space, make_answers(size="large"))
    assert _told(outcome, "engine") == ("steam", Status.FORCED, ())
    assert {because.rule for because in _part(outcome, "engine").justifications} == {"m", "n"}


def test_a_part_that_must_be_there_names_the_rule_that_put_it_there():
    space = compile_toy("size ? small | large\n[bell] = brass\nmust ring: size=large => bell=brass")
    bell = _part(decide(space, make_answers(size="large")), "bell")
    assert (bell.value, bell.status) == ("brass", Status.FORCED)
    assert [because.rule for because in bell.justifications] == ["ring"]


def test_a_conflict_is_an_outcome_and_leaves_the_rest_to_be_seen():
    space = compile_toy("""
        size ? small | large
        speed ? slow | fast
        engine = steam | diesel
        bell = brass | iron
        must m: size=large => engine=steam
        must n: speed=fast => engine=diesel
        must o: size=large => bell=iron
        default tie: engine=steam => bell=brass
    """)
    outcome = decide(space, make_answers(size="large", speed="fast"))
    assert outcome.status_label == "conflict"
    assert _part(outcome, "engine").status is Status.CONFLICT
    assert _told(outcome, "bell") == ("iron", Status.FORCED, ())
    (conflict,) = outcome.conflicts
    assert (conflict.answers, set(conflict.rules)) == (("size", "speed"), {"m", "n"})
    assert set(conflict.repairs) == {("size",), ("speed",)}


def test_a_choice_of_many_is_all_that_its_parts_come_to():
    parts = (
        Part(PartId("home"), ChoiceId("place"), "Home", (ValueId("shed"), ValueId("barn")), optional=True),
        Part(
            PartId("away"),
            ChoiceId("place"),
            "Away",
            (ValueId("hut"),),
            optional=True,
            offered_when_absent=True,
        ),
    )
    values = tuple(Value(ValueId(v), v, "") for v in ("shed", "barn", "hut"))
    base = toy_pack("", choices=(Choice(ChoiceId("place"), "Place", True, True, values, parts),))
    rules = toy_pack("[home] = shed | barn\n[away] = hut\ndefault d: => home=shed, away=absent").rules
    outcome = decide(compile_pack(toy_pack("", choices=base.choices, rules=rules)), {})
    place = outcome.choice_by_id[ChoiceId("place")]
    assert place.value == ("shed",)
    assert place.alternatives == ("barn", "hut")


def test_a_trap_of_its_own_words_replaces_the_plain_one():
    trap = Trap(
        "why",
        "Why",
        "Words.",
        (TOY_TAKEAWAY,),
        overruled_rule=RuleId("quick"),
        overruled_by=(RuleId("heavy"),),
    )
    space = compile_toy(ENGINES, traps=(trap,))
    assert decide(space, make_answers(speed="fast", size="large")).traps == (trap,)
    assert decide(space, make_answers(speed="fast")).traps == ()


def test_a_trap_may_wait_for_answers_or_values():
    asked = Trap("asked", "Asked", "Words.", (TOY_TAKEAWAY,), when=toy_pack(ENGINES).rules[0].when)
    seen = Trap("seen", "Seen", "Words.", (TOY_TAKEAWAY,), given=parse_condition("engine=diesel"))
    space = compile_toy(ENGINES, traps=(asked, seen))
    assert decide(space, {}).traps == (seen,)
    assert decide(space, make_answers(size="large", speed="fast")).traps[:2] == (asked, seen)


def test_fired_rules_are_those_whose_values_stand(space):
    assert decide(space, make_answers(size="large")).fired_rules == ("heavy", "usual")


@over(packs_with_answers())
def test_every_rejection_names_rules_that_remove_the_value_with_those_about_cases_that_do_not_hold(both):
    pack, answers = both
    outcome = decide(compile_pack(pack), answers)
    other_cases = [rule for rule in active_must_rules(pack, answers) if rule.id not in outcome.fired_rules]
    if outcome.conflicts:
        return
    for part in outcome.parts():
        for value, reasons in part.rejected:
            named = [pack.rule_by_id[reason.rule] for reason in reasons]
            assert named
            assert all(rule.strength is Strength.MUST and rule.is_active(answers) for rule in named)
            left = legal_combinations(pack, [*named, *other_cases])
            assert not any(values[part.part] == value for values in left)


@over(packs_with_answers())
def test_a_forced_value_is_backed_by_rules_that_force_it_with_those_about_cases_that_do_not_hold(both):
    pack, answers = both
    outcome = decide(compile_pack(pack), answers)
    other_cases = [rule for rule in active_must_rules(pack, answers) if rule.id not in outcome.fired_rules]
    for part in outcome.parts():
        if part.status is Status.FORCED and not part.alternatives and not outcome.conflicts:
            named = [pack.rule_by_id[because.rule] for because in part.justifications]
            left = legal_combinations(pack, [*named, *other_cases])
            assert {values[part.part] for values in left} == {part.value}


@over(packs_with_answers())
def test_the_same_answers_come_to_the_same_outcome_in_any_order(both):
    pack, answers = both
    assert decide(compile_pack(pack), answers) == decide(compile_pack(pack), dict(reversed(answers.items())))


@over(packs_with_answers())
def test_value_and_alternatives_together_are_all_that_is_left(both):
    pack, answers = both
    outcome = decide(compile_pack(pack), answers)
    if not outcome.conflicts:
        left = legal_combinations(pack, [r for r in pack.rules if r.strength is Strength.MUST and r.is_active(answers)])
        for part in outcome.parts():
            shown = {*part.alternatives, *([part.value] if part.value else [])}
            assert shown == {values[part.part] for values in left}
