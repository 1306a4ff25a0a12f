"""What the window reports about sessions, files and share codes, and which actions it offers."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.session.share_code import encode_answers
from explorer.storage.packs.loader import load_pack
from explorer.storage.sessions.autosave import autosaves_in
from explorer.storage.sessions.opening import OpenResult
from explorer.ui.document.parked_sessions import ParkedSessions
from explorer.ui.document.session_store import SessionStore
from explorer.ui.file_features import DocumentFeatures
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.settings import Settings
from tests.storage.tiny import write_tiny
from tests.ui.open_packs import open_pack_of
from tests.ui.recorded_messages import RecordedMessages


class App:
    """One user with windows of Berth on the same settings folder, and the messages of the last window."""

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        (folder / "pack").mkdir()
        self.pack = load_pack(write_tiny(folder / "pack"))
        self.open_pack = open_pack_of(self.pack)
        self.windows: list[DocumentFeatures] = []
        self.open_window()

    def open_window(self, settings_folder: Path | None = None) -> None:
        widget = QWidget()
        self.qtbot.addWidget(widget)
        self.messages = RecordedMessages()
        self.session = SessionStore(None, self.open_pack)
        self.settings = settings = Settings(settings_folder or self.folder / "settings")
        self.features = DocumentFeatures(
            self.open_pack, self.session, settings, ParkedSessions(), self.messages, widget
        )
        self.document = self.features.document
        self.windows.append(self.features)

    def restart(self) -> None:
        self.features.close()
        self.open_window()

    def answer(self) -> None:
        self.session.answer("rain", "yes")

    def save(self, name: str = "a.berth") -> Path:
        with self.qtbot.waitSignal(self.messages.info):
            self.document.save_to(self.folder / name)
        return self.folder / name

    def open_code(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self.features.handlers[CommandId.PASTE_CODE]()

    def assert_reported(self, kind: str, *words: str, buttons: tuple[str, ...] = ()) -> None:
        """Wait for a message of this kind with these words, and check the labels of its buttons."""

        def is_reported() -> bool:
            last_kind, text = self.messages.last
            return last_kind == kind and all(word in text for word in words)

        self.qtbot.waitUntil(is_reported)
        assert tuple(self.messages.buttons) == buttons


@pytest.fixture
def app(qtbot, tmp_path):
    app = App(qtbot, tmp_path)
    yield app
    for window in app.windows:
        window.close()


# Saving


def test_saving_reports_the_path(app):
    path = app.save()
    app.assert_reported("info", "Saved", str(path))


def test_a_new_session_reports_that_unsaved_answers_are_kept(app):
    app.answer()
    app.document.new()
    app.assert_reported("info", "kept", "Open recent")


def test_saving_to_a_file_that_another_window_has_open_is_refused(app):
    path = app.save()
    app.open_window()
    app.document.save_to(path)
    app.assert_reported("error", "“a.berth”", "another window")


def test_a_file_that_another_window_has_open_opens_as_a_copy(app):
    path = app.save()
    app.open_window()
    app.document.open(path)
    app.assert_reported("question", "“a.berth”", "another window", "copy", buttons=("Edit anyway",))


def test_saving_a_file_that_another_program_has_changed_asks_first(app):
    app.save().write_text('{"berth": 1, "answers": {"rain": "no"}}', "utf-8")
    app.document.save()
    app.assert_reported(
        "question",
        "Not saved",
        "“a.berth”",
        buttons=("Overwrite the file", "Load the file", "Save as…"),
    )


def test_saving_a_file_with_unreadable_data_asks_first(app):
    path = app.folder / "old.berth"
    path.write_text('{"berth": 1, "answers": {"rain": "no", "moon": "full"}}', "utf-8")
    app.document.open(path)
    app.assert_reported("error", "could not be restored", "moon", "rain")
    app.document.save()
    app.assert_reported("question", "“old.berth”", buttons=("Save anyway", "Save as…"))


def test_a_suffix_that_berth_adds_does_not_overwrite_a_file_unasked(app, monkeypatch):
    (app.folder / "a.berth").write_text("precious")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(app.folder / "a"), ""))
    app.document.save_as()
    app.assert_reported("question", "“a.berth”", "exists", buttons=("Overwrite the file", "Save as…"))
    assert (app.folder / "a.berth").read_text() == "precious"


def test_a_crash_while_saving_is_reported(app, monkeypatch, crash):
    monkeypatch.setattr("explorer.ui.document.document_io.session_bytes", crash)
    app.document.save_to(app.folder / "a.berth")
    app.assert_reported("error", "Could not save")


def test_a_settings_folder_that_is_not_writable_is_reported(app):
    (app.folder / "file").write_text("")
    app.open_window(app.folder / "file")
    app.answer()
    app.assert_reported("error", "Autosave", str(app.folder / "file"), "Save your session")


# Opening


def test_opening_the_open_file_with_unsaved_changes_asks_first(app):
    path = app.save()
    app.answer()
    app.document.open(path)
    app.assert_reported("question", "“a.berth”", "unsaved", buttons=("Load the saved version",))


def test_a_button_of_the_previous_session_does_nothing(app):
    path = app.save()
    app.answer()
    app.document.open(path)
    load = app.messages.buttons["Load the saved version"]
    app.document.new()
    load()
    app.assert_reported("error", "previous session")


def test_a_restored_session_offers_to_start_a_new_one(app):
    app.answer()
    app.restart()
    app.document.open_autosave(app.document.recoverable_sessions[0])
    app.assert_reported("question", "Restored", buttons=("Start a new session",))


def test_a_file_opens_with_its_unsaved_changes(app):
    path = app.save()
    app.answer()
    app.restart()
    app.document.open(path)
    app.assert_reported("question", "Restored", "“a.berth”", buttons=("Load the saved version",))
    assert dict(app.session.workspace.answers) == {"rain": "yes"}


def test_unsaved_sessions_past_their_time_are_reported_at_the_start_and_kept(app):
    app.answer()
    app.features.close()
    (autosave,) = autosaves_in(app.settings.autosave_folder)
    long_ago = time.time() - 100 * 24 * 60 * 60
    os.utime(autosave.path, (long_ago, long_ago))
    app.open_window()
    app.document.adopt(OpenResult())
    app.assert_reported("question", "1 unsaved session", "90 days", buttons=("Show unsaved sessions",))
    assert app.document.recoverable_sessions == (autosave,)


def test_a_session_can_be_saved_over_a_loop_of_links(app):
    (app.folder / "a.berth").symlink_to(app.folder / "b.berth")
    (app.folder / "b.berth").symlink_to(app.folder / "a.berth")
    app.document.save_to(app.folder / "a.berth")
    app.assert_reported("info", "Saved", "a.berth")


def test_a_change_by_another_program_is_reported(app):
    app.save().write_text('{"berth": 1, "answers": {"rain": "no"}}', "utf-8")
    app.assert_reported("question", "Another program", "“a.berth”", buttons=("Load the file", "Keep my session"))


def test_a_deleted_file_is_reported(app):
    app.save().unlink()
    app.assert_reported("error", "“a.berth”", "deleted", "Save to recreate")


def test_a_crash_while_opening_is_reported(app, monkeypatch, crash):
    monkeypatch.setattr("explorer.ui.document.document_io.open_session", crash)
    app.document.open(app.folder / "a.berth")
    app.assert_reported("error", "Could not open")


# Share codes


def test_copying_a_share_code_is_reported(app):
    app.features.handlers[CommandId.COPY_CODE]()
    app.assert_reported("info", "clipboard")
    assert QGuiApplication.clipboard().text() == encode_answers(app.pack, {})


def test_a_text_that_is_no_share_code_is_rejected(app):
    app.open_code("no code")
    app.assert_reported("error", "berth:")


def test_a_share_code_that_is_cut_short_is_rejected(app):
    app.open_code(encode_answers(app.pack, {})[:-1])
    app.assert_reported("error", "code")


def test_a_share_code_of_an_unknown_pack_names_both_packs(app):
    app.open_code(encode_answers(replace(app.pack, id="trip"), {}))
    app.assert_reported("error", "“trip”", "“tiny”")
