"""Which package of Debian a library of the system came with."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Origin:
    """A package by its name and version."""

    package: str
    version: str

    @property
    def terms(self) -> Path:
        """The file with its copyright and licence."""
        return Path("/usr/share/doc") / self.package / "copyright"


def origin_of(library: Path) -> Origin | None:
    """The package that put a library there; None on other systems."""
    if shutil.which("dpkg-query") is None:
        return None
    real = library.resolve()
    # A library may have been packaged before /lib became a link to /usr/lib.
    for path in (real, Path("/", *real.parts[2:])):
        found = _query("--search", str(path))
        if found:
            package = found.partition(":")[0]
            return Origin(package, _query("--show", "--showformat=${Version}\n", package).splitlines()[0])
    return None


def _query(*words: str) -> str:
    done = subprocess.run(["dpkg-query", *words], capture_output=True, encoding="utf-8", check=False)
    return "" if done.returncode else done.stdout
