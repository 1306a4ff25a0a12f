"""The picture goes to a file or the clipboard; the file that was chosen last is remembered."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.problems import ExplorerError
from explorer.render.picture import Picture
from explorer.ui.desk import Desk
from explorer.ui.tasks import Latest

log = logging.getLogger(__name__)
NOTHING = "There is no diagram yet; it can be exported as soon as it is drawn."


def with_ending(chosen: str, formats: tuple[tuple[str, str], ...], chosen_filter: str) -> Path:
    """The file that was chosen, with the ending of the chosen format where it was typed without one."""
    path = Path(chosen)
    if path.suffix.lower().lstrip(".") in {ending for _, ending in formats}:
        return path
    ending = next((ending for name, ending in formats if chosen_filter.startswith(name)), formats[0][1])
    return path.with_name(f"{path.name}.{ending}")


class Exporter(QObject):
    """Writes pictures to files beside the window and says how that went."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent
        self._path: Path | None = None
        self._latest = Latest(self)
        self._latest.done.connect(self._report_done)
        self._latest.failed.connect(self._report)
        self._latest.crashed.connect(self._report_crash)
        self._copying = Latest(self)
        self._copying.done.connect(self._put)
        self._copying.failed.connect(self._report)
        self._copying.crashed.connect(self._report_crash)

    def ask(self, picture: Picture | None) -> None:
        """Let the person choose a file and write the picture there."""
        if picture is None:
            self.failed.emit(NOTHING)
            return
        formats = self._desk.formats
        filters = ";;".join(f"{name} (*.{ending})" for name, ending in formats)
        start = str(self._path or Path.home() / f"{self._desk.title}.{formats[0][1]}")
        chosen, kind = QFileDialog.getSaveFileName(self._window, "Export the diagram", start, filters)
        if chosen:
            self._path = with_ending(chosen, formats, kind)
            self.again(picture)

    def again(self, picture: Picture | None) -> None:
        """Write to the same file as before; ask for one the first time."""
        if self._path is None or picture is None:
            self.ask(picture)
        else:
            self._latest.request(partial(self._write, picture, self._path))

    def copy(self, picture: Picture | None) -> None:
        """Put the picture on the clipboard."""
        if picture is None:
            self.failed.emit(NOTHING)
            return
        self._copying.request(partial(self._desk.image, picture))

    def _put(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.done.emit("The diagram is on the clipboard.")

    def close(self) -> None:
        """Finish what is being written."""
        self._latest.close()
        self._copying.close()

    def _write(self, picture: Picture, path: Path) -> Path:
        self._desk.export(picture, path)
        return path

    def _report_done(self, path: Path) -> None:
        self.done.emit(f"Exported to {path}.")

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The export failed.", exc_info=error)
        self.failed.emit(f"The diagram could not be exported: {error}")
