"""Where the files that come with the application lie, from source and in a frozen bundle alike."""

from __future__ import annotations

import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplorerError


def install_dir() -> Path:
    """The folder that holds `data` and `resources`."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2]))


def resource_path(*names: str) -> Path:
    """The path of a file in `resources`."""
    return install_dir().joinpath("resources", *names)


@lru_cache
def glyph_names() -> frozenset[str]:
    """The names of the icons that there are."""
    return frozenset(file.stem for file in resource_path("glyphs").glob("*.svg"))


def default_pack_folder() -> Path:
    """The folder of the pack that the application opens with."""
    return install_dir() / "data" / "packs" / "aws-containers"


@lru_cache
def theme_values(name: str) -> dict[str, Any]:
    """The values of a shipped theme by its name; ExplorerError when it cannot be read."""
    path = resource_path(f"theme-{name}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ExplorerError(f"The theme “{path}” cannot be read: reinstall Berth.") from error
