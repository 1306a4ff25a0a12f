"""Atomic file write."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PySide6.QtCore import QByteArray, QFileDevice, QIODevice, QSaveFile

from explorer.core.errors import ExplorerError, os_error_text


class FileWriteError(ExplorerError):
    """A file was not written; an existing file is unchanged."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write the complete file, or raise FileWriteError and leave an existing file unchanged."""
    folder = path.absolute().parent
    try:
        _check_target(path, folder)
    except OSError as error:  # a name that is too long, or a folder without permission
        raise FileWriteError(f"Cannot write “{path}”: {os_error_text(error)}.") from error
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise FileWriteError(f"Cannot write “{path}”: permission denied. Choose another folder.")
        raise FileWriteError(f"Cannot write “{path}”: {file.errorString()}.")
    # On a full disk the write can be short, or only the flush in commit fails.
    if file.write(QByteArray(data)) != len(data) or not file.commit():
        reason, kind = file.errorString(), file.error()
        file.cancelWriting()
        if kind == QFileDevice.FileError.ResourceError or shutil.disk_usage(folder).free < len(data):
            raise FileWriteError(f"Cannot write “{path}”: the disk is full. Free some space.")
        raise FileWriteError(f"Cannot write “{path}”: {reason}.")


def _check_target(path: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise FileWriteError(f"Cannot write “{path.name}”: the folder “{folder}” does not exist.")
    if path.is_dir():
        raise FileWriteError(f"Cannot write “{path}”: it is a folder. Choose a file name in it.")
    # QSaveFile would replace a device or a pipe with a regular file.
    if path.exists() and not path.is_file():
        raise FileWriteError(f"Cannot write “{path}”: it is not a regular file.")
