"""Static pack validation: one case for each kind of error."""

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

VALID = """
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
    return toy_pack(VALID, **fields)


def _rule(**fields):
    return (replace(_pack().rules[0], **fields),)


def _trap(**fields):
    return (Trap("t", "T", "Words.", **{"takeaways": (TOY_TAKEAWAY,), **fields}),)


def _choice(*values, parts=None):
    all_values = tuple(Value(ValueId(value), value, "") for value in values)
    part = Part(PartId("fuel"), ChoiceId("fuel"), "Fuel", tuple(value.id for value in all_values))
    return Choice(ChoiceId("fuel"), "Fuel", False, False, all_values, (part,) if parts is None else parts)


def _takeaway(source="https://example.org", note=None):
    return (Takeaway(TOY_TAKEAWAY, "Word", "A word.", "", (), source, "2026-11-23", "", note),)


def _practice(correct=1, **fields):
    options = tuple(PracticeOption(str(n), "So?", n < correct, "Because.") for n in range(3))
    return (PracticeQuestion("p", "What?", options, **{"takeaways": (TOY_TAKEAWAY,), "answers": (), **fields}),)


def _when(question, answer):
    return ((QuestionId(question), frozenset({AnswerId(answer)})),)


def test_a_valid_pack_has_no_issues():
    assert validate(_pack()) == ()


def test_the_shipped_pack_has_no_issues(pack):
    assert validate(pack) == ()


CASES = {
    "no question": ({"questions": (), "rules": ()}, "has no questions"),
    "no choice": ({"choices": (), "rules": ()}, "has no choices"),
    "a duplicate question": (
        {"questions": (make_question("size", "small", "large"),) * 2},
        "duplicate question “size”",
    ),
    "a duplicate component": (
        {"components": (make_component("boiler", "engine=steam"),) * 2},
        "duplicate component “boiler”",
    ),
    "a duplicate rule": ({"rules": _pack().rules * 2}, "duplicate rule “grand”"),
    "a part in two choices": (
        {"choices": (*_pack().choices, _pack().choices[0])},
        "duplicate part “engine”",
    ),
    "a question in no group": (
        {"questions": (replace(make_question("size", "small", "large"), group="al"),)},
        "unknown group “al”",
    ),
    "a question with one answer": ({"questions": (make_question("size", "large"),)}, "“size” has 1 answer"),
    "two answers with the same id": (
        {"questions": (make_question("size", "large", "large"),)},
        "“size” has two answers with the same id",
    ),
    "the reserved value": ({"choices": (*_pack().choices, ABSENT_VALUE)}, "reserved id “absent”"),
    "a value that no part has": (
        {"choices": (*_pack().choices, replace(_choice("coal", "oil"), parts=_choice("coal").parts))},
        "no part of fuel has the value “oil”",
    ),
    "a part with a value of another choice": (
        {"choices": (*_pack().choices, replace(_choice("coal"), parts=_choice("coal", "cole").parts))},
        "unknown value of fuel “cole”",
    ),
    "a part without values": (
        {"choices": (*_pack().choices, replace(_choice("coal"), parts=_choice().parts))},
        "“fuel” has no values",
    ),
    "a rule with an unknown question": (
        {"rules": _rule(when=_when("sise", "large"))},
        "question “sise”",
    ),
    "a rule with an unknown answer": (
        {"rules": _rule(when=_when("size", "big"))},
        "answer to size “big”",
    ),
    "a rule with an unknown part": (
        {"rules": _rule(given=parse_condition("engin=steam"))},
        "unknown part “engin”",
    ),
    "a rule with an unknown value": (
        {"rules": _rule(then=parse_condition("engine=stem"))},
        "value of engine “stem”",
    ),
    "a rule that allows no value": (
        {"rules": _rule(then=((PartId("engine"), frozenset()),))},
        "no value of engine",
    ),
    "a rule with an unknown takeaway": (
        {"rules": _rule(takeaways=(TakeawayId("wurd"),))},
        "unknown takeaway “wurd”",
    ),
    "a rule without takeaways": ({"rules": _rule(takeaways=())}, "“grand” has no takeaways"),
    "a trap for an unknown rule": ({"traps": _trap(overruled_rule=RuleId("grant"))}, "unknown rule “grant”"),
    "a trap without a condition": ({"traps": _trap()}, "“t” is never shown"),
    "a trap with an unknown answer": (
        {"traps": _trap(when=_when("size", "big"))},
        "answer to size “big”",
    ),
    "a component without a condition": ({"components": (make_component("boiler"),)}, "“boiler” is never shown"),
    "a component in an unknown group": (
        {
            "components": (make_component("boiler", "engine=steam", group="yart"),),
            "diagram_groups": (make_group("yard"),),
        },
        "unknown group “yart”",
    ),
    "a companion of an unknown component": (
        {"components": (make_component("plate", "engine=steam", at="boiler"),)},
        "component “boiler”",
    ),
    "a text with an unknown part": (
        {"components": (make_component("boiler", "engine=steam", detail="runs on {fuel}"),)},
        "unknown part “fuel”",
    ),
    "an edge to an unknown component": (
        {"components": (make_component("boiler", "engine=steam"),), "edges": (make_edge("boiler", "wheel"),)},
        "unknown component “wheel”",
    ),
    "an edge with an unknown part": (
        {
            "components": (make_component("a", "engine=steam"), make_component("b", "engine=steam")),
            "edges": (make_edge("a", "b", "bell=x"),),
        },
        "unknown part “bell”",
    ),
    "a group in an unknown group": ({"diagram_groups": (make_group("yard", parent="town"),)}, "unknown group “town”"),
    "a group that contains itself": (
        {"diagram_groups": (make_group("yard", parent="shed"), make_group("shed", parent="yard"))},
        "“yard” contains itself",
    ),
    "a companion of itself": (
        {
            "components": (
                make_component("a", "engine=steam", at="b"),
                make_component("b", "engine=steam", at="a"),
            )
        },
        "“a” is attached to itself",
    ),
    "a source that is not a web address": ({"takeaways": _takeaway("a book")}, "the source is “a book”"),
    "a note whose source is not a web address": (
        {"takeaways": _takeaway(note=Note("2026-11-23", "Changed.", "hearsay"))},
        "the source is “hearsay”",
    ),
    "a practice question with two correct options": (
        {"practice": _practice(correct=2)},
        "“p” has 2 correct options",
    ),
    "a practice question without a correct option": ({"practice": _practice(correct=0)}, "“p” has no correct options"),
    "a practice question with an unknown answer": (
        {"practice": _practice(answers=((QuestionId("size"), AnswerId("big")),))},
        "answer to size “big”",
    ),
    "a practice question with an unknown takeaway": (
        {"practice": _practice(takeaways=(TakeawayId("wurd"),))},
        "unknown takeaway “wurd”",
    ),
}


@pytest.mark.parametrize(("fields", "message"), CASES.values(), ids=CASES.keys())
def test_the_error_is_reported(fields, message):
    assert any(message in issue.message for issue in validate(_pack(**fields)))


def test_an_issue_names_the_file_the_table_and_the_expected_id():
    (issue,) = validate(_pack(rules=_rule(when=_when("sise", "large"))))
    assert (issue.file, issue.path[:2]) == ("rules.toml", ("rule", 0))
    assert "“size”" in issue.expected


def test_all_errors_are_reported_together():
    broken = _pack(rules=_rule(when=_when("sise", "large"), takeaways=()), takeaways=_takeaway("a book"))
    assert len(validate(broken)) == 3


def test_a_question_has_at_most_nine_answers_one_for_each_number_key():
    answers = tuple(Answer(AnswerId(str(n)), str(n), "") for n in range(10))
    question = replace(make_question("size", "small", "large"), answers=answers)
    assert any("10 answers" in issue.message for issue in validate(_pack(questions=(question,))))
