"""The current question of the walk: the next open one, or the last one while its answer is in conflict."""

import pytest

from explorer.core.model.pack import QuestionId
from explorer.core.session.walk import build_walk
from explorer.core.solver.decide import decide
from tests.core.packs import compile_toy, make_answers

ENGINE = compile_toy("""
    size ? small | large
    speed ? slow | fast
    color ? red | blue
    engine = steam | diesel
    must m: size=large => engine=steam
    must n: speed=fast => engine=diesel
""")


def current_question(last_question=None, order=(), current=None, **answers):
    """The current question of the walk under these answers."""
    outcome = decide(ENGINE, make_answers(**answers))
    return build_walk(ENGINE.pack, outcome, (), current, order, last_question).current


@pytest.mark.parametrize(
    ("last_question", "answers", "expected"),
    [
        (None, {}, "size"),
        ("size", {"size": "small"}, "speed"),
        ("speed", {"speed": "slow"}, "color"),
        ("color", {"color": "red"}, "size"),
        ("color", {"size": "small", "speed": "slow", "color": "red"}, None),
    ],
    ids=[
        "no answer: the first question",
        "the next question",
        "an open question before the last answer waits",
        "after the last question: the first open one",
        "no open question",
    ],
)
def test_the_walk_continues_after_the_question_that_was_answered_last(last_question, answers, expected):
    assert current_question(last_question, **answers) == expected


def test_with_an_order_the_first_question_of_the_order_is_next():
    assert current_question("size", ("color", "speed"), size="small") == "color"


def test_the_walk_stays_at_an_answer_in_conflict():
    assert current_question("speed", size="large", speed="fast") == "speed"
    assert current_question("size", size="large", speed="fast") == "size"


def test_the_user_can_leave_an_answer_in_conflict():
    assert current_question("speed", current=QuestionId("color"), size="large", speed="fast") == "color"


def test_an_answer_outside_the_conflict_does_not_hold_the_walk():
    assert current_question("color", size="large", speed="fast", color="red") is None
