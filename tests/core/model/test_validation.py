"""What can be wrong with a pack as it is written: one story for each kind of flaw."""

from dataclasses import replace

import pytest

from explorer.core.model.pack import (
    Answer,
    AnswerId,
    Choice,
    ChoiceId,
    Note,
    Part,
    PartId,
    PracticeOption,
    PracticeQuestion,
    QuestionId,
    RuleId,
    Takeaway,
    TakeawayId,
    Trap,
    Value,
    ValueId,
)
from explorer.core.model.validation import validate
from tests.core.packs import (
    TOY_TAKEAWAY,
    make_component,
    make_edge,
    make_group,
    make_question,
    parse_condition,
    toy_pack,
)

SOUND = """
    size ? small | large
    engine = steam | diesel
    must grand: size=large => engine=steam
"""
ABSENT_VALUE = Choice(
    ChoiceId("odd"),
    "Odd",
    False,
    False,
    (Value(ValueId("absent"), "", ""),),
    (Part(PartId("odd"), ChoiceId("odd"), "Odd", (ValueId("absent"),)),),
)


def _pack(**fields):
    return toy_pack(SOUND, **fields)


def _rule(**fields):
    return (replace(_pack().rules[0], **fields),)


def _trap(**fields):
    return (Trap("t", "T", "Words.", **{"takeaways": (TOY_TAKEAWAY,), **fields}),)


def _choice(*values, parts=None):
    made = tuple(Value(ValueId(value), value, "") for value in values)
    whole = Part(PartId("fuel"), ChoiceId("fuel"), "Fuel", tuple(value.id for value in made))
    return Choice(ChoiceId("fuel"), "Fuel", False, False, made, (whole,) if parts is None else parts)


def _takeaway(source="https://example.org", note=None):
    return (Takeaway(TOY_TAKEAWAY, "Word", "A word.", "", (), source, "2026-11-23", "", note),)


def _practice(right=1, **fields):
    options = tuple(PracticeOption(str(n), "So?", n < right, "Because.") for n in range(3))
    return (PracticeQuestion("p", "What?", options, **{"takeaways": (TOY_TAKEAWAY,), "answers": (), **fields}),)


def _when(question_, answer):
    return ((QuestionId(question_), frozenset({AnswerId(answer)})),)


def test_a_sound_pack_has_no_flaw():
    assert validate(_pack()) == ()


def test_the_shipped_pack_has_no_flaw(pack):
    assert validate(pack) == ()


