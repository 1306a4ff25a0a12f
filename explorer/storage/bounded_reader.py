"""Bounded reader: limits how much of a zip's directory is read at once.

`zipfile` reads the whole directory of an archive in one call, and a hostile one can have millions of entries.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BufferedReader, RawIOBase


class BoundedReader(BufferedReader):
    """Rejects every single read of more than `max_bytes` with the error that `error` returns."""

    def __init__(self, raw: RawIOBase, max_bytes: int, error: Callable[[], Exception]) -> None:
        super().__init__(raw)
        self._max_bytes, self._error = max_bytes, error

    def read(self, size: int | None = -1, /) -> bytes:
        """Read bytes, as `BufferedReader` does."""
        wanted = self._max_bytes + 1 if size is None or size < 0 else min(size, self._max_bytes + 1)
        data = super().read(wanted)
        if len(data) > self._max_bytes:
            raise self._error()
        return data
