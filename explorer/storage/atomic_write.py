"""Bytes to a file that is complete, or else as it was before."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PySide6.QtCore import QByteArray, QFileDevice, QIODevice, QSaveFile

from explorer.core.errors import ExplorerError, os_error_text


class FileWriteError(ExplorerError):
    """A file that could not be written; whatever stood in its place is as it was."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that is either complete or, after a `NotWrittenError`, as it was before."""
    folder = path.absolute().parent
    try:
        _check_target(path, folder)
    except OSError as error:  # a name too long, a folder that must not be looked into
        raise FileWriteError(f"“{path}” cannot be written: {os_error_text(error)}.") from error
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise FileWriteError(f"“{path}” cannot be written: you have no permission to.")
        raise FileWriteError(f"“{path}” cannot be written: {file.errorString()}.")
    # On a full disk a write may fall short, or only the flush within commit may fail.
    if file.write(QByteArray(data)) != len(data) or not file.commit():
        fault, kind = file.errorString(), file.error()
        file.cancelWriting()
        if kind == QFileDevice.FileError.ResourceError or shutil.disk_usage(folder).free < len(data):
            raise FileWriteError(f"The disk is full, so “{path}” was not written.")
        raise FileWriteError(f"“{path}” was not written: {fault}.")


def _check_target(path: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise FileWriteError(f"The folder “{folder}” does not exist, so “{path.name}” was not written.")
    if path.is_dir():
        raise FileWriteError(f"“{path}” is a folder: choose the name of a file in it.")
    # Qt would put a plain file in the place of a device.
    if path.exists() and not path.is_file():
        raise FileWriteError(f"“{path}” is no ordinary file, so it was left alone.")
