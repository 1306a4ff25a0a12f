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

MOST_KEPT = 20
"""Reports beyond these go, the oldest first."""

_NAME, _CRASH = "berth-fault", "last-words"
_LONGEST_DUMP = 100_000
_LONG_GONE_S = 7 * 24 * 3600


def write_report(report: str, folder: Path | None, now: datetime) -> Path | None:
    """Write a report into the folder, or where that cannot be into the system's folder for passing files.

    The file, which is new; None where nothing can be written at all.
    """
    for place in _places(folder):
        with suppress(OSError, ValueError):
            place.mkdir(parents=True, exist_ok=True)
            path = _free(place / f"{_NAME}-{now:%Y%m%d-%H%M%S}.txt")
            with path.open("x", encoding="utf-8") as file:
                file.write(report)
            _drop_oldest(place)
            return path
    return None


@dataclass(frozen=True)
class LastWords:
    """The file that a dying process writes its last words to; it goes when the process ends in peace."""

    path: Path
    file: IO[str]

    def close(self) -> None:
        """The process ends in peace."""
        faulthandler.disable()
        self.file.close()
        with suppress(OSError):
            self.path.unlink()


def listen_for_last_words(folder: Path) -> LastWords | None:
    """From now on a crash below Python is written down; None where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_CRASH}-{os.getpid()}-{time.time_ns():x}.txt"
        file = path.open("x", encoding="utf-8")
        faulthandler.enable(file, all_threads=False)
    except (OSError, ValueError):
        return None
    return LastWords(path, file)


def last_words(folder: Path) -> list[str]:
    """What processes that died have left behind, each told once; one that lives has left nothing yet."""
    found = []
    for path in sorted(folder.glob(f"{_CRASH}-*.txt")):
        with suppress(OSError, ValueError):
            state = path.stat()
            if not state.st_size and time.time() - state.st_mtime > _LONG_GONE_S:
                path.unlink()  # of a process that was killed
            if state.st_size:
                with path.open(encoding="utf-8", errors="replace") as file:
                    found.append(file.read(_LONGEST_DUMP))
                path.unlink()
    return found


def _places(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
    with suppress(OSError):
        yield Path(tempfile.gettempdir())


def _free(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _drop_oldest(folder: Path) -> None:
    for path in sorted(folder.glob(f"{_NAME}-*.txt"))[:-MOST_KEPT]:
        with suppress(OSError):
            path.unlink()
