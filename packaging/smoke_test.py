"""Smoke test of a built program on this system: its commands, an export, and a window that stays open.

The release workflow runs it with any Python, without packages: `python packaging/smoke_test.py [COMMAND...]`. On
Linux `run.py binary-test` tests far more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import app_metadata

WINDOW_S = 15
"""How long the window must stay open."""


def main(arguments: Sequence[str]) -> int:
    """Run every check with the built program, or the command in `arguments`; return 1 if one of them fails."""
    console, window = (arguments, arguments) if arguments else built_programs()
    with tempfile.TemporaryDirectory() as folder:
        failures = [failure for failure in (*check_commands(console, folder), check_window(window, folder)) if failure]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{5 - len(failures)} passed, {len(failures)} failed")
    return int(bool(failures))


def built_programs() -> tuple[Sequence[str], Sequence[str]]:
    """Return the program with a console and the program that opens the window."""
    folder = app_metadata.ROOT / "dist" / app_metadata.release_name()
    if sys.platform == "win32":
        return [str(folder / "berth-cli.exe")], [str(folder / "berth.exe")]
    program = folder / "Berth.app/Contents/MacOS/berth" if sys.platform == "darwin" else folder / "berth"
    return [str(program)], [str(program)]


def check_commands(program: Sequence[str], folder: str) -> list[str]:
    """Return what is wrong with the commands that need no window; an empty text for each that passes."""
    return [
        check_output(program, folder, ["--version"], app_metadata.VERSION),
        check_output(program, folder, ["self-check"], "All checks passed"),
        check_output(program, folder, ["recommend", "--answer", "gpu=yes"], "GPU"),
        check_output(program, folder, ["export", "picture.png"], "") or check_picture(Path(folder, "picture.png")),
    ]


def check_output(program: Sequence[str], folder: str, arguments: Sequence[str], expected: str) -> str:
    """Return what is wrong if the program fails or does not print the expected text."""
    done = subprocess.run(
        [*program, *arguments],
        cwd=folder,
        env=environment(folder, QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
    )
    if done.returncode or expected not in done.stdout:
        return f"{' '.join(arguments)}: status {done.returncode}, expected “{expected}”\n{done.stdout}{done.stderr}"
    return ""


def check_picture(file: Path) -> str:
    """Return what is wrong with an exported PNG."""
    is_png = file.is_file() and file.read_bytes().startswith(b"\x89PNG")
    return "" if is_png else f"export wrote no PNG to {file.name}"


def check_window(program: Sequence[str], folder: str) -> str:
    """Return what is wrong if the window does not stay open; without a display it is drawn off screen."""
    more = {} if sys.platform != "linux" or os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [*program], cwd=folder, env=environment(folder, **more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        try:
            output, _ = child.communicate(timeout=WINDOW_S)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
            return f"the window: {output.decode(errors='replace')}" if b"Traceback" in output else ""
    return f"the window closed with status {child.returncode}: {output.decode(errors='replace')}"


def environment(folder: str, **more: str) -> dict[str, str]:
    """Return the environment of the program: its own folder for autosaves and settings."""
    return {**os.environ, "BERTH_HOME": str(Path(folder, "home")), "PYTHONUTF8": "1", **more}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
