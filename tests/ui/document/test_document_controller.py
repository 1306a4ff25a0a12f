"""Whatever is done with a session and its files, what is written is what was meant, and nothing is lost."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.core.model.pack import Pack
from explorer.core.session.session_state import SessionState, same_content
from explorer.core.session.workspace import Workspace
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.opening import open_autosave
from explorer.storage.sessions.session_file import decode_session, session_bytes
from explorer.ui.document.autosave import recoverable_sessions
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.settings import Settings
from tests.storage.tiny import write_tiny

QUICKLY = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failure that waits for its patience is not made smaller: that would take minutes."""

FILES = st.sampled_from(["a.berth", "b.berth"])
OTHERS = st.sampled_from(
    [
        b"",
        b"\0" * 99,
        b'{"berth": 2, "answers": {"rain": "no", "x": "y"}, "later": 1}',
        b'{"berth": 1, "answers": {}}',
    ]
)


@dataclass(frozen=True)
class Tiny:
    pack: Pack
    title: str = "Tiny"


class Files(RuleBasedStateMachine):
    """A person at work with two files, another program that writes to them, and starts in between."""

    qtbot: ClassVar[QtBot]
    pack: ClassVar[Pack]

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp())
        self.on_disk: dict[str, bytes] = {}
        self.start(self.folder / "home")

    def start(self, home):
        self.home = home
        self.window = QWidget()
        self.session = SessionStore(None, self.pack)
        self.filing = DocumentController(Tiny(self.pack), self.session, Settings(home), self.window)
        self.filing.failed.connect(self.hear)
        self.filing.question_raised.connect(self.hear)
        self.filing.message.connect(self.hear)
        self.heard: list[str] = []

    def hear(self, words, choices=()):
        self.heard.append(words)
        self.choices = dict(choices)

    def teardown(self):
        self.filing.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def until(self, fact):
        self.qtbot.waitUntil(lambda: bool(fact()), timeout=3_000)

    @rule(answer=st.sampled_from(["yes", "no"]))
    def answer(self, answer):
        self.session.answer("rain", answer)

    @rule(deed=st.sampled_from(["undo", "redo", "clear_all"]))
    def step(self, deed):
        getattr(self.session, deed)()

    @rule(notes=st.sampled_from(["", "Über\n", "n"]))
    def note(self, notes):
        self.session.set_notes(notes)

    @rule()
    def pin(self):
        if len(self.session.scenarios.pinned) < 3:
            self.session.pin("wet")

    @rule(name=FILES)
    def save_to(self, name):
        self.heard.clear()
        self.filing.save_to(self.folder / name)
        self.until(self.has_saved)
        self.on_disk[name] = session_bytes(self.pack, self.session.state)
        assert not self.filing.modified

    @precondition(lambda self: self.filing.path is not None)
    @rule()
    def save(self):
        self.heard.clear()
        self.filing.save()
        self.until(lambda: self.has_saved() or any("would lose it" in words for words in self.heard))
        if self.has_saved():
            assert self.filing.path is not None
            self.on_disk[self.filing.path.name] = session_bytes(self.pack, self.session.state)

    def has_saved(self):
        return any(words.startswith("Saved to") for words in self.heard)

    @precondition(lambda self: self.on_disk)
    @rule(data=st.data())
    def open(self, data):
        name = data.draw(st.sampled_from(sorted(self.on_disk)))
        path = self.folder / name
        before = self.session.state
        self.heard.clear()
        self.filing.open(path)
        try:
            filed = decode_session(self.on_disk[name], name, self.pack).session
        except Exception:
            self.until(lambda: self.heard)
            brought_back = self.filing.modified and self.filing.path == path
            assert self.session.state == before or brought_back, "what cannot be used changes nothing"
        else:
            self.until(lambda: self.filing.path == path)
            if not self.filing.modified:
                assert same_content(self.session.state, filed)

    @rule(name=FILES, other=OTHERS)
    def another_program_writes(self, name, other):
        path = self.folder / name
        is_ours = self.filing.path == path
        changed = self.on_disk.get(name) != other
        self.heard.clear()
        path.write_bytes(other)
        self.on_disk[name] = other
        if is_ours and changed:
            self.until(lambda: any("another program" in words for words in self.heard))
            self.filing.new()

    @rule()
    def new(self):
        self.filing.new()
        assert self.session.state == SessionState()
        assert not self.filing.modified

    @rule()
    def close_and_start_again(self):
        unsaved = self.session.state if self.filing.modified else None
        path = self.filing.path
        self.filing.close()
        self.start(self.home)
        left = self.filing.recoverable_sessions
        if unsaved is not None:
            opening = open_autosave(left[0], self.pack)
            assert same_content(opening.session, unsaved)
            assert opening.file_version.path == path
            self.filing.replace_session(opening)
            assert self.filing.modified

    @invariant()
    def files_hold_what_was_written_to_them(self):
        for name, data in self.on_disk.items():
            assert (self.folder / name).read_bytes() == data

    @invariant()
    def were_it_killed_now_nothing_would_be_lost(self):
        if not self.filing.modified:
            return
        copy = self.folder / "killed"
        shutil.copytree(self.home, copy, ignore=shutil.ignore_patterns("*.lock"))
        found = [open_autosave(draft, self.pack).session for draft in recoverable_sessions(copy / "drafts")]
        assert any(same_content(each, self.session.state) for each in found)
        shutil.rmtree(copy)


