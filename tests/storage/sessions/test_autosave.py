"""An autosave contains the last state of a session and its file, and never a part of a state."""

import errno
import json
import os
import stat
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session import workspace as edit
from explorer.core.session.history import Edit, record_edit, redo, undo
from explorer.core.session.scenarios import Scenario, pin
from explorer.core.session.session_state import SessionState, same_content
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions import autosave
from explorer.storage.sessions.autosave import (
    AutosaveFile,
    AutosaveWriter,
    FileVersion,
    autosaves_in,
    expired,
    new_autosave,
    sha256_of,
)
from explorer.storage.sessions.json_codec import SessionError
from explorer.storage.sessions.opening import (
    NeedsOtherPack,
    open_autosave,
    open_file_or_autosave,
    open_newest_usable,
    open_session,
    pack_id_of,
)
from explorer.storage.sessions.session_file import session_bytes, session_text
from tests.storage.tiny import write_tiny

RAIN = QuestionId("rain")


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("drafts")


def session(answer="yes", notes=""):
    return SessionState(Workspace(answers={RAIN: AnswerId(answer)}, notes=notes))


def write_autosave(folder, pack, *sessions, file_version=FileVersion()):  # noqa: B008 (a value)
    """Write these states of a session one after the other, and return the closed autosave."""
    writer = AutosaveWriter(new_autosave(folder), pack, sessions[0], file_version)
    for each in sessions[1:]:
        writer.save(pack, each, file_version)
    writer.fsync()
    writer.close()
    return writer.autosave


def states_after(actions):
    """Return the session before and after each of these actions."""
    now = SessionState()
    states = [now]
    for action in actions:
        work, history = now.workspace, now.history
        match action:
            case "undo" | "redo":
                done = undo(history) if action == "undo" else redo(history)
                if done:
                    now = replace(now, history=done[0], workspace=edit.with_view_of(done[1], work))
            case "yes" | "no":
                after = edit.give_answer(work, RAIN, AnswerId(action))
                if after.answers != work.answers:
                    history = record_edit(history, Edit(work, after))
                now = replace(now, workspace=after, history=history)
            case "pin":
                now = replace(now, scenarios=pin(now.scenarios, Scenario("wet", work.answers)))
            case "look":
                now = replace(
                    now,
                    workspace=edit.show_alternatives(edit.go_to_question(work, RAIN), not work.alternatives_shown),
                )
            case _:
                now = replace(now, workspace=edit.set_notes(work, action))
        states.append(now)
    return states


ACTIONS = st.lists(
    st.sampled_from(["yes", "no", "undo", "redo", "pin", "look", "Über\n", "\N{ROCKET}", ""]), max_size=12
)


@given(ACTIONS, st.data())
def test_a_truncated_autosave_restores_a_state_that_the_session_had(pack, folder, actions, data):
    states = states_after(actions)
    autosave_file = write_autosave(folder, pack, *states)

    assert session_text(pack, autosave_file.read(pack).session) == session_text(pack, states[-1])

    whole = autosave_file.path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    autosave_file.path.write_bytes(whole[:cut])
    if b"\n" in whole[:cut]:
        texts = [session_text(pack, state) for state in states]
        assert session_text(pack, autosave_file.read(pack).session) in texts
    else:
        with pytest.raises(SessionError):
            autosave_file.read(pack)
    autosave_file.delete()


def test_saving_an_answer_appends_a_few_bytes(pack, tmp_path):
    large = session("yes", notes="n" * 90_000)
    work = AutosaveWriter(new_autosave(tmp_path), pack, large, FileVersion())
    before = work.autosave.path.stat().st_size

    after = edit.give_answer(large.workspace, RAIN, AnswerId("no"))
    history = record_edit(large.history, Edit(large.workspace, after))
    work.save(pack, replace(large, workspace=after, history=history), FileVersion())
    work.close()

    assert work.autosave.path.stat().st_size - before < 100
    assert work.autosave.read(pack).session.answers == {RAIN: "no"}


