"""The packages that Berth runs on, as they are installed in the Python that builds it."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from identity import ROOT

NOT_CARRIED = {"pillow"}
"""Pinned, but something of our own stands in for it (stand_ins/)."""

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def carried() -> list[Distribution]:
    """Every pinned package of the app; some are pinned for other systems or other Pythons only."""
    names = dict.fromkeys(_PINNED.findall((ROOT / "requirements.txt").read_text("utf-8")))
    return [found for name in names if name not in NOT_CARRIED and (found := _installed(name))]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
