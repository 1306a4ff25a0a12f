"""The log that `--debug` writes: what Berth does and how long it takes, and nothing about the person."""

from __future__ import annotations

import logging
import tempfile
from datetime import datetime
from pathlib import Path
from types import TracebackType

from explorer.diagnostics.crash_report import format_exception, redact

LOG_FILE_NAME = "berth.log"


class _RedactingFormatter(logging.Formatter):
    """Leaves out places on the disk and what messages quote."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging calls it so
        """The line."""
        return redact(super().formatMessage(record))

    def formatException(  # noqa: N802 - logging calls it so
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Where it happened, as in a report."""
        return format_exception(ei[1]) if ei[1] is not None else ""


def start_log(folder: Path) -> Path | None:
    """Write everything that is logged into a new `berth.log` in the folder, else among passing files.

    The file; None where it cannot be written in either.
    """
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / LOG_FILE_NAME
        try:
            handler = logging.FileHandler(path, mode="w", encoding="utf-8")
        except OSError:
            continue
        handler.setFormatter(_RedactingFormatter("%(relativeCreated)7d ms  %(levelname)-8s %(name)s: %(message)s"))
        root = logging.getLogger("explorer")
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        root.info("The log begins on %s.", datetime.now().astimezone().date().isoformat())
        return path
    return None
