"""Files as a zip that is always the same bytes for the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def build_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files, by name, in this order and without the hour at which they were put together."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return held.getvalue()
