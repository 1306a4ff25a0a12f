"""Batch export of scenarios with one and with two processes."""

from __future__ import annotations

import os
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.fixtures import compiled_pack, sample_answers
from benchmarks.results import Report, compared
from benchmarks.timing import time_once
from explorer.core.session.scenarios import Scenario
from explorer.export.batch.batch import write_batch
from explorer.export.batch.job import BatchOptions
from explorer.export.request.engine import ensure_qt
from explorer.export.request.request import Options
from explorer.storage.resources import default_pack_folder

FORMATS = "svg,pptx,drawio,md"


def run(quick: bool) -> Report:
    """Export the same scenarios twice."""
    ensure_qt()
    count = 16 if quick else 96
    answer_sets = islice(sample_answers(compiled_pack().pack), count)
    scenarios = [Scenario(f"case {number}", answers) for number, answers in enumerate(answer_sets, 1)]
    one, two = _duration(scenarios, 1), _duration(scenarios, 2)
    return Report(
        (compared(f"{count} scenarios with two processes ({FORMATS})", two, "with one", one, 1),),
        (f"{os.cpu_count()} cores; each process loads Qt and the pack",),
    )


def _duration(scenarios: list[Scenario], workers: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        options = BatchOptions(default_pack_folder(), Path(folder), FORMATS, Options())
        return time_once(lambda: list(write_batch(options, scenarios, "benchmark", workers)))
