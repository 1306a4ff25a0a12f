"""Packs and verifications under the control of a test, in place of files and processes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from explorer.core.errors import PackError, Problem
from explorer.engine.open_pack import LoadedPack
from explorer.storage.packs.loader import load_pack
from explorer.ui.pack.pack_loader import PackSource
from explorer.ui.workers.subprocess_worker import ProcessTask
from tests.storage.tiny import write_tiny
from tests.ui.open_packs import loaded

PROBLEM = Problem("rules.toml", 3, "nothing follows", "only")


class Verification(ProcessTask):
    """A verification with a fixed result; with a gate, it waits until the gate opens or it is canceled."""

    def __init__(self, *problems: Problem, gate: Event | None = None) -> None:
        super().__init__(tuple)
        self.problems, self.gate, self.canceled = problems, gate or Event(), False
        if gate is None:
            self.gate.set()

    def result(self) -> object:
        self.gate.wait()
        return None if self.canceled else self.problems

    def cancel(self) -> None:
        self.canceled = True
        self.gate.set()


class PackFolders:
    """Packs by the names of their folders. A folder can be invalid, crash, or wait for a gate."""

    def __init__(self, folder: Path) -> None:
        self.pack = load_pack(write_tiny(folder))
        self.invalid: set[str] = set()
        self.gates: dict[str, Event] = {}
        self.verifications: list[Verification] = []

    @property
    def source(self) -> PackSource:
        """The functions for a pack loader."""
        return PackSource(self.read, self.verify, tuple)

    def read(self, folder: Path) -> LoadedPack:
        if gate := self.gates.get(folder.name):
            gate.wait()
        if folder.name in self.invalid:
            raise PackError([PROBLEM])
        return loaded(replace(self.pack, title=folder.name.title()), folder)

    def verify(self, _folder: Path) -> Verification:
        return self.verifications.pop(0) if self.verifications else Verification()
