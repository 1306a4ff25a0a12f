"""A function in a separate process returns and raises as usual, and can be canceled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from explorer.ui.workers.subprocess_worker import ProcessTask


def wait_forever() -> None:
    Event().wait()


def test_the_value_is_returned():
    assert ProcessTask(divmod, 17, 5).result() == (3, 2)


def test_an_exception_is_raised():
    with pytest.raises(ZeroDivisionError):
        ProcessTask(divmod, 17, 0).result()


def test_a_task_that_is_canceled_first_never_starts():
    task = ProcessTask(wait_forever)
    task.cancel()
    assert task.result() is None
    assert not task.has_started


def test_a_running_task_that_is_canceled_returns_none():
    task = ProcessTask(wait_forever)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(task.result)
        while not task.has_started:
            assert not waiting.done()
        task.cancel()
        assert waiting.result(timeout=30) is None


def test_a_process_that_dies_raises_an_error():
    import os

    with pytest.raises(ChildProcessError, match="without a result"):
        ProcessTask(os._exit, 3).result()
