"""Worker lifetime: a worker process ends as soon as its parent process ends, for whatever reason."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


def end_with_parent() -> None:
    """Watch the parent process and exit when it ends; call this first in a worker process.

    The sentinel of the parent is the end of a pipe (a process handle on Windows), which the system closes even
    if the parent is killed. Does nothing in a process that multiprocessing did not start.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent.sentinel,), name="parent-watch", daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # without cleanup: other threads may be in the middle of a job
