"""Start-up time from process start to a usable window, and memory of the open window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import IO

import psutil

from benchmarks.fixtures import ROOT
from benchmarks.results import BenchmarkSkipped, Report, Row, breakdown, compared, format_mb
from benchmarks.timing import median_parts
from explorer.storage.user_data import HOME_VARIABLE


@dataclass(frozen=True)
class StartResult:
    """Duration of a start in seconds, memory of the open window in bytes, and the stages in seconds."""

    seconds: float
    memory: int
    stages: dict[str, float]


CHILD_MODULES = {"empty": "benchmarks.empty_window", "berth": "benchmarks.timed_window"}


def start_window(which: str, *arguments: str) -> StartResult:
    """Start a window from source, wait until it is idle, and end it."""
    return start_program([sys.executable, "-m", CHILD_MODULES[which], *arguments])


def start_program(command: Sequence[str]) -> StartResult:
    """Start a program with an empty data folder, wait until its window is usable and then idle, and end it."""
    start = perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as empty_home,
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {HOME_VARIABLE: empty_home},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as child,
    ):
        assert child.stdout is not None
        try:
            fields = _wait_for_message(child.stdout, "usable", errors)
            seconds = perf_counter() - start
            _wait_for_message(child.stdout, "settled", errors)
            memory = psutil.Process(child.pid).memory_info().rss
        finally:
            child.kill()
    stages = {name: float(value) for name, value in zip(fields[::2], fields[1::2], strict=True)}
    return StartResult(seconds, memory, stages)


def _wait_for_message(stream: IO[str], keyword: str, errors: IO[str]) -> list[str]:
    """Return the fields of a message; the child ends without it if it cannot open its window."""
    for line in stream:
        first, *fields = line.rstrip("\n").split("\t")
        if first == keyword:
            return fields
    errors.seek(0)
    lines = [line.strip() for line in errors if line.strip()]
    raise BenchmarkSkipped(f"the window did not open: {lines[-1] if lines else 'no output'}")


def run(quick: bool) -> Report:
    """Start Berth and an empty window alternately."""
    results: dict[str, list[StartResult]] = {"empty": [], "berth": []}
    for which in results:
        start_window(which)  # compiles all modules and fills the disk cache
    for _ in range(3 if quick else 9):
        for which, starts in results.items():
            starts.append(start_window(which))
    seconds = {which: median(result.seconds for result in starts) for which, starts in results.items()}
    memory = {which: median(result.memory for result in starts) for which, starts in results.items()}
    stages = dict(median_parts([result.stages for result in results["berth"]]))
    in_thread = sum(value for name, value in stages.items() if "thread" in name)
    rest = seconds["berth"] - sum(stages.values()) + in_thread
    return Report(
        (
            compared(
                "start → window usable, diagram painted",
                seconds["berth"],
                "an empty PySide6 window",
                seconds["empty"],
                2.5,
            ),
            Row(
                "memory of the open window",
                format_mb(memory["berth"]),
                f"an empty window, {format_mb(memory['empty'])}",
                memory["berth"] / memory["empty"],
                2,
            ),
        ),
        breakdown(
            "start by stage ('thread': runs in parallel)",
            [*stages.items(), ("Python, Qt, showing, waiting", rest)],
        ),
    )
