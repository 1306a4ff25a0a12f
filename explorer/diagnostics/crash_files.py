"""Where reports of unexpected faults and the last words of a dying process are written."""

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

MAX_REPORTS = 20
"""Reports beyond these go, the oldest first."""

_REPORT_PREFIX, _FAULT_LOG_PREFIX = "berth-fault", "last-words"
_MAX_DUMP_LENGTH = 100_000
_STALE_AFTER_S = 7 * 24 * 3600


def write_crash_report(report: str, folder: Path | None, now: datetime) -> Path | None:
    """Write a report into the folder, or where that cannot be into the system's folder for passing files.

    The file, which is new; None where nothing can be written at all.
    """
    for place in _candidate_folders(folder):
        with suppress(OSError, ValueError):
            place.mkdir(parents=True, exist_ok=True)
            path = _unused_path(place / f"{_REPORT_PREFIX}-{now:%Y%m%d-%H%M%S}.txt")
            with path.open("x", encoding="utf-8") as file:
                file.write(report)
            _delete_oldest(place)
            return path
    return None


@dataclass(frozen=True)
class FaultHandlerLog:
    """The file that a dying process writes its last words to; it goes when the process ends in peace."""

    path: Path
    file: IO[str]

    def close(self) -> None:
        """The process ends in peace."""
        faulthandler.disable()
        self.file.close()
        with suppress(OSError):
            self.path.unlink()


def enable_faulthandler(folder: Path) -> FaultHandlerLog | None:
    """From now on a crash below Python is written down; None where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_FAULT_LOG_PREFIX}-{os.getpid()}-{time.time_ns():x}.txt"
        file = path.open("x", encoding="utf-8")
        faulthandler.enable(file, all_threads=False)
    except (OSError, ValueError):
        return None
    return FaultHandlerLog(path, file)


def take_fault_logs(folder: Path) -> list[str]:
    """What processes that died have left behind, each told once; one that lives has left nothing yet."""
    found = []
    for path in sorted(folder.glob(f"{_FAULT_LOG_PREFIX}-*.txt")):
        with suppress(OSError, ValueError):
            state = path.stat()
            if not state.st_size and time.time() - state.st_mtime > _STALE_AFTER_S:
                path.unlink()  # of a process that was killed
            if state.st_size:
                with path.open(encoding="utf-8", errors="replace") as file:
                    found.append(file.read(_MAX_DUMP_LENGTH))
                path.unlink()
    return found


def _candidate_folders(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
    with suppress(OSError):
        yield Path(tempfile.gettempdir())


def _unused_path(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _delete_oldest(folder: Path) -> None:
    for path in sorted(folder.glob(f"{_REPORT_PREFIX}-*.txt"))[:-MAX_REPORTS]:
        with suppress(OSError):
            path.unlink()
