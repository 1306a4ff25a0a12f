"""A picture for other programs, in every form that they may take: on the clipboard, or dragged there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel

from explorer.export.formats import Format, exported, format_of
from explorer.export.request.request import Options
from explorer.storage.file_names import file_name
from explorer.ui.export.export_source import Scene


@dataclass(frozen=True)
class Copied:
    """One picture as a PNG, as an SVG, and in words."""

    title: str
    png: bytes
    svg: bytes
    text: str

    def mime(self, folder: Path | None = None) -> QMimeData:
        """All of it at once; with a folder also as a PNG file in there, for what takes only files."""
        data = QMimeData()
        data.setImageData(QImage.fromData(self.png))
        data.setData("image/png", self.png)
        data.setData("image/svg+xml", self.svg)
        data.setText(self.text)
        if folder is not None:
            file = folder / f"{file_name(self.title)}.png"
            with suppress(OSError):  # on a full disk it goes without
                file.write_bytes(self.png)
                data.setUrls([QUrl.fromLocalFile(str(file))])
        return data


def copied(scene: Scene, options: Options) -> Copied:
    """A view made ready for other programs; may take a while, and raises ExplorerError."""
    request = scene.request(options)
    png, svg = (exported(request, format_of(Path(name), scene.kind)) for name in ("x.png", "x.svg"))
    return Copied(request.title, png, svg, request.description.whole)


@dataclass(frozen=True)
class Excerpt:
    """How a file of text begins, and what it is a file of."""

    words: str
    text: str


_EXCERPT_LINES, _EXCERPT_SIGNS = 60, 160


def excerpt(scene: Scene, format_: Format, options: Options) -> Excerpt:
    """The first lines of the file that would be written; may take a while, and raises ExplorerError."""
    request = scene.request(options)
    lines = exported(request, format_).decode("utf-8", "replace").splitlines()
    begins = [line[:_EXCERPT_SIGNS] for line in lines[:_EXCERPT_LINES]]
    return Excerpt("\n".join(begins), request.description.whole)


def smaller(options: Options, longest: int) -> Options:
    """The same look in fewer pixels, or where no size is wished, in as many as suit the drawing."""
    if options.size is None:
        return replace(options, scale=None)
    share = min(1.0, longest / max(options.size))
    return replace(options, size=(round(options.size[0] * share), round(options.size[1] * share)))


class Draggable(QLabel):
    """A preview that can be dragged into another program, once `take` has something to give."""

    def __init__(self, take: Callable[[], QMimeData | None]) -> None:
        super().__init__()
        self._take = take
        self._pressed: QPoint | None = None
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show a picture as large as there is room."""
        self._image = image
        self._fit()

    def show_words(self, words: str) -> None:
        """Show words in place of a picture."""
        self._image = QImage()
        self.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        if not self._image.isNull():
            self._fit()

    def _fit(self) -> None:
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
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the mouse has left the place."""
        if self._pressed is None:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        data = self._take()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            if not self.pixmap().isNull():
                drag.setPixmap(self.pixmap().scaledToWidth(200, Qt.TransformationMode.SmoothTransformation))
            drag.exec(Qt.DropAction.CopyAction)
