"""The window's own line icons, drawn here, in the colours of the theme."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from explorer.ui.theme.stylesheet import WindowColors

ICON_SIZE = QSize(20, 20)


class ToolbarIcon(Enum):
    """Strokes on a square of 24 units."""

    NEW = "M12 5v14M5 12h14"
    OPEN = "M3.5 18.5V5.5h6l2 2.5h8v3M3.5 18.5l3-7.5h14.5l-3 7.5z"
    SAVE = "M5 4.5h11l3.5 3.5v11.5H4.5v-15zM8 4.5v5h7v-5M8 19.5v-6h8v6"
    UNDO = "M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3"
    REDO = "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3"
    EXPORT = "M12 15V4M7.5 8L12 3.5 16.5 8M4 14v4.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V14"
    COPY = "M9 9h10.5v10.5H9zM5 15H4.5V4.5H15V5.5"
    FIT = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"
    ZOOM_IN = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20M10.5 8v5M8 10.5h5"
    ZOOM_OUT = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20M8 10.5h5"
    ALTERNATIVES = "M9 5h10v10M5 9h10v10H5z"
    PRESENT = "M3.5 5h17v11h-17zM12 16v3.5M8 20h8M10.5 8v5l4-2.5z"
    MORE = "M4 7h16M4 12h16M4 17h16"
    COMPARE = "M4 5h6.5v14H4zM13.5 5H20v14h-6.5z"
    MATRIX = "M4 5h16v14H4zM4 9.7h16M4 14.3h16M9.5 5v14M14.7 5v14"
    PIN = "M9 4h6M10 4v6l-3 3.5h10L14 10V4M12 13.5V20"
    FIND = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5"

    def to_icon(self, colours: WindowColors) -> QIcon:
        """The icon for every state that a button can be in, sharp on every screen there is."""
        icon = QIcon()
        scales = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
        for mode, state, colour in (
            (QIcon.Mode.Normal, QIcon.State.Off, colours.ink),
            (QIcon.Mode.Normal, QIcon.State.On, colours.accent),
            (QIcon.Mode.Disabled, QIcon.State.Off, colours.line),
        ):
            for scale in sorted(scales):
                icon.addPixmap(self._pixmap(colour, scale), mode, state)
        return icon

    def _pixmap(self, colour: str, scale: float) -> QPixmap:
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26" fill="none" '
            f'stroke="{colour}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">'
            f'<path d="{self.value}"/></svg>'
        )
        pixmap = QPixmap(ICON_SIZE * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixmap.rect()))
        painter.end()
        return pixmap
