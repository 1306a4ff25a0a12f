"""Which official icon stands for which icon name, as `resources/icons.toml` says; standard library only."""

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
    """For each icon name the official files, without ending, the first choice first; or why it has none."""

    official_files: Mapping[str, tuple[str, ...]]
    missing_reasons: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        """Whether it is a name of an icon."""
        return name in self.official_files or name in self.missing_reasons

    @property
    def all_files(self) -> tuple[str, ...]:
        """Every official file that is used, once each."""
        return tuple(dict.fromkeys(file for files in self.official_files.values() for file in files))


def icon_key(file_name: str) -> str:
    """What stays the same of an official file's name from release to release.

    >>> key_of("Arch_Amazon-EC2_64.svg")
    'archamazonec264'
    """
    return re.sub(r"[^a-z0-9]", "", file_name.lower().removesuffix(".svg"))


@cache
def load_icon_names(path: Path) -> IconNames:
    """The names in a file; ExplorerError when it cannot be read."""
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
        raise ExplorerError(f"The icon names in “{path}” cannot be read: reinstall Berth.") from error
    return IconNames(MappingProxyType(official), MappingProxyType(reasons))
