"""Subprocess worker: runs a function in a separate process, which does not slow down the window and can be killed."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess


class ProcessTask:
    """A function call in a process. `result` blocks its thread; any other thread can call `cancel`."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self._function, self._arguments = function, arguments
        self._process: SpawnProcess | None = None
        self._lock, self._canceled = Lock(), Event()

    @property
    def has_started(self) -> bool:
        """Whether the process was started."""
        with self._lock:
            return self._process is not None

    def result(self) -> object:
        """Start the process and wait for the value of the function; None after `cancel`.

        Raises what the function raises, and ChildProcessError if the process ends without a value.
        """
        from multiprocessing import get_context

        spawn = get_context("spawn")  # a fork would copy locks that other threads hold
        receiver, sender = spawn.Pipe(duplex=False)
        with self._lock:
            if self._canceled.is_set():
                return None
            self._process = spawn.Process(
                target=_run_and_send, args=(sender, self._function, self._arguments), daemon=True
            )
            self._process.start()
            sender.close()  # so that the pipe ends when the process ends
        try:
            outcome = receiver.recv()
        except EOFError:
            if self._canceled.is_set():
                return None
            raise ChildProcessError("The process ended without a result.") from None
        finally:
            self._process.join()
            receiver.close()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def cancel(self) -> None:
        """Kill the process, or prevent its start."""
        with self._lock:
            self._canceled.set()
            if self._process is not None:
                self._process.terminate()


def _run_and_send(sender: Connection, function: Callable[..., object], arguments: tuple[object, ...]) -> None:
    from explorer.storage.worker_lifetime import end_with_parent

    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)  # the window has priority
    try:
        outcome: object = function(*arguments)
    except Exception as error:
        outcome = error
    sender.send(outcome)
    sender.close()
