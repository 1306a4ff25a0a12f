"""Toolbar icons: line icons from `resources/toolbar-icons`, in the colors of the theme."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.core.errors import ExplorerError
from explorer.storage.resources import resource_path
from explorer.ui.theme.stylesheet import WindowColors

ICON_SIZE = QSize(20, 20)


class ToolbarIcon(Enum):
    """The icons by the names of their files."""

    NEW = "new"
    OPEN = "open"
    SAVE = "save"
    UNDO = "undo"
    REDO = "redo"
    EXPORT = "export"
    COPY = "copy"
    FIT = "fit"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    ALTERNATIVES = "alternatives"
    PRESENT = "present"
    MORE = "more"
    COMPARE = "compare"
    MATRIX = "matrix"
    PIN = "pin"
    FIND = "find"

    def to_icon(self, colors: WindowColors) -> QIcon:
        """Return the icon for all states of a button and for the scales of all screens."""
        icon = QIcon()
        scales = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
        for mode, state, color in (
            (QIcon.Mode.Normal, QIcon.State.Off, colors.ink),
            (QIcon.Mode.Normal, QIcon.State.On, colors.accent),
            (QIcon.Mode.Disabled, QIcon.State.Off, colors.line),
        ):
            for scale in sorted(scales):
                icon.addPixmap(self._pixmap(color, scale), mode, state)
        return icon

    def _pixmap(self, color: str, scale: float) -> QPixmap:
        svg = _read_svg(self.value).replace("currentColor", color)
        pixmap = QPixmap(ICON_SIZE * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        return pixmap


@lru_cache
def _read_svg(name: str) -> str:
    path = resource_path("toolbar-icons", f"{name}.svg")
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise ExplorerError(f"Cannot read the icon “{path}”. Reinstall Berth.") from error
