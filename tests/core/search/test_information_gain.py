"""How much a question tells, held against counting everything by hand."""

import random
from fractions import Fraction
from math import prod

from hypothesis import given as for_all
from hypothesis import settings

from explorer.core.model.outcome import Status
from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.search.information_gain import (
    AnswerEffect,
    ChoiceDifference,
    count_outcomes,
    count_outcomes_by_answer,
    effect_of_question,
    order_by_information_gain,
)
from explorer.core.search.relevance import irrelevant_questions
from explorer.core.session.walk import build_walk
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.decide import decide
from tests.core.packs import (
    active_must_rules,
    compile_toy,
    legal_combinations,
    make_answers,
    packs_with_answers,
)

HIKE = """
    rain ? yes | no
    food ? cook | buy | fast
    night = tent | hut | sky
    meal = stew | bread | none
    must dry: rain=yes => night!=sky
    must clear: rain=no => night=sky
    must cooking: food=cook => meal=stew
    must buying: food=buy => meal=bread
    must fasting: food=fast => meal=none
    prefer soft: rain=yes => night=hut
"""


def lead(*answers, shows=(), settles=(), rules_out=(), clashes=False) -> AnswerEffect:
    return AnswerEffect(answers, tuple(ChoiceDifference(*shown) for shown in shows), settles, rules_out, clashes)


def by_answer(space, question, **answers):
    return count_outcomes_by_answer(space, make_answers(**answers), question)


def in_order(space, *questions, **answers):
    return order_by_information_gain(space, make_answers(**answers), questions)


def separated(space, question, **answers) -> tuple[AnswerEffect, ...]:
    return effect_of_question(space, make_answers(**answers), question).effects


def test_the_outcomes_that_remain_are_those_that_no_must_rules_out():
    space = compile_toy(HIKE)

    assert count_outcomes(space, {}) == 9
    assert count_outcomes(space, make_answers(rain="yes")) == 6, "a wish removes nothing"
    assert count_outcomes(space, make_answers(rain="yes", food="buy")) == 2


def test_outcomes_are_counted_for_each_answer():
    space = compile_toy(HIKE)

    assert by_answer(space, "rain", food="cook") == (("yes", 2), ("no", 1))
    assert by_answer(space, "rain", rain="yes") == (("yes", 6), ("no", 3))


def test_parts_without_questions_are_not_counted():
    assert count_outcomes(compile_toy(HIKE + "colour = red | green | blue"), {}) == 9


def test_the_question_whose_answers_leave_the_fewest_outcomes_comes_first():
    space = compile_toy(HIKE)

    assert in_order(space, "rain", "food") == ("food", "rain")


def test_conflicting_answers_do_not_count_as_information():
    space = compile_toy("""
        first ? yes | no
        bold ? yes | no
        plain ? yes | no
        a = one | two | three
        must first: first=yes => a!=three
        must bold: bold=yes => a=three
        must plain: plain=yes => a=one
    """)

    assert by_answer(space, "bold", first="yes") == (("yes", 0), ("no", 2))
    assert in_order(space, "bold", "plain", first="yes") == ("plain", "bold")


def test_among_equals_the_question_with_stronger_preferences_comes_first():
    space = compile_toy("""
        idle ? yes | no
        wish ? yes | no
        a = one | two | three
        prefer maybe: idle=yes => a!=three
        prefer surely: wish=yes => a=one
    """)

    assert in_order(space, "idle", "wish") == ("wish", "idle")


@settings(max_examples=80, deadline=None)
@for_all(packs_with_answers())
def test_counting_agrees_with_listing_every_combination(situation):
    pack, answers = situation
    space = compile_pack(pack)
    asked = [part.id for subproblem in space.subproblems if subproblem.questions for part in subproblem.parts]

    def by_hand(given_answers):
        always = [rule for rule in pack.rules if not rule.when and rule.strength.value == "must"]
        rows = legal_combinations(pack, {*always, *active_must_rules(pack, given_answers)})
        return len({tuple(values[part] for part in asked) for values in rows})

    clashing = decide(space, answers).status is Status.CONFLICT
    assert count_outcomes(space, answers) == (0 if clashing else by_hand(answers))
    for question in pack.questions:
        for answer, count in count_outcomes_by_answer(space, answers, question.id):
            assert count == count_outcomes(space, {**answers, question.id: answer})


