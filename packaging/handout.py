"""One archive to hand out, with the same bytes for the same files, and its checksum."""

from __future__ import annotations

import hashlib
import lzma
import stat
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

ZIP_IS_USUAL = sys.platform == "win32"


def archive(folder: Path, moment: int) -> Path:
    """Everything in a folder, under its name, as FOLDER.tar.xz or, on Windows, FOLDER.zip.

    Links stay links: PyInstaller makes some, and what follows them doubles the size. Every time in the
    archive is `moment`, in seconds since 1970, and nobody owns anything.
    """
    return _zip(folder, moment) if ZIP_IS_USUAL else _tar(folder, moment)


def checksum(file: Path) -> Path:
    """A file beside it that `sha256sum --check` reads."""
    told = file.with_name(f"{file.name}.sha256")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    told.write_text(f"{digest}  {file.name}\n", encoding="utf-8", newline="\n")
    return told


def _tar(folder: Path, moment: int) -> Path:
    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        runs = member.isdir() or member.mode & stat.S_IXUSR
        member.mode = 0o755 if runs else 0o644
        member.mtime, member.uid, member.gid, member.uname, member.gname = moment, 0, 0, "", ""
        return member

    file = folder.with_name(f"{folder.name}.tar.xz")
    with lzma.open(file, "wb", preset=6) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(folder, folder.name, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            archive.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)
    return file


def _zip(folder: Path, moment: int) -> Path:
    # A zip knows no time before 1980, and no time zone.
    when = max(datetime.fromtimestamp(moment, UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    file = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), when)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return file