def test_nothing_is_lost_and_nothing_overwritten_unasked(qtbot, pack):
    Files.qtbot, Files.pack = qtbot, pack
    run_state_machine_as_test(Files, settings=settings(max_examples=15, stateful_step_count=25, phases=QUICKLY))


@pytest.fixture
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


def test_undo_leads_back_through_a_save(qtbot, pack, tmp_path):
    window = QWidget()
    session = SessionStore(SessionState(Workspace()), pack)
    filing = DocumentController(Tiny(pack), session, Settings(tmp_path / "home"), window)
    session.answer("rain", "yes")
    with qtbot.waitSignal(filing.message):
        filing.save_to(tmp_path / "a.berth")
    told = [filing.modified]

    for step in (session.undo, session.redo):
        step()
        told.append(filing.modified)

    assert told == [False, True, False]
    filing.close()


@pytest.mark.parametrize("name", ["gone", "ro"])
def test_what_cannot_be_written_is_said_and_stays_unsaved(qtbot, pack, tmp_path, name):
    window = QWidget()
    session = SessionStore(None, pack)
    filing = DocumentController(Tiny(pack), session, Settings(), window)
    (tmp_path / "ro").write_text("a file, and no folder")
    session.answer("rain", "yes")

    with qtbot.waitSignal(filing.failed) as said:
        filing.save_to(tmp_path / name / "a.berth")

    assert "does not exist" in said.args[0]
    assert filing.modified
    assert filing.path is None
    filing.close()


@pytest.fixture
def session(pack):
    return SessionStore(None, pack)


@pytest.fixture
def filing(pack, session, tmp_path):
    window = QWidget()
    filing = DocumentController(Tiny(pack), session, Settings(tmp_path / "home"), window)
    yield filing
    filing.close()


def test_a_save_that_ends_after_another_session_has_begun_does_not_give_it_its_file(qtbot, filing, session, tmp_path):
    session.answer("rain", "yes")
    with qtbot.waitSignal(filing.message, check_params_cb=lambda words: words.startswith("Saved")):
        filing.save_to(tmp_path / "a.berth")
        filing.new()

    assert (tmp_path / "a.berth").exists()
    assert filing.path is None


def test_what_was_asked_about_one_session_does_nothing_to_the_next(qtbot, filing, session, tmp_path):
    file = tmp_path / "a.berth"
    session.answer("rain", "yes")
    with qtbot.waitSignal(filing.message):
        filing.save_to(file)
    file.write_bytes(b"another program's")
    session.answer("rain", "no")
    with qtbot.waitSignal(filing.question_raised) as asked:
        filing.save()
    overwrite = dict(asked.args[1])["Overwrite it"]

    filing.new()
    with qtbot.waitSignal(filing.failed):
        overwrite()

    assert file.read_bytes() == b"another program's"


def test_packs_of_one_name_in_two_folders_do_not_share_a_file(qtbot, filing, session, pack, tmp_path):
    session.answer("rain", "yes")
    with qtbot.waitSignal(filing.message):
        filing.save_to(tmp_path / "a.berth")

    filing.park(tmp_path / "shipped")
    session.switch_pack(pack, SessionState())
    filing.resume(tmp_path / "copy")
    beside = filing.path
    filing.park(tmp_path / "copy")
    filing.resume(tmp_path / "shipped")

    assert beside is None
    assert filing.path == tmp_path / "a.berth"
