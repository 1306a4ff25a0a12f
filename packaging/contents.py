"""Whether a bundle holds what it must and nothing else, by the list in contents.txt."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from identity import ROOT

LIST = Path(__file__).with_name("contents.txt")

UNWANTED_OF_PYTHON = {
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


def patterns(text: str) -> list[str]:
    """The lines of a list, less its comments.

    >>> patterns("# fonts\\nresources/fonts/*\\n\\n")
    ['resources/fonts/*']
    """
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def unexpected(names: Iterable[str], allowed: Sequence[str]) -> list[str]:
    """The names that no pattern allows; `*` stands for anything, slashes too, and no case counts."""
    allowed = [pattern.casefold() for pattern in allowed]
    return sorted(name for name in names if not any(fnmatchcase(name.casefold(), pattern) for pattern in allowed))


def absent(names: Iterable[str], root: Path = ROOT) -> list[str]:
    """Which files of `data` and `resources` are not among the names."""
    carried = (path for home in ("data", "resources") for path in (root / home).rglob("*"))
    wanted = (path for path in carried if path.is_file() and "__pycache__" not in path.parts)
    return sorted({f"_internal/{path.relative_to(root).as_posix()}" for path in wanted} - set(names))


def files(bundle: Path) -> list[str]:
    """Every file of a one-folder bundle, by its place in it."""
    return [path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if not path.is_dir()]


def packages(program: Path) -> list[str]:
    """The packages within a program, as `python:NAME`, less the parts of Python that are welcome."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 (only where it packs)

    reader = CArchiveReader(str(program))
    modules = reader.open_embedded_archive("PYZ.pyz").toc
    welcome = (sys.stdlib_module_names | set(sys.builtin_module_names)) - UNWANTED_OF_PYTHON
    tops = {name.partition(".")[0] for name in modules} - welcome
    return [f"python:{name}" for name in tops if not name.startswith(("_sysconfigdata", "_pyi"))]
