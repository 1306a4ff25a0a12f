"""Compiled packs on disk: the lookup tables of a pack, saved between runs.

The tables of shipped packs are part of an installation; those of other packs are in the user's private folder. A
file is named after the rules it was compiled from, and its first line holds the program version and a checksum.
A missing, damaged or foreign file only means that the tables are compiled again.

`python -m explorer.storage.packs.compiled_cache` compiles the shipped packs; setup and packaging run it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from explorer import __version__
from explorer.core.model.pack import Pack
from explorer.core.solver.constraints import CompiledPack, compile_pack
from explorer.storage.packs.catalog import shipped_packs
from explorer.storage.packs.loader import load_pack
from explorer.storage.private_files import create_private, make_private_folder, read_regular
from explorer.storage.resources import resource_path
from explorer.storage.user_data import user_data_folder

_MAX_BYTES = 20_000_000
_MAX_FILES = 20
_SUFFIX = ".tables"


class TableFiles:
    """A store of compiled tables in the user's folder, which also reads those of the installation."""

    version = __version__

    def __init__(self, shipped: Path | None = None, own: Path | None = None) -> None:
        user_data = user_data_folder()
        self._shipped = shipped or resource_path("compiled")
        self._own = own or (user_data and user_data / "compiled")

    def read(self, key: str) -> bytes | None:
        """Return what was saved under a key; None if there is nothing to read."""
        for folder in (self._shipped, self._own):
            with suppress(OSError):
                if folder is not None:
                    return read_regular(folder / f"{key}{_SUFFIX}", _MAX_BYTES)
        return None

    def write(self, key: str, data: bytes) -> None:
        """Save tables for a later run, and delete those that were not used for the longest time.

        Nothing is raised: without a writable folder every run compiles its own tables.
        """
        if self._own is not None:
            with suppress(OSError):
                make_private_folder(self._own)
                _replace(self._own / f"{key}{_SUFFIX}", data)
                files = sorted(self._own.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
                for file in files[_MAX_FILES:]:
                    file.unlink()


def _replace(path: Path, data: bytes) -> None:
    """Write a file under another name, then rename it, so that no other process reads a part of it."""
    temporary = path.with_suffix(f".{os.getpid()}")
    try:
        with create_private(temporary) as file:
            file.write(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def compile_with_cache(pack: Pack) -> CompiledPack:
    """Compile a pack; its lookup tables come from an earlier run if they were saved."""
    return compile_pack(pack, TableFiles())


def compile_shipped_packs(folder: Path) -> None:
    """Save the tables of the shipped packs in a folder, such as `resources/compiled` of an installation."""
    folder.mkdir(parents=True, exist_ok=True)
    for shipped in shipped_packs():
        compile_pack(load_pack(shipped.folder), TableFiles(shipped=folder / "none", own=folder)).lookup_tables()


if __name__ == "__main__":
    compile_shipped_packs(resource_path("compiled"))
