"""The same folder as a package of Debian and its relatives: a menu entry, and a command on the PATH."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import identity
import libraries

_DEPENDS = (
    *("libexpat1", "libgcc-s1", "libstdc++6", "libx11-6", "libx11-xcb1", "libxcb1", "libgl1", "libegl1"),
    *("libdbus-1-3", "libglib2.0-0t64 | libglib2.0-0", "libzstd1", "fontconfig-config"),
)
"""The packages that hold libraries.BROUGHT, and the settings of the fonts of the desktop."""

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def build(folder: Path, work: Path, moment: int) -> Path:
    """FOLDER.deb of the folder that is handed out; every time in it is `moment`, in seconds since 1970."""
    shutil.rmtree(work, ignore_errors=True)
    program = work / "opt" / identity.PROGRAM
    shutil.copytree(folder, program, symlinks=True)
    (work / "usr" / "bin").mkdir(parents=True)
    (work / "usr" / "bin" / identity.PROGRAM).symlink_to(f"/opt/{identity.PROGRAM}/{identity.PROGRAM}")
    shutil.move(program / "share", work / "usr" / "share")
    (work / "DEBIAN").mkdir()
    (work / "DEBIAN" / "control").write_text(_control(), encoding="utf-8")
    for path in (work, *work.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    product = folder.with_name(f"{folder.name}.deb")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(work), str(product)],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return product


def _control() -> str:
    oldest = ".".join(map(str, libraries.OLDEST_GLIBC))
    fields = {
        "Package": identity.PROGRAM,
        "Version": identity.VERSION,
        "Architecture": _ARCHITECTURES[platform.machine()],
        "Maintainer": f"{identity.MAKER} <{identity.PROGRAM}@localhost>",
        "Depends": ", ".join([f"libc6 (>= {oldest})", *_DEPENDS]),
        "Section": "education",
        "Priority": "optional",
        "Description": identity.SUMMARY,
    }
    return "".join(f"{name}: {words}\n" for name, words in fields.items())
