"""A session comes back as it was, is used as far as it can be, and what cannot be used is said."""

import json
from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session import history, scenarios
from explorer.core.session import workspace as edit
from explorer.core.session.session_state import SessionState, same_content, without_history
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES, SessionError
from explorer.storage.sessions.session_file import (
    MAX_NOTES_LENGTH,
    decode_session,
    read_session_file,
    session_bytes,
    session_text,
)
from tests.storage.tiny import write_tiny

RAIN, YES, NO = QuestionId("rain"), AnswerId("yes"), AnswerId("no")


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


def saved(answers, **more):
    return {"berth": 1, "pack": {"id": "tiny", "version": "1"}, "answers": answers, **more}


def read(values, pack):
    return decode_session(json.dumps(values), "team.berth", pack)


def worked_on(*answers, notes="", back=0) -> SessionState:
    """A session in which rain was answered so often, and so many answers were taken back."""
    now, steps = Workspace(notes=notes), history.History()
    for answer in answers:
        before = now
        now = edit.clear_answers(now, RAIN) if answer is None else edit.give_answer(now, RAIN, answer)
        steps = history.record_edit(steps, history.Edit(before, now))
    for _ in range(back):
        taken = history.undo(steps)
        assert taken is not None
        steps, now = taken
    return SessionState(now, history=steps)


def states(session):
    """Every set of answers that undo and redo lead to."""
    edits = [*session.history.undo_stack, *reversed(session.history.redo_stack)]
    return [dict(each.before.answers) for each in edits] + [dict(each.after.answers) for each in edits[-1:]]


def test_a_session_comes_back_whole(pack):
    session = worked_on(YES, NO, None, YES, notes="Über «alles» \N{ROCKET}\n", back=2)
    session = replace(session, scenarios=scenarios.pin(session.scenarios, scenarios.Scenario("Wet", {RAIN: YES})))

    opened = decode_session(session_bytes(pack, session), "team.berth", pack)

    assert opened.warnings == ()
    assert not opened.overwrite_loses_data
    assert same_content(opened.session, session)
    assert opened.session.scenarios == session.scenarios
    assert states(opened.session) == states(session)
    assert len(opened.session.history.undo_stack) == 2


def test_the_same_session_is_the_same_text(pack):
    session = worked_on(YES, NO, notes="n", back=1)
    text = session_text(pack, session)
    assert session_text(pack, decode_session(text, "x", pack).session) == text


def test_the_text_is_what_other_programs_were_promised(pack):
    values = json.loads(session_text(pack, without_history(worked_on(YES, notes="n"))))
    assert values["berth"] == 1
    assert values["pack"] == {"id": "tiny", "version": "1"}
    assert (values["answers"], values["notes"]) == ({"rain": "yes"}, "n")
    assert list(values) == ["berth", "pack", "answers", "notes", "view"]


def test_what_a_newer_version_added_is_written_back(pack):
    values = saved({"rain": "yes"}, later={"x": [1, 2.5, None]}, view={"ghosts": False, "tilt": 3})

    again = json.loads(session_text(pack, read(values, pack).session))

    assert again["later"] == {"x": [1, 2.5, None]}
    assert (again["view"]["ghosts"], again["view"]["tilt"]) == (False, 3)


