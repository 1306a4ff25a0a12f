"""What is done in a process of its own comes back as if it were done here, or is ended half-way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from explorer.ui.workers.subprocess_worker import OwnProcess


def wait_for_ever() -> None:
    Event().wait()


def test_what_it_returns_comes_back():
    assert OwnProcess(divmod, 17, 5).outcome() == (3, 2)


def test_what_it_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        OwnProcess(divmod, 17, 0).outcome()


def test_once_stopped_it_never_begins():
    job = OwnProcess(wait_for_ever)
    job.stop()
    assert job.outcome() is None
    assert not job.has_begun


def test_stopped_half_way_it_comes_to_nothing():
    job = OwnProcess(wait_for_ever)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(job.outcome)
        while not job.has_begun:
            assert not waiting.done()
        job.stop()
        assert waiting.result(timeout=30) is None


def test_one_that_dies_is_told_from_one_that_is_stopped():
    import os

    with pytest.raises(ChildProcessError, match="without an answer"):
        OwnProcess(os._exit, 3).outcome()
