"""The smallest changes that bring a value or end a clash, held against trying everything."""

import random
from dataclasses import replace
from math import prod

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from explorer.core.model.outcome import Status
from explorer.core.model.pack import Answers, Choice, Pack
from explorer.core.search.counterfactuals import (
    AnswerChange,
    Counterfactual,
    apply_change,
    correction_sets,
    counterfactuals,
    group_changes,
    shown_values,
)
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.core.solver.lookup import Change
from tests.core.distinct_drawings import clusters
from tests.core.packs import all_answer_sets, compile_toy, make_answers, packs_with_answers

ENGINES = """
    size ? small | large
    fuel ? coal | oil | wind
    rail ? yes | no
    engine = steam | diesel | sail
    [bell] = brass
    must big: size=large => engine!=sail
    must oily: fuel=oil => engine=diesel
    must windy: fuel=wind => engine=sail
    prefer small: size=small => engine=sail
    must ringing: rail=yes, engine=steam => bell=brass
    must quiet: rail=no => bell=absent
    default usual: => engine=steam
    default silent: => bell=absent
"""


def flip(space, choice, value, defaults=True, **answers) -> Counterfactual:
    return counterfactuals(space, make_answers(**answers), [(choice, value)], defaults=defaults)[choice, value]


def move(question, *answers) -> AnswerChange:
    return AnswerChange(question, answers)


def of_two(first, second):
    return (("a", first), ("b", second))


def told(found: Counterfactual) -> set[str]:
    return {" ".join(f"{question}={answer}" for question, answer in change) for change in found.changes}


def test_a_shown_value_needs_no_change():
    found = flip(compile_toy(ENGINES), "engine", "steam")

    assert (found.size, found.total, found.changes) == (0, 1, ((),))


def test_all_smallest_changes_are_found_leaving_open_last():
    found = flip(compile_toy(ENGINES), "engine", "steam", fuel="oil")

    assert (found.size, told(found)) == (1, {"fuel=coal", "fuel=None"})
    assert found.changes[-1] == (("fuel", None),)


def test_several_changes_are_needed_if_one_would_conflict():
    found = flip(compile_toy(ENGINES), "engine", "sail", size="large", fuel="oil")

    assert (found.size, found.total) == (2, 4)
    assert told(found) == {
        "size=small fuel=coal",
        "size=small fuel=wind",
        "size=None fuel=wind",
        "size=small fuel=None",
    }


def test_an_impossible_value_differs_from_one_that_is_only_offered():
    space = compile_toy("""
        size ? small | large
        engine = steam | diesel | sail
        must never: => engine!=sail
        default usual: => engine=steam
    """)

    assert (flip(space, "engine", "diesel").size, flip(space, "engine", "diesel").offered) == (None, True)
    assert (flip(space, "engine", "sail").size, flip(space, "engine", "sail").offered) == (None, False)


def test_without_defaults_a_default_brings_nothing():
    space = compile_toy(ENGINES)

    assert flip(space, "engine", "steam", defaults=False).size is None
    assert flip(space, "engine", "steam").size == 0


def test_changes_that_differ_in_one_answer_are_grouped():
    found = flip(compile_toy(ENGINES), "engine", "sail", size="large", fuel="oil")

    assert found.grouped_changes == (
        (move("size", "small"), move("fuel", "coal", "wind", None)),
        (move("size", None), move("fuel", "wind")),
    )


changes_of_two = st.sets(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), max_size=9)


@for_all(changes_of_two)
def test_grouping_keeps_exactly_the_changes(pairs):
    changes = [of_two(*pair) for pair in sorted(pairs)]

    ways = group_changes(changes)

    spelled = [of_two(x, y) for first, second in ways for x in first.answers for y in second.answers]
    assert sorted(spelled) == changes


@st.composite
def situations(draw) -> tuple[Pack, Answers]:
    """A random pack, some of its choices made of several parts, and answers."""
    pack, answers = draw(packs_with_answers())
    choices: list[Choice] = []
    for choice in pack.choices:
        if choices and draw(st.booleans()):
            whole = choices.pop()
            parts = (*whole.parts, *(replace(part, choice=whole.id) for part in choice.parts))
            values = {value.id: value for value in (*whole.values, *choice.values)}
            choices.append(replace(whole, parts=parts, values=tuple(values.values()), multi_valued=draw(st.booleans())))
        else:
            choices.append(choice)
    return replace(pack, choices=tuple(choices)), answers


def near(space, choice):
    """The clusters that the parts of a choice lie in."""
    return [cluster for cluster in clusters(space) if any(p in s.parts for s in cluster for p in choice.parts)]


def brute(space, answers, choice, value) -> tuple[int | None, set[Change]]:
    """The size and the changes, by trying every combination of answers to what bears on a choice."""
    (cluster,) = near(space, choice)
    inside = {question for subproblem in cluster for question in subproblem.questions}
    found: dict[int, set[Change]] = {}
    for after in all_answer_sets(space.pack):
        steps = [(q.id, after.get(q.id)) for q in space.pack.questions if after.get(q.id) != answers.get(q.id)]
        if not inside.issuperset(question for question, _ in steps):
            continue
        holds = all(solve(space, subproblem, after).must for subproblem in cluster)
        if holds and value in decide(space, after).choice_by_id[choice.id].value:
            found.setdefault(len(steps), set()).add(tuple(steps))
    size = min(found, default=None)
    return size, found[size] if size is not None else set()


