"""From the start of the process to a window that can be used, and the memory of the open window."""

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

from benchmarks.clock import medians
from benchmarks.pieces import ROOT
from benchmarks.report import LeftOut, Report, Row, measured, megabytes, shares
from explorer.ui.shell.settings import HOME_VARIABLE


@dataclass(frozen=True)
class Started:
    """How long a start took, what the open window occupies, and where the time went."""

    seconds: float
    memory: int
    stages: dict[str, float]


CHILDREN = {"empty": "benchmarks.empty_window", "berth": "benchmarks.child"}


def start(which: str, *words: str) -> Started:
    """Start a window from source with these words, wait until it is quiet, and end it."""
    return start_program([sys.executable, "-m", CHILDREN[which], *words])


def start_program(command: Sequence[str]) -> Started:
    """Start a program in an empty home, hear when its window can be used, and end it once it is quiet."""
    begun = perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nothing_left,
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {HOME_VARIABLE: nothing_left},
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as child,
    ):
        assert child.stdout is not None
        try:
            said = _heard(child.stdout, "usable", errors)
            seconds = perf_counter() - begun
            _heard(child.stdout, "settled", errors)
            memory = psutil.Process(child.pid).memory_info().rss
        finally:
            child.kill()
    return Started(seconds, memory, {name: float(value) for name, value in zip(said[::2], said[1::2], strict=True)})


def _heard(stream: IO[str], word: str, errors: IO[str]) -> list[str]:
    """What follows a word; the child ends without it when it cannot open its window."""
    for line in stream:
        first, *rest = line.rstrip("\n").split("\t")
        if first == word:
            return rest
    errors.seek(0)
    told = [line.strip() for line in errors if line.strip()]
    raise LeftOut(f"the window did not open: {told[-1] if told else 'nothing was said'}")


def run(quick: bool) -> Report:
    """Berth and an empty window, started by turns."""
    found: dict[str, list[Started]] = {"empty": [], "berth": []}
    for which in found:
        start(which)  # once beforehand, so that everything is compiled and in the disk's cache
    for _ in range(3 if quick else 9):
        for which, all_started in found.items():
            all_started.append(start(which))
    seconds = {which: median(s.seconds for s in all_started) for which, all_started in found.items()}
    memory = {which: median(s.settings for s in all_started) for which, all_started in found.items()}
    stages = dict(medians([s.stages for s in found["berth"]]))
    beside = {name: value for name, value in stages.items() if "beside" in name}
    rest = seconds["berth"] - sum(stages.values()) + sum(beside.values())
    return Report(
        (
            measured(
                "start → window usable, diagram painted",
                seconds["berth"],
                "an empty PySide6 window",
                seconds["empty"],
                2.5,
            ),
            Row(
                "memory of the open window",
                megabytes(memory["berth"]),
                f"the empty one, {megabytes(memory['empty'])}",
                memory["berth"] / memory["empty"],
                2,
            ),
        ),
        shares(
            "start, by stage ('beside': in another thread)",
            [*stages.items(), ("Python, Qt, showing, waiting", rest)],
        ),
    )
