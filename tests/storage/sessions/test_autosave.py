"""A draft holds the session as it is now and the file it is about, and is never half a session."""

import errno
import json
import os
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


def kept(folder, pack, *sessions, origin=FileVersion()):  # noqa: B008 (a value)
    """A draft that has kept these, one after the other, and was left."""
    work = AutosaveWriter(new_autosave(folder), pack, sessions[0], origin)
    for each in sessions[1:]:
        work.save(pack, each, origin)
    work.fsync()
    work.close()
    return work.autosave


def worked_on(deeds):
    """The session after each of these deeds."""
    now = SessionState()
    found = [now]
    for deed in deeds:
        work, history = now.workspace, now.history
        match deed:
            case "undo" | "redo":
                done = undo(history) if deed == "undo" else redo(history)
                if done:
                    now = replace(now, history=done[0], workspace=edit.with_view_of(done[1], work))
            case "yes" | "no":
                after = edit.give_answer(work, RAIN, AnswerId(deed))
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
                now = replace(now, workspace=edit.set_notes(work, deed))
        found.append(now)
    return found


DEEDS = st.lists(st.sampled_from(["yes", "no", "undo", "redo", "pin", "look", "Über\n", "\N{ROCKET}", ""]), max_size=12)


@given(DEEDS, st.data())
def test_after_every_change_a_draft_is_the_session_as_it_is_then(pack, folder, deeds, data):
    states = worked_on(deeds)
    draft = kept(folder, pack, *states)

    assert session_text(pack, draft.read(pack).session) == session_text(pack, states[-1])

    whole = draft.path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    draft.path.write_bytes(whole[:cut])
    if b"\n" in whole[:cut]:
        texts = [session_text(pack, state) for state in states]
        assert session_text(pack, draft.read(pack).session) in texts, "one that was, and no mixture"
    else:
        with pytest.raises(SessionError):
            draft.read(pack)
    draft.delete()


def test_an_answer_is_kept_by_a_few_bytes_whatever_the_session_holds(pack, tmp_path):
    large = session("yes", notes="n" * 90_000)
    work = AutosaveWriter(new_autosave(tmp_path), pack, large, FileVersion())
    before = work.autosave.path.stat().st_size

    after = edit.give_answer(large.workspace, RAIN, AnswerId("no"))
    history = record_edit(large.history, Edit(large.workspace, after))
    work.save(pack, replace(large, workspace=after, history=history), FileVersion())
    work.close()

    assert work.autosave.path.stat().st_size - before < 100
    assert work.autosave.read(pack).session.answers == {RAIN: "no"}


def test_a_draft_that_has_grown_long_is_drawn_together(pack, tmp_path, monkeypatch):
    monkeypatch.setattr(autosave, "MOST_BYTES", 5_000)
    states = [session(notes=str(number) * 100) for number in range(200)]
    draft = kept(tmp_path, pack, *states)
    assert draft.path.stat().st_size < 6_000
    assert draft.read(pack).session == states[-1]


@pytest.mark.parametrize("room", [0, 5])
def test_a_draft_goes_on_whole_once_a_full_disk_has_room_again(pack, tmp_path, room):
    begun = session()

    def noted(notes):
        return replace(begun, workspace=edit.set_notes(begun.workspace, notes))

    work = AutosaveWriter(new_autosave(tmp_path), pack, begun, FileVersion())
    vars(work)["_file"] = FullDisk(vars(work)["_file"], room)
    with pytest.raises(OSError, match="No space"):
        work.save(pack, noted("lost"), FileVersion())

    for notes in ("there", "and on"):
        work.save(pack, noted(notes), FileVersion())
    work.close()

    assert same_content(work.autosave.read(pack).session, noted("and on"))


class FullDisk:
    """A file that takes so many bytes more."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(data[: self.room])

    def close(self):
        self.file.close()


def test_the_draft_that_was_changed_last_comes_first_and_too_many_are_surplus(pack, tmp_path):
    found = [kept(tmp_path, pack, session()) for _ in range(23)]
    for age, draft in enumerate(found):
        os.utime(draft.path, (1_000_000 - age, 1_000_000 - age))

    assert autosaves_in(tmp_path) == tuple(found)
    assert expired(autosaves_in(tmp_path)) == tuple(found[20:])


def test_a_file_opens_with_what_was_not_saved_to_it(pack, tmp_path):
    path = tmp_path / "team.berth"
    path.write_bytes(session_bytes(pack, session("yes")))
    origin = FileVersion(path, sha256_of(path.read_bytes()))
    draft = kept(tmp_path, pack, session("yes"), session("no"), origin=origin)

    opening = open_file_or_autosave(path, pack, [draft])
    assert same_content(opening.session, session("no"))
    assert opening.file_session == session("yes")
    assert opening.file_version == origin

    same = kept(tmp_path, pack, session("yes"), origin=origin)
    assert open_file_or_autosave(path, pack, [same]).autosave is None, "there is nothing in it that the file lacks"


def test_a_draft_whose_file_is_gone_is_all_the_more_welcome(pack, tmp_path):
    draft = kept(tmp_path, pack, session(), origin=FileVersion(tmp_path / "gone.berth", "print"))

    opening = open_autosave(draft, pack)

    assert opening.session == session()
    assert opening.file_version.path == tmp_path / "gone.berth"
    assert opening.file_session.is_empty


def test_a_file_whose_name_is_no_text_is_remembered(pack, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.berth")
    draft = kept(tmp_path, pack, session(), origin=FileVersion(path, "print"))
    assert draft.file_version.path == path


def test_what_belongs_to_a_shipped_pack_names_it(pack, tmp_path):
    path = tmp_path / "x.berth"
    path.write_text('{"berth": 1, "pack": {"id": "aws-containers"}}', "utf-8")
    found = open_session(path, pack)
    assert isinstance(found, NeedsOtherPack)
    assert (found.pack_id, found.folder.name) == ("aws-containers", "aws-containers")
    assert pack_id_of("berth:tiny") is None
    assert pack_id_of(kept(tmp_path, pack, session())) == "tiny"


JSON = st.recursive(
    st.none() | st.text(max_size=4) | st.integers() | st.sampled_from([{"rain": "yes"}, {"path": "/x\0"}]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
KEYS = st.sampled_from(["make", "back", "on", "notes", "view", "scenarios", "origin", "session"])


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=3), max_size=4), st.binary(max_size=30))
def test_any_lines_are_read_or_refused_in_words(pack, folder, lines, noise):
    draft = AutosaveFile(folder / "any.draft")
    first = json.dumps({"session": {"berth": 1, "answers": {"rain": "no"}}})
    draft.path.write_bytes("\n".join([first, *map(json.dumps, lines), ""]).encode() + noise)
    found = draft.read(pack).session
    assert set(found.answers) <= {"rain"}
    assert session_text(pack, found)
    assert draft.file_version.path is None or draft.file_version.path.name

    draft.path.write_bytes(noise + b"\n")
    with pytest.raises(SessionError):
        draft.read(pack)
    assert pack_id_of(draft) is None
