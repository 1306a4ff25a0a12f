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
from explorer.core.session.history import Edit, made, made_again, taken_back
from explorer.core.session.scenarios import Scenario, pin
from explorer.core.session.session import SavedSession, same_content
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions import autosave
from explorer.storage.sessions.autosave import (
    Draft,
    OpenDraft,
    Origin,
    drafts_in,
    fingerprint,
    new_draft,
    surplus,
)
from explorer.storage.sessions.json_codec import SessionError
from explorer.storage.sessions.opening import Elsewhere, find, open_draft, open_path, pack_of
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
    return SavedSession(Workspace(answers={RAIN: AnswerId(answer)}, notes=notes))


def kept(folder, pack, *sessions, origin=Origin()):  # noqa: B008 (a value)
    """A draft that has kept these, one after the other, and was left."""
    work = OpenDraft(new_draft(folder), pack, sessions[0], origin)
    for each in sessions[1:]:
        work.keep(pack, each, origin)
    work.settle()
    work.close()
    return work.draft


def worked_on(deeds):
    """The session after each of these deeds."""
    now = SavedSession()
    found = [now]
    for deed in deeds:
        work, history = now.workspace, now.history
        match deed:
            case "undo" | "redo":
                done = taken_back(history) if deed == "undo" else made_again(history)
                if done:
                    now = replace(now, history=done[0], workspace=edit.viewed_as(done[1], work))
            case "yes" | "no":
                after = edit.answer(work, RAIN, AnswerId(deed))
                if after.answers != work.answers:
                    history = made(history, Edit(work, after))
                now = replace(now, workspace=after, history=history)
            case "pin":
                now = replace(now, scenarios=pin(now.scenarios, Scenario("wet", work.answers)))
            case "look":
                now = replace(now, workspace=edit.show_ghosts(edit.go_to(work, RAIN), not work.ghosts))
            case _:
                now = replace(now, workspace=edit.annotate(work, deed))
        found.append(now)
    return found


DEEDS = st.lists(
    st.sampled_from(["yes", "no", "undo", "redo", "pin", "look", "Über\n", "\N{ROCKET}", ""]), max_size=12
)


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
    draft.drop()


def test_an_answer_is_kept_by_a_few_bytes_whatever_the_session_holds(pack, tmp_path):
    large = session("yes", notes="n" * 90_000)
    work = OpenDraft(new_draft(tmp_path), pack, large, Origin())
    before = work.draft.path.stat().st_size

    after = edit.answer(large.workspace, RAIN, AnswerId("no"))
    history = made(large.history, Edit(large.workspace, after))
    work.keep(pack, replace(large, workspace=after, history=history), Origin())
    work.close()

    assert work.draft.path.stat().st_size - before < 100
    assert work.draft.read(pack).session.answers == {RAIN: "no"}


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
        return replace(begun, workspace=edit.annotate(begun.workspace, notes))

    work = OpenDraft(new_draft(tmp_path), pack, begun, Origin())
    vars(work)["_file"] = FullDisk(vars(work)["_file"], room)
    with pytest.raises(OSError, match="No space"):
        work.keep(pack, noted("lost"), Origin())

    for notes in ("there", "and on"):
        work.keep(pack, noted(notes), Origin())
    work.close()

    assert same_content(work.draft.read(pack).session, noted("and on"))


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

    assert drafts_in(tmp_path) == tuple(found)
    assert surplus(drafts_in(tmp_path)) == tuple(found[20:])


def test_a_file_opens_with_what_was_not_saved_to_it(pack, tmp_path):
    path = tmp_path / "team.berth"
    path.write_bytes(session_bytes(pack, session("yes")))
    origin = Origin(path, fingerprint(path.read_bytes()))
    draft = kept(tmp_path, pack, session("yes"), session("no"), origin=origin)

    opening = open_path(path, pack, [draft])
    assert same_content(opening.session, session("no"))
    assert opening.filed == session("yes")
    assert opening.origin == origin

    same = kept(tmp_path, pack, session("yes"), origin=origin)
    assert open_path(path, pack, [same]).draft is None, "there is nothing in it that the file lacks"


def test_a_draft_whose_file_is_gone_is_all_the_more_welcome(pack, tmp_path):
    draft = kept(tmp_path, pack, session(), origin=Origin(tmp_path / "gone.berth", "print"))

    opening = open_draft(draft, pack)

    assert opening.session == session()
    assert opening.origin.path == tmp_path / "gone.berth"
    assert opening.filed.is_blank


def test_a_file_whose_name_is_no_text_is_remembered(pack, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.berth")
    draft = kept(tmp_path, pack, session(), origin=Origin(path, "print"))
    assert draft.origin.path == path


def test_what_belongs_to_a_shipped_pack_names_it(pack, tmp_path):
    path = tmp_path / "x.berth"
    path.write_text('{"berth": 1, "pack": {"id": "aws-containers"}}', "utf-8")
    found = find(path, pack)
    assert isinstance(found, Elsewhere)
    assert (found.pack, found.folder.name) == ("aws-containers", "aws-containers")
    assert pack_of("berth:tiny") is None
    assert pack_of(kept(tmp_path, pack, session())) == "tiny"


JSON = st.recursive(
    st.none() | st.text(max_size=4) | st.integers() | st.sampled_from([{"rain": "yes"}, {"path": "/x\0"}]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
KEYS = st.sampled_from(["make", "back", "on", "notes", "view", "scenarios", "origin", "session"])


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=3), max_size=4), st.binary(max_size=30))
def test_any_lines_are_read_or_refused_in_words(pack, folder, lines, noise):
    draft = Draft(folder / "any.draft")
    first = json.dumps({"session": {"berth": 1, "answers": {"rain": "no"}}})
    draft.path.write_bytes("\n".join([first, *map(json.dumps, lines), ""]).encode() + noise)
    found = draft.read(pack).session
    assert set(found.answers) <= {"rain"}
    assert session_text(pack, found)
    assert draft.origin.path is None or draft.origin.path.name

    draft.path.write_bytes(noise + b"\n")
    with pytest.raises(SessionError):
        draft.read(pack)
    assert pack_of(draft) is None