def test_a_large_autosave_is_replaced_by_a_snapshot(pack, tmp_path, monkeypatch):
    monkeypatch.setattr(autosave, "COMPACT_ABOVE_BYTES", 5_000)
    states = [session(notes=str(number) * 100) for number in range(200)]
    autosave_file = write_autosave(tmp_path, pack, *states)
    assert autosave_file.path.stat().st_size < 6_000
    assert autosave_file.read(pack).session == states[-1]


@pytest.mark.parametrize("room", [0, 5])
def test_an_autosave_is_complete_again_after_a_full_disk(pack, tmp_path, room):
    start = session()

    def with_notes(notes):
        return replace(start, workspace=edit.set_notes(start.workspace, notes))

    work = AutosaveWriter(new_autosave(tmp_path), pack, start, FileVersion())
    vars(work)["_file"] = FullDisk(vars(work)["_file"], room)
    with pytest.raises(OSError, match="No space"):
        work.save(pack, with_notes("lost"), FileVersion())

    for notes in ("there", "and on"):
        work.save(pack, with_notes(notes), FileVersion())
    work.close()

    assert same_content(work.autosave.read(pack).session, with_notes("and on"))


class FullDisk:
    """A file on a disk with `room` bytes."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(data[: self.room])

    def close(self):
        self.file.close()


def test_the_newest_autosave_comes_first(pack, tmp_path):
    found = [write_autosave(tmp_path, pack, session()) for _ in range(23)]
    for age, autosave_file in enumerate(found):
        os.utime(autosave_file.path, (1_000_000 - age, 1_000_000 - age))

    assert autosaves_in(tmp_path) == tuple(found)


def test_autosaves_expire_by_age_and_not_by_number(pack, tmp_path):
    day = 24 * 3600
    found = [write_autosave(tmp_path, pack, session()) for _ in range(30)]
    for age, autosave_file in enumerate(found):
        os.utime(autosave_file.path, (1000 * day - age * day, 1000 * day - age * day))

    assert expired(tuple(found), days=90, now=1000 * day) == ()
    assert expired(tuple(found), days=20, now=1000 * day) == tuple(found[21:])
    assert expired(tuple(found), days=0, now=9000 * day) == (), "0 days keeps all"
    assert len(autosaves_in(tmp_path)) == 30, "nothing is deleted"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_an_autosave_is_private(pack, tmp_path):
    folder = tmp_path / "drafts"
    folder.mkdir(mode=0o755)
    autosave_file = write_autosave(folder, pack, session("yes"), session("no"))
    assert stat.S_IMODE(autosave_file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_an_autosave_is_not_written_through_a_link(pack, tmp_path):
    target = tmp_path / "target"
    target.write_text("unchanged")
    autosave_file = new_autosave(tmp_path)
    autosave_file.path.with_suffix(".new").symlink_to(target)

    writer = AutosaveWriter(autosave_file, pack, session(), FileVersion())
    writer.close()

    assert target.read_text() == "unchanged"
    assert autosave_file.read(pack).session == session()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_an_autosave(pack, tmp_path):
    os.mkfifo(tmp_path / "x.draft")
    (autosave_file,) = autosaves_in(tmp_path)
    with pytest.raises(SessionError, match="not a regular file"):
        autosave_file.read(pack)
    assert autosave_file.pack_id is None


@pytest.mark.parametrize("path", ["/a\0b", "/\ud800", "/tmp/" + "x" * 5_000, "loop"])
def test_a_path_that_the_system_rejects_is_not_the_file_of_an_autosave(pack, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    values = {"origin": {"path": path, "print": "x"}, "session": {"berth": 1, "answers": {"rain": "no"}}}
    (tmp_path / "x.draft").write_text(json.dumps(values) + "\n")
    (autosave_file,) = autosaves_in(tmp_path)

    result = open_autosave(autosave_file, pack)

    assert result.session.answers == {RAIN: "no"}
    assert result.file_version == FileVersion()


def test_an_unusable_autosave_is_skipped_and_kept(pack, tmp_path):
    usable = write_autosave(tmp_path, pack, session("no"))
    damaged = AutosaveFile(tmp_path / "damaged.draft")
    damaged.path.write_bytes(b"\xff\n")
    foreign = AutosaveFile(tmp_path / "foreign.draft")
    foreign.path.write_text('{"session": {"berth": 1, "pack": {"id": "other"}}}\n')

    result = open_newest_usable([damaged, foreign, usable], pack)

    assert result is not None
    assert result.session == session("no")
    assert open_newest_usable([damaged, foreign], pack) is None
    assert damaged.path.exists()
    assert foreign.path.exists()


def test_an_autosave_that_is_not_restored_completely_stays_as_it_is(pack, tmp_path):
    values = {"session": {"berth": 1, "answers": {"rain": "no", "unknown": "x"}}}
    (tmp_path / "x.draft").write_text(json.dumps(values) + "\n")
    (autosave_file,) = autosaves_in(tmp_path)

    result = open_autosave(autosave_file, pack)

    assert result.session.answers == {RAIN: "no"}
    assert result.autosave is None, "the session is written to another file"


def test_a_file_opens_with_its_unsaved_changes(pack, tmp_path):
    path = tmp_path / "team.berth"
    path.write_bytes(session_bytes(pack, session("yes")))
    origin = FileVersion(path, sha256_of(path.read_bytes()))
    autosave_file = write_autosave(tmp_path, pack, session("yes"), session("no"), file_version=origin)

    opening = open_file_or_autosave(path, pack, [autosave_file])
    assert same_content(opening.session, session("no"))
    assert opening.file_session == session("yes")
    assert opening.file_version == origin

    same = write_autosave(tmp_path, pack, session("yes"), file_version=origin)
    assert open_file_or_autosave(path, pack, [same]).autosave is None, "it has no unsaved changes"


def test_an_autosave_opens_without_its_file(pack, tmp_path):
    autosave_file = write_autosave(
        tmp_path, pack, session(), file_version=FileVersion(tmp_path / "gone.berth", "print")
    )

    opening = open_autosave(autosave_file, pack)

    assert opening.session == session()
    assert opening.file_version.path == tmp_path / "gone.berth"
    assert opening.file_session.is_empty


def test_a_file_name_that_is_not_valid_unicode_is_restored(pack, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.berth")
    autosave_file = write_autosave(tmp_path, pack, session(), file_version=FileVersion(path, "print"))
    assert autosave_file.file_version.path == path


def test_a_session_of_another_shipped_pack_names_it(pack, tmp_path):
    path = tmp_path / "x.berth"
    path.write_text('{"berth": 1, "pack": {"id": "aws-containers"}}', "utf-8")
    found = open_session(path, pack)
    assert isinstance(found, NeedsOtherPack)
    assert (found.pack_id, found.folder.name) == ("aws-containers", "aws-containers")
    assert pack_id_of("berth:tiny") is None
    assert pack_id_of(write_autosave(tmp_path, pack, session())) == "tiny"


JSON = st.recursive(
    st.none() | st.text(max_size=4) | st.integers() | st.sampled_from([{"rain": "yes"}, {"path": "/x\0"}]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
KEYS = st.sampled_from(["make", "back", "on", "notes", "view", "scenarios", "origin", "session"])


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=3), max_size=4), st.binary(max_size=30))
def test_any_lines_are_an_error_or_a_session(pack, folder, lines, noise):
    autosave_file = AutosaveFile(folder / "any.draft")
    first = json.dumps({"session": {"berth": 1, "answers": {"rain": "no"}}})
    autosave_file.path.write_bytes("\n".join([first, *map(json.dumps, lines), ""]).encode() + noise)
    found = autosave_file.read(pack).session
    assert set(found.answers) <= {"rain"}
    assert session_text(pack, found)
    assert autosave_file.file_version.path is None or autosave_file.file_version.path.name

    autosave_file.path.write_bytes(noise + b"\n")
    with pytest.raises(SessionError):
        autosave_file.read(pack)
    assert pack_id_of(autosave_file) is None
