"""Bounded child process: limits the run time and the output of a program, and ends it with Berth.

A child never outlives Berth, however Berth ends. On POSIX, a watchdog shell waits on a pipe that Berth
holds open: if Berth ends, the pipe closes, and the watchdog kills the process group of the program. On
Windows, a job object kills the program when its last handle closes.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import IO

_CHUNK_BYTES = 1 << 16
_MAX_ERROR_BYTES = 1 << 16
_SHELL = "/bin/sh"
_WATCHDOG = '(exec </dev/fd/"$1" >/dev/null 2>&1; read -r _ || kill -KILL -$$) & shift; exec "$@"'
"""Start the watchdog in the background, then replace the shell by the program: `$$` is its process group.

A shell without `/dev/fd` ends the watchdog, not the program: a failed `exec` redirection exits the subshell.
Without a shell, the program starts without a watchdog.
"""


class ProcessTimeoutError(Exception):
    """The program exceeded its time limit and was killed."""


class OutputTooLargeError(Exception):
    """The program exceeded its output limit and was killed."""


@dataclass(frozen=True)
class ProcessResult:
    """The exit status of a program, its standard output and the start of its standard error."""

    status: int
    output: str
    errors: str


def run_bounded(command: Sequence[str], text: str, *, timeout_s: float, max_output_bytes: int) -> ProcessResult:
    """Run a program with a text as its standard input and return its output.

    OSError if the program cannot be started; ProcessTimeoutError or OutputTooLargeError if it exceeds a limit.
    """
    deadline = monotonic() + timeout_s
    with _started(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        output = _Reader(process.stdout, max_output_bytes)
        errors = _Reader(process.stderr, _MAX_ERROR_BYTES, drop_rest=True)
        for thread in (output, errors, Thread(target=_write, args=(process.stdin, text.encode()), daemon=True)):
            thread.start()
        output.join(max(0.0, deadline - monotonic()))
        if output.exceeded:
            raise OutputTooLargeError
        try:
            status = process.wait(max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            raise ProcessTimeoutError from None
        errors.join(max(0.0, deadline - monotonic()))
        if output.is_alive() or errors.is_alive():  # a child of the program still holds its output open
            raise ProcessTimeoutError
        return ProcessResult(status, output.text, errors.text)


class _Reader(Thread):
    """Reads a pipe up to a limit and closes it; with `drop_rest`, reads on and drops what exceeds the limit."""

    def __init__(self, pipe: IO[bytes], max_bytes: int, *, drop_rest: bool = False) -> None:
        super().__init__(daemon=True)
        self._pipe, self._max_bytes, self._drop_rest = pipe, max_bytes, drop_rest
        self._data = bytearray()
        self.exceeded = False

    @property
    def text(self) -> str:
        """The data as text, with a replacement character for bytes that are not UTF-8."""
        return self._data.decode("utf-8", "replace")

    def run(self) -> None:
        """Read until the end of the pipe or the limit."""
        with self._pipe as pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK_BYTES):
                self.exceeded = self.exceeded or len(self._data) + len(chunk) > self._max_bytes
                if self.exceeded and not self._drop_rest:
                    return
                self._data += chunk[: self._max_bytes - len(self._data)]


def _write(pipe: IO[bytes], data: bytes) -> None:
    with suppress(OSError), pipe:  # the program does not read its input, or was killed
        pipe.write(data)


@contextmanager
def _started(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program that ends with Berth; on exit from the context, kill it if it still runs."""
    starts = _started_in_job if sys.platform == "win32" else _started_with_watchdog
    with starts(command) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                _kill(process)
            process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and, on POSIX, all processes of its group."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _started_in_job(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    from explorer.layout.graphviz.windows_job import assign_to_job  # noqa: PLC0415 - exists on Windows only

    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assign_to_job(process.pid)
    yield process


@contextmanager
def _started_with_watchdog(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    _check_executable(Path(command[0]))
    watched, alive = os.pipe()
    try:
        try:
            process = subprocess.Popen(
                [*_watchdog(watched), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(watched,),
                start_new_session=True,
            )
        finally:
            os.close(watched)
        yield process
        with suppress(BrokenPipeError):  # the watchdog was killed with the program
            os.write(alive, b"\n")  # the program has ended: the watchdog must not kill
    finally:
        os.close(alive)


def _watchdog(watched: int) -> tuple[str, ...]:
    """The shell that starts a program and watches a pipe; nothing on a system without a shell."""
    return (_SHELL, "-c", _WATCHDOG, _SHELL, str(watched)) if Path(_SHELL).exists() else ()


def _check_executable(program: Path) -> None:
    """Raise the error of starting the program directly, because the shell hides the reason."""
    if not program.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(program))
    if program.is_dir() or not os.access(program, os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(program))
