"""A short code brings the same answers back, however it was passed on, and outlives changes of its pack."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.model.pack import Pack, QuestionId
from explorer.core.session.share_code import (
    DecodedCode,
    ShareCodeError,
    decode_answers,
    encode_answers,
    is_share_code,
    parse_share_code,
)
from explorer.storage.packs.loader import load_pack
from explorer.storage.resources import default_pack_folder
from tests.core.packs import make_answers as answers
from tests.core.packs import packs_with_answers, toy_pack

TRIP = """
    shelter ? tent | hut | none
    food ? cook | buy
    rain ? yes | no
"""
SHIPPED = load_pack(default_pack_folder())


def named(sketch: str, version: str = "1.0") -> Pack:
    return replace(toy_pack(sketch), id="trip", version=version)


def read(text, pack):
    return decode_answers(parse_share_code(text), pack)


@given(packs_with_answers())
def test_every_code_brings_its_answers_back(pack_and_answers):
    pack, given_ = pack_and_answers
    assert read(encode_answers(pack, given_), pack) == DecodedCode(dict(given_), ())


@given(st.data())
def test_the_shipped_pack_fits_into_a_line(data):
    given_ = {question.id: data.draw(st.sampled_from(question.answers)).id for question in SHIPPED.questions}
    code = encode_answers(SHIPPED, given_)
    assert len(code) <= 90
    assert read(code, SHIPPED).answers == given_


def test_a_code_is_known_by_its_beginning():
    assert is_share_code(" Berth: trip:1:0")
    assert not is_share_code("team.berth")


def test_a_code_says_which_pack_it_was_made_with():
    code = parse_share_code(encode_answers(named(TRIP), answers(shelter="hut")))
    assert (code.pack, code.version) == ("trip", "1.0")


def test_the_order_of_answering_makes_no_other_code():
    pack = named(TRIP)
    assert encode_answers(pack, answers(food="buy", rain="no")) == encode_answers(pack, answers(rain="no", food="buy"))


@pytest.mark.parametrize(
    "passed_on",
    [
        str.lower,
        str.upper,
        lambda code: f"  {code}\n",
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " - "),
        lambda code: code.replace("-", "-\n"),
        lambda code: code.replace("-", "\N{NON-BREAKING HYPHEN}"),
        lambda code: "\n".join(code[at : at + 9] for at in range(0, len(code), 9)),
        lambda code: f"Have a look at {code}, and tell me.",
        lambda code: f"“{code}”",
        lambda code: code[:9] + code[9:].replace("0", "O").replace("1", "l"),
    ],
)
def test_a_code_survives_being_passed_on(passed_on):
    pack = replace(named(TRIP), version="2.3")
    given_ = answers(shelter="hut", food="cook", rain="no")
    text = passed_on(encode_answers(pack, given_))
    assert read(text, pack) == DecodedCode(given_, ())


@given(st.data())
def test_one_wrong_sign_or_two_swapped_ones_are_noticed(data):
    code = encode_answers(SHIPPED, {question.id: question.answers[0].id for question in SHIPPED.questions})
    start = code.rindex(":") + 1
    at = data.draw(st.integers(start, len(code) - 2))
    if data.draw(st.booleans()):
        wrong = code[:at] + data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) + code[at + 1 :]
    else:
        wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if wrong.replace("-", "") != code.replace("-", ""):
        with pytest.raises(ShareCodeError, match="mistyped or cut short"):
            parse_share_code(wrong)


@pytest.mark.parametrize("text", ["", "berth", "berth:", "berth:a:b", "berth:a:b:", "berth:a:1:U!", "berth:::::"])
def test_what_is_no_code_is_refused_in_one_sentence(text):
    with pytest.raises(ShareCodeError) as caught:
        parse_share_code(text)
    assert "\n" not in str(caught.value)


def test_a_pack_that_asks_too_much_is_told_what_to_do_instead():
    one = SHIPPED.questions[0]
    many = tuple(replace(one, id=QuestionId(f"q{number}")) for number in range(3_000))
    with pytest.raises(ShareCodeError) as refused:
        encode_answers(replace(SHIPPED, questions=many), {})
    assert str(refused.value) == ("This pack asks too much for a short code; pass the session on as a file.")


@given(st.text())
def test_no_text_is_too_strange(text):
    with pytest.raises(ShareCodeError):
        parse_share_code("berth:" + text)


def test_what_the_pack_has_dropped_or_renamed_is_told_and_the_rest_is_used():
    code = encode_answers(named(TRIP), answers(shelter="hut", food="cook", rain="no"))
    newer = named(
        """
        wind ? yes | no
        shelter ? cabin | tent | none
        food ? buy | cook
        """,
        "2.0",
    )
    assert read(code, newer) == DecodedCode(
        answers(food="cook"),
        (
            "it was made with version 1.0 of the pack, and this one is 2.0",
            "its answer to “shelter” is not known here",
            "1 of its questions is not asked here",
        ),
    )


@given(packs_with_answers(), packs_with_answers())
def test_a_code_never_turns_into_an_answer_that_was_not_given(one, other):
    pack, given_ = one
    found = read(encode_answers(pack, given_), other[0])
    wrong = {question: answer for question, answer in found.answers.items() if given_.get(question) != answer}
    assert not wrong or found.warnings


def test_a_pack_of_a_hundred_questions_still_has_codes():
    pack = named("\n".join(f"q{n} ? a | b | c | d | e" for n in range(100)))
    given_ = {question.id: question.answers[n % 5].id for n, question in enumerate(pack.questions)}
    assert read(encode_answers(pack, given_), pack).answers == given_
