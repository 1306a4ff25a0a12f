"""Worker pool: runs jobs in parallel processes; a job that ends its process stops no other job."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from threading import current_thread, main_thread
from typing import TypeVar

from explorer.storage.worker_lifetime import end_with_parent

Job = TypeVar("Job")
Result = TypeVar("Result")

_MAX_WORKERS = 61
"""Windows cannot wait for more processes at once."""


def run_in_processes(
    function: Callable[[Job], Result], jobs: Sequence[Job], workers: int
) -> Iterator[tuple[Job, Result | None]]:
    """Yield each job with its result, as soon as it is done; the result is None if the worker process died.

    With one worker the jobs run in this process. If the caller closes the iterator or the user presses
    Ctrl+C, the running jobs are finished and no other job starts.
    """
    workers = min(workers, len(jobs), _MAX_WORKERS)
    if workers <= 1:
        for job in jobs:
            with _deferred_interrupt():
                result = function(job)
            yield job, result
        return
    unfinished = dict(enumerate(jobs))
    with _worker_pool(workers) as pool:
        numbers = {pool.submit(_run_unless_canceled, function, job): number for number, job in unfinished.items()}
        try:
            for future in as_completed(numbers):
                finished = future.result()
                yield unfinished.pop(numbers[future]), finished
        except BrokenProcessPool:  # every pending job has failed, not only the one that ended its worker
            pass
    yield from _run_one_by_one(function, list(unfinished.values()))


def _run_one_by_one(function: Callable[[Job], Result], jobs: list[Job]) -> Iterator[tuple[Job, Result | None]]:
    """Run each job alone in a worker process, so that only the job that ends its worker fails."""
    while jobs:
        with _worker_pool(1) as pool:
            while jobs:
                job = jobs.pop(0)
                try:
                    result = pool.submit(function, job).result()
                except BrokenProcessPool:
                    yield job, None
                    break
                yield job, result


@contextmanager
def _worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    # Spawn, not fork: a fork would copy Qt's threads and locks in the middle of their work.
    context = get_context("spawn")
    canceled = context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(canceled,))
    try:
        yield pool
    finally:
        canceled.set()
        pool.shutdown(wait=True, cancel_futures=True)


_cancel_events: list[Event] = []
"""In a worker process: the event that its parent sets to cancel the jobs that have not started."""


def _start_worker(canceled: Event) -> None:
    _cancel_events.append(canceled)
    end_with_parent()
    # Ctrl+C reaches the whole process group. Only the parent handles it; a worker finishes its job.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run_unless_canceled(function: Callable[[Job], Result], job: Job) -> Result | None:
    """Run a job, unless the batch was canceled while the job was in the queue of the worker."""
    return None if any(event.is_set() for event in _cancel_events) else function(job)


@contextmanager
def _deferred_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt after the block, not inside it: Qt cannot be interrupted while it paints."""
    if current_thread() is not main_thread():
        yield
        return
    interrupts: list[int] = []
    previous = signal.signal(signal.SIGINT, lambda number, _frame: interrupts.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
    if interrupts:
        raise KeyboardInterrupt
