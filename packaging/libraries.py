"""What a library asks for, and what the system must bring: read from the files with objdump."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

BROUGHT = frozenset(
    {
        # The C library, with the parts that older systems keep apart.
        *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"),
        *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"),
        # What the graphics driver uses too, and so must be as new as the driver.
        *(
            "libstdc++.so.6",
            "libgcc_s.so.1",
            "libexpat.so.1",
            "libX11.so.6",
            "libX11-xcb.so.1",
            "libxcb.so.1",
        ),
        *("libGL.so.1", "libEGL.so.1"),
        # What no desktop runs without: how its programs talk, what they are made with, what unpacks them.
        *("libdbus-1.so.3", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libzstd.so.1"),
        # There wherever a Wayland desktop runs, and asked for nowhere else.
        *("libwayland-client.so.0", "libwayland-cursor.so.0"),
    }
)
"""The libraries that Berth finds on every desktop with Linux, and so does not carry."""

OLDEST_GLIBC = (2, 35)
"""What is promised: Ubuntu 22.04, Mint 21, Fedora 36, Debian 12 and everything since."""

_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\(?GLIBC_(\d+)\.(\d+)")


def needs(file: str) -> set[str]:
    """The names of the libraries that a file asks for itself."""
    if not sys.platform.startswith("linux"):
        from PyInstaller.depend.bindepend import get_imports  # noqa: PLC0415 (only where it packs)

        return {name for name, _ in get_imports(file)}
    return set(_NEEDED.findall(_objdump("-p", file)))


def glibc_floor(files: Iterable[Path]) -> tuple[int, int]:
    """The oldest C library that has everything these files ask for, as its version."""
    asked = (_GLIBC.findall(_objdump("-T", str(file))) for file in files)
    return max((int(major), int(minor)) for found in asked for major, minor in found)


def glibc_offered(library: Path) -> set[tuple[int, int]]:
    """The versions of its interface that a C library has."""
    return {(int(major), int(minor)) for major, minor in _GLIBC.findall(_objdump("-T", str(library)))}


def _objdump(what: str, file: str) -> str:
    done = subprocess.run(["objdump", what, file], capture_output=True, encoding="utf-8", check=False)
    return done.stdout
