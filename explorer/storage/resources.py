"""Paths of the files that are installed with the application: from source, from a wheel and in a frozen program."""

from __future__ import annotations

import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplorerError


@lru_cache
def install_dir() -> Path:
    """Return the folder that contains `data` and `resources`.

    PyInstaller unpacks them into its own folder. In a wheel they are inside the package `explorer`; in a checkout,
    also if it is installed with `pip install --editable`, they are next to it.
    """
    if frozen := getattr(sys, "_MEIPASS", None):
        return Path(frozen)
    package = Path(__file__).parents[1]
    return package if (package / "resources").is_dir() else package.parent


def resource_path(*names: str) -> Path:
    """Return the path of a file in `resources`."""
    return install_dir().joinpath("resources", *names)


@lru_cache
def glyph_names() -> frozenset[str]:
    """Return the names of Berth's glyphs."""
    return frozenset(file.stem for file in resource_path("glyphs").glob("*.svg"))


def default_pack_folder() -> Path:
    """Return the folder of the default pack."""
    return install_dir() / "data" / "packs" / "aws-containers"


@lru_cache
def theme_values(name: str) -> dict[str, Any]:
    """Return the values of a theme; ExplorerError if its file is not readable."""
    path = resource_path(f"theme-{name}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ExplorerError(f"Cannot read the theme “{path}”. Reinstall Berth.") from error
