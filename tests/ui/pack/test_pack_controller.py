"""Opening another pack keeps the session of the previous one; reloading keeps answers that are no longer defined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from explorer.core.session.session_state import SessionState
from explorer.storage.sessions.opening import OpenResult
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.pack.pack_loader import PackLoader
from tests.ui.open_packs import open_pack_of
from tests.ui.pack.packs import PROBLEM, PackFolders
from tests.ui.recorded_messages import RecordedMessages


@pytest.fixture
def folders(tmp_path):
    return PackFolders(tmp_path)


@pytest.fixture
def messages(qapp):
    return RecordedMessages()


@pytest.fixture
def open_pack(folders):
    return open_pack_of(replace(folders.pack, title="Tiny"))


@pytest.fixture
def session(qapp, open_pack):
    return SessionStore(SessionState(), open_pack)


@pytest.fixture
def parked():
    return ParkedSessions()


@pytest.fixture
def controller(qtbot, folders, open_pack, session, parked, messages):
    window = QWidget()
    qtbot.addWidget(window)
    controller = PackController(open_pack, session, parked, messages, window)
    controller.pack_changing.connect(lambda folder: parked.park(folder, OpenResult(session.state)))
    controller.set_loader(PackLoader(folders.source, open_pack, messages))
    yield controller
    controller.close()


def change_pack(qtbot, controller, name):
    with qtbot.waitSignal(controller.pack_changed):
        controller.open(Path(name))


def test_the_session_of_a_pack_returns_when_the_user_changes_back(qtbot, controller, session, messages, open_pack):
    session.answer("rain", "yes")
    change_pack(qtbot, controller, "huts")
    assert dict(session.workspace.answers) == {}
    assert (open_pack.folder, open_pack.pack.title) == (Path("huts"), "Huts")
    assert messages.last == ("info", "“Huts” is open. Your answers for “Tiny” are kept.")

    change_pack(qtbot, controller, "tiny")
    assert dict(session.workspace.answers) == {"rain": "yes"}
    assert messages.last == ("info", "“Tiny” is open.")


def test_the_list_of_packs_names_what_is_parked(qtbot, controller, session, parked):
    session.answer("rain", "yes")
    change_pack(qtbot, controller, "huts")
    assert parked.summaries == {Path("tiny"): "1 answer kept"}


def test_answers_that_an_edited_pack_no_longer_defines_are_kept_and_restored(
    qtbot, controller, session, folders, messages
):
    session.answer("rain", "yes")
    before = folders.pack
    rain = before.questions[0]

    folders.pack = replace(before, questions=(replace(rain, answers=rain.answers[1:]),))
    change_pack(qtbot, controller, "tiny")
    kind, text = messages.last
    assert (kind, "Rain: Yes" in text, "kept" in text) == ("warning", True, True)
    assert dict(session.workspace.answers) == {}

    folders.pack = before
    change_pack(qtbot, controller, "tiny")
    kind, text = messages.last
    assert (kind, "Restored: Rain: Yes" in text) == ("info", True)
    assert dict(session.workspace.answers) == {"rain": "yes"}


@pytest.mark.parametrize(
    ("opens", "words"),
    [(True, ("rules.toml", "line 3")), (False, ("rules.toml:3", "clipboard"))],
    ids=["a program opens it", "no program opens it"],
)
def test_the_file_of_a_problem_is_opened_or_its_path_copied(controller, messages, monkeypatch, opens, words):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: opens)
    controller.problem_list.open_requested.emit(PROBLEM)
    assert all(word in messages.last[1] for word in words)
    assert opens or QGuiApplication.clipboard().text().endswith("rules.toml:3")


def test_all_problems_are_copied_to_the_clipboard(controller, messages):
    controller.problem_list.show_problems("1 problem", (PROBLEM,))
    controller.problem_list.copy_button.click()
    assert QGuiApplication.clipboard().text() == str(PROBLEM)
    assert "clipboard" in messages.last[1]
