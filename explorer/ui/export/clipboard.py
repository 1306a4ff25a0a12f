"""A picture for other programs, in every form that they may take: on the clipboard, or dragged there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel

from explorer.export.formats import Format, export_bytes, format_of
from explorer.export.request.request import Options
from explorer.storage.file_names import safe_file_name
from explorer.ui.export.export_source import ExportSource


@dataclass(frozen=True)
class ClipboardData:
    """One picture as a PNG, as an SVG, and in words."""

    title: str
    png: bytes
    svg: bytes
    description: str

    def mime_data(self, folder: Path | None = None) -> QMimeData:
        """All of it at once; with a folder also as a PNG file in there, for what takes only files."""
        data = QMimeData()
        data.setImageData(QImage.fromData(self.png))
        data.setData("image/png", self.png)
        data.setData("image/svg+xml", self.svg)
        data.setText(self.description)
        if folder is not None:
            file = folder / f"{safe_file_name(self.title)}.png"
            with suppress(OSError):  # on a full disk it goes without
                file.write_bytes(self.png)
                data.setUrls([QUrl.fromLocalFile(str(file))])
        return data


def clipboard_data(scene: ExportSource, options: Options) -> ClipboardData:
    """A view made ready for other programs; may take a while, and raises ExplorerError."""
    request = scene.request(options)
    png, svg = (export_bytes(request, format_of(Path(name), scene.kind)) for name in ("x.png", "x.svg"))
    return ClipboardData(request.title, png, svg, request.description.full_text)


@dataclass(frozen=True)
class TextPreview:
    """How a file of text begins, and what it is a file of."""

    content: str
    description: str


_PREVIEW_LINES, _PREVIEW_COLUMNS = 60, 160


def text_preview(scene: ExportSource, format_: Format, options: Options) -> TextPreview:
    """The first lines of the file that would be written; may take a while, and raises ExplorerError."""
    request = scene.request(options)
    lines = export_bytes(request, format_).decode("utf-8", "replace").splitlines()
    begins = [line[:_PREVIEW_COLUMNS] for line in lines[:_PREVIEW_LINES]]
    return TextPreview("\n".join(begins), request.description.full_text)


def preview_options(options: Options, longest: int) -> Options:
    """The same look in fewer pixels, or where no size is wished, in as many as suit the drawing."""
    if options.size is None:
        return replace(options, scale=None)
    share = min(1.0, longest / max(options.size))
    return replace(options, size=(round(options.size[0] * share), round(options.size[1] * share)))


class DragImage(QLabel):
    """A preview that can be dragged into another program, once `take` has something to give."""

    def __init__(self, take: Callable[[], QMimeData | None]) -> None:
        super().__init__()
        self._get_data = take
        self._press_position: QPoint | None = None
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show a picture as large as there is room."""
        self._image = image
        self._scale_image()

    def show_text(self, words: str) -> None:
        """Show words in place of a picture."""
        self._image = QImage()
        self.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        if not self._image.isNull():
            self._scale_image()

    def _scale_image(self) -> None:
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(
            self._image.scaled(
                self.contentsRect().size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press_position = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the mouse has left the place."""
        if self._press_position is None:
            return
        way = event.position().toPoint() - self._press_position
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._press_position = None
        data = self._get_data()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            if not self.pixmap().isNull():
                drag.setPixmap(self.pixmap().scaledToWidth(200, Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.CopyAction)
