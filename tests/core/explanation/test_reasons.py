"""A reason is told as true only where its rule is at work; a case that is out is told as one."""

from dataclasses import replace

from explorer.core.explanation.reasons import format_reason, lower_first, lowercase_words
from explorer.core.model.pack import ChoiceId
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


def _told(space, choice, **answers):
    outcome = decide(space, make_answers(**answers))
    found = outcome.choice_by_id[ChoiceId(choice)]
    return [format_reason(space.pack, outcome, because.rule) for because in found.justifications]


def test_a_rule_at_work_is_told_as_it_stands():
    space = compile_toy(ENGINES)
    assert "Because of diesel-is-tended." in _told(space, "crew", size="small")


def test_a_case_that_is_out_is_no_reason_beside_those_at_work():
    space = compile_toy(ENGINES)
    told = " ".join(_told(space, "crew", size="small"))
    assert "wind-is-free" not in told
    assert "steam-is-fired" not in told


def test_where_the_case_is_one_of_the_choice_itself_it_is_told_as_a_case():
    space = compile_toy("""
        cargo ? coal | mail
        engine = steam | sail
        [bunker] = full
        must mail-has-no-bunker: cargo=mail => bunker=absent
        must steam-needs-a-bunker: engine=steam => bunker=full
    """)
    assert "If engine were steam: Because of steam-needs-a-bunker." in _told(space, "engine", cargo="mail")


def test_a_rule_that_chooses_among_its_own_values_says_among_which():
    space = compile_toy("""
        haste ? yes | no
        boat = any | none
        sail = jib | spinnaker | furled
        must fast-sails: haste=yes, sail=jib|spinnaker => sail=spinnaker
        must no-boat-no-sail: boat=none => sail=furled
        default ashore: => boat=none
    """)
    outcome = decide(space, make_answers(haste="yes"))
    told = format_reason(space.pack, outcome, next(r.id for r in space.pack.rules if r.id == "fast-sails"))
    assert told == "Among jib and spinnaker: Because of fast-sails."


def test_a_sentence_that_runs_on_keeps_the_capital_of_a_name_alone():
    pack = compile_toy(ENGINES).pack
    told = replace(pack.takeaways[0], text="Boilers burn coal. A ship with boilers calls at Dover.")
    common = lowercase_words(replace(pack, takeaways=(told,)))
    assert lower_first("Boilers burn coal.", common) == "boilers burn coal."
    assert lower_first("Dover is a port.", common) == "Dover is a port."
