"""The worker pool finishes all jobs but those that end their process, and ends with its parent."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.export.batch.worker_pool import run_in_processes


def double_or_die(number: int) -> int:
    if number == 3:
        os._exit(1)
    return 2 * number


@pytest.mark.parametrize("workers", [2, 4])
def test_a_job_that_ends_its_process_stops_no_other_job(workers):
    results = dict(run_in_processes(double_or_die, range(6), workers))
    assert results == {0: 0, 1: 2, 2: 4, 3: None, 4: 8, 5: 10}


def test_one_worker_runs_the_jobs_in_this_process():
    assert list(run_in_processes(lambda number: (number, os.getpid()), [1], 1)) == [(1, (1, os.getpid()))]


def test_an_interrupt_waits_for_the_running_job():
    finished = []

    def interrupt_itself(number: int) -> None:
        signal.raise_signal(signal.SIGINT)
        finished.append(number)

    with pytest.raises(KeyboardInterrupt):
        list(run_in_processes(interrupt_itself, [1, 2], 1))
    assert finished == [1]


PARENT = """
import sys
from pathlib import Path
from explorer.export.batch.worker_pool import run_in_processes
from tests.export.batch.test_worker_pool import wait_for_ever

if __name__ == "__main__":
    list(run_in_processes(wait_for_ever, [Path(sys.argv[1]) / str(number) for number in range(2)], 2))
"""


def wait_for_ever(fifo: Path) -> None:
    fifo.write_text(str(os.getpid()))
    signal.pause()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open (Linux)")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_workers_end_when_their_parent_ends(tmp_path, number):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    fifos = [tmp_path / "0", tmp_path / "1"]
    for fifo in fifos:
        os.mkfifo(fifo)
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=environment) as parent:
        workers = [os.pidfd_open(int(fifo.read_text())) for fifo in fifos]  # reading waits for the worker
        parent.send_signal(number)
    for worker in workers:
        ended, _, _ = select.select([worker], [], [], 30)
        assert ended, "the worker has outlived its parent"
        os.close(worker)
