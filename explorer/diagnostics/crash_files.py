"""Files of crash reports, and of Python's fault handler, which writes when the process itself crashes."""

from __future__ import annotations

import faulthandler
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from explorer.storage.private_files import create_private, make_private_folder, read_regular

MAX_REPORTS = 20
"""The oldest reports beyond this number are deleted."""

_REPORT_PREFIX, _FAULT_LOG_PREFIX = "berth-fault", "last-words"
_MAX_DUMP_LENGTH = 100_000
_STALE_AFTER_S = 7 * 24 * 3600
_MAX_NAMES = 100


def write_crash_report(report: str, folder: Path | None, now: datetime) -> Path | None:
    """Write a crash report to a new file in the folder, else in the system's temporary folder.

    Returns its path; None if neither folder is writable.
    """
    for place in _candidate_folders(folder):
        with suppress(OSError, ValueError):
            make_private_folder(place) if place == folder else place.mkdir(parents=True, exist_ok=True)
            path = _write_new(place / f"{_REPORT_PREFIX}-{now:%Y%m%d-%H%M%S}.txt", report.encode())
            _delete_oldest(place)
            return path
    return None


@dataclass(frozen=True)
class FaultHandlerLog:
    """The file that `faulthandler` writes to if the process crashes; it is deleted at a normal end."""

    path: Path
    file: IO[bytes]

    def close(self) -> None:
        """Disable the fault handler and delete the file: the process ends normally."""
        faulthandler.disable()
        self.file.close()
        with suppress(OSError):
            self.path.unlink()


def enable_faulthandler(folder: Path) -> FaultHandlerLog | None:
    """Write a trace to a file in the folder if the process crashes; None if the folder is not writable."""
    try:
        make_private_folder(folder)
        path = folder / f"{_FAULT_LOG_PREFIX}-{os.getpid()}-{time.time_ns():x}.txt"
        file = create_private(path)
        faulthandler.enable(file, all_threads=False)
    except (OSError, ValueError):
        return None
    return FaultHandlerLog(path, file)


def take_fault_logs(folder: Path) -> list[str]:
    """Return the traces of crashed processes, and delete their files; an empty file is of a running process."""
    traces = []
    for path in sorted(folder.glob(f"{_FAULT_LOG_PREFIX}-*.txt")):
        with suppress(OSError, ValueError):
            state = path.stat()
            if not state.st_size and time.time() - state.st_mtime > _STALE_AFTER_S:
                path.unlink()  # of a process that was killed
            if state.st_size:
                traces.append(read_regular(path, _MAX_DUMP_LENGTH).decode("utf-8", "replace"))
                path.unlink()
    return traces


def _candidate_folders(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
    with suppress(OSError):
        yield Path(tempfile.gettempdir())


def _write_new(path: Path, data: bytes) -> Path:
    """Write a new private file; if the name is in use, with a number. Returns its path."""
    for number in range(1, _MAX_NAMES):
        unused = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        with suppress(FileExistsError), create_private(unused) as file:
            file.write(data)
            return unused
    raise FileExistsError(str(path))


def _delete_oldest(folder: Path) -> None:
    for path in sorted(folder.glob(f"{_REPORT_PREFIX}-*.txt"))[:-MAX_REPORTS]:
        with suppress(OSError):
            path.unlink()