@settings(max_examples=80, deadline=None)
@for_all(packs_with_answers())
def test_the_most_informative_question_leaves_the_smallest_share_on_average(situation):
    pack, answers = situation
    space = compile_pack(pack)
    if decide(space, answers).conflicts:
        return
    now = count_outcomes(space, answers)

    def expected(question):
        counts = [count for _, count in count_outcomes_by_answer(space, answers, question) if count]
        return Fraction(sum(counts), len(counts) * now) if counts else Fraction(1)

    order = order_by_information_gain(space, answers, [q.id for q in pack.questions if q.id not in answers])

    assert [expected(question) for question in order] == sorted(map(expected, order))


@settings(max_examples=60, deadline=None)
@for_all(packs_with_answers())
def test_the_effect_of_a_question_agrees_with_deciding_each_answer(situation):
    pack, answers = situation
    space = compile_pack(pack)
    for question in pack.questions:
        without = {key: value for key, value in answers.items() if key != question.id}
        if decide(space, without).conflicts:
            continue
        now = {c.choice: c.value for c in decide(space, without).choices}
        found = effect_of_question(space, answers, question.id)
        told = [answer for lead in found.effects for answer in lead.answers]
        assert sorted(told) == sorted(answer.id for answer in question.answers)
        for lead in found.effects:
            for answer in lead.answers:
                outcome = decide(space, {**without, question.id: answer})
                assert lead.conflicts == bool(outcome.conflicts)
                if not lead.conflicts:
                    assert {shows.choice for shows in lead.changes} == {
                        c.choice for c in outcome.choices if c.value != now[c.choice]
                    }


def test_the_effect_of_a_question_lists_added_removed_settled_and_excluded_values():
    space = compile_toy(HIKE + "default usual: => night=tent\ndefault frugal: => meal=bread")

    assert separated(space, "rain") == (
        lead(
            "yes",
            shows=[("night", ("hut",), ("tent",))],
            settles=(("night", "hut"),),
            rules_out=(("night", "sky"),),
        ),
        lead(
            "no",
            shows=[("night", ("sky",), ("tent",))],
            settles=(("night", "sky"),),
            rules_out=(("night", "tent"), ("night", "hut")),
        ),
    )


def test_a_conflicting_answer_has_no_effect():
    space = compile_toy(HIKE + "must sheltered: food=cook => night=hut")

    assert separated(space, "food", rain="no")[0] == lead("cook", clashes=True)


# The shipped pack


def test_the_outcomes_of_subproblems_multiply(space):
    assert count_outcomes(space, {}) == prod(
        solve(space, subproblem, {}).must.count() for subproblem in space.subproblems if subproblem.questions
    )


def test_in_order_of_information_every_relevant_question_is_asked_once(space, pack):
    chance = random.Random(4)
    answers: dict[QuestionId, AnswerId] = {}
    asked = []
    for _ in pack.questions:
        outcome = decide(space, answers)
        passed = irrelevant_questions(space, outcome)
        out = {*answers, *(entry.question for entry in passed)}
        order = order_by_information_gain(space, answers, [q.id for q in pack.questions if q.id not in out])
        here = build_walk(pack, outcome, passed, None, order)
        assert here.current == (order[0] if order else None)
        if here.current is None:
            break
        asked.append(here.current)
        free = [answer for answer, count in count_outcomes_by_answer(space, answers, here.current) if count]
        answers[here.current] = chance.choice(free)

    assert len(asked) == len(set(asked)) == len(answers)
    assert not decide(space, answers).conflicts


def test_more_answers_never_leave_more_outcomes(space, pack):
    chance = random.Random(9)
    answers: dict[QuestionId, AnswerId] = {}
    now = count_outcomes(space, answers)
    for question in chance.sample(pack.questions, len(pack.questions)):
        answers[question.id] = chance.choice(question.answers).id
        assert count_outcomes(space, answers) <= now
        now = count_outcomes(space, answers)
