"""Who Berth is to an operating system; everything that is packed says it after this."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from explorer import IDENTITY, __version__  # noqa: E402 (not before it can be found)

NAME = "Berth"
PROGRAM = "berth"
VERSION = __version__
ID = IDENTITY
"""The bundle on macOS, and the desktop entry and AppStream component on Linux."""

SUMMARY = "Walk a decision with a team, and see the architecture it leads to"
MAKER = "Berth contributors"
LICENCE = "MIT"


def release(suffix: str = "") -> str:
    """The name of what is handed out: program, version, system and kind of processor.

    >>> release().startswith(f"berth-{VERSION}-")
    True
    """
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    return f"{PROGRAM}-{VERSION}-{system}-{platform.machine().lower()}{suffix}"
