"""Pack template: creates a small commented pack in a new folder, completely or not at all."""

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
"""The start of a comment with a command to type."""


def write_pack_template(folder: Path) -> None:
    """Create the template pack in a new or empty folder; raises ExplorerError if that fails."""
    folder = folder.absolute()
    if _is_occupied(folder):
        raise ExplorerError(f"Cannot create a pack in “{folder}”: it is not empty. Choose a new folder.")
    if not folder.parent.is_dir():
        raise ExplorerError(f"Cannot create a pack in “{folder}”: “{folder.parent}” is not a folder.")
    temporary: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}-", dir=folder.parent))
        for name in PACK_FILES:
            text = (
                resource_path("starter", name).read_text("utf-8").replace(_COMMAND_PREFIX, f"#     {command_line()} ")
            )
            (temporary / name).write_text(text.replace(_ID_LINE, f'id = "{_slug(folder.name)}"', 1), "utf-8")
        temporary.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()  # it is empty; not every system can rename onto an existing folder
        temporary.rename(folder)
    except (OSError, ValueError) as error:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
        raise ExplorerError(f"Cannot create a pack in “{folder}”: {os_error_text(error)}.") from error


def _is_occupied(folder: Path) -> bool:
    try:
        return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except (OSError, ValueError) as error:  # a name that is too long, or a folder without permission
        raise ExplorerError(f"Cannot read the folder “{folder}”: {os_error_text(error)}.") from error


def _slug(name: str) -> str:
    """Return a folder's name as an id.

    >>> _slug("Our Builds (new)"), _slug("Übungen"), _slug("…")
    ('our-builds-new', 'übungen', 'pack')
    """
    return re.sub(r"[^\w.]+", "-", name.lower()).strip("-._") or "pack"
