"""Renders resources/icon.svg as the program icon for Windows (.ico) and macOS (.icns)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app_metadata import ROOT
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageWriter

SIZES = {"ico": 256, "icns": 1024}
"""The largest size of each format, in pixels; the systems derive the smaller ones."""


def render_icon(extension: str, folder: Path) -> Path:
    """Write FOLDER/berth.EXTENSION, where the extension is ico or icns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"berth.{extension}"
    size = SIZES[extension]
    image = QIcon(str(ROOT / "resources" / "icon.svg")).pixmap(QSize(size, size), 1.0).toImage()
    writer = QImageWriter(str(file))
    if not writer.write(image):
        raise OSError(f"Could not write {file}: {writer.errorString()}")
    return file


if __name__ == "__main__":
    render_icon(sys.argv[1], Path(sys.argv[2]))
