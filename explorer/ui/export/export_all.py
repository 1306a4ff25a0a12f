"""Everything at once: what is in view as every kind of file, in a folder or in a zip."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.core.errors import ExplorerError
from explorer.storage.file_names import file_name, file_stem
from explorer.ui.export.export_controller import NOTHING
from explorer.ui.workers.workers import InTurn

if TYPE_CHECKING:
    from explorer.export.request.request import Options
    from explorer.ui.export.export_source import Scene

log = logging.getLogger(__name__)

_ZIP, _FOLDER = "Zip archive (*.zip)", "New folder (*)"


class Bundler(QObject):
    """Writes every kind of file beside the window and says how that went."""

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._writing = InTurn(self)
        self._writing.done.connect(self._report_done)
        self._writing.failed.connect(self._report)
        self._writing.crashed.connect(self._report_crash)

    def ask(self, scene: Scene | None, options: Options) -> None:
        """Let the person choose a zip or a new folder, and write everything there."""

        if scene is None:
            self.failed.emit(NOTHING)
            return
        dialog = QFileDialog(self._window, "Export every kind of file")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([_ZIP, _FOLDER])
        dialog.setDefaultSuffix("zip")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix("zip" if kind == _ZIP else ""))
        dialog.selectFile(str(Path.home() / f"{file_name(scene.title)}.zip"))
        dialog.fileSelected.connect(lambda chosen: self.write(scene, options, Path(chosen)))
        dialog.open()

    def write(self, scene: Scene, options: Options, target: Path) -> None:
        """Write everything into a `.zip` or a new folder."""
        self._writing.request(partial(_written, scene, options, target))

    def close(self) -> None:
        """Finish what is being written."""
        self._writing.close()

    def _report_done(self, told: str) -> None:
        self.done.emit(told)

    def _report(self, error: ExplorerError) -> None:
        self.failed.emit(str(error))

    def _report_crash(self, error: Exception) -> None:
        log.error("The export of everything failed.", exc_info=error)
        self.failed.emit("Not every kind of file could be exported; a zip was not written at all.")


def _written(scene: Scene, options: Options, target: Path) -> str:
    from explorer.export.batch.bundle import write_all

    names = write_all(scene.request(options), target, file_stem(scene.title))
    return f"Exported {len(names)} kinds of file to {target}."
