"""The verification, compared with deciding every combination of answers."""

import random
from collections import Counter
from dataclasses import replace
from math import prod

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from explorer.core.architecture.builder import build_architecture
from explorer.core.model.outcome import Status
from explorer.core.model.pack import TakeawayId
from explorer.core.model.validation import KeyPath
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.core.verification.drawing_checks import ill_formed
from explorer.core.verification.outcome_functions import OutcomeFunctions
from explorer.core.verification.proof import Count, verify
from tests.core.packs import (
    all_answer_sets,
    compile_toy,
    make_component,
    make_edge,
    make_group,
    packs,
    toy_pack,
)

SOUND = """
    size ? small | large
    engine = steam | diesel
    must grand: size=large => engine=steam
    default usual: => engine=diesel
"""
DRAWN = {"components": (make_component("boiler", "engine=steam|diesel"),)}


def _problems(sketch=SOUND, **fields):
    return {flaw.message for flaw in verify(compile_toy(sketch, **{**DRAWN, **fields})).problems}


def _words(space, combinations):
    """How many combinations are decided, open and in conflict, deciding each one."""
    words: Counter[str] = Counter()
    for answers in combinations:
        outcome = decide(space, answers)
        undecided = any(part.status is Status.OPEN for part in outcome.parts())
        words["conflict" if outcome.conflicts else "open" if undecided else "decided"] += 1
    return words


def _counted(words):
    return Count(words.total(), words["decided"], words["open"], words["conflict"])


def test_a_valid_pack_has_no_problem():
    assert _problems() == set()


def test_the_shipped_pack_has_no_problem(proof):
    assert proof.problems == ()


def test_the_combinations_of_the_shipped_pack_are_counted(pack, proof):
    assert proof.complete.total == prod(len(question.answers) for question in pack.questions) == 2_073_600
    assert proof.partial.total == 544_195_584
    assert proof.complete.open == proof.partial.open == 0


def test_the_counts_of_the_shipped_pack_agree_with_a_random_sample(space, proof):
    rng = random.Random(16)
    sample = ({q.id: rng.choice(q.answers).id for q in space.pack.questions} for _ in range(800))
    words = _words(space, sample)
    assert words["open"] == 0
    assert words["conflict"] / 800 == pytest.approx(proof.complete.conflict / proof.complete.total, abs=0.06)


def test_with_some_answers_fixed_the_shipped_pack_is_counted_exactly(pack):
    kept = {"location": 5, "kubernetes": 2, "load_balancer": 2, "discovery": 3, "isolation": 1, "gpu": 1}
    questions = tuple(replace(q, answers=q.answers[: kept[q.id]]) for q in pack.questions if q.id in kept)
    rules = tuple(rule for rule in pack.rules if {question for question, _ in rule.when} <= kept.keys())
    restricted = compile_pack(replace(pack, questions=questions, rules=rules, traps=(), practice=()))
    found = verify(restricted)
    assert found.complete == _counted(_words(restricted, all_answer_sets(restricted.pack, partial=False)))
    assert found.partial == _counted(_words(restricted, all_answer_sets(restricted.pack)))


@over(packs())
def test_the_counts_agree_with_deciding_every_combination(pack):
    space = compile_pack(pack)
    found = verify(space)
    assert found.complete == _counted(_words(space, all_answer_sets(pack, partial=False)))
    assert found.partial == _counted(_words(space, all_answer_sets(pack)))


@over(packs())
def test_the_number_of_distinct_outcomes_agrees_with_solving_every_combination(pack):
    space = compile_pack(pack)
    solved = [
        [solve(space, subproblem, answers) for subproblem in space.subproblems] for answers in all_answer_sets(pack)
    ]
    ends = {tuple(solutions.final.node for solutions in row) for row in solved if all(s.must for s in row)}
    assert verify(space).outcomes == len(ends)


@over(packs())
def test_the_minimal_conflicts_agree_with_solving_every_combination(pack):
    space = compile_pack(pack)
    found = OutcomeFunctions(space).minimal_conflicts
    for subproblem in space.subproblems:
        conflicting = [c for c in all_answer_sets(pack) if not solve(space, subproblem, c).must]
        minimal = [c for c in conflicting if not any(other.items() < c.items() for other in conflicting)]
        mine = [frozenset(conflict.items()) for other, conflict in found if other is subproblem]
        assert set(mine) == {frozenset(conflict.items()) for conflict in minimal}
        assert len(mine) == len(minimal)


@over(packs())
def test_a_component_is_reported_exactly_if_no_combination_shows_it(pack):
    boxes = tuple(
        make_component(f"{part.id}.{value}", f"{part.id}={value}") for part in pack.parts() for value in part.values
    )
    space = compile_pack(replace(pack, components=boxes))
    told = {flaw.path[1] for flaw in verify(space).problems if "no outcome shows" in flaw.message}
    seen = set()
    for answers in all_answer_sets(pack):
        outcome = decide(space, answers)
        if not outcome.conflicts:
            seen |= {f"{part.part}.{part.value}" for part in outcome.parts()}
    assert told == {index for index, component in enumerate(boxes) if component.id not in seen}


@st.composite
def _drawn_packs(draw):
    """Random packs with a component for most values, and edges between some of them."""
    pack = draw(packs())
    components = [
        make_component(f"{part.id}.{value}", f"{part.id}={value}", slot=part.id, ghost=draw(st.booleans()))
        for part in pack.parts()
        for value in part.values
        if draw(st.integers(0, 3))
    ]
    ends = st.sampled_from([component.id for component in components])
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=5)) if components else []
    edges = [make_edge(one, other) for one, other in pairs if one != other]
    return replace(pack, components=tuple(components), edges=tuple(edges))


