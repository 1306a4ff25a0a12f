"""The command that starts Berth, for every text that shows a command to type."""

from __future__ import annotations

import os
import sys
from pathlib import Path

COMMAND_VARIABLE = "BERTH_COMMAND"
"""The environment variable with the command that the user typed; run.py sets it."""

INSTALLED_COMMANDS = ("berth", "berth-gui")
"""The commands of the installed package; the first prints to a terminal on every system."""


def command_line(arguments: str = "") -> str:
    """Return the command to type: that of run.py, the program's name, or Python with the module or main.py."""
    return f"{_program_name()} {arguments}".rstrip()


def _program_name() -> str:
    if given := os.environ.get(COMMAND_VARIABLE):
        return given
    python, script = Path(sys.executable).name, Path(sys.argv[0])
    if getattr(sys, "frozen", False):
        return python
    if script.stem in INSTALLED_COMMANDS:
        return INSTALLED_COMMANDS[0]
    if script.parts[-2:] == ("explorer", "__main__.py"):
        return f"{python} -m explorer"
    return f"{python} main.py"
