"""Where reports of unexpected faults are written, and how many are kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

MOST_KEPT = 20
"""Reports beyond these go, the oldest first."""

_NAME = "berth-fault"


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
