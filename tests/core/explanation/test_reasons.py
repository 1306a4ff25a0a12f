"""A reason is told as true only where its rule is at work; a case that is out is told as one."""

from dataclasses import replace

from explorer.core.explanation.reasons import common_words, reason_told, run_on
from explorer.core.model.pack import ChoiceId
from explorer.core.solver.decide import decide
from tests.core.packs import given, made

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
    outcome = decide(space, given(**answers))
    found = outcome.choice_by_id[ChoiceId(choice)]
    return [reason_told(space.pack, outcome, because.rule) for because in found.because]


def test_a_rule_at_work_is_told_as_it_stands():
    space = made(ENGINES)
    assert "Because of diesel-is-tended." in _told(space, "crew", size="small")


def test_a_case_that_is_out_is_no_reason_beside_those_at_work():
    space = made(ENGINES)
    told = " ".join(_told(space, "crew", size="small"))
    assert "wind-is-free" not in told
    assert "steam-is-fired" not in told


def test_where_the_case_is_one_of_the_choice_itself_it_is_told_as_a_case():
    space = made("""
        cargo ? coal | mail
        engine = steam | sail
        [bunker] = full
        must mail-has-no-bunker: cargo=mail => bunker=absent
        must steam-needs-a-bunker: engine=steam => bunker=full
    """)
    assert "If engine were steam: Because of steam-needs-a-bunker." in _told(space, "engine", cargo="mail")


def test_a_rule_that_chooses_among_its_own_values_says_among_which():
    space = made("""
        haste ? yes | no
        boat = any | none
        sail = jib | spinnaker | furled
        must fast-sails: haste=yes, sail=jib|spinnaker => sail=spinnaker
        must no-boat-no-sail: boat=none => sail=furled
        default ashore: => boat=none
    """)
    outcome = decide(space, given(haste="yes"))
    told = reason_told(space.pack, outcome, next(r.id for r in space.pack.rules if r.id == "fast-sails"))
    assert told == "Among jib and spinnaker: Because of fast-sails."


def test_a_sentence_that_runs_on_keeps_the_capital_of_a_name_alone():
    pack = made(ENGINES).pack
    told = replace(pack.takeaways[0], text="Boilers burn coal. A ship with boilers calls at Dover.")
    common = common_words(replace(pack, takeaways=(told,)))
    assert run_on("Boilers burn coal.", common) == "boilers burn coal."
    assert run_on("Dover is a port.", common) == "Dover is a port."
