"""Icon names: maps each name in a pack to official icon files, as `resources/icons.toml` defines.

Uses only the standard library: the download step runs before packages are installed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from explorer.core.errors import ExplorerError


@dataclass(frozen=True)
class IconNames:
    """The official files of each icon name, without extension and by preference; or the reason why it has none."""

    official_files: Mapping[str, tuple[str, ...]]
    missing_reasons: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        """Whether the name is defined."""
        return name in self.official_files or name in self.missing_reasons

    @property
    def all_files(self) -> tuple[str, ...]:
        """Every official file in use, without duplicates."""
        return tuple(dict.fromkeys(file for files in self.official_files.values() for file in files))


def icon_key(file_name: str) -> str:
    """Return the part of an official file's name that does not change between releases.

    >>> icon_key("Arch_Amazon-EC2_64.svg")
    'archamazonec264'
    """
    return re.sub(r"[^a-z0-9]", "", file_name.lower().removesuffix(".svg"))


@cache
def load_icon_names(path: Path) -> IconNames:
    """Read the icon names of a file; ExplorerError if it is not readable."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        official: dict[str, tuple[str, ...]] = {}
        reasons: dict[str, str] = {}
        for name, table in tables.items():
            if "none" in table:
                reasons[name] = str(table["none"])
            else:
                files = table["aws"]
                official[name] = (files,) if isinstance(files, str) else tuple(map(str, files))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExplorerError(f"Cannot read the icon names in “{path}”. Reinstall Berth.") from error
    return IconNames(MappingProxyType(official), MappingProxyType(reasons))
