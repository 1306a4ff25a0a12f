"""Drag image: a preview that the user drags into another program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel


class DragImage(QLabel):
    """Shows an image or a text. A drag carries the data that `get_data` returns; None starts no drag."""

    def __init__(self, get_data: Callable[[], QMimeData | None]) -> None:
        super().__init__()
        self._get_data = get_data
        self._press_position: QPoint | None = None
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show an image, scaled to the size of the label."""
        self._image = image
        self._scale_image()

    def show_text(self, text: str) -> None:
        """Show a text instead of an image."""
        self._image = QImage()
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the image to the new size."""
        super().resizeEvent(event)
        if not self._image.isNull():
            self._scale_image()

    def _scale_image(self) -> None:
        ratio = self.devicePixelRatioF()
        scaled = QPixmap.fromImage(
            self._image.scaled(
                self.contentsRect().size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        scaled.setDevicePixelRatio(ratio)
        self.setPixmap(scaled)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may start."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press_position = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Start the drag when the pointer has moved far enough."""
        if self._press_position is None:
            return
        distance = (event.position().toPoint() - self._press_position).manhattanLength()
        if distance < QApplication.startDragDistance():
            return
        self._press_position = None
        data = self._get_data()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            if not self.pixmap().isNull():
                drag.setPixmap(self.pixmap().scaledToWidth(200, Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.CopyAction)
