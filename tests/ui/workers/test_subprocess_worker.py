"""A function in a separate process returns and raises as usual, can be canceled, and ends with its parent."""

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
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
    with pytest.raises(ChildProcessError, match="without a result"):
        ProcessTask(os._exit, 3).result()


PARENT = """
import sys
from pathlib import Path
from explorer.ui.workers.subprocess_worker import ProcessTask
from tests.ui.workers.test_subprocess_worker import write_pid_and_wait

if __name__ == "__main__":
    ProcessTask(write_pid_and_wait, Path(sys.argv[1])).result()
"""


def write_pid_and_wait(fifo: Path) -> None:
    fifo.write_text(str(os.getpid()))
    wait_forever()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs pidfd_open (Linux)")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_process_ends_when_its_parent_ends(tmp_path, number):
    script, fifo = tmp_path / "parent.py", tmp_path / "fifo"
    script.write_text(PARENT)
    os.mkfifo(fifo)
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen([sys.executable, str(script), str(fifo)], env=environment) as parent:
        task = os.pidfd_open(int(fifo.read_text()))  # reading waits for the process
        parent.send_signal(number)
    ended, _, _ = select.select([task], [], [], 30)
    assert ended, "the process has outlived its parent"
    os.close(task)
