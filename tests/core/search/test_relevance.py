"""Which questions can still matter, held against trying every completion."""

import random

from hypothesis import given as over

from explorer.core.search.relevance import irrelevant_questions, next_question, relevant_questions
from explorer.core.solver.constraints import compile_pack, solve
from explorer.core.solver.decide import decide
from explorer.core.verification.proof import verify
from tests.core.packs import all_answer_sets, compile_toy, make_answers, packs_with_answers

FUEL = """
    size ? small | large
    fuel ? coal | wood
    engine = electric | steam
    store = none | shed | barn
    must plain: size=small => engine=electric
    must grand: size=large => engine=steam
    must tidy: engine=electric => store=none
    must coal: fuel=coal, engine=steam => store=shed
    must wood: fuel=wood, engine=steam => store=barn
    default usual: => engine=electric
"""


def _passed(space, **answers):
    return [entry.question for entry in irrelevant_questions(space, decide(space, make_answers(**answers)))]


def test_a_question_about_an_excluded_value_is_irrelevant():
    assert _passed(compile_toy(FUEL), size="small") == ["fuel"]


def test_a_question_that_matters_with_another_answer_is_relevant():
    assert _passed(compile_toy(FUEL)) == []


def test_the_reason_of_an_irrelevant_question_names_the_value_that_decides_it():
    space = compile_toy(FUEL)
    (entry,) = irrelevant_questions(space, decide(space, make_answers(size="small")))
    assert "engine is “electric”" in entry.reason


def test_an_answered_question_is_never_irrelevant():
    assert _passed(compile_toy(FUEL), size="small", fuel="coal") == []


def test_the_next_question_is_the_first_relevant_one():
    space = compile_toy(FUEL)
    outcome = decide(space, make_answers(size="small"))
    assert next_question(space, decide(space, {}), ()) == "size"
    assert next_question(space, outcome, irrelevant_questions(space, outcome)) is None


def test_a_question_that_depends_on_three_others_is_relevant():
    space = compile_toy("""
        one ? yes | no
        two ? yes | no
        three ? yes | no
        last ? yes | no
        a = off | on
        b = off | on
        c = off | on
        end = off | on
        must m: one=yes => a=on
        must n: two=yes => b=on
        must o: three=yes => c=on
        must p: last=yes, a=on, b=on, c=on => end=on
        default all: => a=off, b=off, c=off, end=off
    """)
    assert _passed(space) == []
    assert _passed(space, two="no") == ["last"]


def test_a_question_that_fewer_answers_make_irrelevant_stays_irrelevant():
    space = compile_toy("""
        size ? small | large
        speed ? slow | fast
        a = x | y
        must m: size=small => a=x
        must n: speed=fast, size=large => a=y
    """)
    (asked,) = (q for q in space.pack.questions if q.id == "speed")
    assert asked.id not in relevant_questions(space, make_answers(size="small"))
    assert asked.id in relevant_questions(space, make_answers(size="large"))


def _ends(space, answers):
    """What the subproblems come to: their final rows, 0 where answers clash."""
    return [solve(space, subproblem, answers).final for subproblem in space.subproblems]


@over(packs_with_answers())
def test_a_question_is_relevant_exactly_if_some_completion_depends_on_it(both):
    pack, answers = both
    space = compile_pack(pack)
    completions = [c for c in all_answer_sets(pack) if answers.items() <= c.items()]
    for asked in pack.questions:
        if asked.id not in answers:
            without = (c for c in completions if asked.id not in c)
            moved = any(
                _ends(space, c) != _ends(space, {**c, asked.id: answer.id}) for c in without for answer in asked.answers
            )
            assert (asked.id in relevant_questions(space, answers)) == moved


def test_no_completion_of_the_shipped_pack_depends_on_an_irrelevant_question(space):
    rng = random.Random(2026)
    for _ in range(200):
        share = rng.random()
        answers = {q.id: rng.choice(q.answers).id for q in space.pack.questions if rng.random() < share}
        outcome = decide(space, answers)
        if outcome.conflicts:
            continue
        for entry in irrelevant_questions(space, outcome):
            asked = space.pack.question_by_id[entry.question]
            for _ in range(6):
                rest = {q.id: rng.choice(q.answers).id for q in space.pack.questions if rng.random() < 0.7}
                full = {**rest, **answers}
                full.pop(asked.id, None)
                before = _ends(space, full)
                assert all(_ends(space, {**full, asked.id: a.id}) == before for a in asked.answers), (
                    full,
                    asked.id,
                )


MANY = range(40)
WISHES = "\n".join(
    ["engine = electric | steam | diesel"]
    + [f"q{n} ? yes | no\nprefer p{n}: q{n}=yes => engine={('steam', 'diesel')[n % 2]}" for n in MANY]
)


def test_forty_questions_with_quintillions_of_combinations_are_solved():
    space = compile_toy(WISHES)

    passed = [entry.question for entry in irrelevant_questions(space, decide(space, make_answers(q1="yes")))]

    assert passed == [f"q{n}" for n in MANY if n > 1], "only an earlier wish could still overrule the first"
    assert verify(space).partial.total == 3 ** len(MANY)
