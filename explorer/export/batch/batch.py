"""Batch export: writes the files of many scenarios, an index page and a summary table."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from explorer.core.errors import ExplorerError
from explorer.core.model.outcome import Outcome, Status
from explorer.core.model.pack import Pack
from explorer.core.session.scenarios import Scenario
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.engine.pack_engine import PackEngine
from explorer.export.batch.bundle import create_folder, parse_formats, render_files
from explorer.export.batch.index_page import INDEX_FILE, SUMMARY_FILE, index_html, summary_csv
from explorer.export.batch.job import BatchJob, BatchOptions, BatchResult
from explorer.export.batch.worker_pool import run_in_processes
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import ArchitectureSubject, SubjectKind
from explorer.storage.atomic_write import write_atomically
from explorer.storage.file_names import slug
from explorer.storage.packs.compiled_cache import compile_with_cache
from explorer.storage.packs.loader import load_pack

log = logging.getLogger(__name__)

_JOBS_PER_WORKER = 8
"""Jobs that compensate for the start of a worker process, which loads Qt and the pack."""


def write_batch(
    options: BatchOptions, scenarios: Sequence[Scenario], title: str, workers: int | None = None
) -> Iterator[BatchResult]:
    """Write the files of all scenarios, then the index page and the summary table.

    Yield each result as soon as it is done. A scenario that fails stops no other; its result, the index and
    the summary state the error. Raise FileWriteError if the folder cannot be created.
    Without `workers`, their number depends on the CPU cores and on the number of scenarios.
    """
    create_folder(options.output_folder)
    jobs, results = batch_jobs(options, scenarios), dict[str, BatchResult]()
    workers = workers or min(os.cpu_count() or 1, len(jobs) // _JOBS_PER_WORKER)
    for job, finished in run_in_processes(run_job, jobs, workers):
        result = finished or BatchResult(job, error="The worker process ended unexpectedly.")
        results[job.stem] = result
        yield result
    in_order = [results[job.stem] for job in jobs]
    table = summary_csv(in_order, options.export_options.csv_separator)
    write_atomically(options.output_folder / SUMMARY_FILE, table.encode())
    write_atomically(options.output_folder / INDEX_FILE, index_html(title, in_order).encode())


def batch_jobs(options: BatchOptions, scenarios: Sequence[Scenario]) -> tuple[BatchJob, ...]:
    """Return a job for each scenario; the number in the file names makes them unique."""
    digits = len(str(len(scenarios)))
    return tuple(
        BatchJob(options, scenario.name, dict(scenario.answers), f"{number:0{digits}}-{slug(scenario.name)}")
        for number, scenario in enumerate(scenarios, 1)
    )


def run_job(job: BatchJob) -> BatchResult:
    """Write the files of one scenario; an error becomes part of the result."""
    try:
        return write_scenario(job)
    except ExplorerError as error:
        return BatchResult(job, error=str(error))
    except Exception as error:
        log.exception("Unexpected error in a scenario.")
        return BatchResult(job, error=f"Unexpected error ({type(error).__name__}).")


def write_scenario(job: BatchJob) -> BatchResult:
    """Write the files of one scenario; raise ExplorerError if that fails."""
    options = job.options
    engine = _engine(options.pack_folder)
    session = SessionState(Workspace(answers=job.answers, alternatives_shown=options.show_alternatives))
    request = request_for_session(engine, session, options.export_options, defaults=options.defaults)
    names = []
    for name, data in render_files(request, job.stem, parse_formats(options.formats, SubjectKind.ARCHITECTURE)):
        write_atomically(options.output_folder / name, data)
        names.append(name)
    assert isinstance(request.subject, ArchitectureSubject)
    outcome = request.subject.outcome
    return BatchResult(job, tuple(names), outcome.status_label, _choice_labels(engine.pack, outcome))


def _choice_labels(pack: Pack, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    labels = []
    for choice in outcome.choices:
        spec = pack.choice_by_id[choice.choice]
        value = " + ".join(spec.labels[value] for value in choice.displayed_values) or "none"
        labels.append((spec.label, value if choice.status < Status.OPEN else choice.status.label))
    return tuple(labels)


@cache
def _engine(pack_folder: Path) -> PackEngine:
    return create_engine(compile_with_cache(load_pack(pack_folder)))
