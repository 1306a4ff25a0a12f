"""Reproducible zip: the same files give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def build_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of the files, given as name and content, in this order and without their dates."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()
