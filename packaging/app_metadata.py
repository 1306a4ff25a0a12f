"""Name, version, license and identifier of Berth, as used by every package format."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from explorer import IDENTITY, __version__  # noqa: E402 (needs the path above)

NAME = "Berth"
PROGRAM = "berth"
VERSION = __version__
APP_ID = IDENTITY
"""Bundle identifier on macOS; id of the desktop entry and the AppStream component on Linux."""

SUMMARY = "Walk a decision with a team, and see the architecture it leads to"
VENDOR = "Berth contributors"
LICENSE = "MIT"


def release_name(suffix: str = "") -> str:
    """Return the base name of a release: program, version, system and processor.

    >>> release_name().startswith(f"berth-{VERSION}-")
    True
    """
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{PROGRAM}-{VERSION}-{system}-{platform.machine().lower()}{suffix}"
