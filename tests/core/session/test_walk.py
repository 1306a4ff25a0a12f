"""Where the walk stands: it goes on from what was answered last, and stays where answers clash."""

import pytest

from explorer.core.model.pack import QuestionId
from explorer.core.session.walk import build_walk
from explorer.core.solver.decide import decide
from tests.core.packs import compile_toy, make_answers

SPACE = compile_toy("""
    size ? small | large
    speed ? slow | fast
    colour ? red | blue
    engine = steam | diesel
    must m: size=large => engine=steam
    must n: speed=fast => engine=diesel
""")


def standing(asked=None, order=(), current=None, **answers):
    """The question that the walk stands at under these answers, `asked` the one that was answered last."""
    return build_walk(SPACE.pack, decide(SPACE, make_answers(**answers)), (), current, order, asked).current


@pytest.mark.parametrize(
    ("asked", "answers", "next_one"),
    [
        (None, {}, "size"),
        ("size", {"size": "small"}, "speed"),
        ("speed", {"speed": "slow"}, "colour"),
        ("colour", {"colour": "red"}, "size"),
        ("colour", {"size": "small", "speed": "slow", "colour": "red"}, None),
    ],
    ids=["from the start", "on", "past what was left open", "past the end to the beginning", "to no end"],
)
def test_the_walk_goes_on_from_the_question_that_was_answered_last(asked, answers, next_one):
    assert standing(asked, **answers) == next_one


def test_by_another_order_the_first_of_it_comes_next():
    assert standing("size", ("colour", "speed"), size="small") == "colour"


def test_an_answer_that_clashes_keeps_the_walk_where_it_can_be_changed():
    assert standing("speed", size="large", speed="fast") == "speed"
    assert standing("size", size="large", speed="fast") == "size"
    assert standing("speed", current=QuestionId("colour"), size="large", speed="fast") == "colour", "one may go"


def test_who_answers_something_else_while_others_clash_is_not_held_back():
    assert standing("colour", size="large", speed="fast", colour="red") is None
