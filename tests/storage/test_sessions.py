"""A session's answers are used as far as they can be, and what cannot is said."""

import json
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.core.pack import AnswerId, QuestionId
from explorer.storage.packs import load_pack
from explorer.storage.sessions import SavedAnswers, SessionError, read_answers
from tests.storage.tiny import write_tiny


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("session") / "team.berth"


def saved(answers, **more):
    return {"berth": 1, "pack": {"id": "tiny", "version": "1"}, "answers": answers, **more}


def test_a_session_gives_its_answers(pack, file):
    file.write_text(json.dumps(saved({"rain": "yes"}, notes="n", view={"zoom": 2})), "utf-8")
    assert read_answers(file, pack) == SavedAnswers({QuestionId("rain"): AnswerId("yes")}, ())


@pytest.mark.parametrize(
    ("values", "answers", "remark"),
    [
        (saved({"rian": "yes"}), {}, "its question “rian” is not asked here (did you mean “rain”?)"),
        (saved({"rain": "yess"}), {}, "its answer 'yess' to “rain” is not known here (did you mean “yes”?)"),
        (saved({"rain": 1}), {}, "its answer 1 to “rain” is not known here (known are: no, yes)"),
        (saved({"rain": "no"}) | {"berth": 2}, {"rain": "no"}, "it has format 2, and this version"),
        (
            saved({"rain": "no"}) | {"pack": {"id": "x"}},
            {"rain": "no"},
            "it belongs to the pack 'x', and this",
        ),
        (
            saved({"rain": "no"}) | {"pack": {"id": "tiny", "version": "0"}},
            {"rain": "no"},
            "it was saved with version '0' of the pack, and this one is 1",
        ),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(pack, file, values, answers, remark):
    file.write_text(json.dumps(values), "utf-8")
    found = read_answers(file, pack)
    assert found.answers == answers
    assert len(found.remarks) == 1
    assert found.remarks[0].startswith(remark)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no session: it is not JSON in UTF-8, line 1"),
        (b"{\n  oh", "no session: it is not JSON in UTF-8, line 2"),
        (b"\xff{}", "no session: it is not JSON in UTF-8."),
        (b"[]", "no session of Berth: the key “berth” is missing"),
        (b"{}", "no session of Berth: the key “berth” is missing"),
        (b'{"berth": 1, "answers": []}', "cannot be used: its “answers” are no table"),
        (b"[" * 100_000, "no session: it is not JSON"),
        (b" " * 1_000_001, "no session: it is larger than 1,000,000 bytes"),
        (b'{"berth": ' + b"9" * 5_000 + b"}", "no session: it is not JSON"),
    ],
)
def test_what_is_no_session_is_said_in_one_sentence(pack, file, data, told):
    file.write_bytes(data)
    with pytest.raises(SessionError) as caught:
        read_answers(file, pack)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_session_that_cannot_be_opened_is_named(pack, tmp_path):
    for path in (tmp_path / "gone.berth", tmp_path / ("x" * 300)):
        with pytest.raises(SessionError, match="cannot be read"):
            read_answers(path, pack)
    with pytest.raises(SessionError, match="no ordinary file"):
        read_answers(tmp_path, pack)


def test_a_session_without_answers_has_none(pack, file):
    file.write_bytes(b'\xef\xbb\xbf{"berth": 1}')
    assert read_answers(file, pack) == SavedAnswers({}, ())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional={"berth": JSON, "pack": JSON, "answers": JSON, "view": JSON}))
@example({"berth": 1, "answers": {"\ud800": "\ud800"}})
@example({"berth": [[]], "pack": {"id": ["x"], "version": {}}, "answers": {"rain": ["yes"]}})
def test_any_json_is_read_or_refused_in_words(pack, file, values):
    file.write_text(json.dumps(values), "utf-8")
    with suppress(SessionError):
        found = read_answers(file, pack)
        assert set(found.answers) <= {"rain"}
        assert all(remark.isprintable() for remark in found.remarks)
