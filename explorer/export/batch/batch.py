"""Many scenarios to files at once, each by a process of its own, and what came of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from explorer.core.errors import ExplorerError
from explorer.core.model.outcome import Outcome, Status
from explorer.core.model.pack import Pack
from explorer.core.session.scenarios import Scenario
from explorer.core.session.session_state import SessionState
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import compile_pack
from explorer.engine.pack_engine import PackEngine
from explorer.export.batch.batch_jobs import BatchJob, BatchOptions, BatchResult
from explorer.export.batch.bundle import create_folder, parse_formats, render_files
from explorer.export.batch.index_page import INDEX_FILE, SUMMARY_FILE, index_html, summary_csv
from explorer.export.request.build import request_for_session
from explorer.export.request.engine import create_engine
from explorer.export.request.request import ArchitectureSubject, SubjectKind
from explorer.storage.atomic_write import write_atomically
from explorer.storage.file_names import slug
from explorer.storage.packs.loader import load_pack

_JOBS_PER_WORKER = 8
"""Jobs that make up for the start of a process, which loads Qt and reads the pack anew."""

_MAX_WORKERS = 61
"""More processes than that Windows cannot wait for at once."""


def batch_jobs(order: BatchOptions, scenarios: Sequence[Scenario]) -> tuple[BatchJob, ...]:
    """A job for each scenario; files are named after it and its place, so that none meets another."""
    digits = len(str(len(scenarios)))
    return tuple(
        BatchJob(order, one.name, dict(one.answers), f"{number:0{digits}}-{slug(one.name)}")
        for number, one in enumerate(scenarios, 1)
    )


def run_jobs(jobs: Sequence[BatchJob], workers: int | None = None) -> Iterator[BatchResult]:
    """What came of each job, as soon as it is done; where nothing is said, by as many processes as pay."""
    workers = min(workers or min(os.cpu_count() or 1, len(jobs) // _JOBS_PER_WORKER), len(jobs), _MAX_WORKERS)
    if workers <= 1:
        yield from map(run_job, jobs)
        return
    # Never a fork: it would copy what Qt's threads were in the middle of.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(run_job, job) for job in jobs]
        try:
            for done in as_completed(running):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def write_batch(
    order: BatchOptions, scenarios: Sequence[Scenario], title: str, workers: int | None = None
) -> Iterator[BatchResult]:
    """Write every scenario's files into the folder, and then the page and the table of contents.

    Gives what came of each as soon as it is done; NotWrittenError where the folder cannot be had.
    """
    create_folder(order.output_folder)
    jobs, found = batch_jobs(order, scenarios), dict[str, BatchResult]()
    for made in run_jobs(jobs, workers):
        found[made.job.stem] = made
        yield made
    in_order = [found[job.stem] for job in jobs]
    write_atomically(order.output_folder / SUMMARY_FILE, summary_csv(in_order).encode())
    write_atomically(order.output_folder / INDEX_FILE, index_html(title, in_order).encode())


def run_job(job: BatchJob) -> BatchResult:
    """Do one job; a fault is told in what comes of it, and stops no other."""
    order = job.options
    try:
        engine = _engine(order.pack_folder)
        saved = SessionState(Workspace(answers=job.answers, alternatives_shown=order.show_alternatives))
        request = request_for_session(engine, saved, order.export_options, defaults=order.defaults)
        names = []
        for name, data in render_files(request, job.stem, parse_formats(order.formats, SubjectKind.ARCHITECTURE)):
            write_atomically(order.output_folder / name, data)
            names.append(name)
    except ExplorerError as error:
        return BatchResult(job, error=str(error))
    assert isinstance(request.subject, ArchitectureSubject)
    outcome = request.subject.outcome
    return BatchResult(job, tuple(names), outcome.status_label, _choice_labels(engine.pack, outcome))


def _choice_labels(pack: Pack, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    told = []
    for choice in outcome.choices:
        spec = pack.choice_by_id[choice.choice]
        value = " + ".join(spec.labels[value] for value in choice.displayed_values) or "none"
        told.append((spec.label, value if choice.status < Status.OPEN else choice.status.label))
    return tuple(told)


@cache
def _engine(folder: Path) -> PackEngine:
    return create_engine(compile_pack(load_pack(folder)))
