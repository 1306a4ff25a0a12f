"""Open packs without an engine, for tests that need no drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explorer.core.model.pack import Pack
from explorer.engine.open_pack import LoadedPack, OpenPack


@dataclass(frozen=True)
class PackOnly:
    """In place of an engine: knows its pack, and cannot draw."""

    pack: Pack


def loaded(pack: Pack, folder: Path) -> LoadedPack:
    """A shipped pack, loaded from a folder."""
    engine: Any = PackOnly(pack)
    return LoadedPack(engine, folder, shipped=True)


def open_pack_of(pack: Pack, folder: Path = Path("tiny")) -> OpenPack:
    """The owner of this pack."""
    return OpenPack(loaded(pack, folder))
