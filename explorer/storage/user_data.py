"""The folder of Berth's own files: autosaves, settings and crash reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HOME_VARIABLE = "BERTH_HOME"
"""The environment variable that names another folder, such as one on a USB drive."""

_NAME = "Berth"


def user_data_folder() -> Path | None:
    """Return the folder for this user's files, which may not exist yet; None if the system has no home folder."""
    if chosen := os.environ.get(HOME_VARIABLE):
        return Path(chosen).absolute()
    home = home_folder()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or (home and home / "AppData" / "Local")
        return Path(local) / _NAME if local else None
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / _NAME if home else None
    shared = os.environ.get("XDG_DATA_HOME", "")
    if Path(shared).is_absolute():
        return Path(shared) / _NAME
    return home / ".local" / "share" / _NAME if home else None


def home_folder() -> Path | None:
    """Return the user's home folder; None if the system does not know it."""
    try:
        if "HOME" in os.environ and not os.environ["HOME"]:
            return None  # an empty HOME would be the root folder
        return Path.home()
    except (RuntimeError, KeyError):
        return None
