"""A new pack to begin with: a small commented one, written into a folder whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from explorer.core.errors import ExplorerError, os_error_text
from explorer.storage.packs.loader import PACK_FILES
from explorer.storage.program_name import command_line
from explorer.storage.resources import resource_path

_ID_LINE = 'id = "starter"'
_COMMAND_PREFIX = "#     berth "
"""How a line begins that says what to type."""


def write_pack_template(folder: Path) -> None:
    """Write the starter into a folder that is new or empty; ExplorerError where that cannot be."""
    folder = folder.absolute()
    if _is_occupied(folder):
        raise ExplorerError(f"“{folder}” is not empty, so nothing was written; name a new folder")
    if not folder.parent.is_dir():
        raise ExplorerError(f"“{folder.parent}” is no folder, so “{folder.name}” was not made in it")
    beside: Path | None = None
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
        for name in PACK_FILES:
            text = (
                resource_path("starter", name).read_text("utf-8").replace(_COMMAND_PREFIX, f"#     {command_line()} ")
            )
            (beside / name).write_text(text.replace(_ID_LINE, f'id = "{_slug(folder.name)}"', 1), "utf-8")
        beside.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()  # it is empty, and not every system renames onto what is there
        beside.rename(folder)
    except (OSError, ValueError) as error:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        raise ExplorerError(f"the pack could not be written to “{folder}”: {os_error_text(error)}") from error


def _is_occupied(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError) as error:  # a name too long, a place that must not be looked into
        raise ExplorerError(f"“{folder}” cannot be looked into: {os_error_text(error)}") from error


def _slug(name: str) -> str:
    """A folder's name as an id.

    >>> _slug("Our Builds (new)"), _slug("Übungen"), _slug("…")
    ('our-builds-new', 'übungen', 'pack')
    """
    return re.sub(r"[^\w.]+", "-", name.lower()).strip("-._") or "pack"