@settings(max_examples=60, deadline=None)
@for_all(situations())
def test_the_smallest_changes_agree_with_trying_all_answers(situation):
    pack, answers = situation
    space = compile_pack(pack)

    for (name, value), found in counterfactuals(space, answers).items():
        choice = pack.choice_by_id[name]
        if len(near(space, choice)) > 1:
            continue  # held by the next test only
        size, changes = brute(space, answers, choice, value)
        assert (found.size, set(found.changes)) == (size, changes)
        assert found.total == len(changes) == len(found.changes)
        assert sum(prod(len(move.answers) for move in way) for way in found.grouped_changes) == len(changes)


@settings(max_examples=60, deadline=None)
@for_all(situations())
def test_every_change_leads_to_its_value_also_across_clusters(situation):
    pack, answers = situation
    space = compile_pack(pack)
    now = decide(space, answers)

    for (name, value), found in counterfactuals(space, answers).items():
        for change in found.changes:
            assert value in decide(space, apply_change(answers, change)).choice_by_id[name].value
            assert len(change) == found.size
        if not now.conflicts:
            assert (found.size == 0) == (value in now.choice_by_id[name].value)


@settings(max_examples=80, deadline=None)
@for_all(situations())
def test_shown_values_agree_with_deciding(situation):
    pack, answers = situation
    space = compile_pack(pack)
    outcome = decide(space, answers)

    if not outcome.conflicts:
        assert shown_values(space, answers) == {choice.choice: choice.value for choice in outcome.choices}


@settings(max_examples=80, deadline=None)
@for_all(situations())
def test_a_repair_resolves_every_conflict_and_is_minimal(situation):
    pack, answers = situation
    space = compile_pack(pack)
    outcome = decide(space, answers)

    for conflict in outcome.conflicts:
        found = correction_sets(space, outcome, conflict)
        cluster = next(c for c in clusters(space) if any(set(conflict.answers) & set(s.questions) for s in c))

        def holds(after, cluster=cluster):
            return all(solve(space, subproblem, after).must for subproblem in cluster)

        assert found
        assert [len(repair.change) for repair in found] == sorted(len(repair.change) for repair in found)
        for repair in found:
            assert holds(apply_change(answers, repair.change))
            assert {question for question, _ in repair.change} & set(conflict.answers)
            for spared in range(len(repair.change)):
                fewer = tuple((q, None) for place, (q, _) in enumerate(repair.change) if place != spared)
                assert not holds(apply_change(answers, fewer))


def test_a_repair_lists_the_other_answers():
    space = compile_toy(ENGINES)
    outcome = decide(space, make_answers(size="large", fuel="wind"))

    found = correction_sets(space, outcome, outcome.conflicts[0])

    assert {repair.change for repair in found} == {
        (("size", "small"),),
        (("size", None),),
        (("fuel", "coal"),),
        (("fuel", "oil"),),
        (("fuel", None),),
    }
    assert found[-1].change[0][1] is None, "to leave open comes after what costs no more"


# The shipped pack


def samples(pack, count):
    chance = random.Random(11)
    for _ in range(count):
        share = chance.choice((0.2, 0.5, 0.8, 1))
        yield {q.id: chance.choice(q.answers).id for q in pack.questions if chance.random() < share}


def test_on_the_shipped_pack_every_listed_change_leads_to_its_value(space, pack):
    for answers in samples(pack, 6):
        for (choice, value), found in counterfactuals(space, answers).items():
            for change in found.changes[:4]:
                outcome = decide(space, apply_change(answers, change))
                assert value in outcome.choice_by_id[choice].value
                assert len({question for question, _ in change}) == found.size


def test_on_the_shipped_pack_no_single_change_reaches_what_needs_two(space, pack):
    answers = make_answers(kubernetes="required", gpu="yes", location="cloud", operations="least")
    found = counterfactuals(space, answers)
    singles = [
        {
            **{q: a for q, a in answers.items() if q != question.id},
            **({question.id: option.id} if option else {}),
        }
        for question in pack.questions
        for option in (None, *question.answers)
    ]
    reached = {
        (choice.choice, value)
        for after in singles
        if not (outcome := decide(space, after)).conflicts
        for choice in outcome.choices
        for value in choice.value
    }

    assert {want for want, flip in found.items() if flip.size is not None and flip.size <= 1} == reached


def test_on_the_shipped_pack_two_values_are_only_ever_offered(space):
    never = {want: flip.offered for want, flip in counterfactuals(space, {}).items() if flip.size is None}

    assert never == {("network_mode", "host"): True, ("registry_features", "kms"): True}


@pytest.mark.parametrize("answers", [{}, {"gpu": "yes"}, {"kubernetes": "required", "operations": "least"}])
def test_fargate_needs_at_most_one_change(space, answers):
    found = flip(space, "compute", "fargate", **answers)

    assert found.size == (1 if "gpu" in answers else 0)


def test_each_repair_resolves_a_conflict_of_the_shipped_pack(space):
    answers = make_answers(location="on_premises", kubernetes="not_required", load_balancer="yes", discovery="by_name")
    outcome = decide(space, answers)
    assert outcome.status is Status.CONFLICT

    for conflict in outcome.conflicts:
        found = correction_sets(space, outcome, conflict)
        assert found
        for repair in found:
            assert not decide(space, apply_change(answers, repair.change)).conflicts
