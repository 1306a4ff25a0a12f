"""The icon as each system wants it, drawn from resources/icon.svg."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from identity import ROOT
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageWriter

SIZES = {"ico": 256, "icns": 1024}
"""The largest that each format holds, in pixels; both systems make the smaller ones from it."""


def draw(ending: str, folder: Path) -> Path:
    """The icon as FOLDER/berth.ENDING, where the ending is ico or icns."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"berth.{ending}"
    side = SIZES[ending]
    image = QIcon(str(ROOT / "resources" / "icon.svg")).pixmap(QSize(side, side), 1.0).toImage()
    writer = QImageWriter(str(file))
    if not writer.write(image):
        raise OSError(f"{file} could not be drawn: {writer.errorString()}")
    return file


if __name__ == "__main__":
    draw(sys.argv[1], Path(sys.argv[2]))
