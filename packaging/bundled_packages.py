"""The Python packages that the binary contains, as installed in the build environment."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from app_metadata import ROOT

NOT_BUNDLED = {"pillow"}
"""Pinned packages that a shim replaces in the binary (shims/)."""

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def bundled_distributions() -> list[Distribution]:
    """Return the pinned packages of the app that are installed; some are pinned for other systems only."""
    names = dict.fromkeys(_PINNED.findall((ROOT / "requirements.txt").read_text("utf-8")))
    return [found for name in names if name not in NOT_BUNDLED and (found := _installed(name))]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
