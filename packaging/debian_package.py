"""Builds a Debian package from the release folder, with a menu entry and a command on the PATH."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import app_metadata
import system_libraries

_DEPENDS = (
    *("libexpat1", "libgcc-s1", "libstdc++6", "libx11-6", "libx11-xcb1", "libxcb1", "libgl1", "libegl1"),
    *("libdbus-1-3", "libglib2.0-0t64 | libglib2.0-0", "libzstd1", "fontconfig-config"),
)
"""The packages of system_libraries.PROVIDED_BY_SYSTEM, and the font settings of the desktop."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def build(folder: Path, work: Path, timestamp: int) -> Path:
    """Build FOLDER.deb from the release folder; every time in it is `timestamp`, in seconds since 1970."""
    shutil.rmtree(work, ignore_errors=True)
    program = work / "opt" / app_metadata.PROGRAM
    shutil.copytree(folder, program, symlinks=True)
    (work / "usr" / "bin").mkdir(parents=True)
    (work / "usr" / "bin" / app_metadata.PROGRAM).symlink_to(f"/opt/{app_metadata.PROGRAM}/{app_metadata.PROGRAM}")
    shutil.move(program / "share", work / "usr" / "share")
    (work / "DEBIAN").mkdir()
    (work / "DEBIAN" / "control").write_text(_control(), encoding="utf-8")
    for path in (work, *work.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    package = folder.with_name(f"{folder.name}.deb")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(work), str(package)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(timestamp)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return package


def _control() -> str:
    glibc = ".".join(map(str, system_libraries.MINIMUM_GLIBC))
    fields = {
        "Package": app_metadata.PROGRAM,
        "Version": app_metadata.VERSION,
        "Architecture": _ARCHITECTURES[platform.machine()],
        "Maintainer": f"{app_metadata.VENDOR} <{app_metadata.PROGRAM}@localhost>",
        "Depends": ", ".join([f"libc6 (>= {glibc})", *_DEPENDS]),
        "Section": "education",
        "Priority": "optional",
        "Description": app_metadata.SUMMARY,
    }
    return "".join(f"{name}: {text}\n" for name, text in fields.items())
