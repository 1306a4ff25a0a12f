"""A session file restores the same session; what the pack does not define gives a warning."""

import json
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session import history, scenarios
from explorer.core.session import workspace as edit
from explorer.core.session.session_state import SessionState, same_content, without_history
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions import session_file
from explorer.storage.sessions.json_codec import MAX_SESSION_BYTES, SessionError
from explorer.storage.sessions.session_file import (
    MAX_NOTES_LENGTH,
    decode_session,
    read_session_bytes,
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


def session_with(*answers, notes="", undone=0) -> SessionState:
    """Return a session after these answers to “rain”, the last `undone` of them undone."""
    now, steps = Workspace(notes=notes), history.History()
    for answer in answers:
        before = now
        now = edit.clear_answers(now, RAIN) if answer is None else edit.give_answer(now, RAIN, answer)
        steps = history.record_edit(steps, history.Edit(before, now))
    for _ in range(undone):
        previous = history.undo(steps)
        assert previous is not None
        steps, now = previous
    return SessionState(now, history=steps)


def states(session):
    """Return every set of answers that undo and redo restore."""
    edits = [*session.history.undo_stack, *reversed(session.history.redo_stack)]
    return [dict(each.before.answers) for each in edits] + [dict(each.after.answers) for each in edits[-1:]]


def test_a_session_is_restored_completely(pack):
    session = session_with(YES, NO, None, YES, notes="Über «alles» \N{ROCKET}\n", undone=2)
    session = replace(session, scenarios=scenarios.pin(session.scenarios, scenarios.Scenario("Wet", {RAIN: YES})))

    decoded = decode_session(session_bytes(pack, session), "team.berth", pack)

    assert decoded.warnings == ()
    assert not decoded.overwrite_loses_data
    assert same_content(decoded.session, session)
    assert decoded.session.scenarios == session.scenarios
    assert states(decoded.session) == states(session)
    assert len(decoded.session.history.undo_stack) == 2


def test_the_same_session_gives_the_same_text(pack):
    session = session_with(YES, NO, notes="n", undone=1)
    text = session_text(pack, session)
    assert session_text(pack, decode_session(text, "x", pack).session) == text


def test_the_file_has_the_documented_keys(pack):
    values = json.loads(session_text(pack, without_history(session_with(YES, notes="n"))))
    assert values["berth"] == 1
    assert values["pack"] == {"id": "tiny", "version": "1"}
    assert (values["answers"], values["notes"]) == ({"rain": "yes"}, "n")
    assert list(values) == ["berth", "pack", "answers", "notes", "view"]


def test_keys_of_a_newer_version_are_written_back(pack):
    values = saved({"rain": "yes"}, later={"x": [1, 2.5, None]}, view={"ghosts": False, "tilt": 3})

    again = json.loads(session_text(pack, read(values, pack).session))

    assert again["later"] == {"x": [1, 2.5, None]}
    assert (again["view"]["ghosts"], again["view"]["tilt"]) == (False, 3)


@pytest.mark.parametrize(
    ("values", "answers", "situation"),
    [
        (saved({"rian": "yes"}), {}, "“rian” (did you mean “rain”?)"),
        (saved({"rain": "yess"}), {}, "“yess” is not an answer to “rain” (did you mean “yes”?)"),
        (saved({"rain": 1}), {}, "1 is not an answer to “rain”"),
        (saved({"rain": "no"}) | {"berth": 2}, {"rain": "no"}, "format 2"),
        (
            saved({"rain": "no"}) | {"pack": {"id": "x"}},
            {"rain": "no"},
            "the pack “x”",
        ),
        (saved({"rain": "no"}) | {"pack": 7}, {"rain": "no"}, "“pack” is 7"),
        (saved({"rain": "no"}, notes=7), {"rain": "no"}, "notes are 7"),
        (
            saved({"rain": "no"}, scenarios={"pinned": [{"name": "a", "answers": {"x": "y"}}]}),
            {"rain": "no"},
            "in the scenario “a” the pack has no question “x”",
        ),
        (saved({"rain": "no"}, scenarios={"pinned": [7]}), {"rain": "no"}, "scenario 7"),
    ],
)
def test_an_unusable_value_gives_one_warning_and_the_others_are_restored(pack, values, answers, situation):
    found = read(values, pack)
    assert found.session.answers == answers
    assert found.overwrite_loses_data, "saving must ask first"
    assert len(found.warnings) == 1
    assert situation in found.warnings[0]


def test_another_version_of_the_pack_gives_a_warning_and_loses_nothing(pack):
    found = read(saved({"rain": "no"}) | {"pack": {"id": "tiny", "version": "0"}}, pack)
    (warning,) = found.warnings
    assert "“0”" in warning
    assert "“1”" in warning
    assert not found.overwrite_loses_data


def test_a_duplicate_key_gives_a_warning(pack):
    found = decode_session('{"berth": 1, "answers": {"rain": "no", "rain": "yes"}}', "team.berth", pack)
    assert found.session.answers == {"rain": "yes"}
    (warning,) = found.warnings
    assert "“rain”" in warning
    assert found.overwrite_loses_data


@pytest.mark.parametrize(
    ("data", "situation"),
    [
        (b"", "JSON in UTF-8 (line 1)"),
        (b"{\n  oh", "JSON in UTF-8 (line 2)"),
        (b"\xff{}", "JSON in UTF-8"),
        ('{"berth": 1}'.encode("utf-16"), "JSON in UTF-8"),
        (b"[]", "“berth”"),
        (b"{}", "“berth”"),
        (b'{"berth": 1, "answers": []}', "“answers”"),
        (b"[" * 100_000, "JSON"),
        (b'{"berth": 1, "x": ' + b"[" * 100 + b"]" * 100 + b"}", "40 levels"),
        (b" " * (MAX_SESSION_BYTES + 1), "8,000,000 bytes"),
        (b'{"berth": ' + b"9" * 5_000 + b"}", "JSON"),
    ],
)
def test_invalid_data_is_an_error_that_names_the_source_and_the_reason(pack, data, situation):
    with pytest.raises(SessionError) as caught:
        decode_session(data, "team.berth", pack)
    assert situation in str(caught.value)
    assert "“team.berth”" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_truncated_session_is_an_error(pack):
    whole = session_bytes(pack, session_with(YES, NO, notes="Über")).rstrip()
    for length in range(len(whole)):
        with pytest.raises(SessionError, match="is not a session"):
            decode_session(whole[:length], "team.berth", pack)


def test_of_a_large_file_only_the_start_is_read(pack, tmp_path):
    path = tmp_path / "zeros.berth"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert len(read_session_bytes(path)) == MAX_SESSION_BYTES + 1
    with pytest.raises(SessionError, match="larger than"):
        read_session_file(path, pack)


def test_an_unreadable_file_is_an_error_that_names_it(pack, tmp_path):
    for path in (tmp_path / "gone.berth", tmp_path / ("x" * 300)):
        with pytest.raises(SessionError, match=re.escape(f"“{path}”")):
            read_session_file(path, pack)
    with pytest.raises(SessionError, match="not a regular file"):
        read_session_file(tmp_path, pack)


@pytest.mark.parametrize(
    "values",
    [
        saved({f"unknown-{number}": "x" * 90 for number in range(60_000)}),
        saved({"rain": "no"}, scenarios={"pinned": [{"name": "a", "answers": {str(n): "x" for n in range(60_000)}}]}),
        saved({"rain": "no"}, scenarios={"pinned": list(range(60_000))}),
        saved({}, history={"undo": [{f"unknown-{number}": "x"} for number in range(60_000)]}),
        saved({"x" * 5_000_000: "x", "rain": "x" * 2_000_000}),
    ],
    ids=["unknown answers", "a scenario", "scenarios", "history", "long names"],
)
def test_suggestions_are_made_for_the_first_unknown_answers_only(pack, values, monkeypatch):
    words: list[str] = []

    def suggest(word, _known):
        words.append(word)
        return ""

    monkeypatch.setattr(session_file, "did_you_mean", suggest)

    found = read(values, pack)

    assert len(words) < 30
    assert all(len(word) <= 100 for word in words)
    assert len(found.warnings) < 10
    assert sum(map(len, found.warnings)) < 4_000, "the notice must not cover the window"


def test_many_duplicate_keys_give_few_warnings(pack):
    text = '{"berth": 1, ' + ", ".join(f'"{n % 30_000}": 1' for n in range(60_000)) + "}"
    assert len(decode_session(text, "x", pack).warnings) < 10


def test_a_session_without_answers_has_none(pack):
    found = decode_session(b'\xef\xbb\xbf{"berth": 1}', "team.berth", pack)
    assert found.session.is_empty
    assert found.warnings == ()


def test_numbers_that_json_does_not_define_are_written_back_as_null(pack):
    found = decode_session('{"berth": 1, "later": [NaN, 1e999, -Infinity, 2]}', "team.berth", pack)
    assert json.loads(session_text(pack, found.session))["later"] == [None, None, None, 2]


def test_notes_that_are_too_long_are_cut_with_a_warning(pack):
    found = read(saved({}, notes="n" * (MAX_NOTES_LENGTH + 1)), pack)
    assert len(found.session.workspace.notes) == MAX_NOTES_LENGTH
    assert found.overwrite_loses_data


def test_notes_of_the_maximum_length_are_restored(pack):
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
def test_any_json_is_an_error_or_a_session_that_is_restored_after_saving(pack, values):
    with suppress(SessionError):
        found = read(values, pack)
        assert set(found.session.answers) <= {"rain"}
        assert all(warning.isprintable() for warning in found.warnings)
        text = session_text(pack, found.session)
        again = decode_session(text.encode(), "again", pack)
        assert (again.warnings, again.overwrite_loses_data) == ((), False)
        assert session_text(pack, again.session) == text


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(0, 300))
def test_any_bytes_are_an_error_or_a_session(pack, noise, start, length):
    whole = session_bytes(pack, session_with(YES, NO, notes="Über"))
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
