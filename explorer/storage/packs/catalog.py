"""The packs that come with the application, and which folder is meant by a person's word for a pack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from explorer.core.errors import ExplorerError, did_you_mean
from explorer.storage.packs.toml import TomlReadError, parse_toml, read_toml_text
from explorer.storage.resources import default_pack_folder, install_dir

PACK_HEADER_FILE = "pack.toml"


@dataclass(frozen=True)
class PackInfo:
    """What a pack says of itself before it is opened, and the folder that it lies in."""

    folder: Path
    id: str
    title: str
    summary: str
    as_of: str
    version: str = ""


def shipped_packs() -> tuple[PackInfo, ...]:
    """The packs that come with the application: the one that it opens with first, then by title."""
    try:
        folders = [path for path in _packs_folder().iterdir() if path.is_dir()]
    except OSError:  # an installation without packs, of which opening one tells
        return ()
    labels = [label for folder in folders if (label := read_pack_info(folder)) is not None]
    return tuple(sorted(labels, key=lambda label: (label.folder != default_pack_folder(), label.title)))


def read_pack_info(folder: Path) -> PackInfo | None:
    """What the pack in a folder says of itself; None where it says nothing that can be read."""
    try:
        head = parse_toml(read_toml_text(folder / PACK_HEADER_FILE)).get("pack")
    except TomlReadError:
        return None
    if not isinstance(head, dict):
        return None
    said = [head.get(key, "") for key in ("id", "title", "summary", "as_of", "version")]
    if not all(isinstance(word, str) for word in said) or not said[1].strip():
        return None
    return PackInfo(folder, *said)


def find_pack_folder(word: str | None) -> Path:
    """The folder that is meant: one that holds a pack, else the shipped pack of that id; no word, the usual.

    ExplorerError where it can be neither.
    """
    if word is None:
        return default_pack_folder()
    folder = Path(word)
    if _exists(folder / PACK_HEADER_FILE) or len(folder.parts) != 1:
        return folder
    known = {label.id: label.folder for label in shipped_packs()}
    if word in known:
        return known[word]
    if _exists(folder):
        return folder
    raise ExplorerError(f"there is no pack “{word}”, neither a folder nor a shipped pack; {did_you_mean(word, known)}")


def is_shipped(folder: Path) -> bool:
    """Whether the folder is one of those that come with the application."""
    return folder.absolute().parent == _packs_folder()


def _packs_folder() -> Path:
    return install_dir() / "data" / "packs"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, a place that must not be looked into
        return False
