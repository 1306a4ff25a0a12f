"""What the window says of packs, word for word, in the situation that it is said in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from explorer.engine.current_engine import CurrentEngine
from PySide6.QtGui import QDesktopServices

from explorer.core.errors import PackError, Problem
from explorer.core.session.session_state import SessionState
from explorer.storage.packs.loader import load_pack
from explorer.ui.document.session_store import SessionStore
from explorer.ui.pack.pack_controller import PackController
from explorer.ui.pack.pack_loader import LoadedPack, PackLoader, PackSource
from tests.storage.tiny import write_tiny
from tests.ui.messages.hearing import FAULT, said, unforeseen
from tests.ui.toy import ToyEngine


class Proof:
    """A proof that comes to what it is told to."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems

    def outcome(self) -> object:
        return self.problems

    def stop(self) -> None:
        """It is over at once."""


class Shelf:
    """Packs by the names of their folders, and what is the matter with them."""

    def __init__(self, folder: Path) -> None:
        self.pack = load_pack(write_tiny(folder))
        self.found: tuple[Problem, ...] = ()
        self.breaks = False

    def at(self, name: str, title: str = "Tiny") -> LoadedPack:
        return LoadedPack(Path(name), replace(self.pack, title=title), ToyEngine(), shipped=True)

    def read(self, folder: Path) -> LoadedPack:
        if self.breaks:
            unforeseen()
        if folder.name == "broken":
            raise PackError([FAULT])
        return self.at(folder.name, folder.name.title())

    def prove(self, _folder: Path) -> Proof:
        return Proof(*self.found)


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "tiny").mkdir()
    return Shelf(tmp_path / "tiny")


@pytest.fixture
def session(qapp, shelf):
    return SessionStore(SessionState(), shelf.pack)


@pytest.fixture
def room(qtbot, shelf, session, window):
    room = PackController(CurrentEngine(ToyEngine()), session, window)
    room.set_loader(PackLoader(PackSource(shelf.read, shelf.verify, tuple), shelf.at("tiny")))
    yield room
    room.close()


def test_of_a_pack_that_is_opened(qtbot, room, session):
    assert said(qtbot, room.message, lambda: room.open(Path("huts"))) == "“Huts” is open."
    session.answer("rain", "yes")
    words = said(qtbot, room.message, lambda: room.open(Path("tiny")))
    assert words == "“Tiny” is open. What you worked out on “Huts” is kept: change back any time."


def test_of_a_pack_that_is_edited(qtbot, room, session, shelf):
    session.answer("rain", "yes")
    sound = shelf.pack
    rain = sound.questions[0]

    shelf.pack = replace(sound, questions=(replace(rain, answers=rain.answers[1:]),))
    assert said(qtbot, room.message, lambda: room.open(Path("tiny"))) == (
        "The pack has been read again. Kept aside until the pack knows them again: Rain: Yes."
    )
    shelf.pack = sound
    words = said(qtbot, room.message, lambda: room.open(Path("tiny")))
    assert words == "The pack has been read again. Back again: Rain: Yes."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("strange", "The pack in “strange” could not be read. “Tiny” stays open."),
        ("tiny", "The pack could not be read again; its last sound version stays in use."),
    ],
)
def test_of_a_pack_over_which_something_breaks(qtbot, room, shelf, name, words):
    shelf.breaks = True
    assert said(qtbot, room.failed, lambda: room.open(Path(name))) == words


def test_of_packs_that_cannot_be_listed(qtbot, shelf):
    library = PackLoader(PackSource(shelf.read, shelf.verify, unforeseen), shelf.at("tiny"))
    words = said(qtbot, library.failed, lambda: None)
    assert words == "The packs that come along could not be listed; open a pack by its folder."
    library.close()


def test_of_faults_in_a_pack(qtbot, room, shelf):
    def listed(name: str) -> str:
        with qtbot.waitSignal(room.loader.invalid):
            room.open(Path(name))
        return str(room.problem_list.summary)

    assert listed("broken") == "The pack in “broken” cannot be opened: one fault. “Tiny” stays open."
    shelf.found = (FAULT, replace(FAULT, line=4))
    assert listed("tiny") == "The pack works, but not for all answers: 2 faults."


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (True, "rules.toml is being opened; the fault is in line 3."),
        (False, "No program opens rules.toml:3; its path is on the clipboard."),
    ],
)
def test_of_a_fault_that_is_clicked(qtbot, room, monkeypatch, opens, words):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: opens)
    assert said(qtbot, room.message, lambda: room.problem_list.open_requested.emit(FAULT)) == words


def test_of_faults_that_are_copied(qtbot, room):
    words = said(qtbot, room.message, room.problem_list.copy_button.click)
    assert words == "The faults are on the clipboard."
