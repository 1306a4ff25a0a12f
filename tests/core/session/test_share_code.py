"""Share codes: they survive copying and other versions of the pack, and detect typing errors."""

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
from tests.core.packs import make_answers, packs_with_answers, toy_pack

TRIP = """
    shelter ? tent | hut | none
    food ? cook | buy
    rain ? yes | no
"""
SHIPPED = load_pack(default_pack_folder())


def trip_pack(sketch: str = TRIP, version: str = "1.0") -> Pack:
    return replace(toy_pack(sketch), id="trip", version=version)


def decode(text, pack):
    return decode_answers(parse_share_code(text), pack)


@given(packs_with_answers())
def test_decoding_a_code_returns_the_encoded_answers(pack_and_answers):
    pack, answers = pack_and_answers
    assert decode(encode_answers(pack, answers), pack) == DecodedCode(dict(answers), ())


@given(st.data())
def test_a_code_of_the_shipped_pack_fits_on_a_line(data):
    answers = {question.id: data.draw(st.sampled_from(question.answers)).id for question in SHIPPED.questions}
    code = encode_answers(SHIPPED, answers)
    assert len(code) <= 90
    assert decode(code, SHIPPED).answers == answers


def test_a_code_of_an_earlier_version_of_berth_is_unchanged():
    code = "berth:trip:1.0:0SDQMK-27EG4P-2FS"
    answers = make_answers(shelter="hut", food="cook", rain="no")
    assert encode_answers(trip_pack(), answers) == code
    assert decode(code, trip_pack()) == DecodedCode(answers, ())


def test_a_code_is_recognized_by_its_prefix():
    assert is_share_code(" Berth: trip:1:0")
    assert not is_share_code("team.berth")


def test_a_code_contains_the_id_and_version_of_its_pack():
    code = parse_share_code(encode_answers(trip_pack(), make_answers(shelter="hut")))
    assert (code.pack, code.version) == ("trip", "1.0")


def test_the_order_of_answering_does_not_change_the_code():
    food_first, rain_first = make_answers(food="buy", rain="no"), make_answers(rain="no", food="buy")
    assert encode_answers(trip_pack(), food_first) == encode_answers(trip_pack(), rain_first)


@pytest.mark.parametrize(
    "copy",
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
def test_a_code_survives_copying(copy):
    pack = trip_pack(version="2.3")
    answers = make_answers(shelter="hut", food="cook", rain="no")
    assert decode(copy(encode_answers(pack, answers)), pack) == DecodedCode(answers, ())


@given(st.data())
def test_a_wrong_symbol_and_two_swapped_symbols_are_detected(data):
    code = encode_answers(SHIPPED, {question.id: question.answers[0].id for question in SHIPPED.questions})
    start = code.rindex(":") + 1
    at = data.draw(st.integers(start, len(code) - 2))
    if data.draw(st.booleans()):
        wrong = code[:at] + data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) + code[at + 1 :]
    else:
        wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if wrong.replace("-", "") != code.replace("-", ""):
        with pytest.raises(ShareCodeError, match="mistyped"):
            parse_share_code(wrong)


@pytest.mark.parametrize("text", ["", "berth", "berth:", "berth:a:b", "berth:a:b:", "berth:a:1:U!", "berth:::::"])
def test_a_text_that_is_not_a_code_is_rejected_in_one_line(text):
    with pytest.raises(ShareCodeError) as caught:
        parse_share_code(text)
    assert "\n" not in str(caught.value)


def test_the_error_for_a_pack_with_too_many_questions_says_what_to_do():
    question = SHIPPED.questions[0]
    questions = tuple(replace(question, id=QuestionId(f"q{number}")) for number in range(3_000))
    with pytest.raises(ShareCodeError, match="as a file"):
        encode_answers(replace(SHIPPED, questions=questions), {})


@given(st.text())
def test_any_text_after_the_prefix_is_rejected_without_a_crash(text):
    with pytest.raises(ShareCodeError):
        parse_share_code("berth:" + text)


def test_removed_and_renamed_ids_are_reported_and_the_other_answers_are_used():
    code = encode_answers(trip_pack(), make_answers(shelter="hut", food="cook", rain="no"))
    newer = trip_pack(
        """
        wind ? yes | no
        shelter ? cabin | tent | none
        food ? buy | cook
        """,
        "2.0",
    )
    found = decode(code, newer)
    assert found.answers == make_answers(food="cook")
    version, answer, question = found.warnings
    assert "1.0" in version
    assert "2.0" in version
    assert "“shelter”" in answer
    assert "1 of its questions" in question


@given(packs_with_answers(), packs_with_answers())
def test_a_code_of_another_pack_never_gives_a_wrong_answer_without_a_warning(one, other):
    pack, answers = one
    found = decode(encode_answers(pack, answers), other[0])
    wrong = {question: answer for question, answer in found.answers.items() if answers.get(question) != answer}
    assert not wrong or found.warnings


def test_a_pack_with_a_hundred_questions_has_share_codes():
    pack = trip_pack("\n".join(f"q{n} ? a | b | c | d | e" for n in range(100)))
    answers = {question.id: question.answers[n % 5].id for n, question in enumerate(pack.questions)}
    assert decode(encode_answers(pack, answers), pack).answers == answers
