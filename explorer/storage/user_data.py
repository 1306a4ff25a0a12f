"""The folder of Berth's own files: autosaves, settings and crash reports."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from explorer.storage.private_files import create_private, secure_folder, set_aside_unless_regular

HOME_VARIABLE = "BERTH_HOME"
"""The environment variable that names another folder, such as one on a USB drive."""

SETTINGS_FILE = "settings.ini"
MAX_SETTINGS_BYTES = 1_000_000
"""Settings have about a kilobyte. Qt takes minutes to read a file of 50 MB."""

_NAME = "Berth"


def user_data_folder() -> Path | None:
    """Return the folder for this user's files, which may not exist yet; None if the system has no home folder."""
    if chosen := os.environ.get(HOME_VARIABLE):
        return Path(chosen).absolute()
    home = _home_folder()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        parent = Path(local) if local else home and home / "AppData" / "Local"
    elif sys.platform == "darwin":
        parent = home and home / "Library" / "Application Support"
    else:
        shared = Path(os.environ.get("XDG_DATA_HOME", ""))
        parent = shared if shared.is_absolute() else home and home / ".local" / "share"
    return parent / _NAME if parent else None


def prepare_user_data(folder: Path) -> None:
    """Make the folder private, and its settings file a private regular file, before the settings are read.

    Anything else under that name, such as a pipe or a huge file, would block the start: it is renamed, never deleted.
    Nothing is raised: without a writable folder Berth runs, and keeps nothing.
    """
    secure_folder(folder)
    settings = folder / SETTINGS_FILE
    with suppress(OSError):
        set_aside_unless_regular(settings, MAX_SETTINGS_BYTES)
        if not settings.exists():
            create_private(settings).close()


def _home_folder() -> Path | None:
    if os.environ.get("HOME") == "":
        return None  # an empty HOME would be the root folder
    try:
        return Path.home()
    except (RuntimeError, KeyError):
        return None
