"""What the window says of sessions and codes, word for word, in the situation that it is said in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.session.share_code import encode_answers
from explorer.storage.packs.loader import load_pack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.file_features import DocumentFeatures
from explorer.ui.shell.commands import CommandId
from explorer.ui.shell.messages import MessageButtons
from explorer.ui.shell.settings import Settings
from tests.storage.tiny import write_tiny
from tests.ui.messages.hearing import unforeseen
from tests.ui.toy import ToyEngine


class Person:
    """At work on a session in a file, with a second window to be in the way."""

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        (folder / "pack").mkdir()
        self.desk = ToyEngine()
        self.pack = self.desk.pack = load_pack(write_tiny(folder / "pack"))
        self.heard: list[tuple[str, tuple[str, ...]]] = []
        self.rooms: list[DocumentFeatures] = []
        self.start(folder / "home")

    def start(self, home: Path) -> None:
        window = QWidget()
        self.qtbot.addWidget(window)
        self.session = SessionStore(None, self.pack)
        self.room = DocumentFeatures(self.desk, self.session, Settings(home), window)
        self.filing = self.room.document
        self.room.message.connect(lambda words: self.heard.append((words, ())))
        self.room.failed.connect(lambda words: self.heard.append((words, ())))
        self.room.question_raised.connect(self.is_asked)
        self.rooms.append(self.room)

    def is_asked(self, words: str, choices: MessageButtons) -> None:
        self.choices = dict(choices)
        self.heard.append((words, tuple(self.choices)))

    def hears(self, words: str, *choices: str) -> None:
        with suppress(self.qtbot.TimeoutError):
            self.qtbot.waitUntil(lambda: (words, choices) in self.heard)
        assert self.heard[-1:] == [(words, choices)]

    def answers(self) -> None:
        self.session.answer("rain", "yes")

    def saves(self, name: str = "a.berth") -> Path:
        with self.qtbot.waitSignal(self.room.message):
            self.filing.save_to(self.folder / name)
        return self.folder / name

    def leaves_and_comes_back(self) -> None:
        self.room.close()
        self.start(self.folder / "home")

    def copies_and_pastes(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self.room.handlers[CommandId.PASTE_CODE]()


@pytest.fixture
def person(qtbot, tmp_path):
    person = Person(qtbot, tmp_path)
    yield person
    for room in person.rooms:
        room.close()


def saves(person):
    person.saves()


def begins_anew(person):
    person.answers()
    person.document.new()


def another_window_has_it(person):
    person.saves()
    person.start(person.folder / "home")


def saves_where_another_window_is(person):
    another_window_has_it(person)
    person.document.save_to(person.folder / "a.berth")


def opens_what_another_window_has(person):
    another_window_has_it(person)
    person.document.open(person.folder / "a.berth")


def opens_what_is_open_here(person):
    path = person.saves()
    person.answers()
    person.document.open(path)


def goes_on_after_an_end(person):
    person.answers()
    person.leaves_and_comes_back()
    person.document.open_autosave(person.document.left[0])


def goes_on_with_a_file_that_was_left(person):
    path = person.saves()
    person.answers()
    person.leaves_and_comes_back()
    person.document.open(path)


def another_program_writes(person):
    person.saves().write_text('{"berth": 1, "answers": {"rain": "no"}}', "utf-8")


def saves_what_another_program_wrote(person):
    another_program_writes(person)
    person.document.save()


def another_program_deletes(person):
    person.saves().unlink()


def opens_what_is_not_all_known(person):
    path = person.folder / "old.berth"
    path.write_text('{"berth": 1, "answers": {"rain": "no", "moon": "full"}}', "utf-8")
    person.document.open(path)


def saves_what_is_not_all_known(person):
    with person.qtbot.waitSignal(person.document.failed):
        opens_what_is_not_all_known(person)
    person.document.save()


def saves_under_a_name_that_gets_its_ending(person):
    (person.folder / "a.berth").write_text("precious")
    person.monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(person.folder / "a"), ""))
    person.document.save_as()


def has_a_home_that_is_a_file(person):
    (person.folder / "file").write_text("")
    person.start(person.folder / "file")
    person.answers()


def opens_and_something_breaks(person):
    person.monkeypatch.setattr("explorer.ui.document.document_io.find", unforeseen)
    person.document.open(person.folder / "a.berth")


def saves_and_something_breaks(person):
    person.monkeypatch.setattr("explorer.ui.document.document_io.session_bytes", unforeseen)
    person.document.save_to(person.folder / "a.berth")


def copies_the_code(person):
    person.room.deeds[CommandId.COPY_CODE]()


def pastes_no_code(person):
    person.copies_and_pastes("no code")


def pastes_half_a_code(person):
    person.copies_and_pastes(encode_answers(person.pack, {})[:-1])


def pastes_a_code_of_a_pack_that_is_not_here(person):
    person.copies_and_pastes(encode_answers(replace(person.pack, id="trip"), {}))


def answers_too_late(person):
    opens_what_is_open_here(person)
    (load,) = person.choices.values()
    person.document.new()
    load()


OF_SESSIONS: list[tuple[Any, ...]] = [
    ("Saved to {folder}/a.berth.", saves),
    ("What was not saved before is kept: Open recent brings it back.", begins_anew),
    ("“a.berth” is open in another window of Berth; choose another name.", saves_where_another_window_is),
    (
        "“a.berth” is open in another window of Berth, so this is a copy of it.",
        opens_what_another_window_has,
        "Work on the file all the same",
    ),
    (
        "“a.berth” is open here already, with changes that are not saved.",
        opens_what_is_open_here,
        "Load what the file holds",
    ),
    ("That was asked about the session before this one, so nothing was done.", answers_too_late),
    ("Here is what was not saved when Berth ended.", goes_on_after_an_end, "Start afresh"),
    (
        "Here is what was not saved to “a.berth” when it was left.",
        goes_on_with_a_file_that_was_left,
        "Take what the file holds",
    ),
    (
        "“a.berth” was changed by another program.",
        another_program_writes,
        "Load it",
        "Keep what is here",
    ),
    (
        "“a.berth” was changed by another program; it was not overwritten.",
        saves_what_another_program_wrote,
        "Overwrite it",
        "Load it",
        "Save as…",
    ),
    ("“a.berth” was moved or deleted, or is closed to you; save to write it again.", another_program_deletes),
    (
        "Not all is as it was saved: its question “moon” is not asked here (expected one of: rain).",
        opens_what_is_not_all_known,
    ),
    (
        "“old.berth” holds what this session does not, and would lose it.",
        saves_what_is_not_all_known,
        "Save all the same",
        "Save as…",
    ),
    ("“a.berth” exists already.", saves_under_a_name_that_gets_its_ending, "Overwrite it", "Save as…"),
    (
        "Your answers cannot be kept in “{folder}/file/drafts” (Not a directory): save them to a file.",
        has_a_home_that_is_a_file,
    ),
    ("The session could not be opened; what is here stays as it is.", opens_and_something_breaks),
    ("The session could not be saved; the file is as it was.", saves_and_something_breaks),
    ("The code of your answers is on the clipboard.", copies_the_code),
    ("The text is not a share code: a share code starts with “berth:”.", pastes_no_code),
    (
        "The share code is mistyped or incomplete. Copy it again from the first to the last symbol.",
        pastes_half_a_code,
    ),
    (
        "The code belongs to the pack “trip”, and this one is “tiny”.",
        pastes_a_code_of_a_pack_that_is_not_here,
    ),
]


@pytest.mark.parametrize(
    ("words", "story", "choices"),
    [pytest.param(words, story, choices, id=story.__name__) for words, story, *choices in OF_SESSIONS],
)
def test_of_sessions(person, monkeypatch, words, story, choices):
    person.monkeypatch = monkeypatch
    story(person)
    person.hears(words.format(folder=person.folder), *choices)
