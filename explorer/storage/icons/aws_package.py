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

from explorer.core.errors import ExplorerError, os_error_text
from explorer.storage.icons.names import icon_key
from explorer.storage.icons.svg_sanitizer import MAX_SVG_BYTES, UnsafeSvgError, read_svg, validate_svg

MAX_FILES = 60_000
"""Files that a package may hold; AWS's own holds some ten thousand."""

MAX_ZIP_BYTES = 512 * 1024 * 1024
MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
MAX_COMPRESSION_RATIO = 200
"""How much smaller than its content a member may be packed: AWS's are some three times smaller."""

_MAX_DIRECTORY_BYTES = 8 * 1024 * 1024  # bytes of a zip's table of contents: AWS's has some two million
_MAX_DEPTH = 8
EXAMPLE_FILE = "Arch_Amazon-Elastic-Container-Service_64.svg"


class IconPackageError(ExplorerError):
    """A package of icons that is not used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"No icons were taken from “{(path.name or str(path))[-80:]}”: {why}.")


def read_icon_package(path: Path, wanted: Collection[str]) -> Mapping[str, bytes]:
    """The wanted official icons in a folder or a zip, by key, unmodified; raises PackageError.

    One image or member that is not what it seems and the whole package is refused.
    """
    try:
        found = _read_folder(path, wanted) if path.is_dir() else _read_zip(path, wanted)
    except OSError as error:
        raise IconPackageError(path, f"it cannot be read ({os_error_text(error)})") from error
    except ValueError as error:
        raise IconPackageError(path, "that is no name of a file") from error
    if not found:
        raise IconPackageError(
            path, f"it holds none of the AWS Architecture Icons that Berth draws, such as {EXAMPLE_FILE}"
        )
    return found


# Folders


def _read_folder(folder: Path, wanted: Collection[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in _walk_files(folder):
        key = icon_key(file.name)
        if file.suffix.lower() == ".svg" and key in wanted and key not in found:
            try:
                found[key] = read_svg(file)
            except UnsafeSvgError as error:
                raise IconPackageError(folder, f"“{file.name}” {error}") from error
    return found


def _walk_files(folder: Path) -> Iterator[Path]:
    """Every regular file beneath a folder, by name; links are left alone, as they may lead anywhere."""
    seen = 0
    waiting = [(folder, 0)]
    while waiting:
        here, depth = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted(islice(entries, MAX_FILES + 1), key=lambda entry: entry.name)
        except OSError:
            if here == folder:
                raise
            continue  # a folder within that is closed to us, or gone by now
        for entry in listed:
            seen += 1
            if seen > MAX_FILES:
                raise IconPackageError(folder, f"it holds more than {MAX_FILES:,} files")
            if entry.is_dir(follow_symlinks=False) and depth < _MAX_DEPTH and entry.name != "__MACOSX":
                waiting.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


# Zips


class _BoundedReader(BufferedReader):
    """A file of which no huge part is read at once: the table of contents must be of bearable size."""

    def __init__(self, path: Path) -> None:
        super().__init__(FileIO(path))
        self._path = path

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(
            _MAX_DIRECTORY_BYTES + 1 if size is None or size < 0 else min(size, _MAX_DIRECTORY_BYTES + 1)
        )
        if len(data) > _MAX_DIRECTORY_BYTES:
            raise IconPackageError(self._path, "its table of contents is too large")
        return data


def _read_zip(path: Path, wanted: Collection[str]) -> dict[str, bytes]:
    if not stat.S_ISREG(path.stat().st_mode):
        raise IconPackageError(path, "it is neither a folder nor a zip")
    if path.stat().st_size > MAX_ZIP_BYTES:
        raise IconPackageError(path, f"it is larger than {MAX_ZIP_BYTES // 1024**2} MB")
    try:
        with _BoundedReader(path) as file:
            if file.peek(4)[:2] != b"PK":
                raise IconPackageError(path, "it is neither a folder nor a zip")
            with zipfile.ZipFile(file) as opened:
                return _read_members(path, opened, wanted)
    except RuntimeError as error:
        raise IconPackageError(path, "the zip is packed in a way that cannot be read here") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise IconPackageError(path, "the zip is damaged") from error


def _read_members(path: Path, opened: zipfile.ZipFile, wanted: Collection[str]) -> dict[str, bytes]:
    members = opened.infolist()
    _reject_unsafe_members(path, members)
    found: dict[str, bytes] = {}
    for member in members:
        name = PurePosixPath(member.filename)
        key = icon_key(name.name)
        if name.suffix.lower() != ".svg" or key not in wanted or key in found or "__MACOSX" in name.parts:
            continue
        with opened.open(member) as packed:
            data = packed.read(MAX_SVG_BYTES + 1)  # whatever size the zip says it has
        try:
            found[key] = validate_svg(data)
        except UnsafeSvgError as error:
            raise IconPackageError(path, f"“{name.name}” {error}") from error
    return found


def _reject_unsafe_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_FILES:
        raise IconPackageError(path, f"the zip holds more than {MAX_FILES:,} files")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise IconPackageError(path, "the zip would unpack to more than any package of icons does")
    for member in members:
        name = member.orig_filename
        if _is_path_traversal(name):
            raise IconPackageError(path, f"the zip holds a file that leads out of it (“{name[:60]}”)")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise IconPackageError(path, f"the zip holds a link in place of a file (“{name[-60:]}”)")
        if member.flag_bits & 0x1:
            raise IconPackageError(path, "the zip is locked with a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise IconPackageError(path, "the zip is packed in a way that AWS's are not")
        if member.file_size > MAX_COMPRESSION_RATIO * max(member.compress_size, 64):
            raise IconPackageError(path, f"the zip holds a file packed beyond reason (“{name[-60:]}”)")


def _is_path_traversal(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name
