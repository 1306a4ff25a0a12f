"""Size and start-up time of the binary, beside the sources and an empty window packed the same way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import run as setup
from benchmarks.fixtures import ROOT
from benchmarks.results import BenchmarkSkipped, Report, Row, compared, format_mb
from benchmarks.startup import StartResult, start_program, start_window

MAX_UNPACKED, MAX_ARCHIVE = 125e6, 40e6


def run(quick: bool) -> Report:
    """Start Berth from source, the packed Berth and a packed empty window alternately."""
    builds = build_programs()
    suffix = ".exe" if sys.platform == "win32" else ""
    programs = {name: [str(Path(folder, Path(folder).name + suffix))] for name, folder in builds["folders"].items()}
    results: dict[str, list[StartResult]] = {"source": [], "berth": [], "empty": []}
    for number in range(1 + (3 if quick else 9)):
        for name, starts in results.items():
            result = start_window("berth") if name == "source" else start_program(programs[name])
            if number:  # the first start only fills the disk cache
                starts.append(result)
    seconds = {name: median(result.seconds for result in starts) for name, starts in results.items()}
    memory = {name: median(result.memory for result in starts) for name, starts in results.items()}
    sizes = builds["sizes"]
    return Report(
        (
            compared("packed: start → window usable", seconds["berth"], "from source", seconds["source"], 1.2),
            compared("", seconds["berth"], "an empty packed window", seconds["empty"]),
            Row(
                "packed: memory of the open window",
                format_mb(memory["berth"]),
                f"from source, {format_mb(memory['source'])}",
                memory["berth"] / memory["source"],
            ),
            _size_row("unpacked", sizes["berth"], sizes["empty"], MAX_UNPACKED),
            _size_row("as an archive", sizes["berth archive"], sizes["empty archive"], MAX_ARCHIVE),
        )
    )


def _size_row(name: str, berth: int, empty: int, limit: float) -> Row:
    baseline = f"limit, {format_mb(limit)} (empty: {format_mb(empty)})"
    return Row(f"packed: size {name}", format_mb(berth), baseline, berth / limit, 1)


def build_programs() -> Any:
    """Build both programs; return their folders and the sizes of folders and archives."""
    if not setup.is_ready(ROOT, setup.Level.BINARY):
        raise BenchmarkSkipped(f"PyInstaller is not set up; run {setup.PROGRAM} binary once")
    command = [str(setup.venv_python(ROOT, setup.Level.BINARY)), str(ROOT / "packaging" / "benchmark_builds.py")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise BenchmarkSkipped(f"the build failed: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)
