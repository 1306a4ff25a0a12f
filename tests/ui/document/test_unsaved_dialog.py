"""Unsaved sessions are listed with their age, restored or deleted by the user, and never deleted otherwise."""

from __future__ import annotations

import os
import time

import pytest
from PySide6.QtWidgets import QWidget

from explorer.core.model.pack import AnswerId, QuestionId
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import give_answer
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.autosave import AutosaveWriter, FileVersion, autosaves_in, new_autosave
from explorer.ui.document.unsaved_dialog import UnsavedSessionsDialog
from explorer.ui.shell.settings import Settings
from tests.storage.tiny import write_tiny

DAY = 24 * 60 * 60


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings")


@pytest.fixture
def make_autosave(tmp_path, settings):
    """Writes an autosave with one answer that was changed some days ago."""
    (tmp_path / "pack").mkdir()
    pack = load_pack(write_tiny(tmp_path / "pack"))

    def make(days_ago: float = 0, path=None):
        autosave = new_autosave(settings.autosave_folder)
        workspace = give_answer(SessionState().workspace, QuestionId("rain"), AnswerId("yes"))
        AutosaveWriter(autosave, pack, SessionState(workspace), FileVersion(path)).close()
        changed = time.time() - days_ago * DAY
        os.utime(autosave.path, (changed, changed))
        return autosave

    return make


@pytest.fixture
def open_dialog(qtbot, settings):
    window = QWidget()
    qtbot.addWidget(window)

    def open_dialog():
        dialog = UnsavedSessionsDialog(autosaves_in(settings.autosave_folder), settings, window)
        dialog.show()
        return dialog

    return open_dialog


def stored(settings):
    return autosaves_in(settings.autosave_folder)


def test_sessions_are_listed_newest_first_with_their_file(make_autosave, open_dialog, tmp_path):
    make_autosave(5)
    make_autosave(1, tmp_path / "team.berth")
    dialog = open_dialog()
    assert [row.restore.accessibleName().split(",")[0] for row in dialog.rows] == [
        "Restore team.berth",
        "Restore untitled",
    ]


def test_the_dialog_restores_a_session(qtbot, make_autosave, open_dialog):
    autosave = make_autosave()
    dialog = open_dialog()
    with qtbot.waitSignal(dialog.restore_requested) as emitted:
        dialog.rows[0].restore.click()
    assert emitted.args == [autosave]


def test_one_session_can_be_deleted(make_autosave, open_dialog, settings):
    make_autosave(5)
    newest = make_autosave(1)
    dialog = open_dialog()
    dialog.rows[1].delete.click()
    assert stored(settings) == (newest,)
    assert len(dialog.rows) == 1


def test_sessions_past_their_time_are_kept_until_the_user_deletes_them(make_autosave, open_dialog, settings):
    make_autosave(100)
    newest = make_autosave(80)
    dialog = open_dialog()
    assert len(stored(settings)) == 2
    assert dialog.delete_expired.isVisible()

    dialog.delete_expired.click()

    assert stored(settings) == (newest,)
    assert not dialog.delete_expired.isVisible()


def test_the_retention_is_a_setting_and_may_be_unlimited(make_autosave, open_dialog, settings):
    make_autosave(100)
    assert settings.retention_days == 90
    dialog = open_dialog()

    dialog.retention.setCurrentIndex(dialog.retention.findData(0))
    assert not dialog.delete_expired.isVisible()
    assert settings.retention_days == 0

    dialog.retention.setCurrentIndex(dialog.retention.findData(30))
    assert dialog.delete_expired.isVisible()


def test_five_hundred_sessions_are_listed_without_deleting_any(make_autosave, open_dialog, settings):
    for _ in range(500):
        make_autosave(400)
    dialog = open_dialog()
    assert len(dialog.rows) == 200
    assert len(stored(settings)) == 500


@pytest.mark.parametrize("content", [b"", b"\0" * 99, b"{", b'{"session": 3}\n'])
def test_a_damaged_autosave_is_listed_and_can_be_deleted(open_dialog, settings, content):
    settings.autosave_folder.mkdir(parents=True)
    new_autosave(settings.autosave_folder).path.write_bytes(content)
    dialog = open_dialog()
    dialog.rows[0].delete.click()
    assert stored(settings) == ()
