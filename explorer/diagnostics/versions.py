"""Versions of Berth, its packs, Python and the libraries, without importing them."""

from __future__ import annotations

import platform

from explorer.storage.build_info import full_version
from explorer.storage.packs.catalog import shipped_packs

LIBRARIES = ("PySide6-Essentials", "graphviz-pure", "graphviz", "networkx", "segno", "python-pptx", "lxml")


def installed_versions() -> dict[str, str]:
    """Return the version of each component by its name."""
    return {
        "Berth": full_version(),
        **{f"pack {info.id}": f"as of {info.as_of}" for info in shipped_packs()},
        "Python": platform.python_version(),
        **{name: _package_version(name) for name in LIBRARIES},
        "system": platform.platform(),
    }


def format_versions(versions: dict[str, str]) -> str:
    """Return one line for each component, with the versions aligned."""
    width = max(map(len, versions))
    return "".join(f"{name:<{width}}  {version}\n" for name, version in versions.items())


def _package_version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (takes 20 ms)

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"
