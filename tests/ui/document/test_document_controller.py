"""Whatever the user does with a session and its files: no unsaved answer is lost, no file is overwritten unasked."""

import shutil
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
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.opening import open_autosave
from explorer.storage.sessions.session_file import decode_session, session_bytes
from explorer.ui.document.autosave import recoverable_sessions
from explorer.ui.document.document_controller import DocumentController
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.shell.settings import Settings
from tests.storage.tiny import write_tiny
from tests.ui.open_packs import open_pack_of
from tests.ui.recorded_messages import RecordedMessages

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a failure that ends in a timeout would take minutes."""

FILES = st.sampled_from(["a.berth", "b.berth"])
FOREIGN_CONTENT = st.sampled_from(
    [
        b"",
        b"\0" * 99,
        b'{"berth": 2, "answers": {"rain": "no", "x": "y"}, "later": 1}',
        b'{"berth": 1, "answers": {}}',
    ]
)


def make_document(session, pack, messages, window, settings_folder):
    return DocumentController(
        open_pack_of(pack), session, Settings(settings_folder), ParkedSessions(), messages, window
    )


class DocumentMachine(RuleBasedStateMachine):
    """A user with two files, another program that writes to the files, and restarts of Berth."""

    qtbot: ClassVar[QtBot]
    pack: ClassVar[Pack]

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp())
        self.on_disk: dict[str, bytes] = {}
        self.start(self.folder / "settings")

    def start(self, settings_folder):
        self.settings_folder = settings_folder
        self.window = QWidget()
        self.messages = RecordedMessages()
        self.session = SessionStore(None, open_pack_of(self.pack))
        self.document = make_document(self.session, self.pack, self.messages, self.window, settings_folder)

    def teardown(self):
        self.document.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait_until(self, is_true):
        self.qtbot.waitUntil(lambda: bool(is_true()), timeout=3_000)

    @rule(answer=st.sampled_from(["yes", "no"]))
    def answer(self, answer):
        self.session.answer("rain", answer)

    @rule(command=st.sampled_from(["undo", "redo", "clear_all"]))
    def run_command(self, command):
        getattr(self.session, command)()

    @rule(notes=st.sampled_from(["", "Über\n", "n"]))
    def set_notes(self, notes):
        self.session.set_notes(notes)

    @rule()
    def pin(self):
        if len(self.session.scenarios.pinned) < 3:
            self.session.pin("wet")

    @rule(name=FILES)
    def save_to(self, name):
        self.messages.all.clear()
        self.document.save_to(self.folder / name)
        self.wait_until(self.has_saved)
        self.on_disk[name] = session_bytes(self.pack, self.session.state)
        assert not self.document.modified

    @precondition(lambda self: self.document.path is not None)
    @rule()
    def save(self):
        self.messages.all.clear()
        self.document.save()
        self.wait_until(lambda: self.has_saved() or any("cannot read" in text for text in self.messages.texts))
        if self.has_saved():
            assert self.document.path is not None
            self.on_disk[self.document.path.name] = session_bytes(self.pack, self.session.state)

    def has_saved(self):
        return any(text.startswith("Saved to") for text in self.messages.texts)

    @precondition(lambda self: self.on_disk)
    @rule(data=st.data())
    def open(self, data):
        name = data.draw(st.sampled_from(sorted(self.on_disk)))
        path = self.folder / name
        before = self.session.state
        restored: list[object] = []
        self.session.changed.connect(restored.append)
        self.messages.all.clear()
        self.document.open(path)
        try:
            saved = decode_session(self.on_disk[name], name, self.pack).session
        except Exception:
            self.wait_until(lambda: self.messages.all)
            is_restored = self.document.modified and self.document.path == path
            assert self.session.state == before or is_restored, "an unreadable file changes nothing"
        else:
            self.wait_until(lambda: self.document.path == path and (restored or self.messages.buttons))
            if not self.document.modified:
                assert same_content(self.session.state, saved)

    @rule(name=FILES, content=FOREIGN_CONTENT)
    def another_program_writes(self, name, content):
        path = self.folder / name
        is_open = self.document.path == path
        is_changed = self.on_disk.get(name) != content
        self.messages.all.clear()
        path.write_bytes(content)
        self.on_disk[name] = content
        if is_open and is_changed:
            self.wait_until(lambda: any("nother program" in text for text in self.messages.texts))
            self.document.new()

    @rule()
    def new(self):
        self.document.new()
        assert self.session.state == SessionState()
        assert not self.document.modified

    @rule()
    def restart(self):
        unsaved = self.session.state if self.document.modified else None
        path = self.document.path
        self.document.close()
        self.start(self.settings_folder)
        recoverable = self.document.recoverable_sessions
        if unsaved is not None:
            opened = open_autosave(recoverable[0], self.pack)
            assert same_content(opened.session, unsaved)
            assert opened.file_version.path == path
            self.document.replace_session(opened)
            assert self.document.modified

    @invariant()
    def files_contain_what_was_written(self):
        for name, data in self.on_disk.items():
            assert (self.folder / name).read_bytes() == data

    @invariant()
    def a_killed_process_would_lose_nothing(self):
        if not self.document.modified:
            return
        copy = self.folder / "killed"
        shutil.copytree(self.settings_folder, copy, ignore=shutil.ignore_patterns("*.lock"))
        found = [open_autosave(file, self.pack).session for file in recoverable_sessions(copy / "drafts")]
        assert any(same_content(each, self.session.state) for each in found)
        shutil.rmtree(copy)


def test_no_answer_is_lost_and_no_file_overwritten_unasked(qtbot, pack):
    DocumentMachine.qtbot, DocumentMachine.pack = qtbot, pack
    run_state_machine_as_test(
        DocumentMachine, settings=settings(max_examples=15, stateful_step_count=25, phases=WITHOUT_SHRINKING)
    )


@pytest.fixture
def pack(tmp_path_factory):
    return load_pack(write_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.fixture
def session(pack):
    return SessionStore(None, open_pack_of(pack))


@pytest.fixture
def messages(qapp):
    return RecordedMessages()


@pytest.fixture
def document(pack, session, messages, tmp_path):
    window = QWidget()
    document = make_document(session, pack, messages, window, tmp_path / "settings")
    yield document
    document.close()


def test_undo_and_redo_across_a_save_change_the_modified_state(qtbot, document, session, messages, tmp_path):
    session.answer("rain", "yes")
    with qtbot.waitSignal(messages.info):
        document.save_to(tmp_path / "a.berth")
    modified = [document.modified]

    for step in (session.undo, session.redo):
        step()
        modified.append(document.modified)

    assert modified == [False, True, False]


@pytest.mark.parametrize("name", ["gone", "ro"])
def test_a_session_that_cannot_be_written_stays_modified(qtbot, document, session, messages, tmp_path, name):
    (tmp_path / "ro").write_text("a file, not a folder")
    session.answer("rain", "yes")

    with qtbot.waitSignal(messages.error) as reported:
        document.save_to(tmp_path / name / "a.berth")

    assert "does not exist" in reported.args[0]
    assert document.modified
    assert document.path is None


def test_a_save_that_ends_after_a_new_session_began_does_not_give_it_the_file(
    qtbot, document, session, messages, tmp_path
):
    session.answer("rain", "yes")
    with qtbot.waitSignal(messages.info, check_params_cb=lambda text: text.startswith("Saved")):
        document.save_to(tmp_path / "a.berth")
        document.new()

    assert (tmp_path / "a.berth").exists()
    assert document.path is None


def test_a_question_about_one_session_does_nothing_to_the_next(qtbot, document, session, messages, tmp_path):
    file = tmp_path / "a.berth"
    session.answer("rain", "yes")
    with qtbot.waitSignal(messages.info):
        document.save_to(file)
    file.write_bytes(b"another program's")
    session.answer("rain", "no")
    with qtbot.waitSignal(messages.question) as asked:
        document.save()
    overwrite = dict(asked.args[1])["Overwrite the file"]

    document.new()
    with qtbot.waitSignal(messages.error):
        overwrite()

    assert file.read_bytes() == b"another program's"


def test_two_folders_with_the_same_pack_do_not_share_a_file(qtbot, document, session, messages, tmp_path):
    session.answer("rain", "yes")
    with qtbot.waitSignal(messages.info):
        document.save_to(tmp_path / "a.berth")

    document.park(tmp_path / "shipped")
    session.restore(SessionState())
    document.resume(tmp_path / "copy")
    path_of_copy = document.path
    document.park(tmp_path / "copy")
    document.resume(tmp_path / "shipped")

    assert path_of_copy is None
    assert document.path == tmp_path / "a.berth"
