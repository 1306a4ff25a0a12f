"""Where the files that come with the application lie, from source and in a frozen bundle alike."""

from __future__ import annotations

import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from explorer.core.errors import ExplorerError


def home() -> Path:
    """The folder that holds `data` and `resources`."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2]))


def resource(*names: str) -> Path:
    """The path of a file in `resources`."""
    return home().joinpath("resources", *names)


@lru_cache
def glyph_names() -> frozenset[str]:
    """The names of the icons that there are."""
    return frozenset(file.stem for file in resource("glyphs").glob("*.svg"))


def shipped_pack() -> Path:
    """The folder of the pack that the application opens with."""
    return home() / "data" / "packs" / "aws-containers"


@lru_cache
def theme_values(name: str) -> dict[str, Any]:
    """The values of a shipped theme by its name; ExplorerError when it cannot be read."""
    path = resource(f"theme-{name}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ExplorerError(f"The theme “{path}” cannot be read: reinstall Berth.") from error
