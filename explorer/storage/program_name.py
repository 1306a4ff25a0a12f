"""How Berth is started from a terminal, for every sentence that names a command to type."""

from __future__ import annotations

import os
import sys
from pathlib import Path

COMMAND_VARIABLE = "BERTH_COMMAND"
"""Tells what was typed where Berth was started by another program: run.py sets it."""


def command_line(words: str = "") -> str:
    """What to type before these words: what run.py says, the program's own name, or Python's with main.py."""
    return f"{_program_name()} {words}".rstrip()


def _program_name() -> str:
    if given := os.environ.get(COMMAND_VARIABLE):
        return given
    python = Path(sys.executable).name
    return python if getattr(sys, "frozen", False) else f"{python} main.py"
