"""How large the binary is and how soon it starts, beside the sources and an empty window packed alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import run as set_up
from benchmarks.pieces import ROOT
from benchmarks.report import LeftOut, Report, Row, measured, megabytes
from benchmarks.starting import Started, start, start_program

MOST_UNPACKED, MOST_PACKED = 125e6, 40e6


def run(quick: bool) -> Report:
    """Berth from source, Berth packed, and an empty window packed, started by turns."""
    made = packed()
    suffix = ".exe" if sys.platform == "win32" else ""
    programs = {name: [str(Path(folder, Path(folder).name + suffix))] for name, folder in made["folders"].items()}
    found: dict[str, list[Started]] = {"source": [], "berth": [], "empty": []}
    for number in range(1 + (3 if quick else 9)):
        for name, starts in found.items():
            one = start("berth") if name == "source" else start_program(programs[name])
            if number:  # the first only fills the caches
                starts.append(one)
    seconds = {name: median(one.seconds for one in starts) for name, starts in found.items()}
    memory = {name: median(one.settings for one in starts) for name, starts in found.items()}
    sizes = made["sizes"]
    return Report(
        (
            measured("packed: start → window usable", seconds["berth"], "from source", seconds["source"], 1.2),
            measured("", seconds["berth"], "an empty window packed alike", seconds["empty"]),
            Row(
                "packed: memory of the open window",
                megabytes(memory["berth"]),
                f"from source, {megabytes(memory['source'])}",
                memory["berth"] / memory["source"],
            ),
            _size("unpacked", sizes["berth"], sizes["empty"], MOST_UNPACKED),
            _size("as an archive", sizes["berth archive"], sizes["empty archive"], MOST_PACKED),
        )
    )


def _size(name: str, berth: int, empty: int, most: float) -> Row:
    against = f"the most, {megabytes(most)} (empty: {megabytes(empty)})"
    return Row(f"packed: size {name}", megabytes(berth), against, berth / most, 1)


def packed() -> Any:
    """The folders of both, just packed, and the sizes of what is handed out and of the empty window."""
    if not set_up.is_ready(ROOT, set_up.Level.BINARY):
        raise LeftOut(f"nothing is there to pack with; say {set_up.PROGRAM} binary once")
    command = [str(set_up.venv_python(ROOT, set_up.Level.BINARY)), str(ROOT / "packaging" / "benchmark_builds.py")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise LeftOut(f"nothing could be packed: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)
