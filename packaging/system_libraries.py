"""The libraries that a binary needs, and those that the system must provide, read with objdump."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROVIDED_BY_SYSTEM = frozenset(
    {
        # The C library, including the parts that are separate on older systems.
        *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1"),
        *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"),
        # Also used by the graphics driver, so they must be as new as the driver.
        *(
            "libstdc++.so.6",
            "libgcc_s.so.1",
            "libexpat.so.1",
            "libX11.so.6",
            "libX11-xcb.so.1",
            "libxcb.so.1",
        ),
        *("libGL.so.1", "libEGL.so.1"),
        # Present on every desktop: message bus, GLib, compression.
        *("libdbus-1.so.3", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libzstd.so.1"),
        # Present on every Wayland desktop, and needed only there.
        *("libwayland-client.so.0", "libwayland-cursor.so.0"),
    }
)
"""The libraries that every Linux desktop provides; Berth does not bundle them."""

MINIMUM_GLIBC = (2, 39) if platform.machine() == "aarch64" else (2, 35)
"""The oldest supported C library: Ubuntu 22.04, Mint 21, Fedora 36, Debian 12; on arm64 Ubuntu 24.04, Debian 13."""

_NEEDED = re.compile(r"^\s*NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\(?GLIBC_(\d+)\.(\d+)")


def needed_libraries(file: str) -> set[str]:
    """Return the names of the libraries that a file links to directly."""
    if not sys.platform.startswith("linux"):
        from PyInstaller.depend.bindepend import get_imports  # noqa: PLC0415 (only in the build environment)

        return {name for name, _ in get_imports(file)}
    return set(_NEEDED.findall(_objdump("-p", file)))


def required_glibc(files: Iterable[Path]) -> tuple[int, int]:
    """Return the lowest glibc version that provides every symbol of these files."""
    versions = (_GLIBC.findall(_objdump("-T", str(file))) for file in files)
    return max((int(major), int(minor)) for found in versions for major, minor in found)


def provided_glibc_versions(library: Path) -> set[tuple[int, int]]:
    """Return the symbol versions that a C library provides."""
    return {(int(major), int(minor)) for major, minor in _GLIBC.findall(_objdump("-T", str(library)))}


def _objdump(option: str, file: str) -> str:
    done = subprocess.run(["objdump", option, file], capture_output=True, encoding="utf-8", check=False)
    return done.stdout
