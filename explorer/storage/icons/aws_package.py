"""Reads icons from an AWS Architecture Icons package, a folder or a zip, without unpacking it to disk."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from io import FileIO
from itertools import islice
from pathlib import Path, PurePosixPath

from explorer.core.errors import ExplorerError, os_error_text
from explorer.storage.bounded_reader import BoundedReader
from explorer.storage.icons.names import icon_key
from explorer.storage.icons.svg_sanitizer import MAX_SVG_BYTES, UnsafeSvgError, read_svg, validate_svg

MAX_FILES = 60_000
"""The AWS package has about ten thousand files."""

MAX_ZIP_BYTES = 512 * 1024 * 1024
MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
MAX_COMPRESSION_RATIO = 200
"""Unpacked size divided by packed size; members of the AWS package have about 3."""

_MAX_DIRECTORY_BYTES = 8 * 1024 * 1024  # of the zip; that of the AWS package has about 2 MB
_MAX_DEPTH = 8
EXAMPLE_FILE = "Arch_Amazon-Elastic-Container-Service_64.svg"


class IconPackageError(ExplorerError):
    """An icon package is not usable."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Cannot use the icons in “{(path.name or str(path))[-80:]}”: {reason}.")


def read_icon_package(path: Path, wanted: Collection[str]) -> Mapping[str, bytes]:
    """Return the wanted official icons of a folder or a zip, unmodified, by key.

    Raises IconPackageError, also if a single image or member is unsafe.
    """
    try:
        found = _read_folder(path, wanted) if path.is_dir() else _read_zip(path, wanted)
    except OSError as error:
        raise IconPackageError(path, f"it is not readable ({os_error_text(error)})") from error
    except ValueError as error:
        raise IconPackageError(path, "the file name is not valid") from error
    if not found:
        raise IconPackageError(path, f"it contains none of the icons that Berth needs, such as {EXAMPLE_FILE}")
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
    """Return every regular file below a folder, sorted by name; symbolic links are not followed."""
    count = 0
    pending = [(folder, 0)]
    while pending:
        current, depth = pending.pop()
        try:
            with os.scandir(current) as entries:
                listed = sorted(islice(entries, MAX_FILES + 1), key=lambda entry: entry.name)
        except OSError:
            if current == folder:
                raise
            continue  # a subfolder without permission, or one that was just deleted
        for entry in listed:
            count += 1
            if count > MAX_FILES:
                raise IconPackageError(folder, f"it contains more than {MAX_FILES:,} files")
            if entry.is_dir(follow_symlinks=False) and depth < _MAX_DEPTH and entry.name != "__MACOSX":
                pending.append((Path(entry.path), depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


# Zips


def _directory_too_large(path: Path) -> IconPackageError:
    return IconPackageError(path, "the directory of the zip file is too large")


def _read_zip(path: Path, wanted: Collection[str]) -> dict[str, bytes]:
    if not stat.S_ISREG(path.stat().st_mode):
        raise IconPackageError(path, "it is neither a folder nor a zip file")
    if path.stat().st_size > MAX_ZIP_BYTES:
        raise IconPackageError(path, f"it is larger than {MAX_ZIP_BYTES // 1024**2} MB")
    try:
        with BoundedReader(FileIO(path), _MAX_DIRECTORY_BYTES, partial(_directory_too_large, path)) as file:
            if file.peek(4)[:2] != b"PK":
                raise IconPackageError(path, "it is neither a folder nor a zip file")
            with zipfile.ZipFile(file) as archive:
                return _read_members(path, archive, wanted)
    except RuntimeError as error:
        raise IconPackageError(path, "the zip file has an unsupported compression or a password") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise IconPackageError(path, "the zip file is damaged") from error


def _read_members(path: Path, archive: zipfile.ZipFile, wanted: Collection[str]) -> dict[str, bytes]:
    members = archive.infolist()
    _reject_unsafe_members(path, members)
    found: dict[str, bytes] = {}
    for member in members:
        name = PurePosixPath(member.filename)
        key = icon_key(name.name)
        if name.suffix.lower() != ".svg" or key not in wanted or key in found or "__MACOSX" in name.parts:
            continue
        with archive.open(member) as packed:
            data = packed.read(MAX_SVG_BYTES + 1)  # the stated size can be wrong
        try:
            found[key] = validate_svg(data)
        except UnsafeSvgError as error:
            raise IconPackageError(path, f"“{name.name}” {error}") from error
    return found


def _reject_unsafe_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_FILES:
        raise IconPackageError(path, f"the zip file contains more than {MAX_FILES:,} files")
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise IconPackageError(path, f"the zip file unpacks to more than {MAX_UNPACKED_BYTES // 1024**3} GB")
    for member in members:
        name = member.orig_filename
        if _is_path_traversal(name):
            raise IconPackageError(path, f"the zip file contains a path to another folder (“{name[:60]}”)")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise IconPackageError(path, f"the zip file contains a symbolic link (“{name[-60:]}”)")
        if member.flag_bits & 0x1:
            raise IconPackageError(path, "the zip file has a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise IconPackageError(path, "the zip file has an unsupported compression")
        if member.file_size > MAX_COMPRESSION_RATIO * max(member.compress_size, 64):
            reason = f"unpacks to more than {MAX_COMPRESSION_RATIO} times its size"
            raise IconPackageError(path, f"a member of the zip file {reason} (“{name[-60:]}”)")


def _is_path_traversal(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name
