"""Reasons: a rule that does not hold is worded as a case, not as a fact."""

from dataclasses import replace

from explorer.core.explanation.reasons import format_reason, lower_first, lowercase_words
from explorer.core.model.pack import ChoiceId, RuleId
from explorer.core.solver.decide import decide
from tests.core.packs import compile_toy, make_answers

ENGINES = """
    size ? small | large
    engine = steam | diesel | wind
    crew = stoker | mechanic | nobody
    must small-is-not-steam: size=small => engine!=steam
    must large-is-not-wind: size=large => engine!=wind
    must steam-is-fired: engine=steam => crew=stoker
    must diesel-is-tended: engine=diesel => crew=mechanic
    must wind-is-free: engine=wind => crew=nobody
    default usually-diesel: => engine=diesel
"""


def _reasons(compiled, choice, **answers):
    outcome = decide(compiled, make_answers(**answers))
    found = outcome.choice_by_id[ChoiceId(choice)]
    return [format_reason(compiled.pack, outcome, each.rule) for each in found.justifications]


def test_the_reason_of_a_rule_that_holds_is_unchanged():
    assert "Because of diesel-is-tended." in _reasons(compile_toy(ENGINES), "crew", size="small")


def test_a_rule_that_does_not_hold_is_no_reason_if_another_rule_holds():
    reasons = " ".join(_reasons(compile_toy(ENGINES), "crew", size="small"))
    assert "wind-is-free" not in reasons
    assert "steam-is-fired" not in reasons


def test_a_rule_about_another_value_of_the_same_choice_is_worded_as_a_case():
    compiled = compile_toy("""
        cargo ? coal | mail
        engine = steam | sail
        [bunker] = full
        must mail-has-no-bunker: cargo=mail => bunker=absent
        must steam-needs-a-bunker: engine=steam => bunker=full
    """)
    assert "If engine were steam: Because of steam-needs-a-bunker." in _reasons(compiled, "engine", cargo="mail")


def test_a_rule_that_selects_from_its_own_values_names_these_values():
    compiled = compile_toy("""
        haste ? yes | no
        boat = any | none
        sail = jib | spinnaker | furled
        must fast-sails: haste=yes, sail=jib|spinnaker => sail=spinnaker
        must no-boat-no-sail: boat=none => sail=furled
        default ashore: => boat=none
    """)
    outcome = decide(compiled, make_answers(haste="yes"))
    reason = format_reason(compiled.pack, outcome, RuleId("fast-sails"))
    assert reason.startswith("Among jib and spinnaker: ")


def test_a_sentence_within_a_sentence_starts_in_lower_case_unless_with_a_name():
    pack = compile_toy(ENGINES).pack
    takeaway = replace(pack.takeaways[0], text="Boilers burn coal. A ship with boilers calls at Dover.")
    common = lowercase_words(replace(pack, takeaways=(takeaway,)))
    assert lower_first("Boilers burn coal.", common) == "boilers burn coal."
    assert lower_first("Dover is a port.", common) == "Dover is a port."
