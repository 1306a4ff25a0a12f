"""A batch of scenarios on one process and on two."""

from __future__ import annotations

import os
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.clock import seconds
from benchmarks.pieces import sample, space
from benchmarks.report import Report, measured
from explorer.core.session.scenarios import Scenario
from explorer.export.batch.batch import write_batch
from explorer.export.batch.batch_jobs import BatchOptions
from explorer.export.request.engine import ensure_qt
from explorer.export.request.request import Options
from explorer.storage.resources import default_pack_folder

FORMATS = "svg,pptx,drawio,md"


def run(quick: bool) -> Report:
    """The same scenarios twice."""
    ensure_qt()
    many = 16 if quick else 96
    given = islice(sample(space().pack), many)
    scenarios = [Scenario(f"case {number}", answers) for number, answers in enumerate(given, 1)]
    one, two = _taken(scenarios, 1), _taken(scenarios, 2)
    return Report(
        (measured(f"{many} scenarios on two processes ({FORMATS})", two, "on one", one, 1),),
        (f"{os.cpu_count()} cores; each process loads Qt and reads the pack anew",),
    )


def _taken(scenarios: list[Scenario], workers: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        order = BatchOptions(default_pack_folder(), Path(place), FORMATS, Options())
        return seconds(lambda: list(write_batch(order, scenarios, "benchmark", workers)))
