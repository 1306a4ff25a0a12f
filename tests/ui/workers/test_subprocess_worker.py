"""What is done in a process of its own comes back as if it were done here, or is ended half-way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from explorer.ui.workers.subprocess_worker import ProcessTask


def wait_for_ever() -> None:
    Event().wait()


def test_what_it_returns_comes_back():
    assert ProcessTask(divmod, 17, 5).result() == (3, 2)


def test_what_it_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        ProcessTask(divmod, 17, 0).result()


def test_once_stopped_it_never_begins():
    job = ProcessTask(wait_for_ever)
    job.cancel()
    assert job.result() is None
    assert not job.has_started


def test_stopped_half_way_it_comes_to_nothing():
    job = ProcessTask(wait_for_ever)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(job.result)
        while not job.has_started:
            assert not waiting.done()
        job.cancel()
        assert waiting.result(timeout=30) is None


def test_one_that_dies_is_told_from_one_that_is_stopped():
    import os

    with pytest.raises(ChildProcessError, match="without an answer"):
        ProcessTask(os._exit, 3).result()
