"""Pack catalog: the shipped packs, and the folder of a pack by its id or path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.core.errors import ExplorerError, did_you_mean
from explorer.storage.packs.toml import TomlReadError, parse_toml, read_toml_text
from explorer.storage.resources import default_pack_folder, install_dir

PACK_HEADER_FILE = "pack.toml"


@dataclass(frozen=True)
class PackInfo:
    """The header of a pack and its folder, read without loading the pack."""

    folder: Path
    id: str
    title: str
    summary: str
    as_of: str
    version: str = ""


def shipped_packs() -> tuple[PackInfo, ...]:
    """Return the shipped packs: the default pack first, the others by title."""
    try:
        folders = [path for path in _packs_folder().iterdir() if path.is_dir()]
    except OSError:  # a damaged installation: opening a pack reports it
        return ()
    infos = [info for folder in folders if (info := read_pack_info(folder)) is not None]
    return tuple(sorted(infos, key=lambda info: (info.folder != default_pack_folder(), info.title)))


def read_pack_info(folder: Path) -> PackInfo | None:
    """Read the header of the pack in a folder; None if it is not readable."""
    try:
        header = parse_toml(read_toml_text(folder / PACK_HEADER_FILE)).get("pack")
    except TomlReadError:
        return None
    if not isinstance(header, dict):
        return None
    values = [header.get(key, "") for key in ("id", "title", "summary", "as_of", "version")]
    if not all(isinstance(value, str) for value in values) or not values[1].strip():
        return None
    return PackInfo(folder, *values)


def find_pack_folder(name: str | None) -> Path:
    """Return the folder of a pack: the path of a folder, or the id of a shipped pack; None means the default pack.

    Raises ExplorerError if there is neither.
    """
    if name is None:
        return default_pack_folder()
    folder = Path(name)
    if _exists(folder / PACK_HEADER_FILE) or len(folder.parts) != 1:
        return folder
    known = {info.id: info.folder for info in shipped_packs()}
    if name in known:
        return known[name]
    if _exists(folder):
        return folder
    hint = did_you_mean(name, known)
    raise ExplorerError(f"There is no pack “{name}”: it is neither a folder nor the id of a shipped pack ({hint}).")


def is_shipped(folder: Path) -> bool:
    """Whether the folder is that of a shipped pack."""
    return folder.absolute().parent == _packs_folder()


def _packs_folder() -> Path:
    return install_dir() / "data" / "packs"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or a folder without permission
        return False