@over(_drawn_packs())
def test_drawing_problems_agree_with_drawing_every_outcome(pack):
    space = compile_pack(pack)
    reported = {p.path for p in verify(space).problems if p.file == "components.toml" and "no outcome" not in p.message}
    found: set[KeyPath] = set()
    in_conflicts: set[KeyPath] = set()
    for answers in all_answer_sets(pack):
        outcome = decide(space, answers)
        issues = {path for path, _, _ in ill_formed(pack, outcome, build_architecture(pack, outcome))}
        (in_conflicts if outcome.conflicts else found).update(issues)
    assert found <= reported <= found | in_conflicts


# ---------------------------------------------------------------- each kind of problem


def test_a_part_left_open_is_reported_with_the_smallest_example():
    told = _problems("size ? small | large\nengine = steam | diesel\nmust grand: size=large => engine=steam")
    assert "part “engine” stays open with no answer" in told


def test_a_question_that_no_rule_depends_on_is_reported():
    assert "question “colour” never changes the outcome" in _problems("colour ? red | blue\n" + SOUND)


def test_a_value_that_is_never_possible_is_reported():
    told = _problems(SOUND.replace("steam | diesel", "steam | diesel | sail") + "\nmust dry: => engine!=sail")
    assert "engine never has the value “sail”, not even as an alternative" in told


def test_a_value_that_is_only_an_alternative_is_no_problem():
    assert _problems(SOUND.replace("steam | diesel", "steam | diesel | sail")) == set()


def test_a_must_rule_that_repeats_another_is_reported():
    told = _problems(SOUND + "\nmust again: size=large => engine!=diesel")
    assert {
        "rule “grand” never rules out a value that other rules allow",
        "rule “again” never rules out a value that other rules allow",
    } <= told


def test_an_unconditional_rule_without_effect_is_reported():
    told = _problems(SOUND + "\nmust off: engine=steam => engine=steam")
    assert told == {"rule “off” never rules out a value that other rules allow"}


def test_a_preference_for_a_forced_value_is_reported():
    assert "the preference “echo” never applies" in _problems(SOUND + "\nprefer echo: size=large => engine=steam")


def test_a_default_after_an_equal_one_is_reported():
    assert "the default “late” never applies" in _problems(SOUND + "\ndefault late: => engine=steam")


def test_a_takeaway_that_nothing_cites_is_reported():
    pack = toy_pack(SOUND)
    spare = replace(pack.takeaways[0], id=TakeawayId("spare"))
    assert "takeaway “spare” is not cited" in _problems(takeaways=(*pack.takeaways, spare))


def test_a_component_that_no_outcome_shows_is_reported():
    boxes = (*DRAWN["components"], make_component("mast", "engine=sail"))
    sketch = SOUND.replace("steam | diesel", "steam | diesel | sail")
    assert "no outcome shows component “mast”" in _problems(sketch, components=boxes)


def test_a_companion_that_never_appears_with_its_host_is_reported():
    boxes = (
        make_component("boiler", "engine=steam"),
        make_component("motor", "engine=diesel"),
        make_component("plug", "engine=steam", at="motor"),
    )
    assert "no outcome shows component “plug”" in _problems(components=boxes)


def test_a_component_that_depends_on_two_clusters_is_found():
    sketch = (
        SOUND
        + """
        colour ? red | blue
        paint = red | blue
        must dip: colour=red => paint=red
        default plain: => paint=blue
    """
    )
    boxes = (*DRAWN["components"], make_component("fire", "engine=steam, paint=red", at="boiler"))
    assert _problems(sketch, components=boxes) == set()


def test_a_group_without_content_is_reported():
    assert "no outcome shows group “yard”" in _problems(diagram_groups=(make_group("yard"),))


def test_an_edge_whose_ends_never_appear_together_is_reported():
    boxes = (make_component("boiler", "engine=steam"), make_component("motor", "engine=diesel"))
    told = _problems(components=boxes, edges=(make_edge("boiler", "motor"),))
    assert "no outcome shows edge “boiler>motor”" in told


def test_a_component_without_an_edge_stands_alone_unless_it_is_the_only_one():
    boxes = (make_component("boiler", "engine=steam|diesel"), make_component("wheel", "engine=steam|diesel"))
    told = _problems(components=boxes)
    assert any(what.startswith("“wheel” has no edge") for what in told)
    assert _problems(components=boxes, edges=(make_edge("boiler", "wheel"),)) == set()


def test_an_edge_drawn_twice_is_reported():
    boxes = (make_component("boiler", "engine=steam|diesel"), make_component("wheel", "engine=steam|diesel"))
    lines = (make_edge("boiler", "wheel"), make_edge("boiler", "wheel", "engine=steam"))
    told = _problems(components=boxes, edges=lines)
    assert any(what.startswith("“boiler>wheel” is drawn 2 times") for what in told)


def test_a_component_that_no_rule_explains_is_reported():
    sketch = "size ? small | large\nengine = steam\nbell = brass | iron\nmust m: size=large => bell=iron"
    told = _problems(sketch + "\ndefault d: => bell=brass", components=(make_component("boiler", "engine=steam"),))
    assert any(what.startswith("no rule explains “boiler”") for what in told)


def test_rules_that_contradict_each_other_are_reported():
    told = _problems(SOUND + "\nmust a: => engine=steam\nmust b: => engine=diesel", components=())
    assert "the rules allow no value for engine" in told


def test_a_conflict_of_two_answers_has_a_repair():
    sketch = SOUND + "\nspeed ? slow | fast\nmust quick: speed=fast => engine=diesel"
    found = verify(compile_toy(sketch, **DRAWN))
    assert (found.conflict_sets, found.problems) == (1, ())
    assert found.complete == Count(total=4, decided=3, open=0, conflict=1)
