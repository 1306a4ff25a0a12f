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
from explorer.core.session.session import SavedSession
from explorer.core.session.workspace import Workspace
from explorer.core.solver.constraints import Space, prepare
from explorer.export.batch.batch_jobs import Job, Made, Order
from explorer.export.batch.bundle import files_of, formats_named, make_folder
from explorer.export.batch.index_page import PAGE, TABLE, contents, summary
from explorer.export.request.build import of_session
from explorer.export.request.request import Case, Kind
from explorer.storage.atomic_write import write_whole
from explorer.storage.file_names import file_stem
from explorer.storage.packs.loader import load_pack

_PAYS = 8
"""Jobs that make up for the start of a process, which loads Qt and reads the pack anew."""

_MOST = 61
"""More processes than that Windows cannot wait for at once."""


def jobs_of(order: Order, scenarios: Sequence[Scenario]) -> tuple[Job, ...]:
    """A job for each scenario; files are named after it and its place, so that none meets another."""
    digits = len(str(len(scenarios)))
    return tuple(
        Job(order, one.name, dict(one.answers), f"{number:0{digits}}-{file_stem(one.name)}")
        for number, one in enumerate(scenarios, 1)
    )


def run(jobs: Sequence[Job], workers: int | None = None) -> Iterator[Made]:
    """What came of each job, as soon as it is done; where nothing is said, by as many processes as pay."""
    workers = min(workers or min(os.cpu_count() or 1, len(jobs) // _PAYS), len(jobs), _MOST)
    if workers <= 1:
        yield from map(make, jobs)
        return
    # Never a fork: it would copy what Qt's threads were in the middle of.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = [pool.submit(make, job) for job in jobs]
        try:
            for done in as_completed(running):
                yield done.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def write(
    order: Order, scenarios: Sequence[Scenario], title: str, workers: int | None = None
) -> Iterator[Made]:
    """Write every scenario's files into the folder, and then the page and the table of contents.

    Gives what came of each as soon as it is done; NotWrittenError where the folder cannot be had.
    """
    make_folder(order.folder)
    jobs, found = jobs_of(order, scenarios), dict[str, Made]()
    for made in run(jobs, workers):
        found[made.job.stem] = made
        yield made
    in_order = [found[job.stem] for job in jobs]
    write_whole(order.folder / TABLE, summary(in_order).encode())
    write_whole(order.folder / PAGE, contents(title, in_order).encode())


def make(job: Job) -> Made:
    """Do one job; a fault is told in what comes of it, and stops no other."""
    order = job.order
    try:
        space = _space(order.pack)
        saved = SavedSession(Workspace(answers=job.answers, ghosts=order.ghosts))
        request = of_session(space, saved, order.options, defaults=order.defaults)
        names = []
        for name, data in files_of(request, job.stem, formats_named(order.formats, Kind.CASE)):
            write_whole(order.folder / name, data)
            names.append(name)
    except ExplorerError as error:
        return Made(job, fault=str(error))
    assert isinstance(request.about, Case)
    outcome = request.about.outcome
    return Made(job, tuple(names), outcome.word, _choices(space.pack, outcome))


def _choices(pack: Pack, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    told = []
    for choice in outcome.choices:
        spec = pack.choice_by_id[choice.choice]
        value = " + ".join(spec.labels[value] for value in choice.told) or "none"
        told.append((spec.label, value if choice.status < Status.OPEN else choice.status.word))
    return tuple(told)


@cache
def _space(folder: Path) -> Space:
    return prepare(load_pack(folder))
