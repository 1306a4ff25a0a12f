"""Log of `--debug`: what Berth does and how long it takes, without names, files or answers."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TextIO

from explorer.diagnostics.crash_report import format_exception, redact
from explorer.storage.private_files import create_private

LOG_FILE_NAME = "berth.log"
_MAX_NAMES = 100


class _RedactingFormatter(logging.Formatter):
    """Removes paths and quoted text from messages."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name in logging)
        """Return the line of a record."""
        return redact(super().formatMessage(record))

    def formatException(  # noqa: N802 (the name in logging)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return an exception as in a crash report."""
        return format_exception(ei[1]) if ei[1] is not None else ""


class _FileHandler(logging.StreamHandler[TextIO]):
    """Closes its file when logging ends. `logging.FileHandler` would open the file by its name."""

    def close(self) -> None:
        """Close the file."""
        super().close()
        self.stream.close()


def start_log(folder: Path) -> Path | None:
    """Write everything that is logged to a new `berth.log` in the folder, else in the system's temporary folder.

    An earlier log in the folder is replaced. Returns the path; None if neither folder is writable.
    """
    opened = _open_log(folder)
    if opened is None:
        return None
    path, stream = opened
    handler = _FileHandler(stream)
    handler.setFormatter(_RedactingFormatter("%(relativeCreated)7d ms  %(levelname)-8s %(name)s: %(message)s"))
    root = logging.getLogger("explorer")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    root.info("The log starts on %s.", datetime.now().astimezone().date().isoformat())
    return path


def _open_log(folder: Path) -> tuple[Path, TextIO] | None:
    """Create the file exclusively, so that a symbolic link under its name is not followed."""
    with suppress(OSError):
        earlier = folder / LOG_FILE_NAME
        if earlier.is_file() and not earlier.is_symlink():
            earlier.unlink()
    for path in _candidates(folder):
        with suppress(OSError):
            return path, TextIOWrapper(create_private(path), encoding="utf-8", write_through=True)
    return None


def _candidates(folder: Path) -> Iterator[Path]:
    stem, suffix = Path(LOG_FILE_NAME).stem, Path(LOG_FILE_NAME).suffix
    for place in (folder, Path(tempfile.gettempdir())):
        yield place / LOG_FILE_NAME
        yield from (place / f"{stem}-{number}{suffix}" for number in range(2, _MAX_NAMES))
