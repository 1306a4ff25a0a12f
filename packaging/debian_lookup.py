"""Finds the Debian package that installed a system library."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DebianPackage:
    """A package by name and version."""

    name: str
    version: str

    @property
    def copyright_file(self) -> Path:
        """The file with its copyright and license."""
        return Path("/usr/share/doc") / self.name / "copyright"


def package_of(library: Path) -> DebianPackage | None:
    """Return the package that installed a library; None on other systems."""
    if shutil.which("dpkg-query") is None:
        return None
    real = library.resolve()
    # The package may have been built before /lib became a link to /usr/lib.
    for path in (real, Path("/", *real.parts[2:])):
        found = _query("--search", str(path))
        if found:
            name = found.partition(":")[0]
            return DebianPackage(name, _query("--show", "--showformat=${Version}\n", name).splitlines()[0])
    return None


def _query(*arguments: str) -> str:
    done = subprocess.run(["dpkg-query", *arguments], capture_output=True, encoding="utf-8", check=False)
    return "" if done.returncode else done.stdout
