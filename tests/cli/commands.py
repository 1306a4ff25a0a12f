"""Runs commands in this process, or in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from explorer.cli.main import main

ROOT = Path(__file__).parents[2]
DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def berth(capsys, *arguments: object) -> tuple[int, str, str]:
    """Run a command; return its exit status, standard output and standard error."""
    status = main([str(argument) for argument in arguments])
    return status, *capsys.readouterr()


def error_of(capsys, *arguments: object, status: int) -> str:
    """Run a command that fails; return its error, which is one line."""
    found, output, error = berth(capsys, *arguments)
    assert (found, output) == (status, "")
    assert error.startswith("berth: ")
    assert error.count("\n") == 1
    assert "Traceback" not in error
    return error


def run_process(*arguments: str, code: str = "", **settings) -> subprocess.CompletedProcess[str]:
    """Run a command, or Python code, in a process without a display."""
    environment = {key: value for key, value in os.environ.items() if key not in DISPLAYS}
    command = [sys.executable, *(["-c", code] if code else [str(ROOT / "main.py")]), *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **settings}
    settings = {"env": environment, "cwd": ROOT, **pipes}
    return subprocess.run(command, timeout=60, check=False, encoding="utf-8", **settings)
