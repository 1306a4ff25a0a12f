"""A plain function done in a process of its own: it holds up nothing here, and can be ended half-way."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess


class ProcessTask:
    """`outcome` waits in whatever thread asks; `stop` may be called from another at any time, and lasts."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._function, self._arguments = function, arguments
        self._process: SpawnProcess | None = None
        self._lock, self._canceled = Lock(), Event()

    @property
    def has_started(self) -> bool:
        """Whether a process was started for it."""
        with self._lock:
            return self._process is not None

    def result(self) -> object:
        """What the function returns, None once it is stopped; what it raises is raised here."""
        from multiprocessing import get_context

        spawn = get_context("spawn")  # a fork would take the window's threads and locks along, half-way
        here, there = spawn.Pipe(duplex=False)
        with self._lock:
            if self._canceled.is_set():
                return None
            self._process = spawn.Process(
                target=_run_and_send, args=(there, self._function, self._arguments), daemon=True
            )
            self._process.start()
            there.close()  # so that the end of the process is the end of the pipe
        try:
            found = here.recv()
        except EOFError:
            if self._canceled.is_set():
                return None
            raise ChildProcessError("the process for it ended without an answer") from None
        finally:
            self._process.join()
            here.close()
        if isinstance(found, Exception):
            raise found
        return found

    def cancel(self) -> None:
        """End it, or never begin."""
        with self._lock:
            self._canceled.set()
            if self._process is not None:
                self._process.terminate()


def _run_and_send(there: Connection, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever works in the window comes first
    try:
        found = function(*arguments)
    except Exception as error:
        found = error
    there.send(found)
    there.close()
