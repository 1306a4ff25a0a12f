"""Reads the needed icons of a person's own AWS package, folder or zip; nothing is unpacked to a disk."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from io import BufferedReader, FileIO
from itertools import islice
from pathlib import Path, PurePosixPath

from explorer.core.errors import ExplorerError, refusal
from explorer.storage.icons.names import key_of
from explorer.storage.icons.svg_sanitizer import LARGEST, UnfitImageError, checked_svg, read_svg

MOST_FILES = 60_000
"""Files that a package may hold; AWS's own holds some ten thousand."""

LARGEST_ZIP = 512 * 1024 * 1024
LARGEST_UNPACKED = 2 * 1024 * 1024 * 1024
LARGEST_RATIO = 200
"""How much smaller than its content a member may be packed: AWS's are some three times smaller."""

_DIRECTORY = 8 * 1024 * 1024  # bytes of a zip's table of contents: AWS's has some two million
_DEEPEST = 8
EXAMPLE = "Arch_Amazon-Elastic-Container-Service_64.svg"


class PackageError(ExplorerError):
    """A package of icons that is not used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"No icons were taken from “{(path.name or str(path))[-80:]}”: {why}.")


def read_package(path: Path, wanted: Collection[str]) -> Mapping[str, bytes]:
    """The wanted official icons in a folder or a zip, by key, unmodified; raises PackageError.

    One image or member that is not what it seems and the whole package is refused.
    """
    try:
        found = _folder(path, wanted) if path.is_dir() else _zip(path, wanted)
    except OSError as error:
        raise PackageError(path, f"it cannot be read ({refusal(error)})") from error
    except ValueError as error:
        raise PackageError(path, "that is no name of a file") from error
    if not found:
        raise PackageError(
            path, f"it holds none of the AWS Architecture Icons that Berth draws, such as {EXAMPLE}"
        )
    return found


# Folders


def _folder(folder: Path, wanted: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in _files(folder):
        key = key_of(file.name)
        if file.suffix.lower() == ".svg" and key in wanted and key not in found:
            try:
                found[key] = read_svg(file)
            except UnfitImageError as error:
                raise PackageError(folder, f"“{file.name}” {error}") from error
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Every regular file beneath a folder, by name; links are left alone, as they may lead anywhere."""
    seen = 0
    waiting = [(folder, 0)]
    while waiting:
        here, depth = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(islice(entries, MOST_FILES + 1), key=lambda entry: entry.name)
        except OSError:
            if here == folder:
                raise
            continue  # a folder within that is closed to us, or gone by now
        for entry in listed:
            seen += 1
            if seen > MOST_FILES:
                raise PackageError(folder, f"it holds more than {MOST_FILES:,} files")
            if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST and entry.name != "__MACOSX":
                waiting.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


# Zips


class _Guarded(BufferedReader):
    """A file of which no huge part is read at once: the table of contents must be of bearable size."""

    def __init__(self, path: Path) -> None:
        super().__init__(FileIO(path))
        self._path = path

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(_DIRECTORY + 1 if size is None or size < 0 else min(size, _DIRECTORY + 1))
        if len(data) > _DIRECTORY:
            raise PackageError(self._path, "its table of contents is too large")
        return data


def _zip(path: Path, wanted: Collection[str]) -> dict[str, bytes]:
    if not stat.S_ISREG(path.stat().st_mode):
        raise PackageError(path, "it is neither a folder nor a zip")
    if path.stat().st_size > LARGEST_ZIP:
        raise PackageError(path, f"it is larger than {LARGEST_ZIP // 1024**2} MB")
    try:
        with _Guarded(path) as file:
            if file.peek(4)[:2] != b"PK":
                raise PackageError(path, "it is neither a folder nor a zip")
            with zipfile.ZipFile(file) as opened:
                return _members(path, opened, wanted)
    except RuntimeError as error:
        raise PackageError(path, "the zip is packed in a way that cannot be read here") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise PackageError(path, "the zip is damaged") from error


def _members(path: Path, opened: zipfile.ZipFile, wanted: Collection[str]) -> dict[str, bytes]:
    members = opened.infolist()
    _refuse_hostile(path, members)
    found: dict[str, bytes] = {}
    for member in members:
        name = PurePosixPath(member.filename)
        key = key_of(name.name)
        if name.suffix.lower() != ".svg" or key not in wanted or key in found or "__MACOSX" in name.parts:
            continue
        with opened.open(member) as packed:
            data = packed.read(LARGEST + 1)  # whatever size the zip says it has
        try:
            found[key] = checked_svg(data)
        except UnfitImageError as error:
            raise PackageError(path, f"“{name.name}” {error}") from error
    return found


def _refuse_hostile(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise PackageError(path, f"the zip holds more than {MOST_FILES:,} files")
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise PackageError(path, "the zip would unpack to more than any package of icons does")
    for member in members:
        name = member.orig_filename
        if _leads_out(name):
            raise PackageError(path, f"the zip holds a file that leads out of it (“{name[:60]}”)")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise PackageError(path, f"the zip holds a link in place of a file (“{name[-60:]}”)")
        if member.flag_bits & 0x1:
            raise PackageError(path, "the zip is locked with a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackageError(path, "the zip is packed in a way that AWS's are not")
        if member.file_size > LARGEST_RATIO * max(member.compress_size, 64):
            raise PackageError(path, f"the zip holds a file packed beyond reason (“{name[-60:]}”)")


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name
