"""The library opens what is asked for last, and a pack that is broken changes nothing."""

from pathlib import Path
from threading import Event

import pytest

from explorer.core.errors import PackError, Problem
from explorer.engine.open_pack import LoadedPack, OpenPack
from explorer.export.request.engine import create_engine
from explorer.storage.packs.compiled import load_compiled_pack
from explorer.ui.pack.pack_loader import PackLoader, PackSource
from tests.storage.tiny import write_tiny

FAULT = Problem("rules.toml", 3, "nothing follows", "only")


class Proof:
    """A proof that comes to what it is told to, once it may."""

    def __init__(self, *problems: Problem, gate: Event | None = None) -> None:
        self.problems, self.gate, self.stopped = problems, gate or Event(), False
        if gate is None:
            self.gate.set()

    def result(self) -> object:
        self.gate.wait()
        return None if self.stopped else self.problems

    def cancel(self) -> None:
        self.stopped = True
        self.gate.set()


class Shelf:
    """Packs that open at once, unless they are broken or held up."""

    def __init__(self, folder: Path) -> None:
        self.engine = create_engine(load_compiled_pack(write_tiny(folder)))
        self.broken: set[str] = set()
        self.gates: dict[str, Event] = {}
        self.proofs: list[Proof] = []

    def at(self, name: str) -> LoadedPack:
        return LoadedPack(self.engine, Path(name), shipped=True)

    def read(self, folder: Path) -> LoadedPack:
        if gate := self.gates.get(folder.name):
            gate.wait()
        if folder.name in self.broken:
            raise PackError([FAULT])
        return self.at(folder.name)

    def prove(self, folder: Path) -> Proof:
        return self.proofs.pop(0)


@pytest.fixture
def shelf(qapp, tmp_path):
    return Shelf(tmp_path)


@pytest.fixture
def library(qtbot, shelf):
    library = PackLoader(PackSource(shelf.read, shelf.prove, tuple), OpenPack(shelf.at("first")))
    yield library
    library.close()


def test_what_is_asked_last_is_opened_though_it_is_there_first(qtbot, library, shelf):
    shelf.gates["slow"] = Event()
    opened: list[str] = []
    library.opened.connect(lambda _before: opened.append(library.open_pack.folder.name))

    library.open(Path("slow"))
    with qtbot.waitSignal(library.opened):
        library.open(Path("quick"))
    shelf.gates["slow"].set()

    assert library.close() is None
    assert opened == ["quick"]


def test_a_broken_pack_is_told_of_and_the_one_that_is_open_stays(qtbot, library, shelf):
    shelf.broken = {"other"}

    with qtbot.waitSignal(library.invalid) as told:
        library.open(Path("other"))

    assert told.args[0].summary == "The pack in “other” cannot be opened: one fault. “Tiny” stays open."
    assert told.args[0].problems == (FAULT,)
    assert library.open_pack.folder == Path("first")


def test_what_the_proof_finds_is_told_and_goes_when_it_finds_no_more(qtbot, library, shelf):
    shelf.proofs = [Proof(FAULT, FAULT), Proof()]

    with qtbot.waitSignal(library.invalid) as told:
        library.open(Path("first"))
    assert told.args[0].summary == "The pack works, but not for all answers: 2 faults."

    with qtbot.waitSignal(library.valid):
        library.open(Path("first"))


def test_a_proof_under_way_is_given_up_for_the_next(qtbot, library, shelf):
    held = Proof(FAULT, gate=Event())
    shelf.proofs = [held, Proof()]
    library.open(Path("first"))
    qtbot.waitUntil(lambda: len(shelf.proofs) == 1)

    with qtbot.waitSignal(library.valid):
        library.open(Path("first"))

    assert held.stopped
