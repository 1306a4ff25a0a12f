"""What this is and what it rests on, as versions and dates, told without loading any of it."""

from __future__ import annotations

import platform

from explorer import __version__
from explorer.storage.packs.catalog import shipped_packs

LIBRARIES = ("PySide6-Essentials", "graphviz-pure", "graphviz", "networkx", "segno", "python-pptx", "lxml")


def installed_versions() -> dict[str, str]:
    """Of everything that a fault may hang on, by its name."""
    return {
        "Berth": __version__,
        **{f"pack {label.id}": f"as of {label.as_of}" for label in shipped_packs()},
        "Python": platform.python_version(),
        **{name: _package_version(name) for name in LIBRARIES},
        "system": platform.platform(),
    }


def format_versions(told: dict[str, str]) -> str:
    """One line for each, the versions below one another."""
    width = max(map(len, told))
    return "".join(f"{name:<{width}}  {words}\n" for name, words in told.items())


def _package_version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (20 ms that no start waits for)

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"
