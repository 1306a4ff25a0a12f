"""Compares the contents of a bundle with the allowlist in bundle_contents.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from app_metadata import ROOT

ALLOWLIST = Path(__file__).with_suffix(".txt")

EXCLUDED_STDLIB = {
    "doctest",
    "ensurepip",
    "lib2to3",
    "pydoc",
    "sqlite3",
    "ssl",
    "test",
    "tkinter",
    "unittest",
}


def parse_patterns(text: str) -> list[str]:
    """Return the lines of an allowlist without comments.

    >>> parse_patterns("# fonts\\nresources/fonts/*\\n\\n")
    ['resources/fonts/*']
    """
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def unexpected_names(names: Iterable[str], allowed: Sequence[str]) -> list[str]:
    """Return the names that match no pattern; `*` also matches slashes, and case is ignored."""
    allowed = [pattern.casefold() for pattern in allowed]
    return sorted(name for name in names if not any(fnmatchcase(name.casefold(), pattern) for pattern in allowed))


def missing_files(names: Iterable[str], root: Path = ROOT) -> list[str]:
    """Return the files of `data` and `resources` that are not among the names."""
    sources = (path for folder in ("data", "resources") for path in (root / folder).rglob("*"))
    required = (path for path in sources if path.is_file() and "__pycache__" not in path.parts)
    return sorted({f"_internal/{path.relative_to(root).as_posix()}" for path in required} - set(names))


def bundle_files(bundle: Path) -> list[str]:
    """Return the relative paths of all files in a one-folder bundle."""
    return [path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if not path.is_dir()]


def python_packages(program: Path) -> list[str]:
    """Return the packages inside a program as `python:NAME`, without the allowed parts of the standard library."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 (only in the build environment)

    reader = CArchiveReader(str(program))
    modules = reader.open_embedded_archive("PYZ.pyz").toc
    allowed = (sys.stdlib_module_names | set(sys.builtin_module_names)) - EXCLUDED_STDLIB
    packages = {name.partition(".")[0] for name in modules} - allowed
    return [f"python:{name}" for name in packages if not name.startswith(("_sysconfigdata", "_pyi"))]
