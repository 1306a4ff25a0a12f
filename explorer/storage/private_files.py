"""Private files: folders of mode 0700 and files of mode 0600, created without following symbolic links.

On Windows the user's profile is private already, so modes have no effect there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_MAX_FILES = 20_000
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def make_private_folder(folder: Path) -> None:
    """Create a folder that only this user can enter, or restrict an existing one; OSError if that fails."""
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    with suppress(OSError):  # a folder of another user, or a file system without modes
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(_FOLDER_MODE)


def create_private(path: Path) -> BinaryIO:
    """Create a file that only this user can read, and return it for unbuffered writing.

    Raises FileExistsError if anything is there, even a symbolic link.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
    return os.fdopen(os.open(path, flags, _FILE_MODE), "wb", buffering=0)


def append_private(path: Path) -> BinaryIO:
    """Return an existing file for unbuffered appending; OSError if it is a symbolic link."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | _NO_FOLLOW | _BINARY), "ab", buffering=0)


def read_regular(path: Path, limit: int) -> bytes:
    """Read at most `limit` bytes of a regular file; OSError for any other kind, such as a pipe or a device.

    It never waits for a writer, as opening a pipe would.
    """
    descriptor = os.open(path, os.O_RDONLY | _NON_BLOCKING | _BINARY)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is not a regular file", str(path))
        return file.read(limit)


def set_aside_unless_regular(path: Path, max_bytes: int | None = None) -> None:
    """Rename a pipe, a folder, a loop of links or a file of more bytes, so that a regular file can be created.

    OSError if that fails. A program that opens a pipe waits for a writer, without end.
    """
    if not (path.is_symlink() or path.exists()):
        return
    if not _is_regular(path) or (max_bytes is not None and path.stat().st_size > max_bytes):
        path.rename(_unused(path.with_name(f"{path.name}.unusable")))


def _is_regular(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, RuntimeError):  # a loop of links
        return False


def _unused(path: Path) -> Path:
    number, unused = 1, path
    while unused.is_symlink() or unused.exists():
        number += 1
        unused = path.with_name(f"{path.name}-{number}")
    return unused


def secure_folder(folder: Path) -> None:
    """Restrict a folder and everything in it to this user: earlier versions created readable files.

    A file that cannot be changed is skipped.
    """
    with suppress(OSError):
        make_private_folder(folder)
    for path, mode in _entries(folder):
        wanted = _FOLDER_MODE if stat.S_ISDIR(mode) else _FILE_MODE
        if mode & 0o077 and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            with suppress(OSError):
                path.chmod(wanted)


def _entries(folder: Path) -> Iterator[tuple[Path, int]]:
    """Return files and folders to a depth of two, with their modes; symbolic links as themselves."""
    pending, count = [(folder, 0)], 0
    while pending:
        current, depth = pending.pop()
        with suppress(OSError), os.scandir(current) as entries:
            for entry in entries:
                count += 1
                if count > _MAX_FILES:
                    return
                mode = entry.stat(follow_symlinks=False).st_mode
                yield Path(entry.path), mode
                if stat.S_ISDIR(mode) and depth == 0:
                    pending.append((Path(entry.path), 1))
