"""The command that starts Berth, for every text that shows a command to type."""

from __future__ import annotations

import os
import sys
from pathlib import Path

COMMAND_VARIABLE = "BERTH_COMMAND"
"""The environment variable with the command that the user typed; run.py sets it."""


def command_line(arguments: str = "") -> str:
    """Return the command to type: that of run.py, the program's name, or Python with main.py."""
    return f"{_program_name()} {arguments}".rstrip()


def _program_name() -> str:
    if given := os.environ.get(COMMAND_VARIABLE):
        return given
    python = Path(sys.executable).name
    return python if getattr(sys, "frozen", False) else f"{python} main.py"
