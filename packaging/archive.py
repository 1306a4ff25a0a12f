"""Reproducible release archives (.tar.xz, .zip) and their checksum files."""

from __future__ import annotations

import hashlib
import lzma
import stat
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

USES_ZIP = sys.platform == "win32"


def create_archive(folder: Path, timestamp: int) -> Path:
    """Archive a folder under its own name, as FOLDER.tar.xz or, on Windows, FOLDER.zip.

    Links stay links: PyInstaller creates some, and following them doubles the size. Every time in the
    archive is `timestamp`, in seconds since 1970, and owners are cleared.
    """
    return _create_zip(folder, timestamp) if USES_ZIP else _create_tar(folder, timestamp)


def write_checksum(file: Path) -> Path:
    """Write FILE.sha256 in the format of `sha256sum --check`."""
    checksum_file = file.with_name(f"{file.name}.sha256")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    checksum_file.write_text(f"{digest}  {file.name}\n", encoding="utf-8", newline="\n")
    return checksum_file


def _create_tar(folder: Path, timestamp: int) -> Path:
    def normalize(member: tarfile.TarInfo) -> tarfile.TarInfo:
        is_executable = member.isdir() or member.mode & stat.S_IXUSR
        member.mode = 0o755 if is_executable else 0o644
        member.mtime, member.uid, member.gid, member.uname, member.gname = timestamp, 0, 0, "", ""
        return member

    file = folder.with_name(f"{folder.name}.tar.xz")
    with lzma.open(file, "wb", preset=6) as compressed, tarfile.open(fileobj=compressed, mode="w") as archive:
        archive.add(folder, folder.name, recursive=False, filter=normalize)
        for path in sorted(folder.rglob("*")):
            archive.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=normalize)
    return file


def _create_zip(folder: Path, timestamp: int) -> Path:
    # Zip files have no time zone and no time before 1980.
    modified = max(datetime.fromtimestamp(timestamp, UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    file = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), modified)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return file