@pytest.mark.parametrize(
    ("values", "answers", "remark"),
    [
        (saved({"rian": "yes"}), {}, "its question “rian” is not asked here (did you mean “rain”?)"),
        (saved({"rain": "yess"}), {}, "its answer “yess” to “rain” is not known here (did you mean “yes”?)"),
        (saved({"rain": 1}), {}, "its answer 1 to “rain” is not known here (expected one of: no, yes)"),
        (saved({"rain": "no"}) | {"berth": 2}, {"rain": "no"}, "it has format 2, and this version"),
        (
            saved({"rain": "no"}) | {"pack": {"id": "x"}},
            {"rain": "no"},
            "it belongs to the pack “x”, and this",
        ),
        (saved({"rain": "no"}) | {"pack": 7}, {"rain": "no"}, "its “pack” is 7, which is no table"),
        (saved({"rain": "no"}, notes=7), {"rain": "no"}, "its notes are 7, which is no text"),
        (
            saved({"rain": "no"}, scenarios={"pinned": [{"name": "a", "answers": {"x": "y"}}]}),
            {"rain": "no"},
            "in its scenario “a” its question “x” is not asked here",
        ),
        (saved({"rain": "no"}, scenarios={"pinned": [7]}), {"rain": "no"}, "its scenario 7 cannot be used"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(pack, values, answers, remark):
    found = read(values, pack)
    assert found.session.answers == answers
    assert found.overwrite_loses_data, "writing it back must not be done silently"
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith(remark)


def test_another_version_of_the_same_pack_is_said_and_loses_nothing(pack):
    found = read(saved({"rain": "no"}) | {"pack": {"id": "tiny", "version": "0"}}, pack)
    assert found.warnings == ("it was saved with version “0” of the pack, and this one is “1”",)
    assert not found.overwrite_loses_data


def test_a_key_that_stands_twice_is_said(pack):
    found = decode_session('{"berth": 1, "answers": {"rain": "no", "rain": "yes"}}', "team.berth", pack)
    assert found.session.answers == {"rain": "yes"}
    assert found.warnings == ("“rain” stands in it twice, and the last one counts",)
    assert found.overwrite_loses_data


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no session: it is not JSON in UTF-8, line 1"),
        (b"{\n  oh", "no session: it is not JSON in UTF-8, line 2"),
        (b"\xff{}", "no session: it is not JSON in UTF-8."),
        ('{"berth": 1}'.encode("utf-16"), "no session: it is not JSON in UTF-8."),
        (b"[]", "no session of Berth: the key “berth” is missing"),
        (b"{}", "no session of Berth: the key “berth” is missing"),
        (b'{"berth": 1, "answers": []}', "cannot be used: its “answers” are no table"),
        (b"[" * 100_000, "no session: it is not JSON"),
        (b'{"berth": 1, "x": ' + b"[" * 100 + b"]" * 100 + b"}", "nested more than 40 levels deep"),
        (b" " * (MAX_SESSION_BYTES + 1), "no session: it is larger than 8,000,000 bytes"),
        (b'{"berth": ' + b"9" * 5_000 + b"}", "no session: it is not JSON"),
    ],
)
def test_what_is_no_session_is_said_in_one_sentence(pack, data, told):
    with pytest.raises(SessionError) as caught:
        decode_session(data, "team.berth", pack)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_session_cut_off_anywhere_is_refused_in_words(pack):
    whole = session_bytes(pack, worked_on(YES, NO, notes="Über")).rstrip()
    for length in range(len(whole)):
        with pytest.raises(SessionError, match="no session"):
            decode_session(whole[:length], "team.berth", pack)


def test_a_hundred_megabytes_of_zeros_are_refused_at_once(pack, tmp_path):
    path = tmp_path / "zeros.berth"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    begun = monotonic()
    with pytest.raises(SessionError, match="larger than"):
        read_session_file(path, pack)
    assert monotonic() - begun < 2


def test_a_session_that_cannot_be_opened_is_named(pack, tmp_path):
    for path in (tmp_path / "gone.berth", tmp_path / ("x" * 300)):
        with pytest.raises(SessionError, match="cannot be read"):
            read_session_file(path, pack)
    with pytest.raises(SessionError, match="no ordinary file"):
        read_session_file(tmp_path, pack)


def test_a_session_without_answers_has_none(pack):
    found = decode_session(b'\xef\xbb\xbf{"berth": 1}', "team.berth", pack)
    assert found.session.is_empty
    assert found.warnings == ()


def test_what_is_not_a_number_is_no_number_when_it_is_written_back(pack):
    found = decode_session('{"berth": 1, "later": [NaN, 1e999, -Infinity, 2]}', "team.berth", pack)
    assert json.loads(session_text(pack, found.session))["later"] == [None, None, None, 2]


def test_notes_that_are_too_long_are_cut_and_that_is_said(pack):
    found = read(saved({}, notes="n" * (MAX_NOTES_LENGTH + 1)), pack)
    assert len(found.session.workspace.notes) == MAX_NOTES_LENGTH
    assert found.overwrite_loses_data


def test_the_longest_notes_can_be_read_back(pack):
    session = SessionState(Workspace(notes="\N{ROCKET}" * MAX_NOTES_LENGTH))
    assert decode_session(session_bytes(pack, session), "x", pack).session == session


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ANSWERS = st.dictionaries(st.sampled_from(["rain", "x"]), st.sampled_from(["yes", "no", "z"]) | JSON, max_size=2)
CHANGES = st.lists(ANSWERS | JSON, max_size=4)
NEARLY = st.fixed_dictionaries(
    {"berth": st.just(1) | JSON},
    optional={
        "pack": st.fixed_dictionaries({}, optional={"id": st.just("tiny") | JSON, "version": JSON}) | JSON,
        "answers": ANSWERS | JSON,
        "notes": st.text() | JSON,
        "view": st.fixed_dictionaries({}, optional={"ghosts": JSON, "current": st.just("rain") | JSON}) | JSON,
        "scenarios": st.fixed_dictionaries(
            {},
            optional={
                "pinned": st.lists(st.fixed_dictionaries({"name": st.text(), "answers": ANSWERS}) | JSON, max_size=3),
                "left": JSON,
            },
        )
        | JSON,
        "history": st.fixed_dictionaries({}, optional={"undo": CHANGES, "redo": CHANGES}) | JSON,
        "later": JSON,
    },
)


@given(NEARLY)
@example({"berth": 1, "answers": {"\ud800": "\ud800"}, "notes": "\ud800", "later": {"\udfff": ["\ud800"]}})
@example({"berth": [[]], "pack": {"id": ["x"], "version": {}}, "answers": {"rain": ["yes"]}})
def test_any_json_is_read_or_refused_in_words_and_what_was_read_is_written_and_read_the_same(pack, values):
    with suppress(SessionError):
        found = read(values, pack)
        assert set(found.session.answers) <= {"rain"}
        assert all(remark.isprintable() for remark in found.warnings)
        text = session_text(pack, found.session)
        again = decode_session(text.encode(), "again", pack)
        assert (again.warnings, again.overwrite_loses_data) == ((), False)
        assert session_text(pack, again.session) == text


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(0, 300))
def test_any_bytes_in_a_session_are_read_or_refused_in_words(pack, noise, start, length):
    whole = session_bytes(pack, worked_on(YES, NO, notes="Über"))
    with suppress(SessionError):
        decode_session(whole[:start] + noise + whole[start + length :], "team.berth", pack)


def test_a_session_of_an_earlier_version_that_compares_the_plain_case_compares_the_default_scenario(pack):
    given = {"pinned": [{"name": "Wet", "answers": {"rain": "yes"}}], "left": "Wet", "right": "Plain case"}
    found = read(saved({}, scenarios=given), pack).session.scenarios
    assert (found.left, found.right) == ("Wet", scenarios.DEFAULT_SCENARIO.name)


def test_a_scenario_of_an_earlier_version_with_the_name_of_the_default_scenario_is_kept(pack):
    name = scenarios.DEFAULT_SCENARIO.name
    found = read(saved({}, scenarios={"pinned": [{"name": name, "answers": {"rain": "yes"}}]}), pack).session.scenarios
    assert [dict(each.answers) for each in found.pinned] == [{"rain": "yes"}]
    assert found.pinned[0].name != name