STORIES = {
    "no question": ({"questions": (), "rules": ()}, "no question is asked"),
    "no choice": ({"choices": (), "rules": ()}, "nothing is decided"),
    "a question asked twice": (
        {"questions": (make_question("size", "small", "large"),) * 2},
        "stands here twice",
    ),
    "a component drawn twice": (
        {"components": (make_component("boiler", "engine=steam"),) * 2},
        "stands here twice",
    ),
    "a rule written twice": ({"rules": _pack().rules * 2}, "“grand” stands here twice"),
    "a part in two choices": (
        {"choices": (*_pack().choices, _pack().choices[0])},
        "part “engine” stands here twice",
    ),
    "a question in no group": (
        {"questions": (replace(make_question("size", "small", "large"), group="al"),)},
        "unknown group “al”",
    ),
    "a question with one answer": ({"questions": (make_question("size", "large"),)}, "size has 1 answers"),
    "two answers of one id": (
        {"questions": (make_question("size", "large", "large"),)},
        "two answers of one id",
    ),
    "the reserved value": ({"choices": (*_pack().choices, ABSENT_VALUE)}, "names a value “absent”"),
    "a value that no part takes": (
        {"choices": (*_pack().choices, replace(_choice("coal", "oil"), parts=_choice("coal").parts))},
        "no part of fuel ever takes “oil”",
    ),
    "a part with a value of another choice": (
        {"choices": (*_pack().choices, replace(_choice("coal"), parts=_choice("coal", "cole").parts))},
        "unknown value of fuel “cole”",
    ),
    "a part without values": (
        {"choices": (*_pack().choices, replace(_choice("coal"), parts=_choice().parts))},
        "fuel has no value",
    ),
    "a rule that waits for an unknown question": (
        {"rules": _rule(when=_when("sise", "large"))},
        "question “sise”",
    ),
    "a rule that waits for an unknown answer": (
        {"rules": _rule(when=_when("size", "big"))},
        "answer to size “big”",
    ),
    "a rule about an unknown part": (
        {"rules": _rule(given=parse_condition("engin=steam"))},
        "unknown part “engin”",
    ),
    "a rule with an unknown value": (
        {"rules": _rule(then=parse_condition("engine=stem"))},
        "value of engine “stem”",
    ),
    "a rule that leaves nothing": (
        {"rules": _rule(then=((PartId("engine"), frozenset()),))},
        "no value at all",
    ),
    "a rule on an unknown takeaway": (
        {"rules": _rule(takeaways=(TakeawayId("wurd"),))},
        "unknown takeaway “wurd”",
    ),
    "a rule that rests on nothing": ({"rules": _rule(takeaways=())}, "rests on nothing"),
    "a trap for an unknown rule": ({"traps": _trap(overruled=RuleId("grant"))}, "unknown rule “grant”"),
    "a trap that nothing springs": ({"traps": _trap()}, "is never sprung"),
    "a trap that waits for an unknown answer": (
        {"traps": _trap(when=_when("size", "big"))},
        "answer to size “big”",
    ),
    "a component that never appears": ({"components": (make_component("boiler"),)}, "is never shown"),
    "a component in an unknown group": (
        {
            "components": (make_component("boiler", "engine=steam", group="yart"),),
            "frames": (make_group("yard"),),
        },
        "unknown group “yart”",
    ),
    "a companion of nothing": (
        {"components": (make_component("plate", "engine=steam", at="boiler"),)},
        "component “boiler”",
    ),
    "a text with an unknown part": (
        {"components": (make_component("boiler", "engine=steam", detail="runs on {fuel}"),)},
        "unknown part “fuel”",
    ),
    "an edge to nothing": (
        {"components": (make_component("boiler", "engine=steam"),), "edges": (make_edge("boiler", "wheel"),)},
        "unknown component “wheel”",
    ),
    "an edge under an unknown condition": (
        {
            "components": (make_component("a", "engine=steam"), make_component("b", "engine=steam")),
            "edges": (make_edge("a", "b", "bell=x"),),
        },
        "unknown part “bell”",
    ),
    "a group in an unknown one": ({"frames": (make_group("yard", parent="town"),)}, "unknown group “town”"),
    "a group within itself": (
        {"frames": (make_group("yard", parent="shed"), make_group("shed", parent="yard"))},
        "“yard” lies within itself",
    ),
    "a companion of itself": (
        {
            "components": (
                make_component("a", "engine=steam", at="b"),
                make_component("b", "engine=steam", at="a"),
            )
        },
        "“a” hangs at itself",
    ),
    "a source that cannot be looked up": ({"takeaways": _takeaway("a book")}, "the source is “a book”"),
    "a note whose source cannot be looked up": (
        {"takeaways": _takeaway(note=Note("2026-11-23", "Changed.", "hearsay"))},
        "the source is “hearsay”",
    ),
    "a practice question with two right options": (
        {"practice": _practice(right=2)},
        "2 options of “p” are right",
    ),
    "a practice question with none": ({"practice": _practice(right=0)}, "0 options of “p” are right"),
    "a practice question with an unknown answer": (
        {"practice": _practice(answers=((QuestionId("size"), AnswerId("big")),))},
        "answer to size “big”",
    ),
    "a practice question on an unknown takeaway": (
        {"practice": _practice(takeaways=(TakeawayId("wurd"),))},
        "unknown takeaway “wurd”",
    ),
}


@pytest.mark.parametrize(("fields", "told"), STORIES.values(), ids=STORIES.keys())
def test_the_flaw_is_named(fields, told):
    assert any(told in flaw.message for flaw in validate(_pack(**fields)))


def test_a_flaw_says_in_which_table_it_is_and_what_was_meant():
    (flaw,) = validate(_pack(rules=_rule(when=_when("sise", "large"))))
    assert (flaw.file, flaw.path[:2]) == ("rules.toml", ("rule", 0))
    assert flaw.expected == "did you mean “size”?"


def test_all_flaws_are_told_at_once():
    broken = _pack(rules=_rule(when=_when("sise", "large"), takeaways=()), takeaways=_takeaway("a book"))
    assert len(validate(broken)) == 3


def test_ten_answers_are_too_many_for_nine_keys():
    many = tuple(Answer(AnswerId(str(n)), str(n), "") for n in range(10))
    asked = replace(make_question("size", "small", "large"), answers=many)
    assert any("10 answers" in flaw.message for flaw in validate(_pack(questions=(asked,))))
